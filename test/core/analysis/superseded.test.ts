import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

const GIVEN = `CREATE TABLE jobs (id bigint PRIMARY KEY, state text, worker text);
CREATE INDEX jobs_state ON jobs (state);
CREATE INDEX jobs_worker ON jobs (worker);
CREATE TABLE runs (id bigint PRIMARY KEY, job bigint);`;

/** What is said of one migration, without hints. */
function said(sql: string): readonly string[] {
  const made = snapshot({ released: { 'V1__given.sql': GIVEN }, pending: { 'V2__new.sql': sql } });
  return checkAll(engine(), made).findings.map(({ rule }) => rule);
}

test('of a table that the migration drops, only the drop is told', () => {
  const parts = 'ALTER TABLE jobs DROP COLUMN worker; ALTER TABLE jobs ALTER COLUMN state SET NOT NULL;';
  assert.deepEqual(said(`DROP INDEX jobs_state; ${parts} DROP TABLE jobs;`), ['schema/drop-table']);
  assert.deepEqual(said(`${parts} DROP TABLE runs;`), [
    'schema/drop-column',
    'schema/set-not-null',
    'schema/drop-table',
  ]);
});

test('a drop that may not run makes nothing moot', () => {
  const sql = "DO $$ BEGIN IF now() > '2030-01-01' THEN DROP TABLE jobs; END IF; END $$;";
  assert.ok(said(`ALTER TABLE jobs DROP COLUMN worker; ${sql}`).includes('schema/drop-column'));
});

test('of a table that an old version can no longer reach, what breaks it is not told again, what is lost is', () => {
  const sql = `ALTER TABLE jobs RENAME TO tasks;
ALTER TABLE tasks RENAME COLUMN worker TO owner;
ALTER TABLE tasks ADD COLUMN queue text NOT NULL;
ALTER TABLE tasks DROP COLUMN state;`;
  assert.deepEqual(said(sql), ['schema/rename-table', 'schema/drop-column']);
});

test('before such a rename as behind it', () => {
  const sql = 'ALTER TABLE jobs RENAME COLUMN worker TO owner; ALTER TABLE jobs RENAME TO tasks;';
  assert.deepEqual(said(sql), ['schema/rename-table']);
});

test('of a column that is renamed or dropped, what breaks it is not told again', () => {
  const change = 'ALTER TABLE jobs ALTER COLUMN worker TYPE int USING 1;';
  assert.deepEqual(said(`${change} ALTER TABLE jobs RENAME COLUMN worker TO owner;`), [
    'lock/rewrite-table',
    'schema/rename-column',
  ]);
  assert.deepEqual(
    said('ALTER TABLE jobs RENAME COLUMN worker TO owner; ALTER TABLE jobs ALTER COLUMN owner SET NOT NULL;'),
    ['schema/rename-column', 'lock/set-not-null-scan'],
  );
  assert.deepEqual(said(`${change} ALTER TABLE jobs DROP COLUMN worker;`), [
    'lock/rewrite-table',
    'schema/drop-column',
  ]);
  assert.ok(said(`${change} ALTER TABLE jobs RENAME COLUMN state TO status;`).includes('schema/change-column-type'));
});

test('a column that is replaced under its name by a copy that holds all its values is not lost', () => {
  const swap = (type: string, filled: string) =>
    said(`ALTER TABLE jobs ADD COLUMN made ${type}; UPDATE jobs SET made = ${filled};
ALTER TABLE jobs DROP COLUMN worker; ALTER TABLE jobs RENAME COLUMN made TO worker;`);
  assert.deepEqual(swap('text', 'worker'), ['data/unbatched-backfill']);
  assert.ok(swap('varchar(20)', 'worker').includes('schema/drop-column'), 'a narrower type');
  assert.ok(swap('text', "'x'").includes('schema/drop-column'), 'not from it');
});

test('under the view that stands for the old name everything still counts', () => {
  const sql = `ALTER TABLE jobs RENAME TO tasks;
CREATE VIEW jobs AS SELECT id, state, worker FROM tasks;
ALTER TABLE tasks ALTER COLUMN state SET NOT NULL;`;
  assert.deepEqual(said(sql), ['schema/set-not-null']);
});

test('what reads every row of a table has little to read once it is empty', () => {
  const build = 'CREATE INDEX runs_job ON runs (job); ALTER TABLE runs ADD UNIQUE (job);';
  assert.deepEqual(said(`TRUNCATE runs; ${build}`), ['data/truncate']);
  assert.deepEqual(said(`DELETE FROM runs; ${build}`), ['data/unbatched-backfill']);
  assert.ok(said(`DELETE FROM runs WHERE id > 9; ${build}`).includes('lock/create-index'));
  assert.ok(said(`${build} TRUNCATE runs;`).includes('lock/create-index'));
});

test('a lock that the transaction has by then is not waited for', () => {
  assert.deepEqual(said('ALTER TABLE jobs ADD COLUMN x int; DROP INDEX jobs_state;'), []);
  assert.deepEqual(said('DROP INDEX jobs_state; DROP INDEX jobs_worker;'), ['lock/drop-index']);
  assert.deepEqual(said('ALTER TABLE runs ADD COLUMN x int; DROP INDEX jobs_state;'), ['lock/drop-index']);
  assert.deepEqual(said('CREATE INDEX jobs_id ON jobs (id, state); DROP INDEX jobs_state;'), [
    'lock/create-index',
    'lock/drop-index',
  ]);
});

test('rows of one table are told once for each transaction', () => {
  const update = (state: string) => `UPDATE jobs SET state = '${state}' WHERE worker IS NULL;`;
  const sql = `ALTER TABLE jobs ADD COLUMN x int; ${update('a')} ${update('b')} UPDATE runs SET job = 1;`;
  assert.deepEqual(said(sql), ['data/unbatched-backfill', 'data/unbatched-backfill']);
});

test('nor is a lock that a later statement of the transaction takes anyway', () => {
  assert.deepEqual(said('DROP INDEX jobs_state; ALTER TABLE jobs ADD COLUMN x int;'), []);
  assert.deepEqual(said('DROP INDEX jobs_state; DROP INDEX jobs_worker; ALTER TABLE jobs DROP COLUMN worker;'), [
    'schema/drop-column',
  ]);
  assert.deepEqual(said('DROP INDEX jobs_state; ALTER TABLE runs ADD COLUMN x int;'), ['lock/drop-index']);
  assert.deepEqual(said('DROP INDEX jobs_state; CREATE INDEX jobs_id ON jobs (id, state);'), [
    'lock/drop-index',
    'lock/create-index',
  ]);
});
