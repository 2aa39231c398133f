import type { CatalogObject, Column, ObjectKey, Table } from '../catalog.ts';
import { keyOf } from '../keys.ts';
import { dropConstraint, foreignKeysTo } from './constraints.ts';
import { dropColumn } from './drop-column.ts';
import { dropIndex } from './drop-index.ts';
import { childrenOf, type Editor, parentsOf, release, tableAt } from './editor.ts';
import { unpublish } from './publications.ts';

/**
 * Drops an object and, with CASCADE, what depends on it; without CASCADE a dependent keeps it, as the server's error would.
 * @param together what the same statement drops too: no dependent that counts
 */
export function dropObject(
  editor: Editor,
  key: ObjectKey,
  cascade: boolean,
  together: ReadonlySet<ObjectKey> = new Set(),
): void {
  const object = editor.get(key);
  if (object === undefined) return;
  switch (object.kind) {
    case 'table':
      return dropTable(editor, key, object, cascade, together);
    case 'view':
      return dropView(editor, key, cascade, together);
    case 'index':
      return dropIndex(editor, key, cascade);
    case 'sequence':
      return dropSequence(editor, key, cascade);
    case 'type':
      return dropType(editor, key, cascade);
    case 'routine':
      return dropRoutine(editor, key, cascade);
    case 'schema':
    case 'publication':
      return editor.set(key, undefined);
    default: {
      const never: never = object;
      return never;
    }
  }
}

function dropTable(
  editor: Editor,
  key: ObjectKey,
  table: Table,
  cascade: boolean,
  together: ReadonlySet<ObjectKey>,
): void {
  const children = childrenOf(editor, key);
  const partitions = children.filter((child) => tableAt(editor, child)?.partitionOf !== undefined);
  const gone = new Set([key, ...partitions, ...together]);
  const family = [key, ...partitions];
  const views = family.flatMap((each) => editor.dependents(each)).filter((each) => editor.get(each)?.kind === 'view');
  const keys = [...family, ...partitionedAbove(editor, table)]
    .flatMap((each) => foreignKeysTo(editor, each))
    .filter((each) => !family.includes(each.table));
  const isOutside = (each: ObjectKey) => !gone.has(each);
  const outside = [...views, ...children, ...keys.map((each) => each.table)].filter(isOutside);
  if (!cascade && outside.length > 0) return;
  for (const view of views) dropView(editor, view, true, together);
  for (const each of keys) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const child of children.toReversed()) {
    const below = tableAt(editor, child);
    if (below === undefined) continue;
    if (together.has(child)) orphan(editor, child, below);
    else removeTable(editor, child, below);
  }
  removeTable(editor, key, tableAt(editor, key) ?? table);
}

/** A foreign key that points to a partitioned table depends on each partition. */
function partitionedAbove(editor: Editor, { partitionOf }: Table): readonly ObjectKey[] {
  if (partitionOf === undefined) return [];
  const above = tableAt(editor, partitionOf.parent);
  return [partitionOf.parent, ...(above === undefined ? [] : partitionedAbove(editor, above))];
}

/** Dropped by its own change, which finds it without its parents. */
function orphan(editor: Editor, key: ObjectKey, { partitionOf: _, ...table }: Table): void {
  const parents = parentsOf(tableAt(editor, key));
  editor.set(key, { ...table, inherits: [] });
  for (const parent of parents) release(editor, parent, key);
}

/** The table with its sequences, indexes and links; nothing depends on it any more. */
function removeTable(editor: Editor, key: ObjectKey, table: Table): void {
  for (const each of editor.dependents(key)) {
    const object = editor.get(each);
    if (object?.kind === 'view') dropView(editor, each, true, new Set());
    if (object?.kind === 'sequence' && object.ownedBy?.table === key) dropSequence(editor, each, true);
  }
  for (const each of foreignKeysTo(editor, key))
    if (each.table !== key) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const index of table.indexes) {
    const object = editor.get(index);
    if (object?.kind === 'index' && object.parent !== undefined) editor.independ(object.parent, index);
    editor.set(index, undefined);
  }
  for (const { references } of table.constraints) if (references !== undefined) editor.independ(references.table, key);
  for (const { sequence, type } of table.columns) {
    if (sequence !== undefined) editor.independ(sequence, key);
    if (type.schema !== undefined) editor.independ(keyOf('type', { schema: type.schema, name: type.name }), key);
  }
  for (const { fn } of table.triggers) editor.independ(fn, key);
  unpublish(editor, key);
  for (const parent of [table.partitionOf?.parent, ...table.inherits])
    if (parent !== undefined) editor.independ(parent, key);
  editor.set(key, undefined);
}

function dropView(editor: Editor, key: ObjectKey, cascade: boolean, together: ReadonlySet<ObjectKey>): void {
  const view = editor.get(key);
  if (view?.kind !== 'view') return;
  const above = editor.dependents(key).filter((each) => editor.get(each)?.kind === 'view');
  if (above.some((each) => !together.has(each)) && !cascade) return;
  for (const each of above) if (!together.has(each)) dropView(editor, each, true, together);
  for (const index of view.indexes) editor.set(index, undefined);
  for (const { relation } of view.reads) editor.independ(relation, key);
  editor.set(key, undefined);
}

/** CASCADE takes the defaults that count it up. */
function dropSequence(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const sequence = editor.get(key);
  if (sequence?.kind !== 'sequence') return;
  const users = tablesUsing(editor, key, (column) => column.sequence === key);
  if (users.length > 0 && !cascade && !users.every(([user]) => user === sequence.ownedBy?.table)) return;
  for (const [user, table] of users)
    editor.set(user, {
      ...table,
      columns: table.columns.map((column) => (column.sequence === key ? withoutDefault(column) : column)),
    });
  if (sequence.ownedBy !== undefined) editor.independ(sequence.ownedBy.table, key);
  editor.set(key, undefined);
}

export function withoutDefault({ defaultTo: _, sequence: __, ...column }: Column): Column {
  return column;
}

/** CASCADE takes the columns, domains and composites that have the type. */
function dropType(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const isOfType = hasType(editor.get(key));
  const tables = tablesUsing(editor, key, isOfType);
  const types = editor.dependents(key).filter((each) => editor.get(each)?.kind === 'type');
  if (tables.length + types.length > 0 && !cascade) return;
  for (const [user, table] of tables)
    for (const column of table.columns) if (isOfType(column)) dropColumn(editor, user, column.name, true);
  for (const user of types) dropType(editor, user, true);
  editor.set(key, undefined);
}

function hasType(type: CatalogObject | undefined): (column: Column) => boolean {
  return ({ type: own }) => own.schema === type?.name.schema && own.name === type?.name.name;
}

/** CASCADE takes the triggers that call it. */
function dropRoutine(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const users = editor.dependents(key).flatMap((each) => {
    const table = tableAt(editor, each);
    return table?.triggers.some(({ fn }) => fn === key) ? [[each, table] as const] : [];
  });
  if (users.length > 0 && !cascade) return;
  for (const [user, table] of users) {
    editor.set(user, { ...table, triggers: table.triggers.filter(({ fn }) => fn !== key) });
    editor.independ(key, user);
  }
  editor.set(key, undefined);
}

function tablesUsing(
  editor: Editor,
  key: ObjectKey,
  uses: (column: Column) => boolean,
): readonly (readonly [ObjectKey, Table])[] {
  return editor.dependents(key).flatMap((each) => {
    const table = tableAt(editor, each);
    return table?.columns.some(uses) ? [[each, table] as const] : [];
  });
}
