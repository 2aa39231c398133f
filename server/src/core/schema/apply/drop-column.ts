import type { ObjectKey } from '../catalog.ts';
import { ownedSequences, viewsReading } from './columns.ts';
import { dropConstraint, foreignKeysTo } from './constraints.ts';
import { dropObject } from './drop.ts';
import { dropIndex } from './drop-index.ts';
import { type Editor, indexAt, parentsOf, tableAt } from './editor.ts';

/**
 * Drops a column with its constraints, indexes, owned sequences and the columns that are computed from it. Views, foreign
 * keys of other columns and triggers that name it go with CASCADE only. Children lose it where they have it from here alone.
 */
export function dropColumn(editor: Editor, key: ObjectKey, name: string, cascade: boolean, only = false): void {
  const table = tableAt(editor, key);
  if (table === undefined || !(table.partial || table.columns.some((column) => column.name === name))) return;
  const outside = foreignKeysTo(editor, key).filter(
    ({ table: from, constraint }) =>
      !(from === key && constraint.columns.includes(name)) && constraint.references?.columns.includes(name) === true,
  );
  const views = viewsReading(editor, key, name);
  const generated = table.columns.filter((column) => column.generated?.expression.columns.includes(name) === true);
  const triggers = table.triggers.filter(({ columns }) => columns.includes(name));
  const policies = table.policies.filter(({ columns }) => columns.includes(name));
  if (outside.length + views.length + triggers.length + policies.length > 0 && !cascade) return;
  for (const view of views) dropObject(editor, view, true);
  for (const each of outside) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const column of generated) dropColumn(editor, key, column.name, true, only);
  dropParts(editor, key, name);
  const children = editor.dependents(key).filter((child) => parentsOf(tableAt(editor, child)).includes(key));
  const now = tableAt(editor, key);
  if (now !== undefined)
    editor.set(key, {
      ...now,
      columns: now.columns.filter((each) => each.name !== name),
      triggers: now.triggers.filter(({ columns }) => !columns.includes(name)),
      policies: now.policies.filter(({ columns }) => !columns.includes(name)),
    });
  for (const child of children) disinherit(editor, child, name, cascade, only);
}

/** A parent has dropped the column. */
function disinherit(editor: Editor, key: ObjectKey, name: string, cascade: boolean, only: boolean): void {
  const table = tableAt(editor, key);
  const column = table?.columns.find((each) => each.name === name);
  if (table === undefined || column === undefined) return;
  const inherited = parentsOf(table).some((parent) =>
    tableAt(editor, parent)?.columns.some((each) => each.name === name),
  );
  if (!inherited && !column.local && !only) return dropColumn(editor, key, name, cascade);
  const left = { ...column, inherited, local: column.local || only };
  editor.set(key, { ...table, columns: table.columns.map((each) => (each === column ? left : each)) });
}

function dropParts(editor: Editor, key: ObjectKey, name: string): void {
  for (const constraint of tableAt(editor, key)?.constraints ?? []) {
    const own =
      (constraint.kind === 'check' ? constraint.expression?.columns : constraint.columns)?.includes(name) === true;
    const toItself = constraint.references?.table === key && constraint.references.columns.includes(name);
    if (own || toItself || indexUses(editor, constraint.index, name))
      dropConstraint(editor, key, constraint.name, true, true);
  }
  for (const index of tableAt(editor, key)?.indexes ?? [])
    if (indexUses(editor, index, name)) dropIndex(editor, index, true);
  for (const sequence of ownedSequences(editor, key, name)) dropObject(editor, sequence, true);
}

function indexUses(editor: Editor, key: ObjectKey | undefined, name: string): boolean {
  const index = key === undefined ? undefined : indexAt(editor, key);
  if (index === undefined) return false;
  const inKeys = index.keys.some(
    ({ column, expression }) => column === name || expression?.columns.includes(name) === true,
  );
  return inKeys || index.includes.includes(name) || index.where?.columns.includes(name) === true;
}
