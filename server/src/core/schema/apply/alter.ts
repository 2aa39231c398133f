import type { Column, ObjectKey, Table } from '../catalog.ts';
import type { ChangeOf, SchemaChange } from '../change.ts';
import { changeColumn } from './columns.ts';
import { childrenOf, type Editor, tableAt, tableOf } from './editor.ts';
import { moveObject } from './rename.ts';

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
      | 'SetTrigger'
      | 'RenameTrigger'
      | 'DropTrigger'
      | 'SetInheritance';
  }
>;

/** Forms of ALTER TABLE that change a property and move nothing. */
export function alterTable(editor: Editor, change: TableAlteration): void {
  const found = tableOf(editor, change.table);
  if (found === undefined) return;
  const { key, table } = found;
  switch (change.kind) {
    case 'SetNotNull':
      return changeColumn(editor, key, change.column.name, (column) => ({ ...column, nullable: false }));
    case 'DropNotNull':
      return changeColumn(editor, key, change.column.name, (column) => ({ ...column, nullable: true }));
    case 'SetDefault':
      return changeColumn(editor, key, change.column.name, (column) => ({ ...column, defaultTo: change.expression }));
    case 'DropDefault':
      return changeColumn(editor, key, change.column.name, withoutDefault);
    case 'SetIdentity':
      return changeColumn(editor, key, change.column.name, (column) => withIdentity(column, change.identity));
    case 'SetGenerated':
      return changeColumn(editor, key, change.column.name, (column) => withGenerated(column, change));
    case 'RenameConstraint':
      return renameConstraint(editor, key, change.constraint.name, change.newName.name);
    case 'ValidateConstraint':
      return validate(editor, key, change.constraint.name);
    case 'AlterConstraint':
      return alterConstraint(editor, key, table, change);
    case 'SetTableOption':
      return editor.set(key, { ...table, options: { ...table.options, [change.option]: change.options ?? true } });
    case 'SetTrigger':
      return editor.set(key, {
        ...table,
        triggers: table.triggers.map((each) =>
          each.name === change.trigger.name ? { ...each, enabled: change.enabled } : each,
        ),
      });
    case 'RenameTrigger':
      return editor.set(key, {
        ...table,
        triggers: table.triggers.map((each) =>
          each.name === change.trigger.name ? { ...each, name: change.newName.name } : each,
        ),
      });
    case 'DropTrigger':
      return editor.set(key, {
        ...table,
        triggers: table.triggers.filter((each) => each.name !== change.trigger.name),
      });
    case 'SetInheritance':
      return setInheritance(editor, key, table, change);
    default: {
      const never: never = change;
      return never;
    }
  }
}

function withoutDefault({ defaultTo: _, ...column }: Column): Column {
  return column;
}

function withIdentity({ identity: _, ...column }: Column, identity: ChangeOf<'SetIdentity'>['identity']): Column {
  return identity === 'none' ? column : { ...column, identity };
}

function withGenerated({ generated, ...column }: Column, { expression }: ChangeOf<'SetGenerated'>): Column {
  return expression === undefined
    ? column
    : { ...column, generated: { expression, stored: generated?.stored ?? true } };
}

/** A constraint and its index have one name. */
function renameConstraint(editor: Editor, key: ObjectKey, from: string, to: string): void {
  for (const each of [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    const constraint = table?.constraints.find(({ name }) => name === from);
    if (table === undefined || constraint === undefined) continue;
    if (constraint.index !== undefined) {
      moveObject(editor, 'rel', constraint.index, { schema: table.name.schema, name: to });
      continue;
    }
    editor.set(each, {
      ...table,
      constraints: table.constraints.map((one) => (one === constraint ? { ...one, name: to } : one)),
    });
  }
}

function validate(editor: Editor, key: ObjectKey, name: string): void {
  for (const each of [key, ...childrenOf(editor, key)]) {
    const table = tableAt(editor, each);
    if (table === undefined) continue;
    const proven =
      table.constraints.find((constraint) => constraint.name === name && constraint.kind === 'not-null')?.columns ?? [];
    editor.set(each, {
      ...table,
      columns: table.columns.map((column) =>
        proven.includes(column.name) && column.nullable ? { ...column, nullable: false } : column,
      ),
      constraints: table.constraints.map((constraint) =>
        constraint.name === name ? { ...constraint, validated: true } : constraint,
      ),
    });
  }
}

/** What is not written keeps its value. */
function alterConstraint(
  editor: Editor,
  key: ObjectKey,
  table: Table,
  { constraint, options }: ChangeOf<'AlterConstraint'>,
): void {
  const flag = (name: string, old: boolean) => (typeof options?.[name] === 'boolean' ? options[name] : old);
  const constraints = table.constraints.map((each) =>
    each.name === constraint.name
      ? {
          ...each,
          enforced: flag('enforced', each.enforced),
          deferrable: flag('deferrable', each.deferrable),
          initiallyDeferred: flag('initiallyDeferred', each.initiallyDeferred),
        }
      : each,
  );
  editor.set(key, { ...table, constraints });
}

function setInheritance(editor: Editor, key: ObjectKey, table: Table, change: ChangeOf<'SetInheritance'>): void {
  const parent = editor.resolve('rel', change.parent);
  if (parent === undefined) return;
  const others = table.inherits.filter((each) => each !== parent);
  if (change.inherit) editor.depend(parent, key);
  else editor.independ(parent, key);
  editor.set(key, { ...table, inherits: change.inherit ? [...others, parent] : others });
}
