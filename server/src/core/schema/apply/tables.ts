import { hasStandIn } from '../../text/stand-in.ts';
import type { Column, ObjectKey, Table } from '../catalog.ts';
import type { ChangeOf, ColumnSpec, ConstraintSpec } from '../change.ts';
import { keyOf, newName, temporarySchema } from '../keys.ts';
import { settledType } from '../routines.ts';
import { makeColumn } from './columns.ts';
import { addConstraint } from './constraints.ts';
import { withoutDefault } from './drop.ts';
import { childrenAt, type Editor, isTaken, tableAt } from './editor.ts';
import { attach, inherit } from './inherit.ts';
import { copyLikeColumns, copyLikeParts } from './like.ts';
import { addNotNull, hasNamedNotNulls, makeNotNulls, type NotNull, notNullOf, notNullsIn } from './named-not-null.ts';
import { settledKey } from './settle.ts';
import { typedColumn, typeMade } from './types.ts';

export function createTable(editor: Editor, change: ChangeOf<'CreateTable'>): void {
  const name = newName(editor.catalog, change.table, change.temporary);
  const key = keyOf('rel', name);
  editor.untaint(key);
  if (isTaken(editor, name, { kind: 'table' })) return;
  const empty: Table = {
    kind: 'table',
    name,
    origin: editor.origin,
    columns: [],
    constraints: [],
    indexes: [],
    triggers: [],
    policies: [],
    rules: [],
    rowSecurity: { enabled: false, forced: false },
    replicaIdentity: { kind: 'default' },
    temporary: name.schema === temporarySchema,
    inherits: [],
    rows: change.asQuery === undefined ? 'empty' : 'filled',
    partial: change.asQuery !== undefined && change.columns.length === 0,
    options: change.options ?? {},
    ...(change.partitionBy === undefined
      ? {}
      : {
          partitionBy: {
            ...change.partitionBy,
            keys: change.partitionBy.keys.map((each) => settledKey(editor, each)),
          },
        }),
  };
  // Its own row type is not there yet.
  const columns = change.columns.map((spec) => ({ ...spec, type: settledType(editor.catalog, spec.type) }));
  editor.set(key, { ...empty, ...typed(editor, change.options?.ofType) });
  for (const parent of change.inherits) inherit(editor, key, parent);
  if (change.partitionOf !== undefined) attach(editor, key, change.partitionOf.parent, change.partitionOf);
  addElements(editor, key, { ...change, columns });
  refineColumns(editor, key, change.refined ?? []);
  addElementConstraints(editor, key, change);
  for (const like of change.like) copyLikeParts(editor, key, like.table, like.including);
}

/** Where each NOT NULL is a constraint, they come between the checks and the keys. */
function addElementConstraints(editor: Editor, key: ObjectKey, change: ChangeOf<'CreateTable'>): void {
  const { constraints } = change;
  if (!hasNamedNotNulls(editor)) return addConstraints(editor, key, constraints);
  const ofKind = (isMeant: (kind: ConstraintSpec['kind']) => boolean) =>
    constraints.filter(({ kind }) => isMeant(kind));
  addConstraints(
    editor,
    key,
    ofKind((kind) => kind === 'check'),
  );
  makeNotNulls(editor, key, notNullsIn(editor, change));
  addConstraints(
    editor,
    key,
    ofKind((kind) => kind !== 'check' && kind !== 'not-null'),
  );
}

/** `CREATE TABLE t OF c` */
function typed(editor: Editor, name: unknown): Pick<Table, 'ofType' | 'columns'> | Record<never, never> {
  if (name === undefined) return {};
  const made = typeMade(editor, name);
  if (made === undefined) return { partial: true };
  const columns = made.type.attributes.map((each) => typedColumn(editor, each.name, each.type));
  return { ofType: made.key, columns };
}

/** Columns and LIKE, in the order in which they are written. */
function addElements(editor: Editor, key: ObjectKey, { columns, like }: ChangeOf<'CreateTable'>): void {
  let from = 0;
  for (const each of like.toSorted((a, b) => a.at - b.at)) {
    addOwnColumns(editor, key, columns.slice(from, each.at));
    copyLikeColumns(editor, key, each.table, each.including);
    from = each.at;
  }
  addOwnColumns(editor, key, columns.slice(from));
}

/** `CREATE TABLE t OF c (a NOT NULL)`: a default is its own, NULLs are forbidden where it or its parent says so. */
function refineColumns(editor: Editor, key: ObjectKey, specs: readonly ColumnSpec[]): void {
  for (const spec of specs) {
    const table = tableAt(editor, key);
    const old = table?.columns.find(({ name }) => name === spec.column.name);
    if (table === undefined || old === undefined) continue;
    const { type: _, origin: __, local: ___, inherited: ____, ...said } = makeColumn(editor, table, spec);
    const kept = spec.defaultTo === undefined ? old : withoutDefault(old);
    const refined = { ...kept, ...said, nullable: old.nullable && said.nullable };
    editor.set(key, { ...table, columns: table.columns.map((each) => (each === old ? refined : each)) });
  }
}

/** A column that a parent has too is merged: the stricter NOT NULL, the own default. All at once, for there may be thousands. */
function addOwnColumns(editor: Editor, key: ObjectKey, specs: readonly ColumnSpec[]): void {
  const table = tableAt(editor, key);
  if (table === undefined || specs.length === 0) return;
  const columns = new Map(table.columns.map((column) => [column.name, column] as const));
  for (const spec of specs) {
    const made = makeColumn(editor, table, spec);
    columns.set(made.name, merge(columns.get(made.name), made));
  }
  const partial = table.partial || specs.some(({ column }) => hasStandIn(column.name));
  editor.set(key, { ...table, partial, columns: [...columns.values()] });
}

function merge(old: Column | undefined, made: Column): Column {
  if (old === undefined) return made;
  const { name: _, type: __, inherited: ___, ...own } = made;
  return { ...old, ...own, nullable: made.nullable && old.nullable };
}

/**
 * Constraints of one statement, in the server's order: checks, the primary key, unique ones, foreign keys. Two that ask
 * for the same index are one.
 */
export function addConstraints(editor: Editor, key: ObjectKey, specs: readonly ConstraintSpec[]): void {
  for (const spec of merged(specs.toSorted((a, b) => RANKS[a.kind] - RANKS[b.kind]))) addConstraint(editor, key, spec);
}

const RANKS: Readonly<Record<ConstraintSpec['kind'], number>> = {
  check: 0,
  'not-null': 0,
  'primary-key': 1,
  unique: 2,
  exclude: 2,
  'foreign-key': 3,
};

function merged(specs: readonly ConstraintSpec[]): readonly ConstraintSpec[] {
  const kept: ConstraintSpec[] = [];
  for (const spec of specs) {
    const at = kept.findIndex((each) => asksForSameIndex(each, spec));
    const first = kept[at];
    if (first === undefined) kept.push(spec);
    else if (first.name === undefined && spec.name !== undefined) kept[at] = { ...first, name: spec.name };
  }
  return kept;
}

function asksForSameIndex(a: ConstraintSpec, b: ConstraintSpec): boolean {
  if (a.kind === 'foreign-key' || a.kind === 'check' || a.kind === 'not-null') return false;
  return (
    b.kind === (a.kind === 'exclude' ? 'exclude' : 'unique') &&
    a.options?.method === b.options?.method &&
    a.where?.text === b.where?.text &&
    a.usingIndex === undefined &&
    b.usingIndex === undefined &&
    names(a) === names(b) &&
    String(a.options?.includes ?? '') === String(b.options?.includes ?? '') &&
    a.deferrable === b.deferrable &&
    a.initiallyDeferred === b.initiallyDeferred &&
    (a.options?.nullsNotDistinct === true) === (b.options?.nullsNotDistinct === true)
  );
}

function names({ columns }: ConstraintSpec): string {
  return JSON.stringify(columns.map(({ name }) => name));
}

/** A column on the table and on everything below it; a child that has one of this name keeps its own, merged. */
export function addColumn(editor: Editor, key: ObjectKey, change: ChangeOf<'AddColumn'>): void {
  const table = tableAt(editor, key);
  if (table === undefined || table.columns.some(({ name }) => name === change.spec.column.name)) return;
  // It may be there already, with or without what the statement would bring.
  if (table.partial && change.ifNotExists) return;
  const column = makeColumn(editor, table, change.spec);
  const now = tableAt(editor, key) ?? table;
  editor.set(key, { ...now, partial: now.partial || hasStandIn(column.name), columns: [...now.columns, column] });
  if (change.options?.only !== true) addToChildren(editor, key, column);
  if (!column.nullable && hasNamedNotNulls(editor)) addNotNull(editor, key, saidAt(change));
  addConstraints(editor, key, change.constraints);
}

/** Its name may be said beside it. */
function saidAt({ spec: { column }, constraints }: ChangeOf<'AddColumn'>): NotNull {
  const named = constraints.find(({ kind }) => kind === 'not-null');
  return named === undefined ? { column: column.name } : notNullOf(named);
}

function addToChildren(editor: Editor, key: ObjectKey, column: Column): void {
  for (const child of childrenAt(editor, key)) {
    const table = tableAt(editor, child);
    if (table === undefined) continue;
    const old = table.columns.find(({ name }) => name === column.name);
    const made: Column =
      old === undefined
        ? { ...column, inherited: true, local: false, notNullHere: false }
        : { ...old, inherited: true };
    const others = table.columns;
    editor.set(child, {
      ...table,
      columns: old === undefined ? [...others, made] : others.map((each) => (each === old ? made : each)),
    });
    if (old === undefined) addToChildren(editor, child, column);
  }
}
