import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, engine, folder, type Made, snapshot } from '../support/engine.ts';

/** `source.fixAll`: fixes that edit nothing but the file and keep the schema. */
const given =
  'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);\nCREATE INDEX users_age ON users (age);';
const strict = { 'schemaward.yaml': "rules: { preset: strict, severity: { lock/no-timeout: 'off' } }" };
const path = `${folder}/V2__new.sql`;
const lockOff = { 'flyway.conf': 'flyway.postgresql.transactional.lock=false\n' };

function fixedAll(sql: string, more: Made = {}): string | undefined {
  const made = snapshot({
    released: { 'V1__given.sql': given },
    pending: { 'V2__new.sql': sql },
    other: { ...strict, ...lockOff },
    version: 16,
    ...more,
  });
  const service = engine();
  const [offer, ...others] = service.sourceActions(made, path);
  assert.deepEqual(others, []);
  if (offer === undefined) return undefined;
  const proposal = service.resolveAction(made, offer.data);
  assert.ok(proposal.kind === 'proposal' && proposal.creates.length + proposal.configEdits.length === 0);
  assert.equal(proposal.edits.length, 1);
  return applied(proposal, made).get(path);
}

test('every fix of the text at once, and a second time there is nothing left', () => {
  const sql =
    "-- é 𝒳\r\nINSERT INTO users VALUES (1, 'a');\r\nINSERT INTO users\r\n  VALUES (2, 'b', 3);\r\ninsert into users values (4);\r\n";
  const fixed = fixedAll(sql);
  assert.equal(
    fixed,
    "-- é 𝒳\r\nINSERT INTO users (id, email) VALUES (1, 'a');\r\nINSERT INTO users (id, email, age)\r\n  VALUES (2, 'b', 3);\r\ninsert into users (id) values (4);\r\n",
  );
  assert.equal(fixedAll(fixed ?? ''), undefined);
});

test('one that is alone in its file is written in place where nothing else has to be set', () => {
  const sql = 'CREATE INDEX i ON users (email);\n';
  assert.equal(fixedAll(sql), 'CREATE INDEX CONCURRENTLY i ON users (email);\n');
  assert.equal(fixedAll(sql, { other: strict }), undefined, 'it would write flyway.conf');
});

test('no plan, no new file, no other schema, no file that has run, nothing that is ignored', () => {
  for (const sql of [
    'ALTER TABLE users RENAME COLUMN email TO mail;\n',
    'CREATE INDEX i ON users (email);\nSELECT 1;\n',
    'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);\n',
    'CREATE INDEX CONCURRENTLY i ON users (age);\n',
    'CREATE TABLE o (id bigint PRIMARY KEY, u bigint REFERENCES users);\n',
    "-- schemaward-ignore design/positional-insert: seed\nINSERT INTO users VALUES (1, 'a');\n",
    'SELECT 1;\n',
    '',
  ])
    assert.equal(fixedAll(sql), undefined, sql);
  const insert = "INSERT INTO users VALUES (1, 'a');\n";
  assert.equal(fixedAll('', { released: { 'V1__given.sql': given, 'V2__new.sql': insert }, pending: {} }), undefined);
});

test('the engine answers for the text that is there, whatever was tried', () => {
  const made = snapshot({
    released: { 'V1__given.sql': given },
    pending: { 'V2__new.sql': 'INSERT INTO users VALUES (1);\n' },
    other: strict,
  });
  const service = engine();
  const before = service.checkFile(made, path);
  service.sourceActions(made, path);
  assert.deepEqual(service.checkFile(made, path), before);
});
