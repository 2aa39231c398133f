import type { ChangeOf } from '../change.ts';
import { type Editor, tableOf } from './editor.ts';

/** What DML says of how full a table is. A row is enough to make it filled; a DELETE leaves it unknown. */
export function writeRows(editor: Editor, change: ChangeOf<'WriteRows'> | ChangeOf<'Truncate'>): void {
  if (change.kind === 'Truncate') {
    for (const name of change.tables) setRows(editor, name, 'empty');
    return;
  }
  switch (change.verb) {
    case 'insert':
    case 'copy':
      return setRows(editor, change.table, change.rows === 'literal' ? 'filled' : 'unknown');
    case 'merge':
      return setRows(editor, change.table, 'unknown');
    case 'delete':
      return setRows(editor, change.table, change.rows === 'all' ? 'empty' : 'keep');
    case 'update':
      return;
    default: {
      const never: never = change.verb;
      return never;
    }
  }
}

function setRows(
  editor: Editor,
  name: ChangeOf<'WriteRows'>['table'],
  rows: 'empty' | 'filled' | 'unknown' | 'keep',
): void {
  const found = tableOf(editor, name);
  if (found === undefined) return;
  const next = rows === 'keep' ? (found.table.rows === 'empty' ? 'empty' : 'unknown') : rows;
  const known = rows === 'unknown' && found.table.rows === 'filled' ? 'filled' : next;
  if (known !== found.table.rows) editor.set(found.key, { ...found.table, rows: known });
}
