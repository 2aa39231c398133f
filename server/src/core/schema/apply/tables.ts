import type { Column, Constraint, ObjectKey, Table } from '../catalog.ts';
import type { ChangeOf, ConstraintSpec } from '../change.ts';
import { keyOf, newName } from '../keys.ts';
import type { Ident, ObjectName } from '../names.ts';
import { makeColumn } from './columns.ts';
import { addConstraint } from './constraints.ts';
import { childrenOf, type Editor, indexAt, tableAt, tableOf } from './editor.ts';

export function createTable(editor: Editor, change: ChangeOf<'CreateTable'>): void {
  const name = newName(editor.catalog, change.table, change.temporary);
  const key = keyOf('rel', name);
  editor.untaint(key);
  if (editor.get(key) !== undefined) return;
  const empty: Table = {
    kind: 'table',
    name,
    origin: editor.origin,
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    temporary: change.temporary,
    inherits: [],
    rows: change.asQuery === undefined ? 'empty' : 'filled',
    partial: change.asQuery !== undefined && change.columns.length === 0,
    options: change.options ?? {},
    ...(change.partitionBy === undefined ? {} : { partitionBy: change.partitionBy }),
  };
  editor.set(key, empty);
  for (const parent of change.inherits) inherit(editor, key, parent);
  if (change.partitionOf !== undefined) attach(editor, key, change.partitionOf.parent, change.partitionOf.isDefault);
  for (const like of change.like) copyLike(editor, key, like.table, like.including);
  addOwnColumns(editor, key, change);
  for (const constraint of change.constraints) addConstraint(editor, key, constraint);
}

/** A column that the parent has too is merged: the stricter NOT NULL, the own default. */
function addOwnColumns(editor: Editor, key: ObjectKey, change: ChangeOf<'CreateTable'>): void {
  for (const spec of change.columns) {
    const table = tableAt(editor, key);
    if (table === undefined) return;
    const made = makeColumn(editor, table, spec);
    const index = table.columns.findIndex(({ name }) => name === made.name);
    const old = table.columns[index];
    if (old === undefined) editor.set(key, { ...table, columns: [...table.columns, made] });
    else {
      const nullable = made.nullable && old.nullable;
      const merged: Column = {
        ...old,
        nullable,
        ...(made.defaultTo === undefined ? {} : { defaultTo: made.defaultTo }),
      };
      editor.set(key, { ...table, columns: table.columns.with(index, merged) });
    }
  }
}

function inherit(editor: Editor, key: ObjectKey, parentName: ObjectName): void {
  const parent = tableOf(editor, parentName);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  if (parent === undefined) return editor.set(key, { ...table, partial: true });
  editor.depend(parent.key, key);
  const known = new Set(table.columns.map(({ name }) => name));
  const columns = parent.table.columns
    .filter(({ name }) => !known.has(name))
    .map((column) => inherited(editor, column));
  const checks = parent.table.constraints
    .filter(({ kind }) => kind === 'check' || kind === 'not-null')
    .map((each) => ({ ...each, origin: editor.origin }));
  editor.set(key, {
    ...table,
    columns: [...table.columns, ...columns],
    constraints: [...table.constraints, ...checks],
    inherits: [...table.inherits, parent.key],
  });
}

function inherited(editor: Editor, { identity, ...column }: Column): Column {
  return { ...column, inherited: true, origin: editor.origin };
}

/** A partition has its parent's columns, constraints and indexes, the latter under names of its own. */
export function attach(editor: Editor, key: ObjectKey, parentName: ObjectName, isDefault: boolean): void {
  const parent = tableOf(editor, parentName);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  if (parent === undefined) return editor.set(key, { ...table, partial: true });
  editor.depend(parent.key, key);
  const known = new Set(table.columns.map(({ name }) => name));
  const copied = parent.table.columns
    .filter(({ name }) => !known.has(name))
    .map((column) => ({ ...column, inherited: true, origin: editor.origin }));
  editor.set(key, { ...table, columns: [...table.columns, ...copied], partitionOf: { parent: parent.key, isDefault } });
  for (const constraint of parent.table.constraints) copyConstraint(editor, key, constraint);
  for (const index of parent.table.indexes) copyIndex(editor, key, index, parent.table);
}

function copyConstraint(editor: Editor, key: ObjectKey, constraint: Constraint): void {
  const table = tableAt(editor, key);
  if (table === undefined || table.constraints.some((each) => sameConstraint(each, constraint))) return;
  const keepsName = constraint.kind === 'check' || constraint.kind === 'foreign-key' || constraint.kind === 'not-null';
  if (constraint.references !== undefined) {
    editor.depend(constraint.references.table, key);
    editor.set(key, { ...table, constraints: [...table.constraints, { ...constraint, origin: editor.origin }] });
    return;
  }
  const span = { start: 0, end: 0 };
  const spec: ConstraintSpec = {
    kind: constraint.kind,
    columns: constraint.columns.map((name): Ident => ({ name, span })),
    notValid: !constraint.validated,
    enforced: constraint.enforced,
    deferrable: constraint.deferrable,
    initiallyDeferred: constraint.initiallyDeferred,
    span,
    ...(keepsName ? { name: { name: constraint.name, span } } : {}),
    ...(constraint.expression === undefined ? {} : { expression: constraint.expression }),
  };
  addConstraint(editor, key, spec);
}

function sameConstraint(a: Constraint, b: Constraint): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'check') return a.name === b.name;
  return a.columns.join() === b.columns.join() && a.references?.table === b.references?.table;
}

function copyIndex(editor: Editor, key: ObjectKey, from: ObjectKey, parent: Table): void {
  if (parent.constraints.some(({ index }) => index === from)) return;
  const index = indexAt(editor, from);
  const table = tableAt(editor, key);
  if (index === undefined || table === undefined) return;
  const alike = table.indexes.some(
    (each) =>
      indexAt(editor, each)
        ?.keys.map(({ column }) => column)
        .join() === index.keys.map(({ column }) => column).join() && indexAt(editor, each)?.unique === index.unique,
  );
  if (alike) return;
  const name = editor.semantics.indexName(editor.catalog, table.name, {
    ...index,
    name: undefined,
  } as unknown as Parameters<typeof editor.semantics.indexName>[2]);
  const qualified = { schema: table.name.schema, name };
  const made = keyOf('rel', qualified);
  editor.set(made, { ...index, name: qualified, table: key, origin: editor.origin });
  editor.set(key, { ...(tableAt(editor, key) ?? table), indexes: [...table.indexes, made] });
}

/** LIKE copies columns with NOT NULL; the rest only as INCLUDING asks. */
function copyLike(editor: Editor, key: ObjectKey, name: ObjectName, including: readonly string[]): void {
  const source = tableOf(editor, name);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  if (source === undefined) return editor.set(key, { ...table, partial: true });
  const all = including.includes('all');
  const has = (what: string) => all || including.includes(what);
  const columns = source.table.columns.map(
    ({ defaultTo, identity, generated, ...column }): Column => ({
      ...column,
      inherited: false,
      origin: editor.origin,
      ...(defaultTo !== undefined && has('defaults') ? { defaultTo } : {}),
      ...(identity !== undefined && has('identity') ? { identity } : {}),
      ...(generated !== undefined && has('generated') ? { generated } : {}),
    }),
  );
  editor.set(key, { ...table, columns: [...table.columns, ...columns] });
  for (const constraint of source.table.constraints) {
    const isIndex = constraint.index !== undefined;
    if (constraint.kind !== 'foreign-key' && (isIndex ? has('indexes') : has('constraints')))
      copyConstraint(editor, key, constraint);
  }
  if (has('indexes')) for (const index of source.table.indexes) copyIndex(editor, key, index, source.table);
}

export function detach(editor: Editor, key: ObjectKey): void {
  const table = tableAt(editor, key);
  if (table?.partitionOf === undefined) return;
  editor.independ(table.partitionOf.parent, key);
  const { partitionOf: _, ...rest } = table;
  editor.set(key, { ...rest, columns: rest.columns.map((column) => ({ ...column, inherited: false })) });
}

export function addColumn(editor: Editor, key: ObjectKey, change: ChangeOf<'AddColumn'>): void {
  for (const each of [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    if (table === undefined || table.columns.some(({ name }) => name === change.spec.column.name)) continue;
    const column = makeColumn(editor, table, change.spec);
    const own = tableAt(editor, each) ?? table;
    editor.set(each, { ...own, columns: [...own.columns, each === key ? column : { ...column, inherited: true }] });
    for (const constraint of change.constraints) addConstraint(editor, each, constraint);
  }
}
