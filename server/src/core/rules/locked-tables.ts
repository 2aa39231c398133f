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
  if (!isLive(context, name)) return [];
  const found = context.relation(name);
  return [{ key: found.kind === 'known' ? identityOf(found.value.origin) : written(name), name: written(name) }];
}

/** A table that is renamed stays the one it was. */
function identityOf({ migration, statement, nth }: Origin): string {
  return [migration, statement.nth, nth, statement.text].join(' ');
}

/** DROP INDEX locks the table that the index stands on. */
function ownerOf(context: ChangeContext, name: ObjectName): readonly LockedTable[] {
  const key = indexWithName(context, name)?.table;
  const table = key === undefined ? undefined : context.before.objects.get(key);
  if (key === undefined || table?.kind !== 'table' || context.isUnreleased(table.origin)) return [];
  return [{ key: identityOf(table.origin), name: table.name.name }];
}
