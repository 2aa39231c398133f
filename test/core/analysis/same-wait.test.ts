import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

const GIVEN = `CREATE TABLE jobs (id bigint PRIMARY KEY, state int, worker int);
CREATE TABLE runs (id bigint PRIMARY KEY, job bigint);
CREATE TABLE teams (id bigint PRIMARY KEY);`;

function findings(sql: string, settings: Readonly<Record<string, string>> = {}) {
  const pending = { 'V2__new.sql': sql, ...settings };
  return checkAll(engine(), snapshot({ released: { 'V1__given.sql': GIVEN }, pending })).findings;
}

/** Rule, and what it is about. */
function said(sql: string, settings?: Readonly<Record<string, string>>): readonly string[] {
  return findings(sql, settings).map(({ rule, object }) => `${rule} ${object}`);
}

const two = 'CREATE INDEX a ON jobs (state);\nCREATE INDEX b ON jobs (worker);';

test('a second index on a table of the same transaction stands with the first', () => {
  const [first, ...others] = findings(two);
  assert.equal(first?.object, 'a');
  assert.deepEqual(others, []);
  assert.deepEqual(first.relatedPlaces.map(({ message, span }) => [message, span.start]).at(-1), [
    'They wait for b as well.',
    two.indexOf('\n') + 1,
  ]);
});

test('where each statement commits by itself, and on another table, everybody waits again', () => {
  const alone = { 'V2__new.sql.conf': 'executeInTransaction=false' };
  assert.deepEqual(said(two, alone), ['lock/create-index a', 'lock/create-index b']);
  const other = 'CREATE INDEX a ON jobs (state); CREATE INDEX b ON runs (job);';
  assert.deepEqual(said(other), ['lock/create-index a', 'lock/create-index b']);
});

test('an ignored finding speaks for itself only', () => {
  assert.deepEqual(said(`-- schemaward-ignore lock/create-index: few rows\n${two}`), ['lock/create-index b']);
});

test('who begins to wait, or waits harder, is told', () => {
  const readers = 'CREATE INDEX a ON jobs (state); ALTER TABLE jobs ADD COLUMN x int; CREATE INDEX b ON jobs (worker);';
  assert.deepEqual(said(readers), ['lock/create-index a', 'lock/create-index b']);
  const keys = `ALTER TABLE jobs ADD CONSTRAINT x FOREIGN KEY (state) REFERENCES runs (id);
ALTER TABLE jobs ADD CONSTRAINT y FOREIGN KEY (worker) REFERENCES teams (id);`;
  const [key, ...more] = findings(keys).filter(({ rule }) => rule === 'lock/add-foreign-key');
  assert.deepEqual([key?.object, more], ['jobs.x', []]);
  assert.match(key?.message ?? '', / The same goes for y to teams\.$/);
  const maybe = `DO $$ BEGIN IF now() > '2030-01-01' THEN CREATE INDEX a ON jobs (state); END IF; END $$;`;
  assert.deepEqual(said(`${maybe} CREATE INDEX b ON jobs (worker);`), ['lock/create-index a', 'lock/create-index b']);
});

test('each part of one statement is told', () => {
  const checks = 'ALTER TABLE jobs ADD CONSTRAINT x CHECK (state > 0), ADD CONSTRAINT y CHECK (worker > 0);';
  assert.equal(said(checks).length, 2);
});

test('a rewrite reads every row and builds every index: only what comes before it is told as well', () => {
  const rewrite = 'ALTER TABLE jobs ALTER COLUMN state TYPE text;';
  const locks = (sql: string) => said(sql).filter((each) => !each.startsWith('schema/set-not-null'));
  const change = 'schema/change-column-type jobs.state';
  assert.deepEqual(locks(`${rewrite} ${two} ALTER TABLE jobs ALTER COLUMN worker SET NOT NULL;`), [change]);
  assert.deepEqual(locks(`CREATE INDEX b ON jobs (worker); ${rewrite}`), ['lock/create-index b', change]);
  assert.deepEqual(locks(`${rewrite} CREATE INDEX b ON runs (job);`), [change, 'lock/create-index b']);
});
