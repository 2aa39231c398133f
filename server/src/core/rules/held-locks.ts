import type { Related } from '../model/finding.ts';
import type { RelationLock } from '../model/impact.ts';
import type { ObjectName } from '../schema/names.ts';
import { identityOf } from './locked-tables.ts';
import { at, type ChangeContext, type Step } from './rule.ts';
import { displayed, isBehind, isLive, isWaitedFor } from './support.ts';

/** A lock on a live table that readers or writers wait for, and that its transaction keeps until it ends. */
export interface HeldLock {
  readonly lock: RelationLock;
  readonly context: ChangeContext;
}

/** What stays locked so strongly behind the change, wherever it reaches: a dropped table is nobody's any more. */
export function heldLocks(context: ChangeContext): readonly HeldLock[] {
  const locks = strongLocks(context);
  if (locks.length === 0) return none;
  const drops = context.step.change.kind === 'DropTable';
  return locks.flatMap((lock) => (drops && lock.role !== 'referenced' ? [] : [{ lock, context }]));
}

const none: readonly never[] = [];

/** Every lock of the change on a live table that readers or writers wait for. */
export function strongLocks(context: ChangeContext): readonly RelationLock[] {
  const { kind, certainty } = context.step.change;
  if (kind === 'WriteRows' || certainty === 'maybe') return [];
  return context.once('strong-locks', locksOf);
}

function locksOf(context: ChangeContext): readonly RelationLock[] {
  return context.impact().locks.filter(({ relation, role, blocks }) => {
    if (role === 'index' || role === 'sequence' || !isWaitedFor(blocks)) return false;
    const name = displayed(relation);
    return isLive(context, name) && (role === 'target' || context.relation(name).kind === 'known');
  });
}

/** The strongest of what one transaction has locked; the first of equals. */
export function stronger(a: HeldLock | undefined, b: HeldLock | undefined): HeldLock | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.lock.blocks === 'writes' && b.lock.blocks === 'reads-and-writes' ? b : a;
}

/** Where it was taken, as a related place. */
export function lockedHere({ lock, context: { step } }: HeldLock): Related {
  return lockedAt(step, lock.relation);
}

export function lockedAt(step: Step, object: string): Related {
  return { anchor: at(step, step.change.span), messageId: 'first-here', args: { object } };
}

/**
 * The lock that keeps readers out of a table while the change runs: of an earlier statement of its transaction, or of another
 * subcommand of its own, since ALTER TABLE takes the strongest lock of all of them.
 */
export function keptFromReaders(context: ChangeContext, name: ObjectName): KeptLock | undefined {
  const table = identityOf(context, name);
  const first = keptIn(context.looked).get(placeOf(context, table));
  return first !== undefined && isBehind(context.step, first.step) ? first : keptByLaterParts(context, table);
}

export interface KeptLock {
  readonly step: Step;
  readonly lock: RelationLock;
}

interface Kept {
  /** By transaction and table, the first that keeps readers out. */
  readonly locks: Map<string, KeptLock>;
  /** How many of the contexts have been gone through. */
  done: number;
}

/** One walk over a migration serves all its changes, and goes on where it ended: long migrations ask at every change. */
const walks = new WeakMap<readonly ChangeContext[], Kept>();

function keptIn(contexts: readonly ChangeContext[]): ReadonlyMap<string, KeptLock> {
  const kept = walks.get(contexts) ?? { locks: new Map<string, KeptLock>(), done: 0 };
  walks.set(contexts, kept);
  for (; kept.done < contexts.length; kept.done += 1) {
    const context = contexts[kept.done];
    if (context === undefined) break;
    for (const { table, lock } of keeping(context)) {
      const place = placeOf(context, table);
      if (!kept.locks.has(place)) kept.locks.set(place, { step: context.step, lock });
    }
  }
  return kept.locks;
}

/** What commits by itself keeps a lock for its own statement only. */
function placeOf({ step: { transaction, statementIndex } }: ChangeContext, table: string): string {
  return `${transaction ?? `statement ${statementIndex}`} ${table}`;
}

function keeping(context: ChangeContext): readonly { readonly table: string; readonly lock: RelationLock }[] {
  return context.once('keeps-readers', () =>
    heldLocks(context)
      .map(({ lock }) => lock)
      .filter(keepsReaders)
      .map((lock) => ({ table: identityOf(context, displayed(lock.relation)), lock })),
  );
}

function keptByLaterParts(context: ChangeContext, table: string): KeptLock | undefined {
  const { dialect, before, target, step } = context;
  for (const change of step.reading.changes.slice(step.nth + 1)) {
    const lock = dialect
      .impact(change, before, target)
      .locks.find((each) => keepsReaders(each) && identityOf(context, displayed(each.relation)) === table);
    if (lock !== undefined) return { step: { ...step, change }, lock };
  }
  return undefined;
}

function keepsReaders({ blocks, role }: RelationLock): boolean {
  return blocks === 'reads-and-writes' && role !== 'index' && role !== 'sequence';
}
