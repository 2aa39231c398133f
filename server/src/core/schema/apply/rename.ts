import type { CatalogObject, Constraint, Index, ObjectKey, Table, View } from '../catalog.ts';
import type { ChangeOf, IndexKey } from '../change.ts';
import { keyOf, type Space, schemaKey } from '../keys.ts';
import type { QualifiedName } from '../names.ts';
import type { Expression } from '../types.ts';
import { foreignKeysTo } from './constraints.ts';
import { childrenOf, type Editor, indexAt, tableAt } from './editor.ts';

/** Gives an object another name or schema; everything that points to its key follows. */
export function moveObject(editor: Editor, space: Space, key: ObjectKey, name: QualifiedName): ObjectKey | undefined {
  const object = editor.get(key);
  const target = keyOf(space, name);
  if (object === undefined || editor.get(target) !== undefined) return undefined;
  const users = editor.dependents(key);
  editor.set(key, undefined);
  editor.set(target, { ...object, name } as CatalogObject);
  for (const user of users) {
    editor.independ(key, user);
    editor.depend(target, user === key ? target : user);
    repoint(editor, user, key, target);
  }
  follow(editor, object, key, target);
  return target;
}

/** Objects that name the moved one by key. */
function repoint(editor: Editor, user: ObjectKey, from: ObjectKey, to: ObjectKey): void {
  const object = editor.get(user);
  if (object?.kind === 'table') editor.set(user, repointTable(object, from, to));
  if (object?.kind === 'view')
    editor.set(user, {
      ...object,
      reads: object.reads.map((read) => (read.relation === from ? { ...read, relation: to } : read)),
    });
  if (object?.kind === 'sequence' && object.ownedBy?.table === from)
    editor.set(user, { ...object, ownedBy: { ...object.ownedBy, table: to } });
}

function repointTable(table: Table, from: ObjectKey, to: ObjectKey): Table {
  const swap = (key: ObjectKey) => (key === from ? to : key);
  return {
    ...table,
    inherits: table.inherits.map(swap),
    constraints: table.constraints.map((each) =>
      each.references?.table === from ? { ...each, references: { ...each.references, table: to } } : each,
    ),
    triggers: table.triggers.map((each) => (each.fn === from ? { ...each, fn: to } : each)),
    ...(table.partitionOf?.parent === from ? { partitionOf: { ...table.partitionOf, parent: to } } : {}),
  };
}

/** What hangs on the moved object itself: its indexes and sequences, links to itself, what it depends on. */
function follow(editor: Editor, object: CatalogObject, from: ObjectKey, to: ObjectKey): void {
  if (object.kind === 'index') {
    const table = tableAt(editor, object.table);
    if (table === undefined) return;
    const swap = (key: ObjectKey | undefined) => (key === from ? to : key);
    const constraints = table.constraints.map(
      (each): Constraint =>
        each.index === from
          ? { ...each, index: swap(each.index) ?? to, name: indexAt(editor, to)?.name.name ?? each.name }
          : each,
    );
    editor.set(object.table, { ...table, constraints, indexes: table.indexes.map((each) => swap(each) ?? each) });
  }
  if (object.kind === 'view') for (const { relation } of object.reads) relink(editor, relation, from, to);
  if (object.kind !== 'table') return;
  const own = repointTable(object, from, to);
  editor.set(to, { ...own, name: tableAt(editor, to)?.name ?? own.name });
  for (const key of object.indexes) {
    const index = indexAt(editor, key);
    if (index !== undefined) editor.set(key, { ...index, table: to });
  }
  for (const column of object.columns) {
    const key = keyOf('rel', { schema: object.name.schema, name: `${object.name.name}_${column.name}_seq` });
    const sequence = editor.get(key);
    if (sequence?.kind === 'sequence' && sequence.ownedBy?.table === from)
      editor.set(key, { ...sequence, ownedBy: { ...sequence.ownedBy, table: to } });
  }
  for (const { references } of object.constraints)
    if (references !== undefined && references.table !== from) relink(editor, references.table, from, to);
  for (const parent of [object.partitionOf?.parent, ...object.inherits])
    if (parent !== undefined) relink(editor, parent, from, to);
}

function relink(editor: Editor, on: ObjectKey, from: ObjectKey, to: ObjectKey): void {
  editor.independ(on, from);
  editor.depend(on, to);
}

/** All that stands in the schema moves. Types and functions that other objects name by their text may be missed: hence the taint. */
export function renameSchema(editor: Editor, { schema, newName }: ChangeOf<'RenameSchema'>): void {
  const inside = [...editor.catalog.objects].filter(([, object]) => object.name.schema === schema.name);
  for (const [key, { name }] of inside)
    moveObject(editor, spaceOf(key), key, { schema: newName.name, name: name.name });
  const old = editor.get(schemaKey(schema.name));
  editor.set(schemaKey(schema.name), undefined);
  if (old !== undefined) editor.set(schemaKey(newName.name), { ...old, name: { schema: '', name: newName.name } });
  editor.taint('*');
}

function spaceOf(key: ObjectKey): Space {
  return key.startsWith('type:') ? 'type' : key.startsWith('fn:') ? 'fn' : 'rel';
}

/** A column's new name in the table, its children, constraints, indexes, foreign keys that point to it, and views. */
export function renameColumn(editor: Editor, key: ObjectKey, from: string, to: string): void {
  const table = tableAt(editor, key);
  if (
    table === undefined ||
    !table.columns.some(({ name }) => name === from) ||
    table.columns.some(({ name }) => name === to)
  )
    return;
  const swap = (name: string) => (name === from ? to : name);
  for (const each of [key, ...childrenOf(editor, key)]) renameOwn(editor, each, from, swap);
  for (const { table: other } of foreignKeysTo(editor, key)) {
    const now = tableAt(editor, other);
    if (now === undefined) continue;
    const constraints = now.constraints.map((constraint) => {
      const { references } = constraint;
      return references?.table === key
        ? { ...constraint, references: { ...references, columns: references.columns.map(swap) } }
        : constraint;
    });
    editor.set(other, { ...now, constraints });
  }
  for (const user of editor.dependents(key)) {
    const view = editor.get(user);
    if (view?.kind === 'view') editor.set(user, renameInView(view, key, swap));
    if (view?.kind === 'sequence' && view.ownedBy?.table === key && view.ownedBy.column === from)
      editor.set(user, { ...view, ownedBy: { table: key, column: to } });
  }
}

function renameOwn(editor: Editor, key: ObjectKey, from: string, swap: (name: string) => string): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const sequence = editor.get(keyOf('rel', { schema: table.name.schema, name: `${table.name.name}_${from}_seq` }));
  if (sequence?.kind === 'sequence' && sequence.ownedBy?.table === key && sequence.ownedBy.column === from) {
    editor.set(keyOf('rel', sequence.name), { ...sequence, ownedBy: { table: key, column: swap(from) } });
    editor.depend(key, keyOf('rel', sequence.name));
  }
  for (const each of table.indexes) {
    const index = indexAt(editor, each);
    if (index !== undefined) editor.set(each, renameInIndex(index, swap));
  }
  editor.set(key, {
    ...table,
    columns: table.columns.map((column) => (column.name === from ? { ...column, name: swap(from) } : column)),
    constraints: table.constraints.map((each) => ({
      ...each,
      columns: each.columns.map(swap),
      ...(each.expression === undefined ? {} : { expression: renameIn(each.expression, from, swap) }),
    })),
  });
}

function renameInIndex(index: Index, swap: (name: string) => string): Index {
  const keys = index.keys.map(
    (each): IndexKey => (each.column === undefined ? each : { ...each, column: swap(each.column) }),
  );
  return { ...index, keys, includes: index.includes.map(swap) };
}

function renameInView(view: View, key: ObjectKey, swap: (name: string) => string): View {
  return {
    ...view,
    reads: view.reads.map((read) => (read.relation === key ? { ...read, columns: read.columns.map(swap) } : read)),
  };
}

/** The server shows the new name in the expression; we keep the text and know the columns. */
function renameIn(expression: Expression, from: string, swap: (name: string) => string): Expression {
  if (!expression.columns.includes(from)) return expression;
  return { ...expression, columns: expression.columns.map(swap), provesNotNull: expression.provesNotNull.map(swap) };
}
