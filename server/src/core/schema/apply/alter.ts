import type { Column, Constraint, ObjectKey } from '../catalog.ts';
import type { ChangeOf, DialectOptions, SchemaChange } from '../change.ts';
import { parentsOf } from '../family.ts';
import { changeColumn, defaultOf, makeSequence, ownedSequences } from './columns.ts';
import { countingElsewhere, dropObject, withoutDefault } from './drop.ts';
import { childrenOf, type Editor, tableAt, tableOf } from './editor.ts';
import { setInheritance } from './inherit.ts';
import { hasNamedNotNulls, setInheritable, validateNotNull } from './named-not-null.ts';
import { dropNotNull, setNotNull, withoutNulls } from './not-null.ts';
import { moveObject } from './rename.ts';
import { settled } from './settle.ts';
import { setTableOption } from './table-options.ts';

export type TableAlteration = Extract<
  SchemaChange,
  {
    kind:
      | 'SetNotNull'
      | 'DropNotNull'
      | 'SetDefault'
      | 'DropDefault'
      | 'SetIdentity'
      | 'SetGenerated'
      | 'RenameConstraint'
      | 'ValidateConstraint'
      | 'AlterConstraint'
      | 'SetTableOption'
      | 'SetInheritance';
  }
>;

/** Forms of ALTER TABLE that change a property and move nothing. */
export function alterTable(editor: Editor, change: TableAlteration): void {
  const found = tableOf(editor, change.table);
  if (found === undefined) return;
  const { key, table } = found;
  const only = change.options?.only === true;
  switch (change.kind) {
    case 'SetNotNull':
      return setNotNull(editor, key, change.column.name, only);
    case 'DropNotNull':
      return dropNotNull(editor, key, change.column.name, only);
    case 'SetDefault':
      return setDefault(editor, key, change, only);
    case 'DropDefault':
      return changeColumn(editor, key, change.column.name, withoutDefault, only);
    case 'SetIdentity':
      return setIdentity(editor, key, change);
    case 'SetGenerated':
      return changeColumn(editor, key, change.column.name, (column) => withGenerated(editor, column, change), only);
    case 'RenameConstraint':
      return renameConstraint(editor, key, change.constraint.name, change.newName.name);
    case 'ValidateConstraint':
      return validate(editor, key, change.constraint.name);
    case 'AlterConstraint':
      return alterConstraint(editor, key, change.constraint.name, change.options);
    case 'SetTableOption':
      return setTableOption(editor, key, table, change);
    case 'SetInheritance':
      return setInheritance(editor, key, change);
    default: {
      const never: never = change;
      return never;
    }
  }
}

function setDefault(editor: Editor, key: ObjectKey, change: ChangeOf<'SetDefault'>, only: boolean): void {
  const value = defaultOf(editor, change.expression);
  changeColumn(editor, key, change.column.name, (column) => ({ ...withoutDefault(column), ...value }), only);
}

/** The sequence behind an identity comes and goes with it, unless another default counts it up; partitions may share it. */
function setIdentity(editor: Editor, key: ObjectKey, { column: { name }, identity }: ChangeOf<'SetIdentity'>): void {
  const table = tableAt(editor, key);
  const old = table?.columns.find((each) => each.name === name);
  if (table === undefined || old === undefined) return;
  if (identity !== 'none' && old.identity === undefined) makeSequence(editor, table, name);
  const isDropped = identity === 'none' && old.identity !== undefined;
  if (isDropped && countingElsewhere(editor, key, name).length > 0) return;
  if (isDropped) for (const sequence of ownedSequences(editor, key, name)) dropObject(editor, sequence, true);
  const sharing = editor.semantics.habits.partitionsShareIdentity ? childrenOf(editor, key) : [];
  const partitions = sharing.filter((each) => tableAt(editor, each)?.partitionOf !== undefined);
  for (const each of [key, ...partitions])
    changeColumn(editor, each, name, (column) => withIdentity(column, identity), true);
}

function withIdentity({ identity: _, ...column }: Column, identity: ChangeOf<'SetIdentity'>['identity']): Column {
  return identity === 'none' ? column : { ...column, identity };
}

function withGenerated(
  editor: Editor,
  { generated, ...column }: Column,
  { expression }: ChangeOf<'SetGenerated'>,
): Column {
  return expression === undefined
    ? column
    : { ...column, generated: { expression: settled(editor, expression), stored: generated?.stored ?? true } };
}

/** A constraint and its index have one name. Children have a CHECK under the parent's name. */
function renameConstraint(editor: Editor, key: ObjectKey, from: string, to: string): void {
  const table = tableAt(editor, key);
  const constraint = table?.constraints.find(({ name }) => name === from);
  if (table === undefined || constraint === undefined) return;
  if (constraint.index === undefined) {
    const constraints = table.constraints.map((one) => (one === constraint ? { ...one, name: to } : one));
    editor.set(key, { ...table, constraints });
  } else moveObject(editor, 'rel', constraint.index, { schema: table.name.schema, name: to });
  for (const child of editor.dependents(key)) {
    const below = tableAt(editor, child);
    const own = below?.constraints.find((each) => each.inherited === from && each.kind === constraint.kind);
    if (below === undefined || own === undefined || !parentsOf(below).includes(key)) continue;
    const follows = constraint.kind === 'check' || constraint.kind === 'not-null';
    const constraints = below.constraints.map((each) => (each === own ? { ...each, inherited: to } : each));
    editor.set(child, { ...below, constraints });
    if (follows) renameConstraint(editor, child, from, to);
  }
}

function validate(editor: Editor, key: ObjectKey, name: string): void {
  const own = tableAt(editor, key)?.constraints.find((each) => each.name === name);
  if (own?.kind === 'not-null' && hasNamedNotNulls(editor)) return validateNotNull(editor, key, own.columns[0] ?? '');
  for (const each of [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    const constraint = table?.constraints.find((one) => one.name === name);
    if (table === undefined || constraint === undefined) continue;
    const constraints = table.constraints.map((one) => (one === constraint ? { ...one, validated: true } : one));
    const proven = constraint.kind === 'not-null' ? withoutNulls(table, constraint.columns, constraint.local) : table;
    editor.set(each, { ...proven, constraints });
  }
}

/** What is not written keeps its value. The copies that partitions have of a foreign key follow. */
function alterConstraint(editor: Editor, key: ObjectKey, name: string, options: DialectOptions | undefined): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const own = table.constraints.find((each) => each.name === name);
  if (own?.kind === 'not-null' && typeof options?.inherit === 'boolean')
    return setInheritable(editor, key, own, options.inherit);
  const flag = (option: string, old: boolean) => (typeof options?.[option] === 'boolean' ? options[option] : old);
  const altered = (each: Constraint): Constraint => ({
    ...each,
    enforced: flag('enforced', each.enforced),
    // What is enforced again is validated at once.
    validated: flag('enforced', each.validated),
    deferrable: flag('deferrable', each.deferrable),
    initiallyDeferred: flag('initiallyDeferred', each.initiallyDeferred),
  });
  const constraints = table.constraints.map((each) => (each.name === name ? altered(each) : each));
  editor.set(key, { ...table, constraints });
  for (const child of editor.dependents(key)) {
    const below = tableAt(editor, child);
    const copy = below?.constraints.find(({ kind, inherited }) => kind === 'foreign-key' && inherited === name);
    if (copy !== undefined && below?.partitionOf?.parent === key) alterConstraint(editor, child, copy.name, options);
  }
}
