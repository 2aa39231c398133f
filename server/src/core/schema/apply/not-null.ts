import type { Column, Constraint, ObjectKey, Table } from '../catalog.ts';
import { parentsOf } from '../family.ts';
import { changeColumn } from './columns.ts';
import { childrenAt, type Editor, tableAt } from './editor.ts';
import { dropNamedNotNull, hasNamedNotNulls, setNamedNotNull } from './named-not-null.ts';

export function setNotNull(editor: Editor, key: ObjectKey, name: string, only: boolean): void {
  if (hasNamedNotNulls(editor)) return setNamedNotNull(editor, key, name, only);
  changeColumn(editor, key, name, (column) => ({ ...column, nullable: false }), only);
  changeColumn(editor, key, name, (column) => ({ ...column, notNullHere: true }), true);
}

/** Columns whose NULLs a constraint of the table forbids. */
export function withoutNulls(table: Table, names: readonly string[], isHere: boolean): Table {
  const forbidding = (column: Column): Column => ({
    ...column,
    nullable: false,
    notNullHere: column.notNullHere || isHere,
  });
  return {
    ...table,
    columns: table.columns.map((column) => (names.includes(column.name) ? forbidding(column) : column)),
  };
}

export function withNulls(table: Table, names: readonly string[]): Table {
  const allowing = (column: Column): Column => ({ ...column, nullable: true, notNullHere: false });
  return {
    ...table,
    columns: table.columns.map((column) => (names.includes(column.name) ? allowing(column) : column)),
  };
}

/** The table's NOT NULL, and what its children have of it. */
export function dropNotNull(editor: Editor, key: ObjectKey, name: string, only: boolean): void {
  if (hasNamedNotNulls(editor)) return dropNamedNotNull(editor, key, name, only);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const isIt = ({ kind, columns }: Constraint) => kind === 'not-null' && columns.includes(name);
  editor.set(key, { ...withNulls(table, [name]), constraints: table.constraints.filter((each) => !isIt(each)) });
  for (const child of childrenAt(editor, key)) {
    const below = tableAt(editor, child);
    if (only) changeColumn(editor, child, name, (column) => ({ ...column, notNullHere: !column.nullable }), true);
    else if (editor.semantics.habits.dropNotNullTakesDeclared || !isForbiddenOtherwise(editor, below, name))
      dropNotNull(editor, child, name, false);
  }
}

/** The child says NOT NULL itself, or another parent does. */
function isForbiddenOtherwise(editor: Editor, table: Table | undefined, name: string): boolean {
  const columnOf = (each: Table | undefined) => each?.columns.find((column) => column.name === name);
  return (
    columnOf(table)?.notNullHere === true ||
    parentsOf(table).some((parent) => columnOf(tableAt(editor, parent))?.nullable === false)
  );
}
