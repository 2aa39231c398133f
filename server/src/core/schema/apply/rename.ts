import { hasStandIn } from '../../text/stand-in.ts';
import type {
  CatalogObject,
  Column,
  Constraint,
  Index,
  Looking,
  ObjectKey,
  RelationReads,
  Table,
  View,
} from '../catalog.ts';
import type { ChangeOf, IndexKey } from '../change.ts';
import { parentsOf } from '../family.ts';
import { keyOf, routineKey, type Space, schemaKey } from '../keys.ts';
import type { ObjectName, QualifiedName } from '../names.ts';
import { rowTypeKey } from '../row-types.ts';
import type { Expression } from '../types.ts';
import { foreignKeysTo } from './constraints.ts';
import { type Editor, indexAt, isTaken, tableAt } from './editor.ts';
import { renamePublished } from './publications.ts';
import { renamed, typeNamed } from './renamed.ts';
import { renameInStatistics } from './statistics.ts';

/** Gives an object another name or schema; everything that points to its key follows. */
export function moveObject(editor: Editor, space: Space, key: ObjectKey, name: QualifiedName): ObjectKey | undefined {
  const object = editor.get(key);
  const target = object?.kind === 'routine' ? routineKey(name, object.argTypes) : keyOf(space, name);
  if (object === undefined || editor.get(target) !== undefined || isTaken(editor, name, object)) return undefined;
  const users = editor.dependents(key);
  const moved = { ...object, name } as CatalogObject;
  editor.set(key, undefined);
  editor.set(target, moved);
  for (const user of users) repoint(editor, user, { from: key, to: target, type: typeNamed(moved) });
  repointRows(editor, object, moved);
  follow(editor, object, key, target);
  return target;
}

/** Objects that name the moved one by key, or by name where it is a type; a routine is known by its arguments' types. */
function repoint(editor: Editor, user: ObjectKey, { from, to, type }: Moved): void {
  const object = editor.get(user);
  if (object === undefined) return;
  const next = renamed(object, from, to, type);
  const key = next.kind === 'routine' ? routineKey(next.name, next.argTypes) : user;
  editor.set(user, key === user ? next : undefined);
  if (key === user) return;
  editor.set(key, next);
  for (const each of editor.dependents(user)) repoint(editor, each, { from: user, to: key, type: undefined });
}

interface Moved {
  readonly from: ObjectKey;
  readonly to: ObjectKey;
  readonly type: QualifiedName | undefined;
}

/** A row type is called as its table or view is. */
function repointRows(editor: Editor, old: CatalogObject, moved: CatalogObject): void {
  const [from, to] = [rowTypeKey(old), rowTypeKey(moved)];
  if (from === undefined || to === undefined) return;
  for (const user of editor.dependents(from)) repoint(editor, user, { from, to, type: moved.name });
}

/** What hangs on the moved object itself: its indexes, links to itself. */
function follow(editor: Editor, object: CatalogObject, from: ObjectKey, to: ObjectKey): void {
  switch (object.kind) {
    case 'index':
      return followIndex(editor, object, from, to);
    case 'view': {
      const own = editor.get(to);
      if (own !== undefined) editor.set(to, renamed(own, from, to));
      return moveIndexes(editor, object.indexes, to);
    }
    case 'table':
      return followTable(editor, object, from, to);
    case 'sequence':
    case 'type':
    case 'routine':
    case 'schema':
    case 'statistics':
    case 'publication':
      return;
    default: {
      const never: never = object;
      return never;
    }
  }
}

/** The constraint that has the index has its name too; foreign keys lean on it. */
function followIndex(editor: Editor, index: Index, from: ObjectKey, to: ObjectKey): void {
  const owner = editor.get(index.table);
  if (owner?.kind === 'view') editor.set(index.table, renamed(owner, from, to));
  if (owner?.kind !== 'table') return;
  const name = indexAt(editor, to)?.name.name;
  const constraints = owner.constraints.map(
    (each): Constraint => (each.index === from ? { ...each, name: name ?? each.name } : each),
  );
  editor.set(index.table, renamed({ ...owner, constraints }, from, to));
  for (const { table } of foreignKeysTo(editor, index.table)) {
    const other = tableAt(editor, table);
    if (other !== undefined) editor.set(table, renamed(other, from, to));
  }
}

function followTable(editor: Editor, table: Table, from: ObjectKey, to: ObjectKey): void {
  const own = tableAt(editor, to);
  if (own !== undefined) editor.set(to, renamed(own, from, to));
  moveIndexes(editor, table.indexes, to);
}

function moveIndexes(editor: Editor, indexes: readonly ObjectKey[], to: ObjectKey): void {
  for (const key of indexes) {
    const index = indexAt(editor, key);
    if (index !== undefined) editor.set(key, { ...index, table: to });
  }
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
  return (['type', 'fn', 'stat'] as const).find((space) => key.startsWith(`${space}:`)) ?? 'rel';
}

/** `SET SCHEMA`: indexes and owned sequences go with their table. */
export function setSchema(editor: Editor, name: ObjectName, schema: string): void {
  const key = editor.resolve('rel', name);
  const object = key === undefined ? undefined : editor.get(key);
  if (key === undefined || object === undefined) return;
  const moved = moveObject(editor, 'rel', key, { schema, name: object.name.name });
  if (moved === undefined || (object.kind !== 'table' && object.kind !== 'view')) return;
  const sequences = editor.dependents(moved).filter((each) => {
    const owned = editor.get(each);
    return owned?.kind === 'sequence' && owned.ownedBy?.table === moved;
  });
  for (const each of [...object.indexes, ...sequences]) {
    const part = editor.get(each);
    if (part !== undefined) moveObject(editor, 'rel', each, { schema, name: part.name.name });
  }
}

/** ALTER TABLE ... RENAME COLUMN also works on views: the object decides, not the word. */
export function renameColumn(editor: Editor, name: ObjectName, from: string, to: string): void {
  const key = editor.resolve('rel', name);
  const object = key === undefined ? undefined : editor.get(key);
  if (key !== undefined && (hasStandIn(from) || hasStandIn(to))) return editor.taint(key);
  if (key !== undefined && object?.kind === 'view') renameViewColumn(editor, key, object, from, to);
  if (key !== undefined && object?.kind === 'table') renameTableColumn(editor, key, from, to);
}

function renameViewColumn(editor: Editor, key: ObjectKey, view: View, from: string, to: string): void {
  const swap = (name: string) => (name === from ? to : name);
  renameInIndexes(editor, view.indexes, from, swap);
  renameInStatistics(editor, key, from, swap);
  editor.set(key, { ...view, columns: view.columns.map(swap) });
  renameInReaders(editor, key, swap);
}

/** A column's new name in the table, its children, constraints, indexes, foreign keys that point to it, and views. */
function renameTableColumn(editor: Editor, key: ObjectKey, from: string, to: string): void {
  const table = tableAt(editor, key);
  if (
    table === undefined ||
    !table.columns.some(({ name }) => name === from) ||
    table.columns.some(({ name }) => name === to)
  )
    return;
  const swap = (name: string) => (name === from ? to : name);
  renameOwn(editor, key, from, swap);
  renameInStatistics(editor, key, from, swap);
  renamePublished(editor, key, swap);
  for (const { table: other } of foreignKeysTo(editor, key)) {
    const now = tableAt(editor, other);
    if (now === undefined) continue;
    const constraints = now.constraints.map((constraint): Constraint => {
      const { references } = constraint;
      return references?.table === key
        ? { ...constraint, references: { ...references, columns: references.columns.map(swap) } }
        : constraint;
    });
    editor.set(other, { ...now, constraints });
  }
  renameInReaders(editor, key, swap);
  for (const user of editor.dependents(key)) {
    const object = editor.get(user);
    if (object?.kind === 'sequence' && object.ownedBy?.table === key && object.ownedBy.column === from)
      editor.set(user, { ...object, ownedBy: { table: key, column: to } });
    if (object?.kind === 'table' && parentsOf(object).includes(key)) renameTableColumn(editor, user, from, to);
  }
}

function renameOwn(editor: Editor, key: ObjectKey, from: string, swap: (name: string) => string): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  renameInIndexes(editor, table.indexes, from, swap);
  const renamed = (key: IndexKey): IndexKey => renameInKey(key, from, swap);
  editor.set(key, {
    ...table,
    columns: table.columns.map((column) => renameInColumn(column, from, swap)),
    constraints: table.constraints.map((each) => ({
      ...each,
      columns: each.columns.map(swap),
      ...(each.expression === undefined ? {} : { expression: renameIn(each.expression, from, swap) }),
    })),
    triggers: table.triggers.map((each) => ({
      ...each,
      columns: each.columns.map(swap),
      ...(each.when === undefined ? {} : { when: { ...each.when, columns: each.when.columns.map(swap) } }),
    })),
    ...(table.partitionBy === undefined
      ? {}
      : { partitionBy: { ...table.partitionBy, keys: table.partitionBy.keys.map(renamed) } }),
  });
}

function renameInColumn(column: Column, from: string, swap: (name: string) => string): Column {
  const { generated } = column;
  return {
    ...column,
    name: swap(column.name),
    ...(generated === undefined
      ? {}
      : { generated: { ...generated, expression: renameIn(generated.expression, from, swap) } }),
  };
}

function renameInIndexes(
  editor: Editor,
  indexes: readonly ObjectKey[],
  from: string,
  swap: (name: string) => string,
): void {
  for (const key of indexes) {
    const index = indexAt(editor, key);
    if (index !== undefined) editor.set(key, renameInIndex(index, from, swap));
  }
}

function renameInIndex(index: Index, from: string, swap: (name: string) => string): Index {
  return {
    ...index,
    keys: index.keys.map((each) => renameInKey(each, from, swap)),
    includes: index.includes.map(swap),
    ...(index.where === undefined ? {} : { where: renameIn(index.where, from, swap) }),
  };
}

function renameInKey(key: IndexKey, from: string, swap: (name: string) => string): IndexKey {
  return {
    ...key,
    ...(key.column === undefined ? {} : { column: swap(key.column) }),
    ...(key.expression === undefined ? {} : { expression: renameIn(key.expression, from, swap) }),
  };
}

/** Views, policies, rules and bodies, of the relation itself too. */
function renameInReaders(editor: Editor, key: ObjectKey, swap: (name: string) => string): void {
  const inReads = (reads: readonly RelationReads[]) =>
    reads.map((read) => (read.relation === key ? { ...read, columns: read.columns.map(swap) } : read));
  for (const user of [key, ...editor.dependents(key)]) {
    const object = editor.get(user);
    const inside = <Kind extends Looking>(all: readonly Kind[]) =>
      all.map((each) => ({ ...each, reads: inReads(each.reads) }));
    if (object?.kind === 'table')
      editor.set(user, { ...object, policies: inside(object.policies), rules: inside(object.rules) });
    if (object?.kind === 'view')
      editor.set(user, { ...object, reads: inReads(object.reads), rules: inside(object.rules) });
    if (object?.kind === 'routine') editor.set(user, { ...object, reads: inReads(object.reads) });
  }
}

/** The server shows the new name in the expression; we keep the text and know the columns. */
export function renameIn(expression: Expression, from: string, swap: (name: string) => string): Expression {
  if (!expression.columns.includes(from)) return expression;
  return { ...expression, columns: expression.columns.map(swap), provesNotNull: expression.provesNotNull.map(swap) };
}
