import type { TransactionRule } from '../migrations/tool.ts';
import type { Step } from '../rules/rule.ts';
import type { ObjectKey } from '../schema/catalog.ts';
import type { ChangeOf, SchemaChange } from '../schema/change.ts';
import { searchPathKey } from '../schema/keys.ts';
import type { Ident } from '../schema/names.ts';

/** After the step everything, or one entry, is again what it was before another step. */
export interface Restore {
  readonly to: number;
  readonly only?: ObjectKey;
}

interface Block {
  /** Its first step. */
  readonly start: number;
  readonly savepoints: readonly Savepoint[];
  /** The SET LOCAL of the search path that holds. */
  readonly local?: number;
}

interface Savepoint {
  readonly name: string;
  readonly at: number;
  /** As it was then. */
  readonly block: Block;
}

/**
 * What ROLLBACK and ROLLBACK TO take back, and where a SET LOCAL ends, by the number of the step. Inside the tool's own
 * transaction a new one begins behind each that ends; outside of any, ROLLBACK and SET LOCAL do nothing.
 */
export function restores({ mode }: TransactionRule, steps: readonly Step[]): ReadonlyMap<number, Restore> {
  const found = new Map<number, Restore>();
  let block = mode === 'none' ? undefined : fresh(0);
  for (const [at, { change }] of steps.entries()) {
    if (change.certainty === 'maybe') continue;
    if (change.kind === 'SetSession' && setsPath(change.name)) {
      if (block === undefined && change.local) found.set(at, { to: at, only: searchPathKey });
      else if (block !== undefined) block = change.local ? { ...block, local: block.local ?? at } : settled(block);
    } else if (change.kind === 'Transaction') {
      const restore = block === undefined ? undefined : takenBack(block, change);
      if (restore !== undefined) found.set(at, restore);
      block = blockAfter(block, change, at, mode !== 'none');
    }
  }
  return found;
}

/** What the change does is a matter of the changes before it, not only of the schema. */
export function dependsOnOthers(change: SchemaChange): boolean {
  // Temporary objects end with their migration: only changes before it can have made one.
  if (change.kind === 'Transaction' || change.kind === 'DiscardTemporary') return true;
  return change.kind === 'SetSession' && change.local;
}

function setsPath(name: string): boolean {
  return name === 'search_path' || name === 'all';
}

function fresh(start: number): Block {
  return { start, savepoints: [] };
}

/** SET holds beyond the transaction, whatever SET LOCAL said before. */
function settled({ local: _, ...block }: Block): Block {
  return block;
}

function takenBack(block: Block, { verb, savepoint }: ChangeOf<'Transaction'>): Restore | undefined {
  switch (verb) {
    case 'commit':
      return block.local === undefined ? undefined : { to: block.local, only: searchPathKey };
    case 'rollback':
      return { to: block.start };
    case 'rollback-to': {
      const at = named(block, savepoint)?.at;
      return at === undefined ? undefined : { to: at };
    }
    case 'begin':
    case 'savepoint':
    case 'release':
      return undefined;
    default: {
      const never: never = verb;
      return never;
    }
  }
}

function blockAfter(
  block: Block | undefined,
  { verb, savepoint, chain }: ChangeOf<'Transaction'>,
  at: number,
  isTools: boolean,
): Block | undefined {
  if (verb === 'begin') return block ?? fresh(at + 1);
  if (verb === 'commit' || verb === 'rollback') return isTools || chain === true ? fresh(at + 1) : undefined;
  if (block === undefined) return undefined;
  if (verb === 'savepoint') {
    const made = { name: savepoint?.name ?? '', at, block };
    return { ...block, savepoints: [...block.savepoints, made] };
  }
  const saved = named(block, savepoint);
  if (saved === undefined) return block;
  const { savepoints } = saved.block;
  return verb === 'release' ? { ...block, savepoints } : { ...saved.block, savepoints: [...savepoints, saved] };
}

function named({ savepoints }: Block, savepoint: Ident | undefined): Savepoint | undefined {
  return savepoints.findLast(({ name }) => name === savepoint?.name);
}
