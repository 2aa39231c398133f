import type { CatalogObject, ObjectKey, Table } from '../schema/catalog.ts';
import type { ChangeContext } from './rule.ts';

/** What depends on an object or a part of it, in words: "view v", "foreign key fk of orders". */
export type Dependents = readonly string[];

/** Of a relation as a whole: views over it, foreign keys to it, tables that inherit from it. */
export function dependentsOfRelation(context: ChangeContext, key: ObjectKey): Dependents {
  const family = [key, ...partitionsOf(context, key)];
  return distinct(
    family.flatMap((each) => [
      ...objectsOn(context, each).flatMap((object) => (object.kind === 'view' ? [named(object)] : [])),
      ...keysTo(context, each, () => true)
        .filter(({ from }) => !family.includes(from))
        .map(({ words }) => words),
      ...objectsOn(context, each).flatMap((object) =>
        object.kind === 'table' && object.inherits.includes(each) ? [named(object)] : [],
      ),
    ]),
  );
}

/** Of a column: views that read it for sure, foreign keys of other columns to it, triggers that name it. */
export function dependentsOfColumn(context: ChangeContext, key: ObjectKey, table: Table, column: string): Dependents {
  return [
    ...viewsReading(context, key, column),
    ...keysTo(context, key, (columns) => columns.includes(column))
      .filter(({ from, columns }) => !(from === key && columns.includes(column)))
      .map(({ words }) => words),
    ...triggersOn(table, column),
    ...policiesOn(table, column),
  ];
}

export function viewsReading(context: ChangeContext, key: ObjectKey, column: string): Dependents {
  return objectsOn(context, key).flatMap((object) =>
    object.kind === 'view' && object.reads.some(({ relation, columns }) => relation === key && columns.includes(column))
      ? [named(object)]
      : [],
  );
}

export function triggersOn(table: Table, column: string): Dependents {
  return table.triggers.filter(({ columns }) => columns.includes(column)).map(({ name }) => `trigger ${name}`);
}

export function policiesOn(table: Table, column: string): Dependents {
  return table.policies.filter(({ columns }) => columns.includes(column)).map(({ name }) => `policy ${name}`);
}

/** Foreign keys that lean on an index. */
export function keysLeaningOn(context: ChangeContext, key: ObjectKey, index: ObjectKey): Dependents {
  return keysTo(context, key, () => true, index).map(({ words }) => words);
}

/** Columns, defaults, domains and triggers that use a type, a sequence or a function. */
export function usersOf(context: ChangeContext, key: ObjectKey): Dependents {
  const used = context.before.objects.get(key);
  return distinct(
    objectsOn(context, key).flatMap((object) => {
      if (object.kind === 'type') return [named(object)];
      if (object.kind !== 'table' || used === undefined) return [];
      return partsUsing(object, key, used).map((part) => `${part} of ${object.name.name}`);
    }),
  );
}

function partsUsing(table: Table, key: ObjectKey, used: CatalogObject): readonly string[] {
  switch (used.kind) {
    case 'type':
      return table.columns
        .filter(({ type }) => type.name === used.name.name && type.schema === used.name.schema)
        .map(({ name }) => `column ${name}`);
    case 'sequence':
      return table.columns.filter(({ sequence }) => sequence === key).map(({ name }) => `the default of ${name}`);
    case 'routine':
      return table.triggers.filter(({ fn }) => fn === key).map(({ name }) => `trigger ${name}`);
    default:
      return [];
  }
}

export function named(object: CatalogObject): string {
  const { name } = object.name;
  switch (object.kind) {
    case 'view':
      return object.materialized ? `materialized view ${name}` : `view ${name}`;
    case 'type':
      return object.form === 'domain' ? `domain ${name}` : `type ${name}`;
    case 'routine':
      return object.procedure ? `procedure ${name}` : `function ${name}`;
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

function objectsOn(context: ChangeContext, key: ObjectKey): readonly CatalogObject[] {
  return context.dependents(key).flatMap((each) => context.before.objects.get(each) ?? []);
}

function distinct(words: readonly string[]): Dependents {
  return [...new Set(words)];
}
