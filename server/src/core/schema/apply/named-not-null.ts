import { nowhere } from '../../text/nowhere.ts';
import type { Constraint, ObjectKey, Table } from '../catalog.ts';
import type { ChangeOf, ConstraintSpec } from '../change.ts';
import { parentsOf } from '../family.ts';
import type { ObjectName } from '../names.ts';
import { childrenAt, childrenOf, type Editor, tableAt, tableOf } from './editor.ts';

/**
 * From PostgreSQL 18 on each NOT NULL is a constraint with a name, of which a column has one at most; whether the column is
 * nullable follows from it. `not-null.ts` is about the versions before.
 */
export interface NotNull {
  readonly column: string;
  /** Undefined: the engine makes one up. */
  readonly name?: string;
  readonly noInherit?: boolean;
  readonly notValid?: boolean;
}

export function hasNamedNotNulls({ semantics }: Editor): boolean {
  return semantics.habits.notNullsAreConstraints === true;
}

export function notNullOf(spec: ConstraintSpec): NotNull {
  const { name, columns, notValid, options } = spec;
  return {
    column: columns[0]?.name ?? '',
    ...(name === undefined ? {} : { name: name.name }),
    noInherit: options?.noInherit === true,
    notValid,
  };
}

/** What CREATE TABLE says and copies: at columns, of LIKE, at the table, and of the columns of its primary key. */
export function notNullsIn(
  editor: Editor,
  { columns, refined = [], constraints, like }: ChangeOf<'CreateTable'>,
): readonly NotNull[] {
  const ofKind = (kind: ConstraintSpec['kind']) => constraints.filter((each) => each.kind === kind);
  return [
    ...[...columns, ...refined].flatMap(({ column, notNull, serial, identity }) =>
      notNull || serial === true || identity !== undefined ? [{ column: column.name }] : [],
    ),
    ...like.flatMap(({ table }) => copied(editor, table)),
    ...ofKind('not-null').map(notNullOf),
    ...ofKind('primary-key').flatMap((key) => key.columns.map(({ name }) => ({ column: name }))),
  ];
}

/** LIKE keeps their names. */
function copied(editor: Editor, source: ObjectName): readonly NotNull[] {
  return namedIn(tableOf(editor, source)?.table).map(({ columns: [column = ''], name, inheritable }) => ({
    column,
    name,
    noInherit: !inheritable,
  }));
}

/** All of a new table at once, for there may be thousands: those that are said, and those of its parents under their names. */
export function makeNotNulls(editor: Editor, key: ObjectKey, said: readonly NotNull[]): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const above = new Map<string, Constraint>();
  for (const parent of parentsOf(table))
    for (const each of inheritableAt(editor, parent)) if (!above.has(columnOf(each))) above.set(columnOf(each), each);
  const taken = new Set<string>();
  const make = (one: NotNull, isLocal: boolean): Constraint => {
    const made = constraintOf(editor, table, one, { taken, isLocal, inherited: above.get(one.column)?.name });
    taken.add(made.name);
    return made;
  };
  const own = [...merged(said).values()].map((each) => make(each, true));
  const ownColumns = new Set(own.map(columnOf));
  const others = [...above]
    .filter(([column]) => !ownColumns.has(column))
    .map(([column, { name }]) => make(taken.has(name) ? { column } : { column, name }, false));
  editor.set(key, withNotNulls(table, [...table.constraints, ...own, ...others]));
}

/** Several for one column are one; it has the name that one of them has. */
function merged(said: readonly NotNull[]): ReadonlyMap<string, NotNull> {
  const found = new Map<string, NotNull>();
  for (const each of said) {
    const old = found.get(each.column);
    found.set(each.column, old === undefined ? each : { ...each, ...old });
  }
  return found;
}

/** On a table that stands and on those below it, where a column has none yet; those below are given its name. */
export function addNotNull(editor: Editor, key: ObjectKey, said: NotNull, above?: Constraint): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const old = namedIn(table).find((each) => columnOf(each) === said.column);
  if (old !== undefined) {
    const next = above === undefined ? { ...old, local: true } : { ...old, inherited: above.name };
    return editor.set(key, withNotNulls(table, replaced(table, old, next)));
  }
  const isLocal = above === undefined;
  const made = constraintOf(editor, table, said, { taken: new Set(), isLocal, inherited: above?.name });
  editor.set(key, withNotNulls(table, [...table.constraints, made]));
  if (!made.inheritable) return;
  for (const child of childrenAt(editor, key)) addNotNull(editor, child, { ...said, name: made.name }, made);
}

/** A primary key is content with one that is there. */
export function requireNotNull(editor: Editor, key: ObjectKey, column: string): void {
  const isThere = namedIn(tableAt(editor, key)).some((each) => columnOf(each) === column);
  if (!isThere) addNotNull(editor, key, { column });
}

/** SET NOT NULL: one that waits for its validation is validated. With ONLY those below stay as they are. */
export function setNamedNotNull(editor: Editor, key: ObjectKey, column: string, only: boolean): void {
  const old = namedIn(tableAt(editor, key)).find((each) => columnOf(each) === column);
  if (old?.local === true && !old.validated) validateNotNull(editor, key, column);
  else addNotNull(editor, key, { column, noInherit: only && childrenAt(editor, key).length > 0 });
}

export function validateNotNull(editor: Editor, key: ObjectKey, column: string): void {
  for (const each of [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    const own = namedIn(table).find((one) => columnOf(one) === column);
    if (table !== undefined && own !== undefined && !own.validated)
      editor.set(each, withNotNulls(table, replaced(table, own, { ...own, validated: true })));
  }
}

/** One that a parent has too is only no longer the table's own. Those below that have it from here alone go with it. */
export function dropNamedNotNull(editor: Editor, key: ObjectKey, column: string, only: boolean): void {
  const table = tableAt(editor, key);
  const own = namedIn(table).find((each) => columnOf(each) === column);
  if (table === undefined || own === undefined) return;
  if (inheritedFrom(editor, table, column) !== undefined) {
    if (own.local) editor.set(key, withNotNulls(table, replaced(table, own, { ...own, local: false })));
    return;
  }
  editor.set(key, withNotNulls(table, replaced(table, own)));
  for (const child of childrenAt(editor, key)) loseParents(editor, child, column, only);
}

/** @param keeps it becomes the table's own, whatever it was */
function loseParents(editor: Editor, key: ObjectKey, column: string, keeps: boolean): void {
  const table = tableAt(editor, key);
  const own = namedIn(table).find((each) => columnOf(each) === column);
  if (table === undefined || own?.inherited === undefined) return;
  const above = inheritedFrom(editor, table, column);
  if (above === undefined && !own.local && !keeps) return dropNamedNotNull(editor, key, column, false);
  const { inherited: _, ...free } = own;
  const next = { ...free, local: own.local || keeps, ...(above === undefined ? {} : { inherited: above }) };
  editor.set(key, withNotNulls(table, replaced(table, own, next)));
}

/** `ALTER CONSTRAINT c [NO] INHERIT`: of those right below. */
export function setInheritable(editor: Editor, key: ObjectKey, own: Constraint, inheritable: boolean): void {
  const table = tableAt(editor, key);
  if (table === undefined || own.inheritable === inheritable) return;
  editor.set(key, withNotNulls(table, replaced(table, own, { ...own, inheritable })));
  for (const child of childrenAt(editor, key))
    if (inheritable) addNotNull(editor, child, { column: columnOf(own), name: own.name }, own);
    else loseParents(editor, child, columnOf(own), true);
}

/** A table that stands joins the tables below its parents: it has their NOT NULLs already, under names of its own. */
export function joinNotNulls(editor: Editor, key: ObjectKey): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const constraints = table.constraints.map((each): Constraint => {
    const above = each.kind === 'not-null' ? inheritedFrom(editor, table, columnOf(each)) : undefined;
    if (above === undefined) return each;
    return { ...each, inherited: above, local: each.local && table.partitionOf === undefined };
  });
  editor.set(key, withNotNulls(table, constraints));
}

/** Name of what one of the parents has for the column and hands down. */
export function inheritedFrom(editor: Editor, table: Table, column: string): string | undefined {
  for (const parent of parentsOf(table))
    for (const each of inheritableAt(editor, parent)) if (columnOf(each) === column) return each.name;
  return undefined;
}

function inheritableAt(editor: Editor, key: ObjectKey): readonly Constraint[] {
  return namedIn(tableAt(editor, key)).filter(({ inheritable }) => inheritable);
}

function namedIn(table: Table | undefined): readonly Constraint[] {
  return table?.constraints.filter(({ kind }) => kind === 'not-null') ?? [];
}

function columnOf({ columns }: Constraint): string {
  return columns[0] ?? '';
}

function replaced({ constraints }: Table, old: Constraint, next?: Constraint): readonly Constraint[] {
  return constraints.flatMap((each) => (each === old ? (next ?? []) : [each]));
}

/** The table with these constraints, and its columns as they say. */
function withNotNulls(table: Table, constraints: readonly Constraint[]): Table {
  const next = { ...table, constraints };
  const forbidding = new Set(namedIn(next).flatMap(({ validated, columns }) => (validated ? columns : [])));
  const columns = table.columns.map((column) => {
    const nullable = !forbidding.has(column.name);
    return column.nullable === nullable ? column : { ...column, nullable };
  });
  return { ...next, columns };
}

function constraintOf(
  editor: Editor,
  table: Table,
  { column, name, noInherit, notValid }: NotNull,
  how: {
    readonly taken: ReadonlySet<string>;
    readonly isLocal: boolean;
    readonly inherited: string | undefined;
  },
): Constraint {
  const { inherited, isLocal, taken } = how;
  const made = {
    kind: 'not-null',
    columns: [{ name: column, span: nowhere }],
    ...attributes,
    notValid: false,
    span: nowhere,
  } as const;
  return {
    name: name ?? editor.semantics.constraintName(editor.catalog, table.name, made, undefined, taken),
    kind: 'not-null',
    columns: [column],
    inheritable: noInherit !== true,
    local: isLocal,
    validated: notValid !== true,
    ...attributes,
    origin: editor.origin,
    ...(inherited === undefined ? {} : { inherited }),
  };
}

const attributes = { enforced: true, deferrable: false, initiallyDeferred: false } as const;
