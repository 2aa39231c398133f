import type { Column, Constraint, Index, ObjectKey, Table } from '../catalog.ts';
import type { ConstraintSpec } from '../change.ts';
import { keyOf } from '../keys.ts';
import { type Editor, indexAt, tableAt } from './editor.ts';

/** Adds a constraint with everything that comes with it: its index, NOT NULL of a key, the link to the referenced table. */
export function addConstraint(editor: Editor, key: ObjectKey, spec: ConstraintSpec): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const carried =
    spec.usingIndex === undefined ? undefined : keyOf('rel', { schema: table.name.schema, name: spec.usingIndex.name });
  const name =
    spec.name?.name ?? spec.usingIndex?.name ?? editor.semantics.constraintName(editor.catalog, table.name, spec);
  if (table.constraints.some((each) => each.name === name)) return;
  const columns = carried === undefined ? spec.columns.map((each) => each.name) : indexColumns(editor, carried);
  const index = hasIndex(spec) ? makeIndex(editor, key, table, name, columns, spec, carried) : undefined;
  const constraint: Constraint = {
    name,
    kind: spec.kind,
    columns,
    validated: !spec.notValid,
    enforced: spec.enforced,
    deferrable: spec.deferrable,
    initiallyDeferred: spec.initiallyDeferred,
    origin: editor.origin,
    ...(spec.expression === undefined ? {} : { expression: spec.expression }),
    ...(index === undefined ? {} : { index }),
    ...referencesOf(editor, key, spec),
  };
  const now = tableAt(editor, key) ?? table;
  const notNull =
    spec.kind === 'primary-key' || (spec.kind === 'not-null' && !spec.notValid) ? new Set(columns) : new Set<string>();
  editor.set(key, {
    ...now,
    columns: now.columns.map(
      (column): Column => (notNull.has(column.name) && column.nullable ? { ...column, nullable: false } : column),
    ),
    constraints: [...now.constraints, constraint],
  });
}

function hasIndex({ kind }: ConstraintSpec): boolean {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclude';
}

function indexColumns(editor: Editor, key: ObjectKey): readonly string[] {
  return indexAt(editor, key)?.keys.flatMap(({ column }) => column ?? []) ?? [];
}

/** USING INDEX renames the index to the constraint's name. */
function makeIndex(
  editor: Editor,
  tableKey: ObjectKey,
  table: Table,
  name: string,
  columns: readonly string[],
  spec: ConstraintSpec,
  carried: ObjectKey | undefined,
): ObjectKey {
  const target = keyOf('rel', { schema: table.name.schema, name });
  const old = carried === undefined ? undefined : indexAt(editor, carried);
  const made: Index = {
    kind: 'index',
    name: { schema: table.name.schema, name },
    origin: old?.origin ?? editor.origin,
    table: tableKey,
    unique: spec.kind !== 'exclude',
    method: 'btree',
    keys: old?.keys ?? columns.map((column) => ({ column, descending: false, nullsFirst: false })),
    includes: old?.includes ?? [],
    nullsNotDistinct: old?.nullsNotDistinct ?? false,
    valid: true,
  };
  if (carried !== undefined && carried !== target) editor.set(carried, undefined);
  editor.set(target, made);
  const now = tableAt(editor, tableKey) ?? table;
  const others = now.indexes.filter((each) => each !== carried && each !== target);
  editor.set(tableKey, { ...now, indexes: [...others, target] });
  return target;
}

function referencesOf(editor: Editor, key: ObjectKey, { references }: ConstraintSpec): Pick<Constraint, 'references'> {
  if (references === undefined) return {};
  const target =
    editor.resolve('rel', references.table) ??
    keyOf('rel', {
      schema: references.table.schema ?? editor.catalog.searchPath[0] ?? 'public',
      name: references.table.name,
    });
  const columns =
    references.columns.length > 0 ? references.columns.map(({ name }) => name) : primaryKey(tableAt(editor, target));
  if (target !== key) editor.depend(target, key);
  return { references: { table: target, columns, onDelete: references.onDelete, onUpdate: references.onUpdate } };
}

function primaryKey(table: Table | undefined): readonly string[] {
  return table?.constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? [];
}

/** Drops a constraint and its index. Foreign keys of other tables that lean on it go with CASCADE only. */
export function dropConstraint(editor: Editor, key: ObjectKey, name: string, cascade: boolean): void {
  const table = tableAt(editor, key);
  const constraint = table?.constraints.find((each) => each.name === name);
  if (table === undefined || constraint === undefined) return;
  const leaning =
    constraint.index === undefined
      ? []
      : foreignKeysTo(editor, key).filter(({ constraint: each }) =>
          sameColumns(each.references?.columns ?? [], constraint.columns),
        );
  if (leaning.length > 0 && !cascade) return;
  for (const each of leaning) dropConstraint(editor, each.table, each.constraint.name, true);
  const now = tableAt(editor, key) ?? table;
  if (constraint.index !== undefined) editor.set(constraint.index, undefined);
  const constraints = now.constraints.filter((each) => each.name !== name);
  editor.set(key, { ...now, constraints, indexes: now.indexes.filter((each) => each !== constraint.index) });
  const target = constraint.references?.table;
  if (target !== undefined && !constraints.some((each) => each.references?.table === target))
    editor.independ(target, key);
}

export interface ForeignKey {
  readonly table: ObjectKey;
  readonly constraint: Constraint;
}

/** Foreign keys of other tables, and of the table itself, that point to it. */
export function foreignKeysTo(editor: Editor, key: ObjectKey): readonly ForeignKey[] {
  return [key, ...editor.dependents(key)].flatMap((from) =>
    (tableAt(editor, from)?.constraints ?? [])
      .filter(({ references }) => references?.table === key)
      .map((constraint) => ({ table: from, constraint })),
  );
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}
