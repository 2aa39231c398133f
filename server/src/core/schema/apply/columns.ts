import type { Column, ObjectKey, Table } from '../catalog.ts';
import type { ColumnSpec } from '../change.ts';
import { keyOf } from '../keys.ts';
import type { DataType, Expression } from '../types.ts';
import { dropConstraint, foreignKeysTo } from './constraints.ts';
import { dropObject } from './drop.ts';
import { childrenOf, type Editor, indexAt, tableAt } from './editor.ts';

/** A column as it is made, with the sequence of a serial or identity. */
export function makeColumn(editor: Editor, table: Table, spec: ColumnSpec): Column {
  const { column, type, notNull, defaultTo, identity, generated, collation, serial } = spec;
  const sequence = serial === true || identity !== undefined ? makeSequence(editor, table, column.name) : undefined;
  const value = serial === true && sequence !== undefined ? nextval(sequence) : defaultTo;
  typeDependency(editor, keyOf('rel', table.name), type);
  return {
    name: column.name,
    type,
    nullable: !(notNull || serial === true || identity !== undefined),
    inherited: false,
    origin: editor.origin,
    ...(value === undefined || generated !== undefined ? {} : { defaultTo: value }),
    ...(identity === undefined ? {} : { identity }),
    ...(generated === undefined ? {} : { generated }),
    ...(collation === undefined ? {} : { collation }),
  };
}

function makeSequence(editor: Editor, table: Table, column: string): string {
  const name = editor.semantics.sequenceName(editor.catalog, table.name, column);
  const qualified = { schema: table.name.schema, name };
  editor.set(keyOf('rel', qualified), {
    kind: 'sequence',
    name: qualified,
    origin: editor.origin,
    ownedBy: { table: keyOf('rel', table.name), column },
  });
  return name;
}

function nextval(sequence: string): Expression {
  const text = `nextval('${sequence}'::regclass)`;
  return {
    text,
    volatility: 'volatile',
    constant: false,
    isNull: false,
    columns: [],
    functions: ['nextval'],
    provesNotNull: [],
  };
}

/** A table depends on the user type of its column. */
export function typeDependency(editor: Editor, table: ObjectKey, type: DataType): void {
  const key = editor.resolve('type', {
    name: type.name,
    span: { start: 0, end: 0 },
    ...(type.schema === undefined ? {} : { schema: type.schema }),
  });
  if (key !== undefined) editor.depend(key, table);
}

/** Changes one column of a table and of everything that inherits from it. */
export function changeColumn(editor: Editor, key: ObjectKey, name: string, change: (column: Column) => Column): void {
  for (const each of [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    if (table === undefined || !table.columns.some((column) => column.name === name)) continue;
    editor.set(each, {
      ...table,
      columns: table.columns.map((column) => (column.name === name ? change(column) : column)),
    });
  }
}

/** Drops a column with its constraints, indexes and owned sequences. Views and foreign keys go with CASCADE only. */
export function dropColumn(editor: Editor, key: ObjectKey, name: string, cascade: boolean): void {
  const table = tableAt(editor, key);
  if (table === undefined || !table.columns.some((column) => column.name === name)) return;
  const outside = foreignKeysTo(editor, key).filter(
    ({ table: from, constraint }) => from !== key && constraint.references?.columns.includes(name) === true,
  );
  const views = viewsReading(editor, key, name);
  if ((outside.length > 0 || views.length > 0) && !cascade) return;
  for (const view of views) dropObject(editor, view, true);
  for (const each of outside) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const each of [key, ...childrenOf(editor, key)]) dropOwnColumn(editor, each, name);
}

function dropOwnColumn(editor: Editor, key: ObjectKey, name: string): void {
  for (const constraint of tableAt(editor, key)?.constraints ?? []) {
    const own = constraint.columns.includes(name) || constraint.expression?.columns.includes(name) === true;
    const toItself = constraint.references?.table === key && constraint.references.columns.includes(name);
    if (own || toItself) dropConstraint(editor, key, constraint.name, true);
  }
  for (const index of tableAt(editor, key)?.indexes ?? []) {
    if (usesColumn(editor, index, name)) dropObject(editor, index, true);
  }
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const column = table.columns.find((each) => each.name === name);
  const sequence = column === undefined ? undefined : ownedSequence(editor, key, name);
  if (sequence !== undefined) editor.set(sequence, undefined);
  editor.set(key, { ...table, columns: table.columns.filter((each) => each.name !== name) });
}

function usesColumn(editor: Editor, key: ObjectKey, name: string): boolean {
  const index = indexAt(editor, key);
  if (index === undefined) return false;
  const inKeys = index.keys.some(
    ({ column, expression }) => column === name || expression?.columns.includes(name) === true,
  );
  return inKeys || index.includes.includes(name) || index.where?.columns.includes(name) === true;
}

/** By the name that serial and identity give; a sequence with OWNED BY of another name stands in the table's dependents. */
export function ownedSequence(editor: Editor, key: ObjectKey, column: string): ObjectKey | undefined {
  const table = tableAt(editor, key);
  if (table === undefined) return undefined;
  const guess = keyOf('rel', { schema: table.name.schema, name: `${table.name.name}_${column}_seq` });
  return [guess, ...editor.dependents(key)].find((each) => {
    const object = editor.get(each);
    return object?.kind === 'sequence' && object.ownedBy?.table === key && object.ownedBy.column === column;
  });
}

export function viewsReading(editor: Editor, key: ObjectKey, column: string | undefined): readonly ObjectKey[] {
  return editor.dependents(key).filter((each) => {
    const object = editor.get(each);
    if (object?.kind !== 'view') return false;
    return object.reads.some(
      ({ relation, columns }) =>
        relation === key &&
        (column === undefined || columns.length === 0 || columns.includes('*') || columns.includes(column)),
    );
  });
}
