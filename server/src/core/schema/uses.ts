import type { CatalogObject, Column, Looking, ObjectKey, Publication, Table, Trigger, View } from './catalog.ts';
import { constraintNameKey, everyTableKey, keyOf, schemaKey } from './keys.ts';
import type { DataType, Expression } from './types.ts';

/**
 * Keys of everything that an object depends on, as `pg_depend` has it between objects that can be dropped apart, each
 * once; and the names of its constraints, which made-up names avoid. An object never depends on itself.
 */
export function usesOf(object: CatalogObject): ReadonlySet<ObjectKey> {
  const known = memo.get(object);
  if (known !== undefined) return known;
  const found = new Set<ObjectKey>();
  gather(object, found);
  memo.set(object, found);
  return found;
}

/**
 * What an object uses that follows another under its key. Most changes of a table, a new index above all, leave what it is made of
 * as it was: then it need not be gathered again.
 */
export function usesBehind(old: CatalogObject, value: CatalogObject): ReadonlySet<ObjectKey> {
  if (old.kind === 'table' && value.kind === 'table' && !memo.has(value) && isMadeOfTheSame(old, value))
    memo.set(value, usesOf(old));
  return usesOf(value);
}

function isMadeOfTheSame(a: Table, b: Table): boolean {
  return (
    a.name === b.name &&
    a.columns === b.columns &&
    a.constraints === b.constraints &&
    a.triggers === b.triggers &&
    a.inherits === b.inherits &&
    a.ofType === b.ofType &&
    a.partitionOf === b.partitionOf &&
    a.partitionBy === b.partitionBy &&
    a.policies === b.policies &&
    a.rules === b.rules
  );
}

/** Objects are values: what one uses never changes. */
const memo = new WeakMap<CatalogObject, ReadonlySet<ObjectKey>>();

function gather(object: CatalogObject, found: Set<ObjectKey>): void {
  switch (object.kind) {
    case 'table':
      return ofTable(object, found);
    case 'index':
      add(found, object.parent);
      ofExpression(object.where, found);
      for (const { expression } of object.keys) ofExpression(expression, found);
      return;
    case 'view':
      ofLooking(object.rules, found, keyOf('rel', object.name));
      ofTriggers(object.triggers, found);
      // They follow a new name of the type; nothing of the view goes with it but through what it reads.
      for (const type of object.types) if (type !== null) add(found, typeKey(type));
      return ofBody(object, found);
    case 'sequence':
      return add(found, object.ownedBy?.table);
    case 'type':
      if (object.base !== undefined) add(found, typeKey(object.base));
      for (const { type } of object.attributes) add(found, typeKey(type));
      for (const each of [...object.checks, ...(object.notNullName === undefined ? [] : [object.notNullName])])
        found.add(constraintNameKey(object.name.schema, each));
      return;
    case 'statistics':
      add(found, object.table);
      for (const expression of object.expressions) ofExpression(expression, found);
      return;
    case 'publication':
      return ofPublication(object, found);
    case 'routine':
      found.add(keyOf('fn', object.name));
      for (const type of [...object.argTypes, ...object.returns]) add(found, typeKey(type));
      return ofBody(object, found);
    case 'schema':
      return;
    default: {
      const never: never = object;
      return never;
    }
  }
}

function ofTable(table: Table, found: Set<ObjectKey>): void {
  const { name, columns, constraints, triggers, inherits, partitionOf, partitionBy } = table;
  const own = keyOf('rel', name);
  add(found, partitionOf?.parent);
  add(found, table.ofType);
  for (const parent of inherits) found.add(parent);
  for (const column of columns) ofColumn(column, found);
  for (const each of constraints) {
    found.add(constraintNameKey(name.schema, each.name));
    if (each.references !== undefined && each.references.table !== own) found.add(each.references.table);
    ofExpression(each.expression, found);
  }
  ofTriggers(triggers, found);
  for (const { expression } of partitionBy?.keys ?? []) ofExpression(expression, found);
  ofLooking(table.policies, found, own);
  for (const { checkUses } of table.policies) addAll(found, checkUses);
  ofLooking(table.rules, found, own);
}

function ofTriggers(triggers: readonly Trigger[], found: Set<ObjectKey>): void {
  for (const { fn, when } of triggers) {
    found.add(fn);
    addAll(found, when?.uses);
  }
}

function ofPublication({ allTables, schemas, tables }: Publication, found: Set<ObjectKey>): void {
  if (allTables) found.add(everyTableKey);
  for (const schema of schemas) found.add(schemaKey(schema));
  for (const { table } of tables) found.add(table);
}

function ofColumn({ type, sequence, defaultTo, generated }: Column, found: Set<ObjectKey>): void {
  add(found, typeKey(type));
  add(found, sequence);
  ofExpression(defaultTo, found);
  ofExpression(generated?.expression, found);
}

function ofLooking(looking: readonly Looking[], found: Set<ObjectKey>, own: ObjectKey): void {
  for (const { reads, uses } of looking) {
    for (const { relation } of reads) if (relation !== own) found.add(relation);
    addAll(found, uses);
  }
}

function ofBody({ reads, uses }: Pick<View, 'reads' | 'uses'>, found: Set<ObjectKey>): void {
  for (const { relation } of reads) found.add(relation);
  addAll(found, uses);
}

function ofExpression(expression: Expression | undefined, found: Set<ObjectKey>): void {
  addAll(found, expression?.uses);
}

function addAll(found: Set<ObjectKey>, keys: readonly ObjectKey[] | undefined): void {
  if (keys !== undefined) for (const key of keys) found.add(key);
}

/** Key of a type that a history made. */
export function typeKey({ schema, name }: DataType): ObjectKey | undefined {
  return schema === undefined ? undefined : keyOf('type', { schema, name });
}

function add(found: Set<ObjectKey>, key: ObjectKey | undefined): void {
  if (key !== undefined) found.add(key);
}
