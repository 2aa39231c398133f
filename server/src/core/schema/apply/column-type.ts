import type { Constraint, Index, ObjectKey, Table } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { settledType } from '../routines.ts';
import { changeColumn } from './columns.ts';
import { copyConstraint } from './constraints.ts';
import { copiedIndex } from './copied-index.ts';
import { indexUses } from './drop-column.ts';
import { partsOf } from './drop-index.ts';
import { childrenOf, type Editor, indexAt, partitionsOf, tableAt } from './editor.ts';
import { rebuildStatistics } from './statistics.ts';

/** A column's new type, on the table and those below it. Indexes that name the column are built anew. */
export function changeColumnType(editor: Editor, key: ObjectKey, change: ChangeOf<'ChangeColumnType'>): void {
  const { name } = change.column;
  if (tableAt(editor, key)?.columns.some((column) => column.name === name) !== true) return;
  const type = settledType(editor.catalog, change.type);
  changeColumn(editor, key, name, ({ collation: _, ...column }) => ({
    ...column,
    type,
    ...(change.collation === undefined ? {} : { collation: change.collation }),
  }));
  for (const each of [key, ...childrenOf(editor, key)]) {
    rebuildIndexes(editor, each, name);
    rebuildStatistics(editor, each, name);
  }
}

/** Parts go and come with the partitioned table's index. What they are called follows from what columns are called now. */
function rebuildIndexes(editor: Editor, key: ObjectKey, column: string): void {
  const own = (tableAt(editor, key)?.indexes ?? []).filter(
    (each) => indexAt(editor, each)?.parent === undefined && indexUses(editor, each, column),
  );
  const old = new Map(own.flatMap((each) => takeParts(editor, each)));
  for (const each of own) rebuild(editor, key, each);
  if (old.size > 0) leanOnNew(editor, old);
}

function rebuild(editor: Editor, key: ObjectKey, each: ObjectKey): void {
  const table = tableAt(editor, key);
  const index = indexAt(editor, each);
  if (table === undefined || index === undefined) return;
  const labels = editor.semantics.indexLabels(index);
  editor.set(each, { ...index, labels, valid: true });
  // It is the newest one now.
  editor.set(key, { ...table, indexes: [...table.indexes.filter((other) => other !== each), each] });
  const constraint = table.constraints.find(({ index: carrier }) => carrier === each);
  for (const partition of partitionsOf(editor, key)) makePart(editor, partition, each, constraint);
}

function makePart(editor: Editor, key: ObjectKey, parent: ObjectKey, constraint: Constraint | undefined): void {
  if (constraint !== undefined) return copyConstraint(editor, key, constraint);
  const table = tableAt(editor, key);
  const index = indexAt(editor, parent);
  if (table === undefined || index === undefined) return;
  const part = copiedIndex(editor, key, table, index);
  const made = indexAt(editor, part);
  if (made !== undefined) editor.set(part, { ...made, parent });
  for (const below of partitionsOf(editor, key)) makePart(editor, below, part, undefined);
}

/** Removes the parts of an index; says of which partition each one was, and of which index. */
function takeParts(editor: Editor, key: ObjectKey): readonly (readonly [part: ObjectKey, of: Part])[] {
  return partsOf(editor, key).flatMap((part) => {
    const index = indexAt(editor, part);
    const table = index === undefined ? undefined : tableAt(editor, index.table);
    if (index === undefined || table === undefined) return [];
    const below = takeParts(editor, part);
    editor.set(index.table, without(table, part));
    editor.set(part, undefined);
    return [[part, { table: index.table, index }] as const, ...below];
  });
}

interface Part {
  readonly table: ObjectKey;
  readonly index: Index;
}

function without(table: Table, index: ObjectKey): Table {
  return {
    ...table,
    indexes: table.indexes.filter((each) => each !== index),
    constraints: table.constraints.filter((each) => each.index !== index),
  };
}

/** Foreign keys that leaned on a part lean on the new one. */
function leanOnNew(editor: Editor, old: ReadonlyMap<ObjectKey, Part>): void {
  for (const [part, { table, index }] of old) {
    const keys = JSON.stringify(index.keys);
    const made = tableAt(editor, table)?.indexes.find((each) => JSON.stringify(indexAt(editor, each)?.keys) === keys);
    if (made === undefined) continue;
    for (const user of [table, ...editor.dependents(table)]) {
      const other = tableAt(editor, user);
      if (other?.constraints.some(({ references }) => references?.index === part) !== true) continue;
      const constraints = other.constraints.map((each): Constraint => {
        const { references } = each;
        return references?.index === part ? { ...each, references: { ...references, index: made } } : each;
      });
      editor.set(user, { ...other, constraints });
    }
  }
}
