import type { Severity } from '../model/finding.ts';
import type { Blocks, Impact, RelationLock } from '../model/impact.ts';
import type { CatalogObject, Column, Lookup, ObjectKey, Table, UserType, View } from '../schema/catalog.ts';
import type { ChangeOf } from '../schema/change.ts';
import { parentsOf } from '../schema/family.ts';
import { schemaKey, temporarySchema } from '../schema/keys.ts';
import { isComplete, lookup, lookupType } from '../schema/lookup.ts';
import type { ObjectName } from '../schema/names.ts';
import type { DataType } from '../schema/types.ts';
import { nowhere } from '../text/nowhere.ts';
import type { ChangeContext, Draft, Step } from './rule.ts';

/** A name as the statement wrote it: qualified only where it was. */
export function written(name: Omit<ObjectName, 'span'>): string {
  return name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
}

/** Of a name that was written, without its schema. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
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

/** A view that earlier releases made. */
export function liveView(context: ChangeContext, name: ObjectName): View | undefined {
  const found = context.relation(name);
  return found.kind === 'known' && found.value.kind === 'view' && !context.isUnreleased(found.value.origin)
    ? found.value
    : undefined;
}

/** Names of the live tables of a schema; undefined where the catalog does not know what stands in it. */
export function liveTablesIn(context: ChangeContext, schema: string): readonly string[] | undefined {
  const { objects } = context.before;
  const tables = [...objects].flatMap(([, object]) =>
    object.kind === 'table' && object.name.schema === schema && !context.isUnreleased(object.origin)
      ? [object.name.name]
      : [],
  );
  const made = objects.get(schemaKey(schema));
  const isNew = made !== undefined && context.isUnreleased(made.origin);
  return tables.length > 0 || isNew || isComplete(context.before) ? tables : undefined;
}

/** Live tables that depend on an object, such as those with a column of a type. */
export function liveDependents(context: ChangeContext, key: ObjectKey): readonly Table[] {
  return context.dependents(key).flatMap((each) => {
    const object = context.before.objects.get(each);
    return object?.kind === 'table' && !object.temporary && !context.isUnreleased(object.origin) ? [object] : [];
  });
}

/** A type that the history made, by its name. */
export function knownType(
  { before, dialect, target }: ChangeContext,
  { schema, name }: { readonly schema?: string; readonly name: string },
): { readonly key: ObjectKey; readonly value: UserType } | undefined {
  const found = lookupType(before, dialect.semantics(target), {
    name,
    span: nowhere,
    ...(schema === undefined ? {} : { schema }),
  });
  return found.kind === 'known' ? found : undefined;
}

/** The type with the schema of the user's type that its name means here. */
export function settledType(context: ChangeContext, type: DataType): DataType {
  const schema = knownType(context, type)?.value.name.schema;
  return schema === undefined ? type : { ...type, schema };
}

/** What a domain is made of, all the way down. */
export function baseType(
  context: ChangeContext,
  type: DataType,
): { readonly type: DataType; readonly constrained: boolean } {
  let [base, constrained] = [settledType(context, type), false];
  for (let depth = 0; depth < 8; depth++) {
    const found = base.array > 0 ? undefined : knownType(context, base)?.value;
    if (found?.form !== 'domain' || found.base === undefined) break;
    base = settledType(context, found.base);
    constrained ||= found.constrained || found.notNull;
  }
  return { type: base, constrained };
}

/** It runs after the other one: in a later statement, or as a later part of the same. */
export function isBehind(step: Step, other: Step): boolean {
  if (step.statementIndex !== other.statementIndex) return step.statementIndex > other.statementIndex;
  return step.nth > other.nth;
}

/** Does a later statement of this migration make a relation that answers to the name? */
export function isReplaced(
  context: ChangeContext,
  name: ObjectName,
  by: (step: Step) => ObjectName | undefined,
): boolean {
  return context.steps.some((step) => {
    if (step.statementIndex <= context.step.statementIndex) return false;
    const made = by(step);
    return made?.name === name.name && (made.schema ?? name.schema) === (name.schema ?? made.schema);
  });
}

/** The relation that a change makes or gives its name to. */
export function madeRelation({ change }: Step): ObjectName | undefined {
  switch (change.kind) {
    case 'CreateView':
      return change.view;
    case 'CreateTable':
      return change.table;
    case 'RenameTable':
      return { ...change.table, name: change.newName.name };
    case 'RenameView':
      return { ...change.view, name: change.newName.name };
    default:
      return undefined;
  }
}

/** Key of the relation that the name finds. */
export function relationKey(context: ChangeContext, name: ObjectName): ObjectKey | undefined {
  const found = context.relation(name);
  return found.kind === 'known' ? found.key : undefined;
}

/** What the name finds behind the change. */
export function relationAfter({ after, dialect, target }: ChangeContext, name: ObjectName): Lookup<CatalogObject> {
  return lookup(after, dialect.semantics(target), name);
}

/** The table as the change leaves it. */
export function tableAfter(context: ChangeContext, name: ObjectName): Table | undefined {
  const found = relationAfter(context, name);
  return found.kind === 'known' && found.value.kind === 'table' ? found.value : undefined;
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

export function blockedBy({ mode, blocks }: RelationLock): { readonly lock: string; readonly waits: string } {
  return { lock: mode, waits: waits[blocks] };
}

/** Readers or writers wait for it. */
export function isWaitedFor(blocks: Blocks | undefined): boolean {
  return blocks === 'reads-and-writes' || blocks === 'writes';
}

/** A relation as an impact displays it: qualified or not. */
export function displayed(display: string): ObjectName {
  const dot = display.indexOf('.');
  return dot === -1
    ? { name: display, span: nowhere }
    : { schema: display.slice(0, dot), name: display.slice(dot + 1), span: nowhere };
}

/** Work that somebody waits for on a relation of the statement. */
export function blockingWork(impact: Impact, kinds: readonly Impact['work'][number]['kind'][]) {
  return impact.work.filter(({ kind, under }) => kinds.includes(kind) && isWaitedFor(under));
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

/** Tables that have columns from it, all the way down. */
export function tablesBelow(context: ChangeContext, key: ObjectKey): readonly Table[] {
  return context.dependents(key).flatMap((each) => {
    const object = context.before.objects.get(each);
    return object?.kind === 'table' && parentsOf(object).includes(key) ? [object, ...tablesBelow(context, each)] : [];
  });
}

/** A view over a temporary table is temporary, whatever it says. */
export function isTemporaryView(context: ChangeContext, { options, reads }: ChangeOf<'CreateView'>): boolean {
  return (
    options?.temporary === true ||
    reads.some(({ relation: read }) => {
      const found = context.relation(read);
      return found.kind === 'known' && found.value.name.schema === temporarySchema;
    })
  );
}
