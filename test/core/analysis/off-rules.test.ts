import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** Hints are off in the recommended preset: their rules are not run, and nothing that was switched on is missed. */
const released = { 'V1__a.sql': 'CREATE TABLE t (id bigint PRIMARY KEY, a int);\nCREATE INDEX t_a ON t (a, id);' };
const redundant = 'CREATE INDEX CONCURRENTLY t_a2 ON t (a);';

function said(config: string, sql: string): readonly string[] {
  const made = snapshot({ released, pending: { 'V2__b.sql': sql }, other: { 'schemaward.yaml': config } });
  return checkAll(engine(), made)
    .findings.filter(({ rule }) => rule === 'design/redundant-index' || rule === 'config/ignore-comment')
    .map(({ rule, messageId, severity }) => `${rule} ${messageId} ${severity}`);
}

const hint = 'design/redundant-index prefix';

test('a hint is said where it was asked for', () => {
  assert.deepEqual(said('', redundant), []);
  assert.deepEqual(said('rules:\n  preset: strict\n', redundant), [`${hint} warning`]);
  assert.deepEqual(said('rules:\n  severity:\n    design/redundant-index: info\n', redundant), [`${hint} info`]);
  const override = (glob: string) =>
    `overrides:\n  - paths: ["${glob}"]\n    rules:\n      design/redundant-index: hint\n`;
  assert.deepEqual(said(override('db/**'), redundant), [`${hint} hint`]);
  assert.deepEqual(said(override('other/**'), redundant), []);
  assert.deepEqual(said('rules:\n  preset: strict\n  severity:\n    design/redundant-index: off\n', redundant), []);
});

test('a comment that ignores a rule which is off is not called unused', () => {
  const comment = (rule: string, sql: string) => `-- schemaward-ignore ${rule}: because of the report\n${sql}`;
  const nothing = 'CREATE INDEX CONCURRENTLY t_id_a ON t (id, a);';
  assert.deepEqual(said('', comment('design/redundant-index', nothing)), []);
  assert.deepEqual(said('rules:\n  preset: strict\n', comment('design/redundant-index', nothing)), [
    'config/ignore-comment unused warning',
  ]);
  assert.deepEqual(said('rules:\n  preset: strict\n', comment('design/redundant-index', redundant)), []);
  assert.deepEqual(said('', comment('lock/rewrite-table', nothing)), ['config/ignore-comment unused warning']);
});
