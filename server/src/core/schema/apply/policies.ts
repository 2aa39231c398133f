import type { Policy, Table } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { type Editor, tableOf } from './editor.ts';

/** CREATE, ALTER, DROP POLICY, and its new name. */
export function changePolicy(editor: Editor, change: ChangeOf<'ChangeObject'>): void {
  const found = change.table === undefined ? undefined : tableOf(editor, change.table);
  if (found === undefined) return;
  const { key, table } = found;
  const { name } = change.object;
  const old = table.policies.find((each) => each.name === name);
  const others = table.policies.filter((each) => each !== old);
  switch (change.verb) {
    case 'create':
      return old === undefined ? set([...others, made(editor, table, change)]) : undefined;
    case 'drop':
      return set(others);
    case 'rename':
      return old === undefined || change.newName === undefined
        ? undefined
        : set([...others, { ...old, name: change.newName.name }]);
    case 'alter':
      return old === undefined ? undefined : set([...others, altered(old, made(editor, table, change))]);
    default: {
      const never: never = change.verb;
      return never;
    }
  }

  function set(policies: readonly Policy[]): void {
    editor.set(key, { ...table, policies });
  }
}

function made(editor: Editor, table: Table, { object, options, reads = [] }: ChangeOf<'ChangeObject'>): Policy {
  const own = new Set(table.columns.map((each) => each.name));
  const named = reads.filter(({ relation }) => relation.name === table.name.name).flatMap(({ columns }) => columns);
  return {
    name: object.name,
    restrictive: options?.restrictive === true,
    columns: [...new Set(named.map(({ name }) => name))].filter((name) => own.has(name)),
    origin: editor.origin,
  };
}

/** What it does not say stays: so both may be there. */
function altered(old: Policy, said: Policy): Policy {
  return { ...old, columns: [...new Set([...old.columns, ...said.columns])] };
}
