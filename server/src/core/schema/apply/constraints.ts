import { nowhere } from '../../text/nowhere.ts';
import type { Constraint, Index, ObjectKey, Table } from '../catalog.ts';
import type { ConstraintSpec } from '../change.ts';
import { parentsOf } from '../family.ts';
import { keyOf } from '../keys.ts';
import { foreignKeysOn, removeIndex } from './drop-index.ts';
import { childrenAt, childrenOf, type Editor, indexAt, partitionsOf, tableAt } from './editor.ts';
import { addNotNull, dropNamedNotNull, hasNamedNotNulls, notNullOf, requireNotNull } from './named-not-null.ts';
import { dropNotNull, withNulls, withoutNulls } from './not-null.ts';
import { matchingPart } from './partition-indexes.ts';
import { settled } from './settle.ts';

/** Where a constraint comes from that nobody wrote. */
export interface Descent {
  /** Name of the parent's constraint. */
  readonly inherited?: string;
  /** Key of the parent's index that this one's index is a part of. */
  readonly index?: ObjectKey;
  /** Of the index that its own copies. */
  readonly labels?: readonly string[];
}

/**
 * Adds a constraint with everything that comes with it: its index, NOT NULL of a key, the link to the referenced table,
 * and the same constraint on children: a CHECK on all, the others on partitions.
 */
export function addConstraint(
  editor: Editor,
  key: ObjectKey,
  spec: ConstraintSpec,
  descent?: Descent,
  only = false,
): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const isNamed = hasNamedNotNulls(editor);
  if (isNamed && spec.kind === 'not-null') return addNotNull(editor, key, notNullOf(spec));
  const inherited = descent?.inherited;
  const carried =
    spec.usingIndex === undefined ? undefined : keyOf('rel', { schema: table.name.schema, name: spec.usingIndex.name });
  const name =
    spec.name?.name ??
    spec.usingIndex?.name ??
    editor.semantics.constraintName(editor.catalog, table.name, spec, descent?.labels);
  const isShared = editor.semantics.habits.keysShareNames === true;
  const old = table.constraints.find(
    (each) => each.name === name && !(isShared && (each.index !== undefined) !== hasIndex(spec)),
  );
  if (old !== undefined) {
    const merged: Constraint = {
      ...old,
      ...(inherited === undefined
        ? { local: true }
        : { inherited, local: old.local && table.partitionOf === undefined }),
    };
    if (spec.kind === 'check' && old.kind === 'check')
      editor.set(key, { ...table, constraints: table.constraints.map((each) => (each === old ? merged : each)) });
    return;
  }
  const columns = carried === undefined ? spec.columns.map((each) => each.name) : indexColumns(editor, carried);
  if (isNamed && spec.kind === 'primary-key' && inherited === undefined)
    for (const column of columns) requireNotNull(editor, key, column);
  const valid = !only || partitionsOf(editor, key).length === 0;
  const index = hasIndex(spec)
    ? makeIndex(editor, key, table, { name, columns, spec, carried, descent, valid })
    : undefined;
  const constraint: Constraint = {
    name,
    kind: spec.kind,
    columns,
    inheritable: spec.options?.noInherit !== true,
    local: inherited === undefined,
    validated: !spec.notValid && spec.enforced,
    enforced: spec.enforced,
    deferrable: spec.deferrable,
    initiallyDeferred: spec.initiallyDeferred,
    origin: editor.origin,
    ...(inherited === undefined ? {} : { inherited }),
    ...(spec.expression === undefined ? {} : { expression: settled(editor, spec.expression) }),
    ...(index === undefined ? {} : { index }),
    ...referencesOf(editor, spec),
  };
  const now = tableAt(editor, key) ?? table;
  const forbidding = isNamed ? now : withNotNull(now, constraint);
  editor.set(key, { ...forbidding, constraints: [...now.constraints, constraint] });
  if (spec.kind === 'primary-key' && !isNamed)
    for (const child of childrenOf(editor, key)) {
      const below = tableAt(editor, child);
      if (below !== undefined) editor.set(child, withNotNull(below, { ...constraint, local: false }));
    }
  if (!only) addToChildren(editor, key, spec, constraint);
}

/** A primary key and a validated NOT NULL constraint forbid NULL. */
function withNotNull(table: Table, { kind, columns, validated, local }: Constraint): Table {
  if (kind !== 'primary-key' && (kind !== 'not-null' || !validated)) return table;
  return withoutNulls(table, columns, local);
}

function addToChildren(editor: Editor, key: ObjectKey, spec: ConstraintSpec, made: Constraint): void {
  if (!made.inheritable) return;
  for (const child of childrenAt(editor, key)) {
    const table = tableAt(editor, child);
    if (table === undefined) continue;
    if (spec.kind === 'check' || spec.kind === 'not-null') {
      addConstraint(editor, child, { ...spec, name: { name: made.name, span: spec.span } }, { inherited: made.name });
    } else if (table.partitionOf?.parent === key) inheritConstraint(editor, child, made);
  }
}

/**
 * A partition gets its parent's constraint, or takes one of its own that says the same for it.
 * @param isOfOneKind a primary key does not stand for a unique one, nor the reverse
 */
export function inheritConstraint(editor: Editor, key: ObjectKey, made: Constraint, isOfOneKind = false): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const same = table.constraints.find((each) => isSame(editor, each, made, isOfOneKind));
  if (same !== undefined) {
    editor.set(key, {
      ...table,
      constraints: table.constraints.map((each) =>
        each === same ? { ...same, inherited: made.name, local: false } : each,
      ),
    });
    if (same.index !== undefined && made.index !== undefined) attachIndex(editor, same.index, made.index);
    return;
  }
  copyConstraint(editor, key, made);
}

/** A partition gets its parent's constraint, whatever it has. */
export function copyConstraint(editor: Editor, key: ObjectKey, made: Constraint): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const keepsName =
    made.kind === 'check' ||
    made.kind === 'not-null' ||
    (made.kind === 'foreign-key' && !table.constraints.some(({ name }) => name === made.name));
  addConstraint(editor, key, specOf(editor, made, keepsName), {
    inherited: made.name,
    ...(made.index === undefined ? {} : { index: made.index, labels: indexAt(editor, made.index)?.labels ?? [] }),
  });
}

function isSame(editor: Editor, own: Constraint, parents: Constraint, isOfOneKind: boolean): boolean {
  if (own.inherited !== undefined) return false;
  if (own.index !== undefined && parents.index !== undefined)
    return (!isOfOneKind || own.kind === parents.kind) && matchingPart(editor, own.index, parents.index);
  if (own.kind !== parents.kind) return false;
  if (own.kind === 'check' || own.kind === 'not-null') return own.name === parents.name;
  return (
    own.deferrable === parents.deferrable &&
    own.initiallyDeferred === parents.initiallyDeferred &&
    own.columns.join() === parents.columns.join() &&
    own.references?.table === parents.references?.table &&
    own.references?.columns.join() === parents.references?.columns.join() &&
    own.references?.onDelete === parents.references?.onDelete &&
    own.references?.onUpdate === parents.references?.onUpdate
  );
}

/** What was written, or could have been, to make a constraint. */
export function specOf(editor: Editor, constraint: Constraint, keepsName: boolean): ConstraintSpec {
  const { references } = constraint;
  const name = (text: string) => ({ name: text, span: nowhere });
  return {
    kind: constraint.kind,
    columns: constraint.columns.map(name),
    notValid: !constraint.validated,
    enforced: constraint.enforced,
    deferrable: constraint.deferrable,
    initiallyDeferred: constraint.initiallyDeferred,
    span: nowhere,
    ...(keepsName ? { name: name(constraint.name) } : {}),
    ...(constraint.expression === undefined ? {} : { expression: constraint.expression }),
    ...optionsOf(editor, constraint),
    ...(references === undefined
      ? {}
      : {
          references: {
            ...references,
            table: { ...(editor.get(references.table)?.name ?? { name: references.table }), span: nowhere },
            columns: references.columns.map(name),
          },
        }),
  };
}

function optionsOf(editor: Editor, { inheritable, index }: Constraint): Pick<ConstraintSpec, 'options' | 'where'> {
  const carrier = index === undefined ? undefined : indexAt(editor, index);
  if (carrier === undefined) return inheritable ? {} : { options: { noInherit: true } };
  const { method, includes, nullsNotDistinct, where } = carrier;
  return { options: { method, includes, nullsNotDistinct }, ...(where === undefined ? {} : { where }) };
}

function hasIndex({ kind }: ConstraintSpec): boolean {
  return kind === 'primary-key' || kind === 'unique' || kind === 'exclude';
}

function indexColumns(editor: Editor, key: ObjectKey): readonly string[] {
  return indexAt(editor, key)?.keys.flatMap(({ column }) => column ?? []) ?? [];
}

interface IndexPlan {
  readonly name: string;
  readonly columns: readonly string[];
  readonly spec: ConstraintSpec;
  /** Key of the index that USING INDEX names; it is renamed to the constraint. */
  readonly carried: ObjectKey | undefined;
  readonly descent: Descent | undefined;
  /** Not so while it waits for those of the partitions. */
  readonly valid: boolean;
}

function makeIndex(
  editor: Editor,
  tableKey: ObjectKey,
  table: Table,
  { name, columns, spec, carried, descent, valid }: IndexPlan,
): ObjectKey {
  const target = keyOf('rel', { schema: table.name.schema, name });
  const old = carried === undefined ? undefined : indexAt(editor, carried);
  const from = descent?.index === undefined ? undefined : indexAt(editor, descent.index);
  const { includes, method, nullsNotDistinct } = spec.options ?? {};
  const included = Array.isArray(includes) ? includes.map(String) : [];
  const keys = columns.map((column) => ({ column, descending: false, nullsFirst: false }));
  const made: Index = {
    kind: 'index',
    unique: spec.kind !== 'exclude',
    method: typeof method === 'string' ? method : 'btree',
    keys,
    includes: included,
    labels: descent?.labels ?? editor.semantics.indexLabels({ keys, includes: included }),
    nullsNotDistinct: nullsNotDistinct === true,
    valid,
    ...(spec.where === undefined ? {} : { where: spec.where }),
    ...(from === undefined ? {} : { ...from, valid, parent: descent?.index }),
    ...(old ?? {}),
    name: { schema: table.name.schema, name },
    origin: old?.origin ?? editor.origin,
    table: tableKey,
  } as Index;
  if (carried !== undefined && carried !== target) editor.set(carried, undefined);
  editor.set(target, made);
  const now = tableAt(editor, tableKey) ?? table;
  const others = now.indexes.filter((each) => each !== carried && each !== target);
  editor.set(tableKey, { ...now, indexes: [...others, target] });
  return target;
}

/** An index that stood alone becomes a part of the partitioned table's. */
export function attachIndex(editor: Editor, key: ObjectKey, parent: ObjectKey): void {
  const index = indexAt(editor, key);
  if (index === undefined) return;
  editor.set(key, { ...index, parent });
}

function referencesOf(editor: Editor, { references }: ConstraintSpec): Pick<Constraint, 'references'> {
  if (references === undefined) return {};
  const target =
    editor.resolve('rel', references.table) ??
    keyOf('rel', {
      schema: references.table.schema ?? editor.catalog.searchPath[0] ?? 'public',
      name: references.table.name,
    });
  const referenced = tableAt(editor, target);
  const columns = references.columns.length > 0 ? references.columns.map(({ name }) => name) : primaryKey(referenced);
  const { onDelete, onUpdate } = references;
  const index = referenced === undefined ? undefined : uniqueIndex(editor, referenced, columns);
  return { references: { table: target, columns, onDelete, onUpdate, ...(index === undefined ? {} : { index }) } };
}

function primaryKey(table: Table | undefined): readonly string[] {
  return table?.constraints.find(({ kind }) => kind === 'primary-key')?.columns ?? [];
}

/** The first index that makes the columns unique at once and for all rows. */
function uniqueIndex(editor: Editor, table: Table, columns: readonly string[]): ObjectKey | undefined {
  return table.indexes.find((key) => {
    const index = indexAt(editor, key);
    if (index === undefined || !index.unique || !index.valid || index.where !== undefined) return false;
    if (table.constraints.some((each) => each.index === key && each.deferrable)) return false;
    const keys = index.keys.map(({ column }) => column);
    return keys.length === columns.length && columns.every((column) => keys.includes(column));
  });
}

/**
 * Drops a constraint, its index, and what children have of it. Foreign keys of other tables that lean on the index go
 * with CASCADE only.
 */
export function dropConstraint(editor: Editor, key: ObjectKey, name: string, cascade: boolean, only = false): void {
  const table = tableAt(editor, key);
  const constraint = table?.constraints.findLast((each) => each.name === name);
  if (table === undefined) return;
  const isNotNull = constraint?.kind === 'not-null' && hasNamedNotNulls(editor);
  if (isNotNull) return dropNamedNotNull(editor, key, constraint.columns[0] ?? '', only);
  if (constraint === undefined) return dropUnnamedNotNull(editor, key, table, name, only);
  const leaning = constraint.index === undefined ? [] : foreignKeysOn(editor, constraint.index);
  if (leaning.length > 0 && !cascade) return;
  for (const each of leaning) dropConstraint(editor, each.table, each.constraint.name, true);
  const now = tableAt(editor, key) ?? table;
  const constraints = now.constraints.filter((each) => each.name !== name || each.kind !== constraint.kind);
  editor.set(
    key,
    constraint.kind === 'not-null' ? withNulls({ ...now, constraints }, constraint.columns) : { ...now, constraints },
  );
  for (const child of editor.dependents(key)) disinherit(editor, child, key, constraint, only);
  if (constraint.index !== undefined) removeIndex(editor, constraint.index);
}

/** On 18 it has a name, which is only known to a history of that version: another may not say on which it runs. */
function dropUnnamedNotNull(editor: Editor, key: ObjectKey, table: Table, name: string, only: boolean): void {
  if (hasNamedNotNulls(editor)) return;
  // `t_user_id_not_null` ends as one of a column `id` would.
  const [column] = table.columns
    .filter((each) => !each.nullable && name.replace(/\d+$/, '').endsWith(`_${each.name}_not_null`))
    .sort((a, b) => b.name.length - a.name.length);
  if (column !== undefined) dropNotNull(editor, key, column.name, only);
}

/** A parent has dropped the constraint that a child has from it. */
function disinherit(editor: Editor, child: ObjectKey, parent: ObjectKey, dropped: Constraint, only: boolean): void {
  const table = tableAt(editor, child);
  if (table === undefined || !parentsOf(table).includes(parent)) return;
  const own = table.constraints.find((each) => each.kind === dropped.kind && each.inherited === dropped.name);
  if (own === undefined) return;
  const elsewhere = parentsOf(table).some(
    (each) => each !== parent && tableAt(editor, each)?.constraints.some(({ name }) => name === dropped.name),
  );
  if (elsewhere) return;
  if (!own.local && !only) return dropConstraint(editor, child, own.name, true);
  const { inherited: _, ...free } = own;
  editor.set(child, {
    ...table,
    constraints: table.constraints.map((each) => (each === own ? { ...free, local: true } : each)),
  });
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
