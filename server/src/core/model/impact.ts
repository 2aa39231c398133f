/** Does the application version that still runs go on working? */
export type Compat = 'additive' | 'breaking' | 'destructive' | 'none';

/**
 * How the change is undone once it is committed: `trivial` by the opposite statement, `costly` with a rewrite or a
 * long scan, `lossy` with data written since lost, `impossible` because data is gone.
 */
export type Rollback = 'trivial' | 'costly' | 'lossy' | 'impossible' | 'none';

/** Where a statement about an impact comes from. */
export type Evidence = 'measured' | 'documented' | 'derived';

/** Who waits while the lock is held. */
export type Blocks = 'reads-and-writes' | 'writes' | 'schema-changes' | 'nothing';

/** A lock on one relation. `mode` is the engine's own name (`ACCESS EXCLUSIVE`). */
export interface RelationLock {
  /** Display name of the relation, qualified where the statement did. */
  readonly relation: string;
  /** The relation the statement is about, or one it reaches (referenced table, parent, index). */
  readonly role: 'target' | 'referenced' | 'parent' | 'partition' | 'index' | 'sequence' | 'source' | 'dependent';
  readonly mode: string;
  readonly blocks: Blocks;
}

/** Work whose duration grows with the table. */
export interface Work {
  readonly relation: string;
  readonly kind: 'rewrite' | 'scan' | 'index-build' | 'index-rebuild';
  /** Who waits while it lasts (the strongest lock held during it). */
  readonly under: Blocks;
}

/** What one change does to a running database. Produced only by `impact.ts` of a dialect. */
export interface Impact {
  /** The strongest lock on the target first. Empty when nothing waits. */
  readonly locks: readonly RelationLock[];
  readonly work: readonly Work[];
  /** `forbidden`: the engine refuses it inside a transaction block. */
  readonly transaction: 'allowed' | 'forbidden';
  readonly compat: Compat;
  readonly rollback: Rollback;
  readonly evidence: Evidence;
  /** Key of the measured row in the dialect's impact table (docs/impact). */
  readonly row: string;
  /** False where the catalog did not know enough (the old type, say) and the worst case was taken. */
  readonly certain: boolean;
}

/** The strongest of an impact, as reports show it. */
export interface Cost {
  /** Mode of the first lock. */
  readonly lock: string | null;
  readonly blocks: Blocks;
  readonly rewrite: boolean;
  readonly scan: boolean;
}

/** Equal costs are one object: a history has thousands of findings and a dozen costs. */
export function costOf({ locks: [first], work }: Impact): Cost {
  const lock = first?.mode ?? null;
  const blocks = first?.blocks ?? 'nothing';
  const rewrite = work.some(({ kind }) => kind === 'rewrite');
  const scan = work.some(({ kind }) => kind === 'scan');
  const key = `${lock} ${blocks} ${rewrite} ${scan}`;
  const known = costs.get(key);
  if (known !== undefined) return known;
  const cost = { lock, blocks, rewrite, scan };
  costs.set(key, cost);
  return cost;
}

const costs = new Map<string, Cost>();
