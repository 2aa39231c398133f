import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, type Made, snapshot } from '../support/engine.ts';

const two = 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);';
const three = `${two}\nCREATE TABLE c (id int);`;

/** "file: severity rule" under some settings. */
function found(yaml: string, made: Omit<Made, 'other'>): readonly string[] {
  const { findings } = checkAll(engine(), snapshot({ ...made, other: { 'schemaward.yaml': yaml } }));
  return findings.map(({ path, severity, rule }) => `${path.slice(path.lastIndexOf('/') + 1)}: ${severity} ${rule}`);
}

const several = {
  released: { 'V1__a.sql': three },
  pending: { 'V2__x.sql': 'ALTER TABLE a ADD COLUMN x int;\nALTER TABLE b ADD COLUMN x int;' },
};
const mixed = {
  released: { 'V1__a.sql': 'CREATE TABLE a (id int, x int, y int);\nCREATE TABLE b (id int);' },
  pending: {
    'V2__x.sql':
      'ALTER TABLE a DROP COLUMN x;\nCREATE INDEX i ON b (id);\nDO $$ BEGIN IF true THEN ALTER TABLE b ADD COLUMN z int; ALTER TABLE a ADD COLUMN q int DEFAULT random(); END IF; END $$;',
  },
};

test('rules.preset decides what speaks', () => {
  const severities = (yaml: string) => new Set(found(yaml, mixed).map((line) => line.split(' ')[1]));
  assert.deepEqual(severities('rules: { preset: minimal }'), new Set(['error']));
  assert.ok(severities('rules: { preset: recommended }').has('warning'));
  assert.deepEqual(found('rules: { preset: recommended }', mixed), found('version: 1', mixed));
  assert.ok(!severities('rules: { preset: recommended }').has('hint'));
  assert.deepEqual(found('rules: { preset: recommended }', several), []);
  assert.deepEqual(found('rules: { preset: strict }', several), [
    'V2__x.sql: warning lock/no-timeout',
    'V2__x.sql: warning lock/several-tables',
  ]);
  assert.deepEqual(found('rules: { preset: minimal }', several), []);
});

test('deployment turns off what cannot hurt anybody', () => {
  const made = {
    released: { 'V1__a.sql': 'CREATE TABLE a (id int, x int, y varchar(9));\nCREATE TABLE b (id int, n int);' },
    pending: {
      'V2__x.sql':
        'ALTER TABLE a RENAME COLUMN id TO ident;\nALTER TABLE a DROP COLUMN x;\nALTER TABLE a ADD COLUMN z int NOT NULL;',
      'V3__x.sql': 'ALTER TABLE a ALTER COLUMN y TYPE varchar(5);\nCREATE INDEX i ON b (id);',
      'V4__x.sql': 'ALTER TABLE b ADD CONSTRAINT c CHECK (n > 0) NOT VALID;\nALTER TABLE b VALIDATE CONSTRAINT c;',
      'V5__x.sql': 'UPDATE b SET n = id;\nALTER TABLE b ALTER COLUMN n SET NOT NULL;\nDROP TABLE nowhere;',
    },
  };
  const single = [
    'V2__x.sql: info schema/drop-column',
    'V2__x.sql: error schema/add-required-column',
    'V3__x.sql: warning lock/rewrite-table',
    'V3__x.sql: warning data/lossy-cast',
    'V3__x.sql: warning lock/create-index',
    'V4__x.sql: warning tx/validate-with-add',
    'V5__x.sql: warning data/unbatched-backfill',
    'V5__x.sql: warning schema/set-not-null',
    'V5__x.sql: error run/unknown-object',
  ];
  assert.deepEqual(found('deployment: rolling', made), found('version: 1', made));
  const breaks = /rename-column|change-column-type/;
  const all = found('version: 1', made);
  assert.equal(all.filter((line) => breaks.test(line)).length, 2);
  // The rewrite is a sentence of the break, where there is one.
  assert.deepEqual(
    all.filter((line) => !breaks.test(line)),
    single
      .filter((line) => !line.includes('rewrite-table'))
      .map((line) => line.replace('info schema/drop-column', 'error schema/drop-column')),
  );
  assert.deepEqual(found('deployment: single-version', made), single);
  const waits = /lock\/|validate-with-add|unbatched-backfill/;
  assert.deepEqual(
    found('deployment: downtime', made),
    single.filter((line) => !waits.test(line)),
  );
});

test('rules.severity and overrides go over the deployment', () => {
  const named = 'deployment: downtime\nrules: { severity: { lock/several-tables: hint } }\n';
  assert.deepEqual(found(named, several), ['V2__x.sql: hint lock/several-tables']);
  const over = 'deployment: downtime\noverrides:\n  - { paths: ["db/**"], rules: { lock/several-tables: warning } }\n';
  assert.deepEqual(found(over, several), ['V2__x.sql: warning lock/several-tables']);
});

test('rules.severity and overrides go over the preset', () => {
  const named = 'rules: { preset: minimal, severity: { lock/several-tables: hint } }\n';
  assert.deepEqual(found(named, several), ['V2__x.sql: hint lock/several-tables']);
  const over = `${named}overrides:\n  - { paths: ["db/**"], rules: { lock/several-tables: error } }\n`;
  assert.deepEqual(found(over, several), ['V2__x.sql: error lock/several-tables']);
  const later = `${over}  - { paths: ["**/V2__*"], rules: { lock/several-tables: "off" } }\n`;
  assert.deepEqual(found(later, several), []);
  const elsewhere = `${named}overrides:\n  - { paths: ["legacy/**"], rules: { lock/several-tables: error } }\n`;
  assert.deepEqual(found(elsewhere, several), ['V2__x.sql: hint lock/several-tables']);
});

test('severity and overrides hold for what is said about ignore comments too', () => {
  const made = {
    released: { 'V1__a.sql': two },
    pending: { 'V2__x.sql': '-- schemaward-ignore lock/create-index: nothing to ignore\nSELECT 1;' },
  };
  assert.deepEqual(found('version: 1', made), ['V2__x.sql: warning config/ignore-comment']);
  assert.deepEqual(found('rules: { severity: { config/ignore-comment: "off" } }', made), []);
  assert.deepEqual(found('rules: { preset: minimal }', made), []);
});

test('rules.options: tables that one transaction may lock', () => {
  const threeTables = {
    released: { 'V1__a.sql': three },
    pending: {
      'V2__x.sql': ['a', 'b', 'c'].map((name) => `ALTER TABLE ${name} ADD COLUMN x int;`).join('\n'),
    },
  };
  const option = (tables: number) =>
    `rules: { severity: { lock/several-tables: info }, options: { lock/several-tables: { tables: ${tables} } } }`;
  assert.equal(found(option(1), threeTables).length, 1);
  assert.equal(found(option(2), threeTables).length, 1);
  assert.equal(found(option(2), several).length, 0);
  assert.equal(found(option(3), threeTables).length, 0);
});

test('rules.options: a changed option is followed without a restart', () => {
  const service = engine();
  const at = (tables: number) =>
    checkAll(
      service,
      snapshot({
        ...several,
        other: {
          'schemaward.yaml': `rules: { severity: { lock/several-tables: info }, options: { lock/several-tables: { tables: ${tables} } } }`,
        },
      }),
    ).findings.length;
  assert.deepEqual([at(1), at(2), at(1)], [1, 0, 1]);
});

test('rules.options: versions that make a gap mean something', () => {
  const released = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`V${i + 1}__t${i}.sql`, `CREATE TABLE t${i} (id int);`]),
  );
  const made = { released, pending: { 'V14__late.sql': 'CREATE TABLE late (id int);' } };
  assert.deepEqual(found('version: 1', made), ['V14__late.sql: info order/gap']);
  assert.deepEqual(found('rules: { options: { order/gap: { versions: 50 } } }', made), []);
});

const legacy = {
  pending: {
    'V1__a.sql': two,
    'V2__old.sql': 'ALTER TABLE a DROP COLUMN id;',
    'V10__next.sql': 'ALTER TABLE b DROP COLUMN id;',
  },
  base: { ref: undefined, problem: 'no-git' } as unknown as Made['base'],
};

test('base.since leaves out what came before it, and takes it as released', () => {
  assert.deepEqual(found('version: 1', legacy as Omit<Made, 'other'>), [
    'V10__next.sql: error schema/drop-column',
    'V2__old.sql: error schema/drop-column',
  ]);
  const made = legacy as Omit<Made, 'other'>;
  assert.deepEqual(found('base: { since: "10" }', made), ['V10__next.sql: error schema/drop-column']);
  assert.deepEqual(found('base: { since: "10" }', { ...made, all: true }), ['V10__next.sql: error schema/drop-column']);
  assert.deepEqual(found('base: { since: "2.5" }', made), ['V10__next.sql: error schema/drop-column']);
  assert.deepEqual(found('base: { since: "11" }', made), []);
});

test('base.since that is no version of the tool leaves nothing out, and says so', () => {
  const { findings, notices } = checkAll(
    engine(),
    snapshot({ ...(legacy as Omit<Made, 'other'>), other: { 'schemaward.yaml': 'base: { since: last-year }' } }),
  );
  assert.equal(findings.length, 2);
  assert.ok(notices.some(({ message }) => /last-year/.test(message)));
});

test('ignore entries match by every field that is given', () => {
  const drop = { released: { 'V1__a.sql': two }, pending: { 'V2__x.sql': 'ALTER TABLE a DROP COLUMN id;' } };
  const ignore = (entry: string) => found(`ignore:\n  - { ${entry}, reason: known }\n`, drop).length;
  assert.equal(ignore('rule: schema/drop-column'), 0);
  assert.equal(ignore('rule: "schema/*"'), 0);
  assert.equal(ignore('rule: schema/drop-table'), 1);
  assert.equal(ignore('path: "db/migration/V2__*"'), 0);
  assert.equal(ignore('path: "other/**"'), 1);
  assert.equal(ignore('object: a.id'), 0);
  assert.equal(ignore('object: b.id'), 1);
  assert.equal(ignore('rule: schema/drop-column, object: b.id'), 1);
  assert.equal(ignore('rule: schema/drop-column, until: 2026-11-25'), 0);
  const past = found('ignore:\n  - { rule: schema/drop-column, until: 2026-11-24, reason: known }\n', drop);
  assert.deepEqual(past, ['V2__x.sql: error schema/drop-column', 'schemaward.yaml: warning config/schemaward-yaml']);
  const { findings } = checkAll(engine(), snapshot(drop));
  assert.equal(ignore(`fingerprint: "${findings[0]?.fingerprint}"`), 0);
  assert.equal(ignore('fingerprint: "0000"'), 1);
});
