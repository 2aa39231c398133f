import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { completeConfig } from '#core/config/complete.ts';
import { globMatches } from '#core/config/glob.ts';
import { hoverConfig } from '#core/config/hover.ts';
import { nearest } from '#core/config/nearest.ts';
import { readConfig } from '#core/config/read.ts';
import { configSchema } from '#core/config/schema.ts';

const today = '2026-11-24';

/** Problems as "kind: the words that carry it". */
function problems(text: string): string[] {
  return readConfig(text, today).problems.map(
    ({ kind, span }) => `${kind}: ${text.slice(span.start, span.end).trim()}`,
  );
}

test('a complete file is read without a problem', () => {
  const text = `version: 1
projects:
  - name: orders
    root: services/orders
    locations: [db/migration]
    dialect: postgresql
    targetVersion: 16
targets:
  production: { from: ops/status.json, role: production }
  local: { url: 'postgresql://me:\${env:PW}@localhost/shop' }
lintTarget: production
deployment: single-version
base: { ref: origin/main }
rules:
  severity: { lock/create-index: error }
overrides:
  - paths: ['legacy/**']
    rules: { lock/create-index: 'off' }
ignore:
  - { rule: schema/drop-table, object: old, reason: moved, until: 2027-01-01 }
evolutions: { dir: plans, minReleases: 2, backfill: { as: script, batch: 1000 } }
`;
  const { config, problems: found } = readConfig(text, today);
  assert.deepEqual(found, []);
  assert.equal(config?.projects[0]?.targetVersion, 16);
  assert.deepEqual(
    config?.targets.map(({ name, role }) => [name, role]),
    [
      ['production', 'production'],
      ['local', undefined],
    ],
  );
  assert.equal(config?.rules.severity.get('lock/create-index'), 'error');
  assert.equal(config?.overrides[0]?.rules.get('lock/create-index'), 'off');
  assert.equal(config?.deployment, 'single-version');
  assert.deepEqual(config?.evolutions, { dir: 'plans', minReleases: 2, backfill: { as: 'script', batch: 1000 } });
});

for (const [text, expected] of [
  ['versoin: 1', ['unknown-key: versoin']],
  ['version: 2', ['wrong-type: 2']],
  ['rules:\n  severity:\n    lock/create-indx: error', ['unknown-key: lock/create-indx']],
  ['rules:\n  severity:\n    lock/create-index: loud', ['wrong-value: loud']],
  ['projects: orders', ['wrong-type: orders']],
  ['projects:\n  - name: x', ['wrong-value: name: x']],
  ['targets:\n  a:\n    url: postgresql://u:secret@h/d', ['secret: postgresql://u:secret@h/d']],
  ['ignore:\n  - { rule: schema/drop-table, reason: old, until: 2020-01-01 }', ['unused-ignore: 2020-01-01']],
  ['ignore:\n  - { rule: schema/drop-tabel, reason: old }', ['wrong-value: schema/drop-tabel']],
  ['ignore:\n  - { reason: everything }', ['wrong-value: { reason: everything }']],
  ['ignore:\n  - { rule: "schema/*", reason: old }', []],
  ['rules:\n  preset: strikt', ['wrong-value: strikt']],
  ['rules:\n  options:\n    lock/several-tables: { tables: 3 }', []],
  ['rules:\n  options:\n    lock/several-tables: { table: 3 }', ['unknown-key: table']],
  ['rules:\n  options:\n    lock/several-tables: { tables: many }', ['wrong-type: many']],
  ['rules:\n  options:\n    lock/several-tables: { tables: 0 }', ['wrong-type: 0']],
  ['rules:\n  options:\n    lock/create-index: { tables: 3 }', ['unknown-key: lock/create-index']],
  ['rules:\n  options:\n    lock/several-tabels: { tables: 3 }', ['unknown-key: lock/several-tabels']],
  ['targets:\n  a: { role: production }', ['wrong-value: { role: production }']],
  ['targets:\n  a: { from: x, env: Y }', ['wrong-value: { from: x, env: Y }']],
  ['targets:\n  prod: { env: Y }\nlintTarget: prd', ['wrong-value: prd']],
  ['lintTarget: flyway', []],
  ['\tversion: 1', ['syntax: ']],
  ['rules:\n\tpreset: strict', ['syntax: ']],
  ['\ufeffversion: 1\nversoin: 2', ['unknown-key: versoin']],
  ['version: 1\r\nversoin: 2\r\n', ['unknown-key: versoin']],
  ['- a\n- b', ['wrong-type: - a\n- b']],
  ['just words', ['wrong-type: just words']],
  ['a: *nowhere', ['syntax: *nowhere']],
  ['base: &b\n  ref: main\nrules: *b', ['unknown-key: ref']],
  ['version: 1\n---\nversion: 2', ['syntax: ---']],
  ['', []],
  ['# only a comment', []],
  ['version: 1\nversion: 1', ['syntax: version']],
] as const) {
  test(`${JSON.stringify(text)} is reported where it is wrong`, () => assert.deepEqual(problems(text), expected));
}

test('a suggestion names the key that was meant', () => {
  assert.match(readConfig('lintTraget: x', today).problems[0]?.message ?? '', /Did you mean lintTarget\?/);
});

test('a file that is no YAML keeps no settings and says where', () => {
  const { config, problems: found } = readConfig('a: [1, 2', today);
  assert.equal(config, undefined);
  assert.equal(found[0]?.kind, 'syntax');
});

test('a key that is wrong keeps what the last good text said; the others follow the new one', () => {
  const good = readConfig('lintTarget: a\nrules: { preset: strict }\nevolutions: { dir: plans }\n', today).config;
  const { config } = readConfig('lintTarget: b\nrules: { preset: strikt }\nevolutions: [x]\n', today, good);
  assert.equal(config?.lintTarget, 'b');
  assert.equal(config?.rules.preset, 'strict');
  assert.equal(config?.evolutions.dir, 'plans');
});

test('a cycle of aliases ends', () => {
  assert.ok(readConfig('a: &x\n  b: *x\n', today).problems.length > 0);
});

test('the secret itself is never repeated in a message', () => {
  for (const { message } of readConfig('targets:\n  a:\n    url: postgresql://u:tops3cret@h/d', today).problems)
    assert.ok(!message.includes('tops3cret'));
});

test('no text breaks the reader, the completion or the hover', () => {
  const piece = fc.constantFrom(
    'version',
    'rules',
    ':',
    ' ',
    '\n',
    '  ',
    '- ',
    '{',
    '}',
    '[',
    '*a',
    '&a',
    '"',
    '#',
    'é',
    '1',
    '|',
    '>',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.nat(60),
      (text, at) => {
        const { problems: found } = readConfig(text, today);
        for (const { span } of found) assert.ok(span.start >= 0 && span.end <= text.length && span.start <= span.end);
        completeConfig(text, Math.min(at, text.length));
        hoverConfig(text, Math.min(at, text.length));
      },
    ),
    { numRuns: 300 },
  );
});

test('completion offers keys, values and rule ids where they belong', () => {
  const labels = (text: string) => completeConfig(text, text.length).map(({ label }) => label);
  assert.ok(labels('').includes('projects'));
  assert.ok(!labels('version: 1\n').includes('version'));
  assert.deepEqual(labels('rules:\n  preset: '), ['minimal', 'recommended', 'strict']);
  assert.ok(labels('rules:\n  severity:\n    ').includes('lock/create-index'));
  assert.ok(labels('rules:\n  severity:\n    lock/create-index: ').includes('off'));
  assert.ok(labels('projects:\n  - ').includes('root'));
  assert.ok(labels('projects:\n  - root: x\n    ').includes('dialect'));
});

test('hover explains a key', () => {
  const text = 'evolutions:\n  dir: x\n';
  assert.match(hoverConfig(text, text.indexOf('dir'))?.markdown ?? '', /contract drafts/);
});

test('the JSON schema closes every object that has no free keys', () => {
  const schema = configSchema() as {
    properties: Record<string, { additionalProperties?: unknown }>;
    additionalProperties: unknown;
  };
  assert.equal(schema.additionalProperties, false);
  assert.equal(schema.properties.base?.additionalProperties, false);
});

for (const [glob, path, expected] of [
  ['db/**', 'db/a/b.sql', true],
  ['**/legacy/*.sql', 'a/b/legacy/x.sql', true],
  ['**/legacy/*.sql', 'legacy/x.sql', true],
  ['*.sql', 'a/b.sql', false],
  ['a/', 'a/b/c.sql', true],
  ['{a,b}/x.sql', 'b/x.sql', true],
  ['a?c.sql', 'abc.sql', true],
  ['a.c', 'abc', false],
] as const) {
  test(`glob ${glob} ${expected ? 'matches' : 'does not match'} ${path}`, () =>
    assert.equal(globMatches(glob, path), expected));
}

test('nearest finds a typing mistake and refuses nonsense', () => {
  assert.equal(nearest('creat-index', ['create-index', 'drop-index']), 'create-index');
  assert.equal(nearest('zebra', ['create-index', 'drop-index']), undefined);
});
