import { nowhere } from '../../text/nowhere.ts';
import type { Column, ObjectKey, Table } from '../catalog.ts';
import type { ColumnSpec } from '../change.ts';
import { keyOf } from '../keys.ts';
import { settledType } from '../routines.ts';
import type { Expression } from '../types.ts';
import { childrenOf, type Editor, tableAt } from './editor.ts';
import { settled } from './settle.ts';

/** A column as it is made, with the sequence of a serial or identity. */
export function makeColumn(editor: Editor, table: Table, spec: ColumnSpec): Column {
  const { column, type, notNull, defaultTo, identity, generated, collation, serial } = spec;
  const own =
    serial === true || identity !== undefined
      ? makeSequence(editor, table, column.name, serial === true ? type.name : undefined)
      : undefined;
  const standard =
    serial === true && own !== undefined ? { defaultTo: nextval(own), sequence: own } : defaultOf(editor, defaultTo);
  const notNullHere = notNull || serial === true || identity !== undefined;
  return {
    name: column.name,
    type: settledType(editor.catalog, type),
    nullable: !notNullHere,
    notNullHere,
    inherited: false,
    local: true,
    origin: editor.origin,
    ...(generated === undefined
      ? standard
      : { generated: { ...generated, expression: settled(editor, generated.expression) } }),
    ...(identity === undefined ? {} : { identity }),
    ...(collation === undefined ? {} : { collation }),
  };
}

/** A sequence under a made-up name, owned by the column. That of an identity follows the column's type, that of a serial does not. */
export function makeSequence(editor: Editor, table: Table, column: string, type?: string): ObjectKey {
  const name = { schema: table.name.schema, name: editor.semantics.sequenceName(editor.catalog, table.name, column) };
  const key = keyOf('rel', name);
  const owner = keyOf('rel', table.name);
  const ownedBy = { table: owner, column };
  editor.set(key, { kind: 'sequence', name, origin: editor.origin, ownedBy, ...(type === undefined ? {} : { type }) });
  return key;
}

/** Its name stands in it without a schema, which the search path may not find: what it counts up is known by key. */
function nextval(sequence: ObjectKey): Expression {
  const name = sequence.slice(sequence.lastIndexOf('.') + 1);
  return {
    text: `nextval('${name}'::regclass)`,
    volatility: 'volatile',
    constant: false,
    isNull: false,
    columns: [],
    functions: ['nextval'],
    sequence: { name },
    provesNotNull: [],
  };
}

/** A default, and the sequence that it counts up. DEFAULT NULL is none. */
export function defaultOf(editor: Editor, value: Expression | undefined): Pick<Column, 'defaultTo' | 'sequence'> {
  if (value === undefined || value.isNull) return {};
  const sequence =
    value.sequence === undefined ? undefined : editor.resolve('rel', { ...value.sequence, span: nowhere });
  return { defaultTo: settled(editor, value), ...(sequence === undefined ? {} : { sequence }) };
}

/** Changes one column of a table and of everything that inherits from it. */
export function changeColumn(
  editor: Editor,
  key: ObjectKey,
  name: string,
  change: (column: Column) => Column,
  only = false,
): void {
  for (const each of only ? [key] : [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    if (table === undefined || !table.columns.some((column) => column.name === name)) continue;
    editor.set(each, {
      ...table,
      columns: table.columns.map((column) => (column.name === name ? change(column) : column)),
    });
  }
}

/** Sequences that the column owns; without one, those of all columns. */
export function ownedSequences(editor: Editor, key: ObjectKey, column?: string): readonly ObjectKey[] {
  return editor.dependents(key).filter((each) => {
    const object = editor.get(each);
    return (
      object?.kind === 'sequence' &&
      object.ownedBy?.table === key &&
      (column === undefined || object.ownedBy.column === column)
    );
  });
}
