import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Blocks } from '#core/model/impact.ts';
import {
  blocksOf,
  CONFLICTS,
  compareBlocks,
  isLockMode,
  LOCK_MODES,
  strengthOf,
} from '#core/sql/dialects/postgresql/impact/modes.ts';

test('conflicts are mutual', () => {
  for (const held of LOCK_MODES)
    for (const asked of LOCK_MODES)
      assert.equal(CONFLICTS[held].includes(asked), CONFLICTS[asked].includes(held), `${held} / ${asked}`);
});

test('a stronger mode stops at least as much', () => {
  for (const mode of LOCK_MODES)
    for (const stronger of LOCK_MODES.slice(strengthOf(mode)))
      assert.ok(compareBlocks(blocksOf(stronger), blocksOf(mode)) >= 0, `${stronger} / ${mode}`);
});

test('who waits behind each mode', () => {
  const expected: Record<(typeof LOCK_MODES)[number], Blocks> = {
    'ACCESS SHARE': 'nothing',
    'ROW SHARE': 'schema-changes',
    'ROW EXCLUSIVE': 'schema-changes',
    'SHARE UPDATE EXCLUSIVE': 'schema-changes',
    SHARE: 'writes',
    'SHARE ROW EXCLUSIVE': 'writes',
    EXCLUSIVE: 'writes',
    'ACCESS EXCLUSIVE': 'reads-and-writes',
  };
  assert.deepEqual(Object.fromEntries(LOCK_MODES.map((mode) => [mode, blocksOf(mode)])), expected);
});

test('only real modes are modes', () => {
  assert.ok(isLockMode('SHARE UPDATE EXCLUSIVE'));
  assert.ok(!isLockMode('share'));
  assert.equal(strengthOf('SHARE ROW'), -1);
});
