import type { Blocks, Impact, RelationLock, Work } from '../../../../model/impact.ts';
import { blocksOf, compareBlocks, type LockMode, strengthOf } from './modes.ts';
import { IMPACT_ROWS, type ImpactRow, type RowKey } from './rows.ts';

type Role = RelationLock['role'];

export function lock(relation: string, role: Role, mode: LockMode): RelationLock {
  return { relation, role, mode, blocks: blocksOf(mode) };
}

/** What a handler adds to its row. */
export interface Parts {
  readonly locks?: readonly RelationLock[];
  /** Relations that are worked on; who waits follows from the locks unless it is said. */
  readonly work?: readonly (Omit<Work, 'under'> & { readonly under?: Blocks })[];
  readonly certain?: boolean;
  readonly compat?: Impact['compat'];
  readonly rollback?: Impact['rollback'];
  readonly transaction?: Impact['transaction'];
}

/** Joins a row with the relations that the change reaches: one lock per relation, the strongest; the target first. */
export function impactOf(key: RowKey, parts: Parts = {}): Impact {
  const row: ImpactRow = IMPACT_ROWS[key];
  const locks = strongestPerRelation(parts.locks ?? []);
  return {
    locks,
    work: distinctWork(parts.work ?? []).map(({ relation, kind, under }) => ({
      relation,
      kind,
      under: under ?? underOf(relation, locks),
    })),
    transaction: parts.transaction ?? row.transaction ?? 'allowed',
    compat: parts.compat ?? row.compat,
    rollback: parts.rollback ?? row.rollback,
    evidence: row.evidence ?? 'measured',
    row: key,
    certain: parts.certain ?? true,
  };
}

/** One lock per relation, its strongest; the target first, then by strength. */
export function strongestPerRelation(locks: readonly RelationLock[]): readonly RelationLock[] {
  const byRelation = new Map<string, RelationLock>();
  for (const one of locks) {
    const known = byRelation.get(one.relation);
    if (known === undefined) byRelation.set(one.relation, one);
    else if (strengthOf(one.mode) > strengthOf(known.mode)) byRelation.set(one.relation, { ...one, role: known.role });
  }
  const all = [...byRelation.values()];
  return [...all.filter(isTarget), ...all.filter((one) => !isTarget(one)).sort(byStrength)];
}

const isTarget = (one: RelationLock): boolean => one.role === 'target';
const byStrength = (a: RelationLock, b: RelationLock): number => strengthOf(b.mode) - strengthOf(a.mode);

function distinctWork<W extends Omit<Work, 'under'>>(work: readonly W[]): readonly W[] {
  const seen = new Map<string, W>();
  for (const one of work) seen.set(`${one.kind} ${one.relation}`, one);
  return [...seen.values()];
}

/** The lock on the relation itself; where there is none (a new index), the strongest of the statement. */
function underOf(relation: string, locks: readonly RelationLock[]): Blocks {
  const own = locks.find((one) => one.relation === relation);
  if (own !== undefined) return own.blocks;
  return locks.map((one) => one.blocks).reduce(strongerBlocks, 'nothing');
}

function strongerBlocks(a: Blocks, b: Blocks): Blocks {
  return compareBlocks(a, b) >= 0 ? a : b;
}
