import type { Column, Constraint, ObjectKey, Table } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { parentsOf } from '../family.ts';
import type { ObjectName } from '../names.ts';
import { addConstraint, inheritConstraint, specOf } from './constraints.ts';
import { childrenOf, type Editor, indexAt, tableAt, tableOf } from './editor.ts';
import { hasNamedNotNulls, inheritedFrom, joinNotNulls } from './named-not-null.ts';
import { inheritIndex } from './partition-indexes.ts';
import { inheritTriggers, removeTrigger } from './triggers.ts';

/** INHERITS of a new table. */
export function inherit(editor: Editor, key: ObjectKey, parentName: ObjectName): void {
  const parent = tableOf(editor, parentName);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  if (parent === undefined) return editor.set(key, { ...table, partial: true });
  editor.set(key, {
    ...withParentColumns(editor, withDefaultsOf(table, parent.table), parent.table, withoutIdentity),
    inherits: [...table.inherits, parent.key],
  });
  inheritChecks(editor, key, parent.table);
}

/** Of several parents the first one that has a default for the column gives it. */
function withDefaultsOf(table: Table, parent: Table): Table {
  const columns = table.columns.map((own): Column => {
    if (own.defaultTo !== undefined || own.generated !== undefined) return own;
    const { defaultTo, sequence } = parent.columns.find(({ name }) => name === own.name) ?? {};
    return {
      ...own,
      ...(defaultTo === undefined ? {} : { defaultTo }),
      ...(sequence === undefined ? {} : { sequence }),
    };
  });
  return { ...table, columns };
}

function withoutIdentity({ identity: _, ...column }: Column): Column {
  return column;
}

/** Columns of the parent that the table lacks; those of one name are one, with the stricter NOT NULL. */
function withParentColumns(editor: Editor, table: Table, parent: Table, inherited: (column: Column) => Column): Table {
  const merged = table.columns.map((own) => {
    const other = parent.columns.find(({ name }) => name === own.name);
    return other === undefined ? own : { ...own, inherited: true, nullable: own.nullable && other.nullable };
  });
  const added = parent.columns
    .filter(({ name }) => !table.columns.some((own) => own.name === name))
    .map((column) => ({
      ...inherited(column),
      inherited: true,
      local: false,
      notNullHere: false,
      origin: editor.origin,
    }));
  return { ...table, partial: table.partial || parent.partial, columns: [...merged, ...added] };
}

function inheritChecks(editor: Editor, key: ObjectKey, parent: Table): void {
  for (const each of parent.constraints)
    if (isOfRows(editor, each) && each.inheritable)
      addConstraint(editor, key, { ...specOf(editor, each, true), notValid: false }, { inherited: each.name });
}

/** A partition has its parent's columns, constraints, indexes and row triggers, the indexes under names of its own. */
export function attach(
  editor: Editor,
  key: ObjectKey,
  parentName: ObjectName,
  { isDefault, bound }: Pick<ChangeOf<'AttachPartition'>, 'isDefault' | 'bound'>,
): void {
  const parent = tableOf(editor, parentName);
  const table = tableAt(editor, key);
  if (table === undefined) return;
  if (parent === undefined) return editor.set(key, { ...table, partial: true });
  if (isBelow(editor, parent.key, key)) return;
  const isNew = table.columns.length === 0;
  const { partitionsShareIdentity } = editor.semantics.habits;
  const shared = partitionsShareIdentity ? (column: Column) => column : withoutIdentity;
  const joined = withParentColumns(editor, table, parent.table, shared);
  const columns = isNew
    ? joined.columns
    : (partitionsShareIdentity ? withIdentityOf(parent.table, joined.columns) : joined.columns).map(
        (column): Column => ({ ...column, local: false, notNullHere: false }),
      );
  editor.set(key, {
    ...joined,
    columns,
    partitionOf: { parent: parent.key, isDefault, ...(bound === undefined ? {} : { bound }) },
  });
  for (const each of parent.table.constraints)
    if (each.index === undefined && each.inheritable && !isNamedNotNull(editor, each))
      inheritConstraint(editor, key, isNew && isOfRows(editor, each) ? { ...each, validated: each.enforced } : each);
  for (const index of parent.table.indexes) {
    const constraint = parent.table.constraints.find((each) => each.index === index);
    if (constraint === undefined) inheritIndex(editor, key, index);
    else inheritConstraint(editor, key, constraint, editor.semantics.habits.attachedKeysAreOfOneKind);
  }
  inheritTriggers(editor, key, parent.table);
  if (hasNamedNotNulls(editor)) joinNotNulls(editor, key);
}

/** It holds for a new table, which has no rows. */
function isOfRows(editor: Editor, constraint: Constraint): boolean {
  return constraint.kind === 'check' || (constraint.kind === 'not-null' && !isNamedNotNull(editor, constraint));
}

function isNamedNotNull(editor: Editor, { kind }: Constraint): boolean {
  return kind === 'not-null' && hasNamedNotNulls(editor);
}

function withIdentityOf(parent: Table, columns: readonly Column[]): readonly Column[] {
  return columns.map((column) => {
    const identity = parent.columns.find(({ name }) => name === column.name)?.identity;
    return identity === undefined ? column : { ...column, identity };
  });
}

/** The server refuses circles. */
function isBelow(editor: Editor, key: ObjectKey, above: ObjectKey): boolean {
  return key === above || childrenOf(editor, above).includes(key);
}

export function detach(editor: Editor, key: ObjectKey): void {
  const table = tableAt(editor, key);
  if (table?.partitionOf === undefined) return;
  for (const copy of table.triggers.filter(({ inherited }) => inherited !== undefined))
    removeTrigger(editor, key, ({ name }) => name === copy.name);
  const { partitionOf: _, ...rest } = tableAt(editor, key) ?? table;
  editor.set(key, {
    ...rest,
    columns: rest.columns.map((column) => ({
      ...(editor.semantics.habits.partitionsShareIdentity ? withoutIdentity(column) : column),
      inherited: false,
      local: true,
      notNullHere: !column.nullable,
    })),
    constraints: rest.constraints.map(({ inherited: _, ...each }) => ({ ...each, local: true })),
  });
  for (const each of rest.indexes) {
    const index = indexAt(editor, each);
    if (index?.parent === undefined) continue;
    const { parent: _, ...free } = index;
    editor.set(each, free);
  }
}

/** `INHERIT p` and `NO INHERIT p`: columns and checks are there already, and stay. */
export function setInheritance(editor: Editor, key: ObjectKey, change: ChangeOf<'SetInheritance'>): void {
  const parent = tableOf(editor, change.parent);
  const table = tableAt(editor, key);
  if (parent === undefined || table === undefined) return;
  if (change.inherit) {
    if (isBelow(editor, parent.key, key) || table.inherits.includes(parent.key)) return;
    const joined = withParentColumns(editor, table, parent.table, withoutIdentity);
    editor.set(key, { ...joined, inherits: [...table.inherits, parent.key] });
    inheritChecks(editor, key, parent.table);
    return hasNamedNotNulls(editor) ? joinNotNulls(editor, key) : undefined;
  }
  const inherits = table.inherits.filter((each) => each !== parent.key);
  editor.set(key, freed(editor, { ...table, inherits }));
}

/** What no parent has any more is the table's own. */
function freed(editor: Editor, table: Table): Table {
  const parents = parentsOf(table).flatMap((parent) => tableAt(editor, parent) ?? []);
  return {
    ...table,
    columns: table.columns.map((column) => {
      const above = parents.flatMap(({ columns }) => columns.find(({ name }) => name === column.name) ?? []);
      const isForbidden = above.some(({ nullable }) => !nullable);
      const own = isForbidden ? column : { ...column, notNullHere: !column.nullable };
      return column.inherited && above.length === 0 ? { ...own, inherited: false, local: true } : own;
    }),
    constraints: table.constraints.map((constraint) => {
      const { inherited, ...own } = constraint;
      const kept = isNamedNotNull(editor, constraint)
        ? inheritedFrom(editor, table, constraint.columns[0] ?? '') !== undefined
        : parents.some(({ constraints }) => constraints.some(({ name }) => name === inherited));
      return inherited === undefined || kept ? constraint : { ...own, local: true };
    }),
  };
}
