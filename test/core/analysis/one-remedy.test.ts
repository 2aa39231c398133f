import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, folder, snapshot } from '../support/engine.ts';

const GIVEN = `CREATE TABLE jobs (id bigint PRIMARY KEY, state int, worker int, note text);
CREATE TABLE runs (id bigint PRIMARY KEY, job bigint NOT NULL DEFAULT 0);`;
const FILE = `${folder}/V2__new.sql`;

function made(sql: string, other: Readonly<Record<string, string>> = {}) {
  return snapshot({ released: { 'V1__given.sql': GIVEN }, pending: { 'V2__new.sql': sql }, other });
}

function findings(sql: string, other?: Readonly<Record<string, string>>) {
  return checkAll(engine(), made(sql, other)).findings;
}

const said = (sql: string, other?: Readonly<Record<string, string>>) =>
  findings(sql, other).map(({ rule, object }) => `${rule} ${object}`);

const drops = 'ALTER TABLE jobs DROP COLUMN state;\nALTER TABLE jobs DROP COLUMN worker, DROP COLUMN note;\n';

test('columns of one table that meet the same end are one finding, which names them', () => {
  const [first, ...others] = findings(drops);
  assert.deepEqual(others, []);
  assert.match(first?.message ?? '', /^Deletes jobs\.state .* The same goes for worker and note\.$/);
  const places = first?.relatedPlaces.map(({ message, span }) => [message, drops.slice(span.start, span.end)]);
  assert.deepEqual(places?.slice(-2), [
    ['The same goes for jobs.worker.', 'DROP COLUMN worker'],
    ['The same goes for jobs.note.', 'DROP COLUMN note'],
  ]);
});

test('not those of another table, with another end, or of which more is to be said', () => {
  const others = 'ALTER TABLE runs DROP COLUMN job; ALTER TABLE jobs RENAME COLUMN note TO words;';
  assert.deepEqual(said(`ALTER TABLE jobs DROP COLUMN state; ${others}`), [
    'schema/drop-column jobs.state',
    'schema/drop-column runs.job',
    'schema/rename-column jobs.note',
  ]);
  const view = 'CREATE VIEW words AS SELECT note FROM jobs;\n-- separate\n';
  const cascade = snapshot({
    released: { 'V1__given.sql': `${GIVEN}\n${view}` },
    pending: { 'V2__new.sql': 'ALTER TABLE jobs DROP COLUMN state; ALTER TABLE jobs DROP COLUMN note CASCADE;' },
  });
  assert.equal(checkAll(engine(), cascade).findings.filter(({ rule }) => rule === 'schema/drop-column').length, 2);
});

test('an ignored column hides no other', () => {
  const ignored = drops.replace('\n', ' -- schemaward-ignore schema/drop-column: agreed\n');
  assert.deepEqual(said(ignored), ['schema/drop-column jobs.worker']);
});

test('at the place of each column its plan is offered', () => {
  const service = engine();
  const snapshot = made(drops);
  checkAll(service, snapshot);
  const at = drops.indexOf('DROP COLUMN note') + 3;
  const plans = service.actions(snapshot, FILE, { start: at, end: at }).filter(({ kind }) => kind === 'plan');
  assert.equal(plans.length, 1);
  assert.match(plans[0]?.title ?? '', /note/);
});

test('the wait that the plan of a break spares is a sentence of the break', () => {
  const [first, ...others] = findings('ALTER TABLE jobs ALTER COLUMN state TYPE text;');
  assert.deepEqual([first?.rule, others], ['schema/change-column-type', []]);
  assert.match(first?.message ?? '', / It rewrites jobs under ACCESS EXCLUSIVE as well: every read and write /);
  const [second] = findings('ALTER TABLE jobs ALTER COLUMN note SET NOT NULL;');
  assert.equal(second?.rule, 'schema/set-not-null');
  assert.match(second?.message ?? '', / It reads every row of jobs under ACCESS EXCLUSIVE as well: /);
});

test('tables that one migration drops are one finding', () => {
  const [first, ...others] = findings('DROP TABLE runs; DROP TABLE jobs;');
  assert.deepEqual([first?.rule, first?.object, others], ['schema/drop-table', 'runs', []]);
  assert.match(first?.message ?? '', / The same goes for jobs\.$/);
});

test('a new column that is required too early is told once', () => {
  const sql = `ALTER TABLE jobs ADD COLUMN kind int;
ALTER TABLE jobs ALTER COLUMN kind SET NOT NULL;`;
  const [first, ...others] = findings(sql);
  assert.deepEqual([first?.rule, others], ['schema/set-not-null', []]);
  assert.match(first?.message ?? '', /does not know jobs\.kind.* It reads every row of jobs /);
});

test('where nobody is broken, or the wait is graver, it is told by itself', () => {
  const type = 'ALTER TABLE jobs ALTER COLUMN state TYPE text;';
  const single = { 'schemaward.yaml': 'deployment: single-version\n' };
  assert.deepEqual(said(type, single), ['lock/rewrite-table jobs.state']);
  const graver = { 'schemaward.yaml': 'rules:\n  severity:\n    schema/change-column-type: info\n' };
  assert.deepEqual(said(type, graver), ['lock/rewrite-table jobs.state', 'schema/change-column-type jobs.state']);
  const ignored = `${type} -- schemaward-ignore schema/change-column-type: agreed\n`;
  assert.deepEqual(said(ignored), ['lock/rewrite-table jobs.state']);
});

test('a wait that the time zone decides is a sentence of the values that it decides, where it decides any', () => {
  const zone = snapshot({
    released: { 'V1__given.sql': 'CREATE TABLE jobs (id bigint PRIMARY KEY, at timestamp);' },
    pending: { 'V2__new.sql': "ALTER TABLE jobs ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'UTC';" },
  });
  const rules = checkAll(engine(), zone).findings.map(({ rule }) => rule);
  assert.deepEqual(rules, ['schema/change-column-type']);
  const session = snapshot({
    released: { 'V1__given.sql': 'CREATE TABLE jobs (id bigint PRIMARY KEY, at timestamp);' },
    pending: { 'V2__new.sql': 'ALTER TABLE jobs ALTER COLUMN at TYPE timestamptz;' },
  });
  const findings = checkAll(engine(), session).findings;
  assert.deepEqual(findings.map(({ rule }) => rule).sort(), ['data/lossy-cast', 'schema/change-column-type']);
  const read = findings.find(({ rule }) => rule === 'data/lossy-cast');
  assert.match(read?.message ?? '', /SET LOCAL TimeZone before it\. Where that is not UTC, it rewrites jobs under /);
});

test('one statement that rewrites a table for several columns is told once, and so is a column with its key', () => {
  const [first, ...others] = findings('ALTER TABLE jobs ALTER state TYPE bigint, ALTER worker TYPE bigint;');
  assert.deepEqual([first?.rule, others], ['lock/rewrite-table', []]);
  assert.match(first?.message ?? '', / The same goes for worker\.$/);
  const key = 'ALTER TABLE loose ADD COLUMN id serial PRIMARY KEY;';
  const made = snapshot({
    released: { 'V1__given.sql': 'CREATE TABLE loose (note text);' },
    pending: { 'V2__new.sql': key },
  });
  assert.deepEqual(
    checkAll(engine(), made).findings.map(({ rule }) => rule),
    ['lock/rewrite-table'],
  );
});

test('indexes that one transaction builds on a table under the same lock are one wait, whatever they serve', () => {
  const builds = `ALTER TABLE jobs ADD CONSTRAINT u UNIQUE (state);
CREATE INDEX i ON jobs (worker);
ALTER TABLE jobs ADD CONSTRAINT w UNIQUE (worker);`;
  assert.deepEqual(said(builds), ['lock/add-unique jobs.u']);
  const before = 'CREATE INDEX i ON jobs (worker);\nALTER TABLE jobs ADD CONSTRAINT u UNIQUE (state);';
  assert.deepEqual(said(before), ['lock/create-index i', 'lock/add-unique jobs.u']);
});
