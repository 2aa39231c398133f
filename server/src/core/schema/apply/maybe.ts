import type { SchemaChange } from '../change.ts';
import { keyOf } from '../keys.ts';
import type { ObjectName } from '../names.ts';
import { applyCertain } from './certain.ts';
import { type Editor, tableAt } from './editor.ts';

/**
 * A change that may or may not run (a branch of a DO block). What it would make or drop is unknown afterwards; a table
 * that it would alter is known to exist, in a form that is not.
 */
export function applyMaybe(editor: Editor, change: SchemaChange): void {
  if (change.kind === 'RunSql' || change.kind === 'ChangeObject') return applyCertain(editor, change);
  if (change.kind === 'WriteRows' || change.kind === 'Truncate' || change.kind === 'SetSession') return;
  for (const name of namesOf(change)) {
    const key = editor.resolve('rel', name);
    const table = key === undefined ? undefined : tableAt(editor, key);
    const makesOrDrops =
      /^(Create|Drop|Rename|Detach)/.test(change.kind) && !/Column|Constraint|Trigger/.test(change.kind);
    if (key !== undefined && table !== undefined && (!makesOrDrops || change.kind === 'CreateIndex'))
      editor.set(key, { ...table, partial: true });
    else if (key === undefined || !change.kind.startsWith('Create'))
      editor.taint(
        key ?? keyOf('rel', { schema: name.schema ?? editor.catalog.searchPath[0] ?? 'public', name: name.name }),
      );
  }
  if (
    change.kind.endsWith('Type') ||
    change.kind.endsWith('Enum') ||
    change.kind.endsWith('Domain') ||
    change.kind.endsWith('EnumValue')
  ) {
    if ('type' in change && 'name' in change.type && 'span' in change.type)
      editor.taint(
        editor.resolve('type', change.type) ??
          keyOf('type', { schema: change.type.schema ?? 'public', name: change.type.name }),
      );
  }
  if (change.kind === 'CreateSchema' || change.kind === 'DropSchema' || change.kind === 'RenameSchema')
    editor.taint('*');
}

function namesOf(change: SchemaChange): readonly ObjectName[] {
  const names: ObjectName[] = [];
  if ('table' in change && change.table !== undefined) names.push(change.table);
  if ('view' in change) names.push(change.view);
  if ('sequence' in change) names.push(change.sequence);
  if (change.kind === 'DropIndex' || change.kind === 'RenameIndex') names.push(change.index);
  if (change.kind === 'CreateIndex' && change.index.name !== undefined) {
    const { name, span } = change.index.name;
    names.push({ name, span, ...(change.table.schema === undefined ? {} : { schema: change.table.schema }) });
  }
  if (
    'newName' in change &&
    (change.kind === 'RenameTable' || change.kind === 'RenameView' || change.kind === 'RenameIndex')
  ) {
    names.push({ name: change.newName.name, span: change.newName.span });
  }
  return names;
}
