import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** `completeFrom`: up to that version the files may leave things out, from the next one on what they did not make is not there. */
const released = {
  'V1__add.sql': 'ALTER TABLE before_all ADD COLUMN a int;',
  'V2__dump.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);',
  'V3__more.sql': 'CREATE TABLE items (id bigint PRIMARY KEY);',
};
const pending = { 'V4__new.sql': 'ALTER TABLE never_made ADD COLUMN a int;\nALTER TABLE orders ADD COLUMN a int;' };

function said(completeFrom: string | undefined, files = { released, pending }) {
  const from = completeFrom === undefined ? '' : `    completeFrom: "${completeFrom}"\n`;
  const other = {
    'schemaward.yaml': `projects:\n  - root: .\n    tool: flyway\n    locations: [db/migration]\n${from}`,
  };
  const { findings, notices } = checkAll(engine(), snapshot({ ...files, other, all: true }));
  return {
    unknown: findings.filter(({ rule }) => rule === 'run/unknown-object').map(({ path }) => path.split('/').at(-1)),
    notices: notices.map(({ id }) => id).filter((id) => id === 'complete-from'),
  };
}

test('without it the history starts from nothing', () => {
  assert.deepEqual(said(undefined).unknown, ['V1__add.sql', 'V4__new.sql']);
});

test('none: nothing is said of what the files did not make', () => {
  assert.deepEqual(said('none'), { unknown: [], notices: [] });
});

for (const version of ['2', 'V2', '2.0', '1.5'])
  test(`${version}: from the migration that tells the whole schema on`, () => {
    assert.deepEqual(said(version).unknown, ['V4__new.sql']);
  });

test('a version after the last one, and one that is none', () => {
  assert.deepEqual(said('9'), { unknown: [], notices: [] });
  assert.deepEqual(said('two'), { unknown: [], notices: ['complete-from'] });
});

test('what something opaque may have made before is told by then', () => {
  const opaque = { ...released, 'V1__add.sql': "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'x ()'; END $$;" };
  assert.deepEqual(said(undefined, { released: opaque, pending }).unknown, []);
  assert.deepEqual(said('2', { released: opaque, pending }).unknown, ['V4__new.sql']);
});
