import type { ObjectKey, ReplicaIdentity, Table } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { keyOf } from '../keys.ts';
import type { Editor } from './editor.ts';
import { typeMade } from './types.ts';

/** What rules ask for has a field of its own; of the rest the last word is kept. */
export function setTableOption(
  editor: Editor,
  key: ObjectKey,
  table: Table,
  { option, options }: ChangeOf<'SetTableOption'>,
): void {
  switch (option) {
    case 'row-security':
      return editor.set(key, { ...table, rowSecurity: rowSecurity(table, options?.setting) });
    case 'replica-identity':
      return editor.set(key, { ...table, replicaIdentity: replicaIdentity(table, options ?? {}) });
    case 'of-type':
      return setType(editor, key, table, options?.type);
    default:
      return editor.set(key, { ...table, options: { ...table.options, [option]: options ?? true } });
  }
}

/** OF c, NOT OF: the columns are what they were. */
function setType(editor: Editor, key: ObjectKey, { ofType: _, ...table }: Table, type: unknown): void {
  const made = typeMade(editor, type);
  editor.set(key, made === undefined ? table : { ...table, ofType: made.key });
}

function rowSecurity({ rowSecurity: old }: Table, setting: unknown): Table['rowSecurity'] {
  switch (setting) {
    case 'enable':
    case 'disable':
      return { ...old, enabled: setting === 'enable' };
    case 'force':
    case 'no-force':
      return { ...old, forced: setting === 'force' };
    default:
      return old;
  }
}

function replicaIdentity({ name }: Table, { setting, value }: Readonly<Record<string, unknown>>): ReplicaIdentity {
  if (setting === 'index' && typeof value === 'string')
    return { kind: 'index', index: keyOf('rel', { schema: name.schema, name: value }) };
  return { kind: setting === 'nothing' || setting === 'full' ? setting : 'default' };
}
