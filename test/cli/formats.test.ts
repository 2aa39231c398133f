import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { runInProcess } from '../support/cli.ts';
import { jsonSchema, problemsOf, sarifSchema } from '../support/json-schema.ts';
import { folder } from '../support/workspace.ts';

const root = resolve(import.meta.dirname, '../..');
const shop = join(root, 'examples/shop');

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly message: string;
  readonly fingerprint: string;
}

interface Json {
  readonly base: string | null;
  readonly findings: readonly Finding[];
  readonly notices: readonly { readonly id: string; readonly message: string; readonly path?: string }[];
  readonly summary: { readonly checked: number; readonly total: number };
}

interface Sarif {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string;
        readonly message: { readonly text: string };
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number; readonly startColumn: number };
            };
          },
        ];
      }[];
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    },
  ];
}

const tricky = {
  'a b/#1/100%/é/db/migration/V1__users.sql':
    'CREATE TABLE users (id bigint PRIMARY KEY, "naïve, col" text);\nCREATE TABLE gone (id bigint);\n',
  'a b/#1/100%/é/db/migration/V2__drop.sql':
    '/* é 𝒳 100%, a:b */ ALTER TABLE users\n\tDROP COLUMN "naïve, col";\r\nDROP TABLE gone;\n',
  'schemaward.yaml': 'versoin: 1\n',
};

for (const [name, files] of [
  ['the sample', undefined],
  ['a path and names that need escapes', tricky],
] as const) {
  test(`${name}: text, json, sarif and github say the same, in one order`, async (context) => {
    const cwd = files === undefined ? shop : folder(context, files).path;
    const run = async (format: string) => (await runInProcess(cwd, ['check', '--all', '--format', format])).out;
    const json = JSON.parse(await run('json')) as Json;
    const sarif = JSON.parse(await run('sarif')) as Sarif;
    const text = await run('text');
    const github = await run('github');

    assert.ok(json.findings.length >= 3);
    assert.deepEqual(problemsOf(jsonSchema('check'), json), []);
    assert.deepEqual(problemsOf(sarifSchema, sarif), []);

    const places = json.findings.map(
      ({ rule, path, range: { start } }) => `${path}:${start.line + 1}:${start.character + 1} ${rule}`,
    );
    assert.deepEqual(
      sarif.runs[0].results.map(({ ruleId, locations: [{ physicalLocation }] }) => {
        const { startLine, startColumn } = physicalLocation.region;
        return `${decodeURIComponent(physicalLocation.artifactLocation.uri)}:${startLine}:${startColumn} ${ruleId}`;
      }),
      places,
    );
    assert.deepEqual(
      [...text.matchAll(/^(\S.*:\d+:\d+): (?:error|warning|info|hint) (\S+)$/gm)].map(
        (match) => `${match[1]} ${match[2]}`,
      ),
      places,
    );
    const plain = (value = '') => decodeURIComponent(value);
    assert.deepEqual(
      [
        ...github.matchAll(
          /^::(?:error|warning|notice) file=([^,]*),line=(\d+),endLine=\d+,col=(\d+),.*?title=([^:]*)::/gm,
        ),
      ].map(([, file, line, column, rule]) => `${plain(file)}:${line}:${column} ${plain(rule)}`),
      places,
    );
    const messages = json.findings.map(({ message }) => message);
    assert.deepEqual(
      sarif.runs[0].results.map(({ message }) => message.text),
      messages,
    );
    for (const message of messages) assert.ok(text.includes(message));
    for (const { ruleId } of sarif.runs[0].results)
      assert.ok(sarif.runs[0].tool.driver.rules.some(({ id }) => id === ruleId));
  });
}

test('paths are POSIX and relative to where the person stands, through a symbolic link too', async (context) => {
  const made = folder(context, tricky);
  const inside = join(made.path, 'a b/#1/100%/é/db');
  const { out } = await runInProcess(inside, ['check', '--format', 'json']);
  assert.deepEqual(
    new Set((JSON.parse(out) as Json).findings.map(({ path }) => path)),
    new Set(['migration/V2__drop.sql']),
  );
  const { symlinkSync } = await import('node:fs');
  const link = folder(context);
  symlinkSync(inside, join(link.path, 'link'));
  const through = await runInProcess(join(link.path, 'link'), ['check', '--format', 'json']);
  assert.deepEqual(JSON.parse(through.out), JSON.parse(out));
});

test('nothing to report is one valid document too', async (context) => {
  const made = folder(context, { 'README.md': '' });
  for (const [format, schema] of [
    ['json', jsonSchema('check')],
    ['sarif', sarifSchema],
  ] as const) {
    const { code, out } = await runInProcess(made.path, ['check', '--format', format]);
    assert.equal(code, 0);
    assert.deepEqual(problemsOf(schema, JSON.parse(out)), []);
  }
  assert.deepEqual(await runInProcess(made.path, ['check']), {
    code: 0,
    out: 'No findings. No migrations were found here.\n',
    err: '',
  });
});

test('notices about files are relative too, and stand in every format', async (context) => {
  const made = folder(context, { 'db/migration/V1__latin.sql': Buffer.from([0x2d, 0x2d, 0x20, 0xe9, 0x0a]) });
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const { out } = await runInProcess(made.path, ['check', '--format', format]);
    assert.ok(out.includes('db/migration/V1__latin.sql: the file is not valid utf-8'), out);
    assert.ok(!out.includes(made.path), out);
  }
});

test('status and scaffold write the documents that their schemas describe', async (context) => {
  const status = await runInProcess(shop, ['status', '--format', 'json']);
  assert.deepEqual(problemsOf(jsonSchema('status'), JSON.parse(status.out)), []);
  const made = folder(context, {
    'db/migration/V1__a.sql': 'CREATE TABLE a (id bigint PRIMARY KEY, note text);\n',
  });
  made.commitAll();
  for (const [line, code] of [
    ['rename-column --table a --column note --new-name remark', 0],
    ['drop-column --table a --column note', 0],
    ['set-not-null --table a --column note --default x', 0],
    ['change-column-type --table a --column note --type varchar(9)', 0],
    ['rename-column --table a --column note', 1],
    ['drop-column --table nowhere --column x', 1],
  ] as const) {
    const result = await runInProcess(made.path, ['scaffold', ...line.split(' '), '--format', 'json']);
    assert.equal(result.code, code, line + result.out + result.err);
    assert.deepEqual(problemsOf(jsonSchema('scaffold'), JSON.parse(result.out)), [], line);
  }
});

test('compat writes the document that its schema describes, a line of --batch too', async (context) => {
  const made = folder(context, {
    'v1/a.proto': 'syntax = "proto3";\nmessage A {\n  string b = 1;\n}\n',
    'v1/gone.proto': 'syntax = "proto3";\nmessage Gone {}\n',
    'v1/e.avsc': '{ "type": "record", "name": "E", "fields": [] }\n',
    'v2/a.proto': 'syntax = "proto3";\nmessage A {}\n',
    'v2/e.avsc': '{ "type": "record", "name": "E", "fields": [{ "name": "f", "type": "int" }] }\n',
    'v2/torn.avsc': '{',
  });
  const { code, out } = await runInProcess(made.path, ['compat', 'v1', 'v2', '--format', 'json']);
  assert.equal(code, 1);
  const document = JSON.parse(out) as { findings: { path: string; side?: string }[]; notices: unknown[] };
  assert.deepEqual(problemsOf(jsonSchema('compat'), document), []);
  assert.deepEqual(
    document.findings.filter(({ side }) => side === 'before').map(({ path }) => path),
    ['gone.proto'],
  );
  assert.ok(document.notices.length > 0);
  const lines = [JSON.stringify({ before: 'v1', after: 'v2' }), '{}'];
  const batch = await runInProcess(made.path, ['compat', '--batch', '-'], {}, lines);
  const answers = batch.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  assert.equal(answers.length, 2);
  assert.deepEqual(answers[0], document);
  for (const answer of answers) assert.deepEqual(problemsOf(jsonSchema('compat'), answer), []);
});
