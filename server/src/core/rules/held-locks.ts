import type { Related } from '../model/finding.ts';
import type { RelationLock } from '../model/impact.ts';
import type { ObjectName } from '../schema/names.ts';
import { identityOf } from './locked-tables.ts';
import { at, type ChangeContext, type Step } from './rule.ts';
import { displayed, isLive, isWaitedFor } from './support.ts';

/** A lock on a live table that readers or writers wait for, and that its transaction keeps until it ends. */
export interface HeldLock {
  readonly lock: RelationLock;
  readonly context: ChangeContext;
}

/** What stays locked so strongly behind the change, wherever it reaches: a dropped table is nobody's any more. */
export function heldLocks(context: ChangeContext): readonly HeldLock[] {
  const drops = context.step.change.kind === 'DropTable';
  return strongLocks(context).flatMap((lock) => (drops && lock.role !== 'referenced' ? [] : [{ lock, context }]));
}

/** Every lock of the change on a live table that readers or writers wait for. */
export function strongLocks(context: ChangeContext): readonly RelationLock[] {
  const { kind, certainty } = context.step.change;
  if (kind === 'WriteRows' || certainty === 'maybe') return [];
  return context.once('strong-locks', () => locksOf(context));
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
  const { transaction, statementIndex } = context.step;
  const table = identityOf(context, name);
  for (const earlier of context.earlier) {
    const { step } = earlier;
    if (step.statementIndex !== statementIndex && (transaction === undefined || step.transaction !== transaction))
      continue;
    const lock = keeping(earlier, table, () => heldLocks(earlier).map((held) => held.lock));
    if (lock !== undefined) return { step, lock };
  }
  const { dialect, before, target } = context;
  for (const step of context.steps) {
    if (step.statementIndex > statementIndex) return undefined;
    if (step.statementIndex < statementIndex || step.nth <= context.step.nth) continue;
    const lock = keeping(context, table, () => dialect.impact(step.change, before, target).locks);
    if (lock !== undefined) return { step, lock };
  }
  return undefined;
}

export interface KeptLock {
  readonly step: Step;
  readonly lock: RelationLock;
}

function keeping(
  context: ChangeContext,
  table: string,
  locks: () => readonly RelationLock[],
): RelationLock | undefined {
  return locks().find(
    ({ blocks, role, relation }) =>
      blocks === 'reads-and-writes' &&
      role !== 'index' &&
      role !== 'sequence' &&
      identityOf(context, displayed(relation)) === table,
  );
}
