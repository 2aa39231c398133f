import type { Severity } from '../model/finding.ts';
import type { Blocks, Impact, RelationLock } from '../model/impact.ts';
import type { Column, Table } from '../schema/catalog.ts';
import type { ObjectName } from '../schema/names.ts';
import type { ChangeContext, Draft } from './rule.ts';

/** A name as the statement wrote it: qualified only where it was. */
export function written(name: ObjectName): string {
  return name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
}

/**
 * Does the table exist for somebody who is running now? True for tables that earlier releases made and for those that
 * nothing is known of; false for new ones, for views, and where the catalog is sure that there is none.
 */
export function isLive(context: ChangeContext, name: ObjectName): boolean {
  const found = context.relation(name);
  switch (found.kind) {
    case 'known':
      return found.value.kind === 'table' && !found.value.temporary && !context.isUnreleased(found.value.origin);
    case 'unknown':
      return true;
    case 'absent':
      return false;
    default: {
      const never: never = found;
      return never;
    }
  }
}

export function knownTable(context: ChangeContext, name: ObjectName): Table | undefined {
  const found = context.table(name);
  return found.kind === 'known' ? found.value : undefined;
}

export function knownColumn(context: ChangeContext, name: ObjectName, column: string): Column | undefined {
  return knownTable(context, name)?.columns.find((each) => each.name === column);
}

/** The column is there for somebody who is running now. */
export function isLiveColumn(context: ChangeContext, name: ObjectName, column: string): boolean {
  if (!isLive(context, name) || context.isNewColumn(name, column)) return false;
  const table = knownTable(context, name);
  return table === undefined || table.partial || table.columns.some((each) => each.name === column);
}

const lower: Readonly<Record<Severity, Severity>> = { error: 'warning', warning: 'info', info: 'info', hint: 'hint' };

/** One step lower where the change may not run at all (a branch of a DO block). A hint would be style, and silent. */
export function severity(context: ChangeContext, certain: Severity): Severity {
  return context.step.change.certainty === 'maybe' ? lower[certain] : certain;
}

/** The lock on the relation that the statement is about, or the strongest that anyone waits for. */
export function mainLock(impact: Impact): RelationLock | undefined {
  return impact.locks.find(({ role }) => role === 'target') ?? impact.locks[0];
}

const waits: Readonly<Record<Blocks, string>> = {
  'reads-and-writes': 'every read and write of it',
  writes: 'every write to it',
  'schema-changes': 'every other schema change',
  nothing: 'nothing',
};

export function lockArgs(impact: Impact): { readonly lock: string; readonly waits: string } {
  const lock = mainLock(impact);
  return { lock: lock?.mode ?? 'a lock', waits: waits[lock?.blocks ?? 'nothing'] };
}

/** Work that somebody waits for on a relation of the statement. */
export function blockingWork(impact: Impact, kinds: readonly Impact['work'][number]['kind'][]) {
  return impact.work.filter(
    ({ kind, under }) => kinds.includes(kind) && (under === 'reads-and-writes' || under === 'writes'),
  );
}

/** "a, b and 2 more": what else is touched, in few words. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

/** Where the column or the table was made. */
export function madeBy(context: ChangeContext, name: ObjectName, column?: string): NonNullable<Draft['related']> {
  const table = knownTable(context, name);
  const origin = column === undefined ? table?.origin : table?.columns.find((each) => each.name === column)?.origin;
  if (origin === undefined || origin.migration === context.migration.id) return [];
  return [
    context.madeAt(origin, 'made-here', {
      object: column === undefined ? written(name) : `${written(name)}.${column}`,
    }),
  ];
}

export function indexWithName(context: ChangeContext, name: ObjectName) {
  const found = context.relation(name);
  return found.kind === 'known' && found.value.kind === 'index' ? found.value : undefined;
}
