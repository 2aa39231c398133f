import type { CatalogObject, Column, ObjectKey, Table } from '../catalog.ts';
import { type Part, partsReading, partsUsing } from '../parts.ts';
import { rowTypeKey } from '../row-types.ts';
import { changeColumn, ownedSequences } from './columns.ts';
import { dropConstraint, foreignKeysTo } from './constraints.ts';
import { dropColumn } from './drop-column.ts';
import { dropIndex } from './drop-index.ts';
import { childrenOf, type Editor, indexAt, tableAt } from './editor.ts';
import { unpublish } from './publications.ts';
import { dropStatistics } from './statistics.ts';
import { removeTrigger } from './triggers.ts';

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
    case 'routine':
      return dropNamed(editor, key, cascade, together);
    case 'schema':
    case 'statistics':
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
  const readers = family.flatMap((each) => [
    ...usersOf(editor, each, (object) => partsReading(object, each)),
    ...usersOfRows(editor, each, family),
  ]);
  const keys = [...family, ...partitionedAbove(editor, table)]
    .flatMap((each) => foreignKeysTo(editor, each))
    .filter((each) => !family.includes(each.table));
  const counting = family.flatMap((each) => countingElsewhere(editor, each));
  const isOutside = (each: ObjectKey) => !gone.has(indexAt(editor, each)?.table ?? each);
  const outside = [
    ...[...readers, ...counting].map(({ user }) => user),
    ...children,
    ...keys.map((each) => each.table),
  ].filter(isOutside);
  if (!cascade && outside.length > 0) return;
  for (const { user, part } of readers) if (!family.includes(user)) dropPart(editor, user, part, together);
  for (const { user, part } of counting) if (!family.includes(user)) dropPart(editor, user, part, together);
  for (const each of keys) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const child of children.toReversed()) {
    const below = tableAt(editor, child);
    if (below === undefined) continue;
    if (together.has(child)) orphan(editor, child, below);
    else removeTable(editor, child, below);
  }
  removeTable(editor, key, tableAt(editor, key) ?? table);
}

/** Defaults of other tables that count up a sequence of the table's, or of one column of it. */
export function countingElsewhere(editor: Editor, key: ObjectKey, column?: string): readonly User[] {
  return ownedSequences(editor, key, column)
    .flatMap((sequence) => usersOf(editor, sequence, (object) => partsUsing(object, sequence)))
    .filter(({ user, part }) => user !== key || (column !== undefined && part.name !== column));
}

/** A foreign key that points to a partitioned table depends on each partition. */
function partitionedAbove(editor: Editor, { partitionOf }: Table): readonly ObjectKey[] {
  if (partitionOf === undefined) return [];
  const above = tableAt(editor, partitionOf.parent);
  return [partitionOf.parent, ...(above === undefined ? [] : partitionedAbove(editor, above))];
}

/** Dropped by its own change, which finds it without its parents. */
function orphan(editor: Editor, key: ObjectKey, { partitionOf: _, ...table }: Table): void {
  editor.set(key, { ...table, inherits: [] });
}

/** The table with its sequences, indexes and links; nothing depends on it any more. */
function removeTable(editor: Editor, key: ObjectKey, table: Table): void {
  for (const { user, part } of usersOfRows(editor, key)) dropPart(editor, user, part);
  for (const each of editor.dependents(key)) {
    const object = editor.get(each);
    if (object !== undefined && each !== key)
      for (const part of partsReading(object, key)) dropPart(editor, each, part, new Set());
    if (object?.kind === 'sequence' && object.ownedBy?.table === key) dropSequence(editor, each, true);
  }
  for (const each of foreignKeysTo(editor, key))
    if (each.table !== key) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const index of table.indexes) editor.set(index, undefined);
  dropStatistics(editor, key);
  unpublish(editor, key);
  editor.set(key, undefined);
}

function dropView(editor: Editor, key: ObjectKey, cascade: boolean, together: ReadonlySet<ObjectKey>): void {
  const view = editor.get(key);
  if (view?.kind !== 'view') return;
  const above = [...usersOf(editor, key, (object) => partsReading(object, key)), ...usersOfRows(editor, key)].filter(
    ({ user }) => !together.has(user),
  );
  if (above.length > 0 && !cascade) return;
  for (const { user, part } of above) dropPart(editor, user, part, together);
  for (const index of view.indexes) editor.set(index, undefined);
  dropStatistics(editor, key);
  editor.set(key, undefined);
}

/** CASCADE takes the defaults that count it up. */
function dropSequence(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const sequence = editor.get(key);
  if (sequence?.kind !== 'sequence') return;
  const users = usersOf(editor, key, (object) => partsUsing(object, key));
  if (users.length > 0 && !cascade) return;
  for (const { user, part } of users) dropPart(editor, user, part);
  editor.set(key, undefined);
}

export function withoutDefault({ defaultTo: _, sequence: __, ...column }: Column): Column {
  return column;
}

/** A type or a routine. CASCADE takes whatever names it: columns, defaults, triggers, views, bodies, ... */
function dropNamed(editor: Editor, key: ObjectKey, cascade: boolean, together: ReadonlySet<ObjectKey>): void {
  const users = usersOf(editor, key, (object) => partsUsing(object, key)).filter(({ user }) => !together.has(user));
  const { generatedColumnsHoldOthers } = editor.semantics.habits;
  const holding = users.filter(({ part }) => part.kind !== 'generated' || generatedColumnsHoldOthers === true);
  if (holding.length > 0 && !cascade) return;
  for (const { user, part } of users) dropPart(editor, user, part, together);
  editor.set(key, undefined);
}

export interface User {
  readonly user: ObjectKey;
  readonly part: Part;
}

function usersOf(editor: Editor, key: ObjectKey, parts: (object: CatalogObject) => readonly Part[]): readonly User[] {
  return editor.dependents(key).flatMap((user) => {
    const object = editor.get(user);
    return object === undefined ? [] : parts(object).map((part) => ({ user, part }));
  });
}

/** Others that name the row type of a table or a view. */
function usersOfRows(editor: Editor, key: ObjectKey, family: readonly ObjectKey[] = [key]): readonly User[] {
  const object = editor.get(key);
  const type = object === undefined ? undefined : rowTypeKey(object);
  if (type === undefined) return [];
  const isOwn = (user: ObjectKey) => family.includes(indexAt(editor, user)?.table ?? user);
  return usersOf(editor, type, (each) => partsUsing(each, type)).filter(({ user }) => !isOwn(user));
}

/** It may be gone already, with another one. */
export function dropPart(
  editor: Editor,
  key: ObjectKey,
  { kind, name }: Part,
  together: ReadonlySet<ObjectKey> = new Set(),
): void {
  const object = editor.get(key);
  if (object === undefined) return;
  switch (kind) {
    case 'whole':
      return dropObject(editor, key, true, together);
    case 'column':
    case 'generated':
      return dropColumn(editor, key, name, true);
    case 'default':
      return changeColumn(editor, key, name, withoutDefault, true);
    case 'constraint':
      return dropConstraint(editor, key, name, true);
    case 'trigger':
      return removeTrigger(editor, key, ({ name: own }) => own === name);
    case 'policy':
      if (object.kind === 'table') editor.set(key, { ...object, policies: without(object.policies, name) });
      return;
    case 'rule':
      if (object.kind === 'table' || object.kind === 'view')
        editor.set(key, { ...object, rules: without(object.rules, name) });
      return;
    case 'attribute':
      if (object.kind === 'type') editor.set(key, { ...object, attributes: without(object.attributes, name) });
      return;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function without<Named extends { readonly name: string }>(all: readonly Named[], name: string): readonly Named[] {
  return all.filter((each) => each.name !== name);
}
