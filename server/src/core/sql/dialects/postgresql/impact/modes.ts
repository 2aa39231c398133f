import type { Blocks } from '../../../../model/impact.ts';

/** Table-level lock modes, weakest first (PostgreSQL 18 documentation, 13.3.1; equal in 10 to 18). */
export const LOCK_MODES = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

export type LockMode = (typeof LOCK_MODES)[number];

/** Mode -> the modes of other sessions that must wait for it (table 13.2 of the same chapter). */
export const CONFLICTS: Readonly<Record<LockMode, readonly LockMode[]>> = {
  'ACCESS SHARE': ['ACCESS EXCLUSIVE'],
  'ROW SHARE': ['EXCLUSIVE', 'ACCESS EXCLUSIVE'],
  'ROW EXCLUSIVE': ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'],
  'SHARE UPDATE EXCLUSIVE': ['SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'],
  SHARE: ['ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'],
  'SHARE ROW EXCLUSIVE': LOCK_MODES.slice(2),
  EXCLUSIVE: LOCK_MODES.slice(1),
  'ACCESS EXCLUSIVE': LOCK_MODES,
};

export function isLockMode(text: string): text is LockMode {
  return (LOCK_MODES as readonly string[]).includes(text);
}

/** Higher is stronger; -1 for a word that is no mode. */
export function strengthOf(mode: string): number {
  return (LOCK_MODES as readonly string[]).indexOf(mode);
}

/** Who waits behind a lock: SELECT takes ACCESS SHARE, DML takes ROW EXCLUSIVE, DDL that changes nothing for them the rest. */
export function blocksOf(mode: LockMode): Blocks {
  const conflicts = CONFLICTS[mode];
  if (conflicts.includes('ACCESS SHARE')) return 'reads-and-writes';
  if (conflicts.includes('ROW EXCLUSIVE')) return 'writes';
  return conflicts.length > 1 ? 'schema-changes' : 'nothing';
}

const BLOCKS: readonly Blocks[] = ['nothing', 'schema-changes', 'writes', 'reads-and-writes'];

/** Orders who waits, from nobody to everybody. */
export function compareBlocks(a: Blocks, b: Blocks): number {
  return BLOCKS.indexOf(a) - BLOCKS.indexOf(b);
}
