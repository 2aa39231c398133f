import type { Origin } from '../schema/catalog.ts';
import type { SchemaChange } from '../schema/change.ts';
import type { ObjectName } from '../schema/names.ts';
import type { ChangeContext } from './rule.ts';
import { indexWithName, isLive, isWaitedFor, written } from './support.ts';

export interface LockedTable {
  /** Names the table however it is called by then. */
  readonly key: string;
  readonly name: string;
}

/** The live tables that the change itself is about and locks so strongly that writes wait. */
export function lockedTables(context: ChangeContext): readonly LockedTable[] {
  const { kind } = context.step.change;
  if (kind === 'WriteRows' || kind === 'CreateTable') return [];
  return context.once('locked-tables', () => lockedBy(context));
}

function lockedBy(context: ChangeContext): readonly LockedTable[] {
  const { change } = context.step;
  if (change.certainty === 'maybe') return [];
  const named = namedTables(change);
  const tables =
    change.kind === 'DropIndex' ? ownerOf(context, change.index) : named.flatMap((name) => lockedAs(context, name));
  return tables.length > 0 && isStrong(context) ? tables : [];
}

function isStrong(context: ChangeContext): boolean {
  return context.impact().locks.some(({ role, blocks }) => role === 'target' && isWaitedFor(blocks));
}

function namedTables(change: SchemaChange): readonly ObjectName[] {
  if (change.kind === 'Truncate' || change.kind === 'LockTable') return change.tables;
  return 'table' in change && change.table !== undefined ? [change.table] : [];
}

function lockedAs(context: ChangeContext, name: ObjectName): readonly LockedTable[] {
  return isLive(context, name) ? [{ key: identityOf(context, name), name: written(name) }] : [];
}

/** A table that is renamed stays the one it was. */
export function identityOf(context: ChangeContext, name: ObjectName): string {
  const found = context.relation(name);
  return found.kind === 'known' ? identityBy(found.value.origin) : written(name);
}

function identityBy({ migration, statement, nth }: Origin): string {
  return [migration, statement.nth, nth, statement.text].join(' ');
}

/** DROP INDEX locks the table that the index stands on. */
function ownerOf(context: ChangeContext, name: ObjectName): readonly LockedTable[] {
  const key = indexWithName(context, name)?.table;
  const table = key === undefined ? undefined : context.before.objects.get(key);
  if (key === undefined || table?.kind !== 'table' || context.isUnreleased(table.origin)) return [];
  return [{ key: identityBy(table.origin), name: table.name.name }];
}
