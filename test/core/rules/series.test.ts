import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAll, engine, saidAlone, snapshot } from '../support/engine.ts';

/** Migrations that no database has run yet go out together: what one of them makes, no running version knows. */

const released = {
  'V1__given.sql':
    "CREATE TABLE users (id bigint PRIMARY KEY, email varchar(50), age int NOT NULL DEFAULT 0);\nCREATE TABLE plans (id serial PRIMARY KEY, n int NOT NULL DEFAULT 1, g int GENERATED ALWAYS AS IDENTITY);\nCREATE TYPE mood AS ENUM ('ok');",
};

function said(...pending: readonly string[]): readonly string[] {
  const files = Object.fromEntries(pending.map((text, nth) => [`V${nth + 2}__new.sql`, `${text};\n`]));
  const findings = saidAlone(engine(), snapshot({ released, pending: files, version: 17 }));
  return findings.map(({ rule, messageId, path }) => `${path.replace(/.*\/(V\d+).*/, '$1')} ${rule}/${messageId}`);
}

describe('made in an unreleased migration, changed in the next', () => {
  const made =
    'CREATE TABLE fresh (id int, a varchar(5), b int NOT NULL DEFAULT 1, m mood);\nCREATE INDEX fresh_a ON fresh (a);\nCREATE VIEW seen AS SELECT id FROM fresh';
  for (const change of [
    'DROP VIEW seen;\nDROP TABLE fresh',
    'ALTER TABLE fresh DROP COLUMN b',
    'ALTER TABLE fresh RENAME COLUMN b TO c',
    'ALTER TABLE fresh RENAME TO fresher',
    'ALTER TABLE fresh ALTER COLUMN b TYPE text',
    'ALTER TABLE fresh ADD COLUMN c int NOT NULL',
    'ALTER TABLE fresh ALTER COLUMN id SET NOT NULL',
    'ALTER TABLE fresh ALTER COLUMN b DROP DEFAULT',
    'DROP VIEW seen',
    'ALTER VIEW seen RENAME TO saw',
    'ALTER VIEW seen RENAME COLUMN id TO ident',
    'CREATE INDEX fresh_b ON fresh (b)',
    'DROP INDEX fresh_a',
    'ALTER TABLE fresh ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES plans (id)',
    'ALTER TABLE fresh ADD CHECK (b > 0)',
    'ALTER TABLE fresh ADD UNIQUE (b)',
    'ALTER TABLE fresh ADD EXCLUDE USING btree (b WITH =)',
    'ALTER TABLE fresh ADD PRIMARY KEY (id)',
    'ALTER TABLE fresh ADD COLUMN c uuid DEFAULT gen_random_uuid()',
    'REINDEX TABLE fresh',
    'CLUSTER fresh USING fresh_a',
    'ALTER TABLE fresh ADD CHECK (b > 0) NOT VALID;\nALTER TABLE fresh VALIDATE CONSTRAINT fresh_b_check',
    'TRUNCATE fresh',
    'DELETE FROM fresh',
    'UPDATE fresh SET b = 2',
    'ALTER TABLE fresh ADD COLUMN c int;\nALTER TABLE users ADD COLUMN c int',
  ])
    test(change.replaceAll('\n', ' '), () => assert.deepEqual(said(made, change), []));
});

test('a column of a released table that is new in the series', () => {
  const added = 'ALTER TABLE users ADD COLUMN c varchar(5)';
  assert.deepEqual(said(added, 'ALTER TABLE users RENAME COLUMN c TO d'), []);
  assert.deepEqual(said(added, 'ALTER TABLE users DROP COLUMN c'), []);
  assert.deepEqual(said(added, 'ALTER TABLE users ALTER COLUMN c TYPE text'), []);
  assert.deepEqual(said(added, 'ALTER TABLE users ALTER COLUMN c TYPE int USING c::int'), [
    'V3 lock/rewrite-table/type',
  ]);
  assert.deepEqual(said(added, 'ALTER TABLE users ALTER COLUMN c SET NOT NULL'), [
    'V3 lock/set-not-null-scan/scans',
    'V3 schema/set-not-null/added',
  ]);
  assert.deepEqual(said(`${added} DEFAULT 'x'`, 'ALTER TABLE users ALTER COLUMN c SET NOT NULL'), [
    'V3 lock/set-not-null-scan/scans',
  ]);
  assert.deepEqual(said(`${added} NOT NULL DEFAULT 'x'`, 'ALTER TABLE users ALTER COLUMN c DROP DEFAULT'), [
    'V3 schema/drop-default/drops',
  ]);
});

test('what fills a column by itself is taken away', () => {
  for (const [change, expected] of [
    ['ALTER TABLE plans ALTER COLUMN n DROP DEFAULT', ['V2 schema/drop-default/drops']],
    ['ALTER TABLE plans ALTER COLUMN n SET DEFAULT NULL', ['V2 schema/drop-default/drops']],
    ['ALTER TABLE plans ALTER COLUMN id DROP DEFAULT', ['V2 schema/drop-default/drops']],
    ['ALTER TABLE plans ALTER COLUMN g DROP IDENTITY', ['V2 schema/drop-default/drops']],
    ['ALTER TABLE plans ALTER COLUMN g DROP IDENTITY, ALTER COLUMN g SET DEFAULT 1', []],
    ['ALTER TABLE plans ALTER COLUMN n SET DEFAULT 2', []],
  ] as const)
    assert.deepEqual(said(change), expected, change);
});

test('a proof of NOT NULL counts where it is validated, and only while it is there', () => {
  const check = 'ALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID';
  const validate = 'ALTER TABLE users VALIDATE CONSTRAINT email_set';
  const set = 'ALTER TABLE users ALTER COLUMN email SET NOT NULL';
  const scans = ['lock/set-not-null-scan/scans', 'schema/set-not-null/requires'];
  assert.deepEqual(said(check, set), ['V2 data/unvalidated/never', ...scans.map((each) => `V3 ${each}`)]);
  assert.deepEqual(said(check, validate, set), ['V4 schema/set-not-null/requires']);
  assert.deepEqual(
    said(check, validate, `${set}, DROP CONSTRAINT email_set`),
    scans.map((each) => `V4 ${each}`),
  );
  assert.deepEqual(said(check, validate, `${set};\nALTER TABLE users DROP CONSTRAINT email_set`), [
    'V4 schema/set-not-null/requires',
  ]);
});

test('what is validated, dropped or drafted later is not left half done', () => {
  const check = 'ALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID';
  const half = ['V2 data/unvalidated/never'];
  assert.deepEqual(said(check), half);
  assert.deepEqual(said(check, 'SELECT 1', 'alter table only public.USERS validate constraint "email_set"'), []);
  assert.deepEqual(said(check, 'ALTER TABLE users DROP CONSTRAINT email_set'), []);
  assert.deepEqual(
    said(check, 'ALTER TABLE users VALIDATE CONSTRAINT other'),
    half.concat('V3 run/unknown-object/constraint'),
  );
  assert.deepEqual(said(check, '-- ALTER TABLE users VALIDATE CONSTRAINT email_set'), half);
  const drafted = (text: string) =>
    checkAll(
      engine(),
      snapshot({
        released,
        pending: { 'V2__new.sql': `${check};` },
        other: { 'evolutions/set-email/contract.sql': text },
      }),
    ).findings.length;
  assert.equal(drafted('ALTER TABLE users VALIDATE CONSTRAINT email_set;'), 0);
  assert.equal(drafted('ALTER TABLE users DROP COLUMN age;'), 1);
});

test('a value of an enum may be used in the next migration', () => {
  assert.deepEqual(said("ALTER TYPE mood ADD VALUE 'new'", "CREATE TABLE f (m mood DEFAULT 'new')"), []);
});

test('a policy may come with the next migration, and so may row security', () => {
  const enable = 'ALTER TABLE users ENABLE ROW LEVEL SECURITY';
  const policy = 'CREATE POLICY own ON users USING (true)';
  assert.deepEqual(said(enable, policy), []);
  assert.deepEqual(said(policy, enable), []);
  assert.deepEqual(said(enable, `${policy.replace('ON users', 'ON users AS RESTRICTIVE')}`), [
    'V2 security/rls-without-policy/hides',
  ]);
});
