import type { CatalogObject, ObjectKey } from '../schema/catalog.ts';
import type { SchemaChange } from '../schema/change.ts';
import { losersOf } from '../schema/family.ts';
import { type Part, partsReading, partsUsing } from '../schema/parts.ts';
import { publishersOf } from '../schema/publishers.ts';
import { rowTypeKey } from '../schema/row-types.ts';
import type { ChangeContext } from './rule.ts';

/** What depends on an object or a part of it, in words: "view v", "foreign key fk of orders". */
export type Dependents = readonly string[];

/** Changes that drop what others may depend on. */
export const DROPS = [
  'DropTable',
  'DropView',
  'DropColumn',
  'DropConstraint',
  'DropIndex',
  'DropSequence',
  'DropType',
  'DropFunction',
  'DropSchema',
] as const satisfies readonly SchemaChange['kind'][];

/** Of a relation as a whole: what reads it, foreign keys to it, tables that inherit from it. */
export function dependentsOfRelation(context: ChangeContext, key: ObjectKey): Dependents {
  const family = [key, ...partitionsOf(context, key)];
  return distinct(
    family
      .flatMap((each) => [
        ...objectsOn(context, each).flatMap(([user, object]) =>
          family.includes(user) ? [] : partsReading(object, each).map((part) => worded(object, part)),
        ),
        ...countingElsewhere(context, each),
        ...usersOfRows(context, each, family),
        ...objectsOn(context, each).flatMap(([, object]) =>
          object.kind === 'table' && object.inherits.includes(each) ? [named(object)] : [],
        ),
      ])
      .concat(
        [...family, ...partitionedAbove(context, key)]
          .flatMap((each) => keysTo(context, each, () => true))
          .filter(({ from }) => !family.includes(from))
          .map(({ words }) => words),
      ),
  );
}

/** Others that name the row type of a table or a view. */
function usersOfRows(context: ChangeContext, key: ObjectKey, family: readonly ObjectKey[]): Dependents {
  const object = context.before.objects.get(key);
  const type = object === undefined ? undefined : rowTypeKey(object);
  if (type === undefined) return [];
  return objectsOn(context, type).flatMap(([user, other]) =>
    family.includes(other.kind === 'index' ? other.table : user)
      ? []
      : partsUsing(other, type).map((part) => worded(other, part)),
  );
}

/** A foreign key that points to a partitioned table depends on each partition. */
function partitionedAbove(context: ChangeContext, key: ObjectKey): readonly ObjectKey[] {
  const table = context.before.objects.get(key);
  const parent = table?.kind === 'table' ? table.partitionOf?.parent : undefined;
  return parent === undefined ? [] : [parent, ...partitionedAbove(context, parent)];
}

/** Of a column, of those that tables below have from it and of those computed from it: what reads it for sure, foreign keys of other columns to it. */
export function dependentsOfColumn(context: ChangeContext, key: ObjectKey, column: string, only = false): Dependents {
  const losing = only ? [key] : losersOf(context.before, key, column);
  return distinct(
    losing.flatMap((each) => [
      ...readersOf(context, each, column),
      ...countingElsewhere(context, each, column, losing),
      ...conditionedBy(context, each, column),
      ...publishersOf(context.before, each, column).map(named),
      ...keysTo(context, each, (columns) => columns.includes(column))
        .filter(({ from, columns }) => !(from === each && columns.includes(column)))
        .map(({ words }) => words),
      ...computedFrom(context, each, column).flatMap((name) => dependentsOfColumn(context, each, name, true)),
    ]),
  );
}

/** Columns that go with it, because their expressions name it. */
function computedFrom({ before }: ChangeContext, key: ObjectKey, column: string): readonly string[] {
  const table = before.objects.get(key);
  return (table?.kind === 'table' ? table.columns : []).flatMap(({ name, generated }) =>
    generated?.expression.columns.includes(column) === true ? [name] : [],
  );
}

/** Exclusion constraints that name the column in their condition only. */
function conditionedBy({ before }: ChangeContext, key: ObjectKey, column: string): Dependents {
  const table = before.objects.get(key);
  return (table?.kind === 'table' ? table.constraints : []).flatMap(({ name, columns, index = '' }) => {
    const carrier = before.objects.get(index);
    const names = carrier?.kind === 'index' && carrier.where?.columns.includes(column) === true;
    return names && !columns.includes(column) ? [`constraint ${name}`] : [];
  });
}

/** Views, policies, rules, triggers and bodies that read the column for sure; those of its own table without the table's name. */
export function readersOf(context: ChangeContext, key: ObjectKey, column: string): Dependents {
  const own = context.before.objects.get(key);
  const reads = (columns: readonly string[]) => columns.includes(column);
  return [
    ...objectsOn(context, key).flatMap(([, object]) =>
      partsReading(object, key, reads).map((part) => worded(object, part)),
    ),
    ...(own === undefined ? [] : partsReading(own, key, reads).map(({ kind, name }) => `${kind} ${name}`)),
  ];
}

/** Defaults of other tables that count up a sequence that the table, or one column of it, owns. */
export function countingElsewhere(
  context: ChangeContext,
  key: ObjectKey,
  column?: string,
  losing: readonly ObjectKey[] = [key],
): Dependents {
  return objectsOn(context, key).flatMap(([sequence, object]) => {
    const isOwned = object.kind === 'sequence' && (column === undefined || object.ownedBy?.column === column);
    if (!isOwned || object.ownedBy?.table !== key) return [];
    return objectsOn(context, sequence).flatMap(([user, other]) =>
      partsUsing(other, sequence)
        .filter((part) => (user === key ? column !== undefined && part.name !== column : !losing.includes(user)))
        .map((part) => worded(other, part)),
    );
  });
}

/** Foreign keys that lean on an index, or on a part of it. */
export function keysLeaningOn(context: ChangeContext, index: ObjectKey): Dependents {
  const own = context.before.objects.get(index);
  if (own?.kind !== 'index') return [];
  const parts = objectsOn(context, index).flatMap(([part, object]) =>
    object.kind === 'index' && object.parent === index ? [part] : [],
  );
  return distinct([
    ...keysTo(context, own.table, () => true, index).map(({ words }) => words),
    ...parts.flatMap((part) => keysLeaningOn(context, part)),
  ]);
}

/** Whatever uses a type, a sequence or a function. */
export function usersOf(context: ChangeContext, key: ObjectKey): Dependents {
  const { generatedColumnsHoldOthers } = context.dialect.semantics(context.target).habits;
  return distinct(
    objectsOn(context, key).flatMap(([, object]) =>
      partsUsing(object, key)
        .filter(({ kind }) => kind !== 'generated' || generatedColumnsHoldOthers === true)
        .map((part) => worded(object, part)),
    ),
  );
}

function worded(object: CatalogObject, { kind, name }: Part): string {
  if (kind === 'whole') return named(object);
  const words = kind === 'default' ? 'the default of' : kind === 'generated' ? 'generated column' : kind;
  return `${words} ${name} of ${object.name.name}`;
}

export function named(object: CatalogObject): string {
  const { name } = object.name;
  switch (object.kind) {
    case 'view':
      return object.materialized ? `materialized view ${name}` : `view ${name}`;
    case 'type':
      return object.form === 'domain' ? `domain ${name}` : `type ${name}`;
    case 'routine':
      return `${object.aggregate ? 'aggregate' : object.procedure ? 'procedure' : 'function'} ${name}`;
    default:
      return `${object.kind} ${name}`;
  }
}

function keysTo(
  context: ChangeContext,
  key: ObjectKey,
  isMeant: (columns: readonly string[]) => boolean,
  index?: ObjectKey,
): readonly { readonly from: ObjectKey; readonly columns: readonly string[]; readonly words: string }[] {
  return [key, ...context.dependents(key)].flatMap((from) => {
    const table = context.before.objects.get(from);
    if (table?.kind !== 'table') return [];
    return table.constraints
      .filter(
        ({ references }) =>
          references?.table === key &&
          isMeant(references.columns) &&
          (index === undefined || references.index === index),
      )
      .map(({ name, columns }) => ({ from, columns, words: `foreign key ${name} of ${table.name.name}` }));
  });
}

function partitionsOf(context: ChangeContext, key: ObjectKey): readonly ObjectKey[] {
  return context.dependents(key).flatMap((each) => {
    const object = context.before.objects.get(each);
    return object?.kind === 'table' && object.partitionOf?.parent === key ? [each, ...partitionsOf(context, each)] : [];
  });
}

function objectsOn(context: ChangeContext, key: ObjectKey): readonly (readonly [ObjectKey, CatalogObject])[] {
  return context.dependents(key).flatMap((each) => {
    const object = context.before.objects.get(each);
    return object === undefined ? [] : [[each, object] as const];
  });
}

function distinct(words: readonly string[]): Dependents {
  return [...new Set(words)];
}
