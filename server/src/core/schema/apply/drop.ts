import type { ObjectKey } from '../catalog.ts';
import { dropConstraint, foreignKeysTo } from './constraints.ts';
import { childrenOf, type Editor, tableAt } from './editor.ts';

/** Drops an object and, with CASCADE, what depends on it; without CASCADE a dependent keeps it, as the server's error would. */
export function dropObject(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const object = editor.get(key);
  if (object === undefined) return;
  switch (object.kind) {
    case 'table':
      return dropTable(editor, key, cascade);
    case 'view':
      return dropView(editor, key, cascade);
    case 'index': {
      const table = tableAt(editor, object.table);
      if (table?.constraints.some(({ index }) => index === key) === true) return;
      if (table !== undefined)
        editor.set(object.table, { ...table, indexes: table.indexes.filter((each) => each !== key) });
      return editor.set(key, undefined);
    }
    case 'type':
    case 'routine':
      return dropWithUsers(editor, key, cascade);
    case 'sequence':
    case 'schema':
      return editor.set(key, undefined);
    default: {
      const never: never = object;
      return never;
    }
  }
}

function dropTable(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const partitions = childrenOf(editor, key).filter((child) => tableAt(editor, child)?.partitionOf !== undefined);
  const inheriting = childrenOf(editor, key).filter((child) => tableAt(editor, child)?.inherits.includes(key) === true);
  const views = editor.dependents(key).filter((each) => editor.get(each)?.kind === 'view');
  const keys = foreignKeysTo(editor, key).filter((each) => each.table !== key && !partitions.includes(each.table));
  if (!cascade && (views.length > 0 || keys.length > 0 || inheriting.length > 0)) return;
  for (const view of views) dropView(editor, view, true);
  for (const each of keys) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const child of [...partitions, ...inheriting]) dropTable(editor, child, true);
  for (const sequence of editor.dependents(key)) {
    const object = editor.get(sequence);
    if (object?.kind === 'sequence' && object.ownedBy?.table === key) editor.set(sequence, undefined);
  }
  const now = tableAt(editor, key) ?? table;
  for (const column of now.columns) dropSerial(editor, key, `${now.name.schema}.${now.name.name}_${column.name}_seq`);
  for (const index of now.indexes) editor.set(index, undefined);
  for (const { references } of now.constraints) if (references !== undefined) editor.independ(references.table, key);
  for (const parent of [now.partitionOf?.parent, ...now.inherits])
    if (parent !== undefined) editor.independ(parent, key);
  editor.set(key, undefined);
}

function dropSerial(editor: Editor, table: ObjectKey, name: string): void {
  const key = `rel:${name}`;
  const object = editor.get(key);
  if (object?.kind === 'sequence' && object.ownedBy?.table === table) editor.set(key, undefined);
}

function dropView(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const view = editor.get(key);
  if (view?.kind !== 'view') return;
  const above = editor.dependents(key).filter((each) => editor.get(each) !== undefined);
  if (above.length > 0 && !cascade) return;
  for (const each of above) dropObject(editor, each, true);
  for (const index of view.indexes) editor.set(index, undefined);
  for (const { relation } of view.reads) editor.independ(relation, key);
  editor.set(key, undefined);
}

/** Types and functions: CASCADE takes the columns and triggers that use them. */
function dropWithUsers(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const users = editor.dependents(key).filter((each) => editor.get(each) !== undefined);
  if (users.length > 0 && !cascade) return;
  for (const user of users) {
    const table = tableAt(editor, user);
    if (table === undefined) continue;
    editor.set(user, { ...table, partial: true, triggers: table.triggers.filter(({ fn }) => fn !== key) });
  }
  editor.set(key, undefined);
}
