import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CliResult, runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';

interface Report {
  readonly base: string | null;
  readonly target: string | null;
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly severity: string }[];
  readonly notices: readonly { readonly id: string; readonly message: string }[];
  readonly summary: { readonly checked: number; readonly total: number; readonly suppressed: number };
}

async function json(cwd: string, line: string, env: Readonly<Record<string, string>> = {}) {
  const args = line === '' ? [] : line.split(' ');
  const result = await runInProcess(cwd, ['check', ...args, '--format', 'json'], env);
  assert.equal(result.err, '', line);
  return { ...result, report: JSON.parse(result.out) as Report };
}

/** "path rule" of every finding. */
async function found(cwd: string, line = ''): Promise<readonly string[]> {
  return (await json(cwd, line)).report.findings.map(({ path, rule }) => `${path.split('/').at(-1)} ${rule}`);
}

const history = {
  'db/migration/V1__a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, x int, y int);\n',
  'db/migration/V2__old.sql': 'ALTER TABLE a DROP COLUMN y;\n',
};

const drop = 'ALTER TABLE a DROP COLUMN x;\n';

test('untracked, staged and committed on a branch: new under any base', async (context) => {
  const made = folder(context, history);
  made.commitAll();
  assert.deepEqual(await found(made.path), []);
  made.git('checkout', '--quiet', '-b', 'feature');
  made.write('db/migration/V3__x.sql', drop);
  const expected = ['V3__x.sql schema/drop-column'];
  for (const step of [[], ['add', '--all'], ['commit', '--quiet', '-m', 'x']]) {
    if (step.length > 0) made.git(...step);
    for (const line of ['', '--base main', '--base refs/heads/main'])
      assert.deepEqual(await found(made.path, line), expected);
    if (step[0] !== 'commit') assert.deepEqual(await found(made.path, '--base HEAD'), expected);
  }
  assert.deepEqual(await found(made.path, '--base HEAD'), []);
  assert.equal((await json(made.path, '--base main')).report.base, 'main');
});

test('--all judges every migration, and says so', async (context) => {
  const made = folder(context, history);
  made.commitAll();
  assert.deepEqual(await found(made.path, '--all'), ['V2__old.sql schema/drop-column']);
  const { report } = await json(made.path, '--all');
  assert.deepEqual([report.summary.checked, report.summary.total], [2, 2]);
  const { summary } = (await json(made.path, '')).report;
  assert.deepEqual([summary.checked, summary.total], [0, 2]);
});

test('CI says the base; base.ref in schemaward.yaml goes over it, --base over both', async (context) => {
  const made = folder(context, history);
  made.commitAll();
  made.git('branch', 'release');
  made.git('branch', 'other');
  const base = async (line: string, env: Record<string, string> = {}) => (await json(made.path, line, env)).report.base;
  assert.equal(await base(''), 'main');
  assert.equal(await base('', { GITHUB_BASE_REF: 'release' }), 'release');
  made.write('schemaward.yaml', 'base: { ref: other }\n');
  assert.equal(await base('', { GITHUB_BASE_REF: 'release' }), 'other');
  assert.equal(await base('--base release'), 'release');
});

test('named files and folders restrict what is reported, never what is known', async (context) => {
  const made = folder(context, {
    ...history,
    'db/migration/V3__x.sql': drop,
    'other/db/migration/V1__b.sql': 'DROP TABLE gone;\n',
  });
  const all = await found(made.path);
  assert.equal(all.length, 3);
  assert.deepEqual(await found(made.path, 'db'), ['V2__old.sql schema/drop-column', 'V3__x.sql schema/drop-column']);
  assert.deepEqual(await found(made.path, 'db/migration/V3__x.sql'), ['V3__x.sql schema/drop-column']);
  assert.deepEqual(await found(made.path, './db/../db/migration/V3__x.sql other'), [
    'V3__x.sql schema/drop-column',
    'V1__b.sql run/unknown-object',
  ]);
  assert.deepEqual(await found(join(made.path, 'other')), ['V1__b.sql run/unknown-object']);
  assert.deepEqual(await found('/', join(made.path, 'db/migration/V3__x.sql')), ['V3__x.sql schema/drop-column']);
});

for (const [severity, line, code] of [
  ['error', '', 1],
  ['error', '--fail-on error', 1],
  ['error', '--fail-on warning', 1],
  ['error', '--fail-on never', 0],
  ['warning', '', 0],
  ['warning', '--fail-on warning', 1],
  ['warning', '--fail-on never', 0],
  ['info', '--fail-on warning', 0],
  ['hint', '--fail-on warning', 0],
] as const) {
  test(`exit code ${code} for one ${severity} with ${line === '' ? 'the default' : line}`, async (context) => {
    const made = folder(context, {
      'db/migration/V1__a.sql': 'CREATE TABLE a (id int, x int);',
      'db/migration/V2__x.sql': drop,
      'schemaward.yaml': `rules: { severity: { schema/drop-column: ${severity} } }\n`,
    });
    const result = await json(made.path, line);
    assert.equal(result.code, code);
    assert.deepEqual(
      result.report.findings.map((finding) => finding.severity),
      [severity],
    );
  });
}

test('--baseline leaves out what stands in it, as often as it stands there', async (context) => {
  const made = folder(context, { ...history, 'db/migration/V3__x.sql': drop });
  const first = await json(made.path, '');
  assert.equal(first.code, 1);
  made.write('known.json', first.out);
  const again = await json(made.path, '--baseline known.json');
  assert.deepEqual([again.code, again.report.findings], [0, []]);
  made.write('db/migration/V2__old.sql', `-- moved\n\n${history['db/migration/V2__old.sql']}`);
  assert.deepEqual(await found(made.path, '--baseline known.json'), []);
  made.write('db/migration/V4__z.sql', 'DROP TABLE a;\n');
  assert.deepEqual(await found(made.path, '--baseline known.json'), ['V4__z.sql schema/drop-table']);
  const inside = join(made.path, 'db');
  assert.deepEqual(await found(inside, '--baseline ../known.json'), ['V4__z.sql schema/drop-table']);
});

test('--target-version and --dialect go over what the project says', async (context) => {
  const made = folder(context, {
    'db/migration/V1__a.sql': 'CREATE TABLE a (id int);\n',
    'db/migration/V2__x.sql': "ALTER TYPE mood ADD VALUE 'x';\nALTER TABLE a ADD COLUMN b int NOT NULL DEFAULT 1;\n",
  });
  const notices = async (line: string) => (await json(made.path, line)).report.notices.map(({ id }) => id);
  assert.ok(!(await notices('--target-version 12')).includes('dialect-not-examined'));
  assert.ok((await notices('--dialect mysql')).includes('dialect-not-examined'));
});

const loose = { 'query.sql': 'CREATE INDEX i ON orders (id);\nDROP TABLE gone;\n' };

test('loose files: one migration each, with an unknown past', async (context) => {
  const made = folder(context, loose);
  const expected = ['query.sql lock/create-index', 'query.sql schema/drop-table'];
  for (const line of ['', '.', 'query.sql']) assert.deepEqual(await found(made.path, line), expected, line);
  made.write('second.sql', 'DROP TABLE other;\n');
  assert.deepEqual(await found(made.path, 'second.sql'), ['second.sql schema/drop-table']);
  made.commitAll();
  assert.deepEqual(await found(made.path, 'query.sql'), expected);
});

test('--in-transaction says that the tool will wrap a loose file', async (context) => {
  const made = folder(context, { 'i.sql': 'CREATE INDEX CONCURRENTLY i ON orders (id);\n' });
  assert.deepEqual(await found(made.path), []);
  assert.deepEqual(await found(made.path, '--in-transaction'), ['i.sql tx/concurrently']);
});

test('a loose file beside a project is judged only when it is named', async (context) => {
  const made = folder(context, { ...history, ...loose });
  made.commitAll();
  assert.deepEqual(await found(made.path), []);
  assert.equal((await found(made.path, 'query.sql')).length, 2);
});

test('a git-ignored folder is examined when it is opened or named', async (context) => {
  const made = folder(context, {
    '.gitignore': 'generated/\n',
    'db/migration/V1__a.sql': 'CREATE TABLE a (id int);\n',
    'generated/db/V1__g.sql': 'CREATE TABLE g (id int, x int);\n',
    'generated/db/V2__g.sql': 'ALTER TABLE g DROP COLUMN x;\n',
    'build/sql/V1__b.sql': 'CREATE TABLE b (id int, x int);\n',
  });
  made.commitAll();
  assert.equal((await json(made.path, '')).report.summary.total, 1);
  for (const line of ['generated', 'generated/db', 'generated/db/V2__g.sql'])
    assert.deepEqual(await found(made.path, line), ['V2__g.sql schema/drop-column'], line);
  for (const at of ['generated', 'generated/db'])
    assert.deepEqual(await found(join(made.path, at)), ['V2__g.sql schema/drop-column'], at);
  const { report } = await json(join(made.path, 'generated'), '');
  assert.ok(report.notices.some(({ id }) => id === 'base-ignored'));
  assert.equal((await json(made.path, 'build')).report.summary.total, 2);
});

test('an invalid schemaward.yaml is a finding at the key, whatever was named', async (context) => {
  const made = folder(context, { ...history, 'schemaward.yaml': 'rules:\n  preset: strikt\nversoin: 1\n' });
  for (const line of ['', 'db', 'db/migration/V1__a.sql']) {
    const { code, report } = await json(made.path, line);
    assert.equal(code, 1);
    const own = report.findings.filter(({ rule }) => rule === 'config/schemaward-yaml');
    assert.deepEqual(
      own.map(({ severity }) => severity),
      ['error', 'warning'],
    );
  }
});

test('a file that says what is applied freezes it; --target names it', async (context) => {
  const made = folder(context, history);
  const status = await runInProcess(made.path, ['status', '--format', 'json']);
  const document = JSON.parse(status.out) as { projects: { migrations: { states: Record<string, unknown> }[] }[] };
  for (const { migrations } of document.projects)
    for (const [index, migration] of migrations.entries())
      migration.states = {
        production: { state: 'applied', toolState: 'Success', type: 'SQL', rank: index + 1, installedOn: '2026-01-01' },
      };
  const named = {
    ...document,
    projects: document.projects.map((each) => ({
      ...each,
      targets: [{ name: 'production', kind: 'database', reachable: true, asOf: '' }],
    })),
  };
  made.write('ops/status.json', JSON.stringify(named));
  made.write('schemaward.yaml', 'targets: { production: { from: ops/status.json, role: production } }\n');
  made.write('db/migration/V3__x.sql', drop);
  for (const line of ['', '--target production']) {
    const { report } = await json(made.path, line);
    assert.deepEqual(
      report.findings.map(({ path }) => path),
      ['db/migration/V3__x.sql'],
      line,
    );
  }
  const { code, err } = await runInProcess(made.path, ['check', '--target', 'producton']);
  assert.equal(code, 2);
  assert.match(err, /There is no target producton\. Did you mean production\? Known: production\./);
});

test('a target that cannot be read: everything else is reported, then exit code 2', async (context) => {
  const secret = 'hunter2-secret';
  const made = folder(context, {
    ...history,
    'schemaward.yaml': `targets:\n  down: { url: 'postgresql://me:\${env:PW}@127.0.0.1:1/shop' }\n  gone: { from: nowhere.json }\n  unset: { env: NO_SUCH_VARIABLE }\n`,
  });
  const runs: CliResult[] = [];
  for (const target of ['down', 'gone', 'unset']) {
    const { code, report, ...rest } = await json(made.path, `--target ${target}`, { PW: secret });
    assert.equal(code, 2, target);
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      ['schema/drop-column'],
    );
    assert.ok(report.notices.some(({ id }) => id === `target-${target}`));
    runs.push({ code, ...rest });
    const status = await runInProcess(made.path, ['status', '--target', target], { PW: secret });
    assert.equal(status.code, 2);
    assert.match(status.out, /V?1 +a +SQL/);
    runs.push(status);
  }
  for (const { out, err } of runs) assert.ok(!(out + err).includes(secret));
});
