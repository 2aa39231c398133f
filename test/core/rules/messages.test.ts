import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** What a finding says, where real histories showed that it said the wrong thing. */
function saysOf(given: string, sql: string): readonly string[] {
  const made = snapshot({ released: { 'V1__given.sql': given }, pending: { 'V2__new.sql': sql } });
  return checkAll(engine(), made).findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
}

const users = 'CREATE TABLE users (id char(36) PRIMARY KEY, email text);\nCREATE INDEX users_email ON users (email);';

test('an index is built on a table, and it is the table that waits', () => {
  const [said = ''] = saysOf(users, 'CREATE INDEX i ON users (id);');
  assert.match(said, /Builds i on users under SHARE: every write to it waits/);
});

test('an index is dropped from a table that is named', () => {
  const [said = ''] = saysOf(users, 'DROP INDEX users_email;');
  assert.match(said, /Takes ACCESS EXCLUSIVE on users: dropping users_email is brief/);
});

test('a table whose name is taken by another in the same migration is not missing, but another one', () => {
  for (const swap of [
    'CREATE TABLE fresh (id uuid);\nALTER TABLE users RENAME TO users_old;\nALTER TABLE fresh RENAME TO users;',
    'ALTER TABLE users RENAME TO users_old;\nCREATE TABLE users (id uuid);',
  ]) {
    const said = saysOf(users, swap).filter((each) => each.includes('schema/rename-table'));
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /^warning schema\/rename-table: .* meets (fresh|the new table) instead/);
  }
});

test('blank-padded text that becomes text of no less room breaks no reader', () => {
  const rules = (type: string) =>
    saysOf(users, `ALTER TABLE users ALTER COLUMN id TYPE ${type};`).filter((each) => /change-column-type/.test(each));
  assert.deepEqual(rules('varchar(36)'), []);
  assert.deepEqual(rules('text'), []);
  assert.equal(rules('varchar(35)').length, 1);
  assert.equal(rules('uuid USING id::uuid').length, 1);
});

test('an extension takes the columns of its types along, and is said to', () => {
  const given = 'CREATE EXTENSION citext;\nCREATE TABLE people (id bigint PRIMARY KEY, mail citext);';
  assert.match(
    saysOf(given, 'DROP EXTENSION citext CASCADE;').join(),
    /CASCADE drops column mail of people together with citext/,
  );
  assert.deepEqual(saysOf(given, 'DROP EXTENSION citext;'), []);
});
