import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notUndone, UNDO_GIVEN, undone } from '../../fixtures/undo.ts';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** What is said of an undo migration, in the words behind the colon. */
function said(change: string, undo: string, released = false): string | undefined {
  const files = { 'V2__change.sql': `${change};\n` };
  const made = snapshot({
    released: { 'V1__given.sql': UNDO_GIVEN, ...(released ? files : {}) },
    pending: { ...(released ? {} : files), 'U2__change.sql': undo === '' ? '' : `${undo};\n` },
    version: 17,
  });
  const found = checkAll(engine(), made).findings.filter(({ rule }) => rule === 'order/undo-incomplete');
  assert.ok(found.length <= 1);
  return found[0]?.message.replace(/^.*before: (.*)\. A redo.*$/, '$1');
}

for (const [change, undo] of undone) test(`undone: ${change}`, () => assert.equal(said(change, undo), undefined));

for (const [change, undo, expected] of notUndone)
  test(`not undone: ${change}`, () => {
    assert.equal(said(change, undo), expected);
    assert.equal(said(change, undo, true), expected);
  });

test('an undo that is released is not told', () => {
  const released = { 'V1__given.sql': UNDO_GIVEN, 'V2__t.sql': 'CREATE TABLE t (id int);', 'U2__t.sql': 'SELECT 1;' };
  assert.deepEqual(checkAll(engine(), snapshot({ released, pending: {} })).findings, []);
});
