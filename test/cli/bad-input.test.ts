import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BAD_INPUTS } from '../support/bad-inputs.ts';
import { runBundle, runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

interface Report {
  readonly findings: readonly {
    readonly rule: string;
    readonly path: string;
    readonly object: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  }[];
  readonly notices: readonly { readonly id: string; readonly message: string; readonly path?: string }[];
  readonly summary: { readonly total: number };
}

async function check(cwd: string, ...args: string[]): Promise<Report> {
  const { out, err } = await runInProcess(cwd, ['check', '--all', '--format', 'json', ...args]);
  assert.equal(err, '');
  return JSON.parse(out) as Report;
}

const rules = ({ findings }: Report) => findings.map(({ rule }) => rule);

const table = `CREATE TABLE a (id bigint PRIMARY KEY, x int, y int);
CREATE TABLE c (id bigint PRIMARY KEY, y int);
`;
const dropX = 'ALTER TABLE a DROP COLUMN x;';
const dropY = 'ALTER TABLE c DROP COLUMN y;';

/** One released table and one migration of these bytes. */
function withMigration(context: Parameters<typeof folder>[0], content: string | Uint8Array) {
  return folder(context, { 'db/migration/V1__a.sql': table, 'db/migration/V2__x.sql': content });
}

for (const half of [
  'ALTER TABLE a ADD',
  'CREATE TABLE b (',
  'SELECT (',
  "UPDATE a SET x = 'it",
  'CREATE INDEX ON',
  '$$',
]) {
  test(`a half-typed statement loses only its own findings: ${half}`, async (context) => {
    const report = await check(withMigration(context, `${dropX}\n${half};\n${dropY}\n`).path);
    const found = report.findings.filter(({ rule }) => rule === 'schema/drop-column');
    const swallowed = /'|\$\$/.test(half);
    assert.deepEqual(
      found.map(({ object }) => object),
      swallowed ? ['a.x'] : ['a.x', 'c.y'],
    );
    assert.deepEqual(
      rules(report).filter((rule) => rule === 'run/syntax-error'),
      ['run/syntax-error'],
    );
  });
}

test('a file that is not UTF-8: one notice, everything in it is still judged', async (context) => {
  const latin = Buffer.from(`-- caf\u00e9, \u00e9t\u00e9\n${dropX}\n${dropY} -- \u00fc`, 'latin1');
  const report = await check(withMigration(context, latin).path);
  assert.deepEqual(rules(report), ['schema/drop-column', 'schema/drop-column']);
  const own = report.notices.filter(({ message }) => /not valid utf-8/.test(message));
  assert.equal(own.length, 1, JSON.stringify(report.notices));
});

test('the configured encoding decodes it, and no notice is left', async (context) => {
  const made = folder(context, {
    'flyway.toml': '[flyway]\nlocations = ["filesystem:sql"]\nencoding = "ISO-8859-1"\n',
    'sql/V1__a.sql': Buffer.from('CREATE TABLE "caf\u00e9" (id bigint PRIMARY KEY, x int);\n', 'latin1'),
    'sql/V2__x.sql': Buffer.from('ALTER TABLE "caf\u00e9" DROP COLUMN x;\n', 'latin1'),
  });
  const report = await check(made.path);
  assert.deepEqual(
    report.findings.map(({ object }) => object),
    ['caf\u00e9.x'],
  );
  assert.ok(!report.notices.some(({ id }) => id.startsWith('file-')));
});

for (const [name, content] of [
  ['a byte order mark', `\ufeff${dropX}`],
  ['CRLF', `-- one\r\n${dropX}\r\n`],
  ['a lone CR', `-- one\r\n\r${dropX}\r`],
  ['no newline at the end', dropX],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${dropX}\n`, 'utf16le')],
  ['a NUL in a comment', `-- a\0b\n${dropX}\n`],
] as const) {
  test(`${name} changes nothing`, async (context) => {
    assert.deepEqual(rules(await check(withMigration(context, content).path)), ['schema/drop-column']);
  });
}

for (const [name, content] of [
  ['an empty file', ''],
  ['only white space', ' \n\t\r\n'],
  ['only a comment', '-- nothing\n/* at all */'],
  ['only semicolons', ';;;\n;'],
  ['a lone byte order mark', '\ufeff'],
] as const) {
  test(`${name} has no findings and no notices about it`, async (context) => {
    const report = await check(withMigration(context, content).path);
    assert.deepEqual(report.findings, []);
    assert.ok(!report.notices.some(({ id }) => id.startsWith('file-') || id === 'not-examined'));
  });
}

test('NULs and binary rubbish end in an answer', async (context) => {
  for (const content of [
    '\0\0\0\0',
    `${dropX}\0${dropY}`,
    Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
  ]) {
    const report = await check(withMigration(context, content).path);
    assert.equal(report.summary.total, 2);
  }
});

test('an expression of 20,000 operators is not examined; the statements after it are', async (context) => {
  const sum = `SELECT ${Array.from({ length: 20_001 }, () => '1').join(' + ')}`;
  const deep = Array.from({ length: 40 }, (_, i) => `${sum} AS c${i};`).join('\n');
  const nested = `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};`;
  for (const text of [deep, nested]) {
    const made = withMigration(context, `${dropX}\n${text}\n${dropY}\n`);
    made.write('db/migration/V3__later.sql', 'DROP TABLE a;\n');
    const report = await check(made.path);
    assert.deepEqual(rules(report), ['schema/drop-column', 'schema/drop-column', 'schema/drop-table']);
    assert.ok(
      report.notices.some(({ id }) => id === 'not-examined'),
      JSON.stringify(report.notices),
    );
  }
});

test('a directory named x.sql, a pipe and a dangling link are passed over', async (context) => {
  const made = withMigration(context, dropX);
  mkdirSync(join(made.path, 'db/migration/V3__folder.sql'));
  made.write('db/migration/V3__folder.sql/V4__inside.sql', dropY);
  symlinkSync('/nowhere/at/all', join(made.path, 'db/migration/V5__dangling.sql'));
  for (const prepare of [() => undefined, () => made.commitAll()]) {
    prepare();
    const report = await check(made.path);
    assert.ok(rules(report).includes('schema/drop-column'));
    assert.ok(!report.findings.some(({ path }) => path.endsWith('V3__folder.sql')));
  }
});

test('a loop of symbolic links ends', async (context) => {
  const made = withMigration(context, dropX);
  symlinkSync(made.path, join(made.path, 'db/loop'));
  symlinkSync('b', join(made.path, 'a'));
  symlinkSync('a', join(made.path, 'b'));
  assert.deepEqual(rules(await check(made.path)), ['schema/drop-column']);
  made.commitAll();
  assert.deepEqual(rules(await check(made.path)), ['schema/drop-column']);
});

test('two files that differ only by case are told', async (context) => {
  const made = withMigration(context, dropX);
  made.write('db/migration/V3__Add.sql', 'SELECT 1;');
  made.write('db/migration/V3__add.sql', 'SELECT 1;');
  const { readdirSync } = await import('node:fs');
  if (readdirSync(join(made.path, 'db/migration')).length < 4) return context.skip('the file system folds case');
  assert.ok(rules(await check(made.path)).includes('order/case-collision'));
});

test('a file that cannot be read is one notice; its neighbours are judged', async (context) => {
  const made = withMigration(context, dropX);
  made.write('db/migration/V3__locked.sql', dropY);
  chmodSync(join(made.path, 'db/migration/V3__locked.sql'), 0o000);
  if (process.getuid?.() === 0) {
    // Root reads anything: a user of its own runs the command.
    chmodSync(made.path, 0o755);
    const { spawnSync } = await import('node:child_process');
    const { bundle } = await import('../support/cli.ts');
    const { status, stdout } = spawnSync(process.execPath, [bundle, 'check', '--format', 'json'], {
      cwd: made.path,
      uid: 65534,
      gid: 65534,
      encoding: 'utf8',
    });
    if (status === null || stdout === '') return context.skip('no other user may run node here');
    const report = JSON.parse(stdout) as Report;
    assert.ok(rules(report).includes('schema/drop-column'));
    assert.ok(report.notices.some(({ path }) => path === 'db/migration/V3__locked.sql'));
    return;
  }
  const report = await check(made.path);
  assert.deepEqual(rules(report), ['schema/drop-column']);
  assert.ok(report.notices.some(({ path }) => path === 'db/migration/V3__locked.sql'));
});

test('a file over the limit is not read, and said', async (context) => {
  const made = withMigration(context, dropX);
  made.write('db/migration/V3__dump.sql', '');
  truncateSync(join(made.path, 'db/migration/V3__dump.sql'), 300 * 1024 * 1024);
  const report = await check(made.path);
  assert.deepEqual(rules(report), ['schema/drop-column']);
  assert.match(report.notices.find(({ id }) => id === 'file-too-large')?.message ?? '', /V3__dump\.sql.*315 MB/);
});

test('a working directory that is gone is one line and exit code 2', async (context) => {
  const made = folder(context, { 'gone/x': '' });
  const cwd = join(made.path, 'gone');
  rmSync(cwd, { recursive: true });
  const { code, out, err } = await runInProcess(cwd, ['check']);
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(err, /^schemaward: [^\n]*does not exist[^\n]*\n$/);
});

for (const yaml of [
  '\ufeffversion: 1\n',
  'version: 1\r\n',
  'a: &a [*a]\n',
  '\tversion: 1',
  '{',
  '- 1',
  '"',
  Buffer.from([0xff, 0x3a, 0x20, 0x31]),
]) {
  test(`schemaward.yaml as ${JSON.stringify(String(yaml))} ends in an answer`, async (context) => {
    const made = withMigration(context, dropX);
    made.write('schemaward.yaml', yaml);
    const report = await check(made.path);
    assert.ok(rules(report).includes('schema/drop-column'));
    const isFine = typeof yaml === 'string' && yaml.includes('version') && !yaml.startsWith('\t');
    assert.equal(rules(report).includes('config/schemaward-yaml'), !isFine);
  });
}

test('20 MB of INSERTs are split and never parsed', async (context) => {
  const row = (i: number) => `INSERT INTO a (id, x, y) VALUES (${i}, ${i}, 'some text; with a semicolon');\n`;
  const seed = Array.from({ length: 280_000 }, (_, i) => row(i)).join('');
  assert.ok(seed.length > 20e6);
  const made = withMigration(context, `${seed}${dropX}\n`);
  const { out, code } = await runBundle(made.path, ['check', '--format', 'json']);
  const report = JSON.parse(out) as Report;
  assert.equal(code, 1);
  assert.deepEqual(
    report.findings.map(({ rule, range }) => [rule, range.start.line]),
    [['schema/drop-column', 280_000]],
  );
});

for (const [title, sql] of BAD_INPUTS)
  test(`${title}: what follows is judged on the command line`, async (context) => {
    const made = folder(context, {
      'db/migration/V1__a.sql': 'CREATE TABLE a (id int PRIMARY KEY, x text, y text);\n',
    });
    made.write('db/migration/V2__b.sql', `${sql}\n${dropX}\n`);
    made.write('schemaward.yaml', 'version: 1\nrules:\n  severity:\n    run/long-name: warning\n');
    const report = await check(made.path);
    assert.ok(rules(report).includes('schema/drop-column'));
    assert.ok(!rules(report).includes('run/syntax-error'));
    if (title === 'syntax of a newer server') {
      const [notice] = report.notices.filter(({ id }) => id === 'not-examined');
      assert.match(notice?.message ?? '', /REPACK is newer than the parser/);
    }
    assert.equal(
      rules(report).filter((rule) => rule === 'run/long-name').length > 0,
      title === 'names of 63 bytes and beyond',
    );
  });

test('a history whose middle is unknown is one notice, and nothing is said of what it may have made', async (context) => {
  const made = withMigration(context, 'DO $$ BEGIN EXECUTE now()::text; END $$;\n');
  made.write('db/migration/V3__c.sql', `DROP TABLE b;\nALTER TABLE a DROP COLUMN q;\n${dropX}\n`);
  const report = await check(made.path);
  assert.deepEqual(
    rules(report).filter((rule) => rule.startsWith('run/') && rule !== 'run/dynamic-sql'),
    [],
  );
  assert.ok(report.findings.some(({ object }) => object === 'a.x'));
  assert.equal(report.notices.filter(({ id }) => id === 'not-examined').length, 1);
});
