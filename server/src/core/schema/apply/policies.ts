import type { Looking, Policy, Table, View } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { type Editor, relationWithIndexes } from './editor.ts';
import { settledNames, settledReads } from './settle.ts';

/** CREATE, ALTER, DROP POLICY, and its new name. */
export function changePolicy(editor: Editor, change: ChangeOf<'ChangeObject'>): void {
  const key = change.table === undefined ? undefined : editor.resolve('rel', change.table);
  const table = key === undefined ? undefined : editor.get(key);
  if (key !== undefined && table?.kind === 'table')
    editor.set(key, { ...table, policies: changed(table.policies, change, () => policy(editor, change), altered) });

  function altered(old: Policy): Policy {
    return alteredPolicy(old, policy(editor, change), change);
  }
}

/** Rules stand at views, too. */
export function changeRule(editor: Editor, change: ChangeOf<'ChangeObject'>): void {
  const key = change.table === undefined ? undefined : editor.resolve('rel', change.table);
  const owner: Table | View | undefined = key === undefined ? undefined : relationWithIndexes(editor, key);
  if (key !== undefined && owner !== undefined)
    editor.set(key, {
      ...owner,
      rules: changed(
        owner.rules,
        change,
        () => looking(editor, change),
        (old) => old,
      ),
    });
}

function changed<Kind extends Looking>(
  all: readonly Kind[],
  { verb, object, newName, options }: ChangeOf<'ChangeObject'>,
  made: () => Kind,
  altered: (old: Kind) => Kind,
): readonly Kind[] {
  switch (verb) {
    case 'create':
      if (options?.replace !== true && all.some(({ name }) => name === object.name)) return all;
      return [...all.filter(({ name }) => name !== object.name), made()];
    case 'alter':
      return all.map((each) => (each.name === object.name ? altered(each) : each));
    case 'rename':
      return all.map((each) => (each.name === object.name ? { ...each, name: newName?.name ?? each.name } : each));
    case 'drop':
      return all.filter(({ name }) => name !== object.name);
    default: {
      const never: never = verb;
      return never;
    }
  }
}

function looking(editor: Editor, { object, reads, names }: ChangeOf<'ChangeObject'>): Looking {
  return {
    name: object.name,
    reads: settledReads(editor, reads),
    uses: settledNames(editor, names),
    origin: editor.origin,
  };
}

function policy(editor: Editor, change: ChangeOf<'ChangeObject'>): Policy {
  return {
    ...looking(editor, change),
    restrictive: change.options?.restrictive === true,
    checkUses: settledNames(editor, change.checkNames),
  };
}

/** The clause that it does not say stays. */
function alteredPolicy(old: Policy, said: Policy, { options }: ChangeOf<'ChangeObject'>): Policy {
  const [using, check] = [options?.using === true, options?.check === true];
  const kept = old.reads.filter(({ inCheck }) => (inCheck === true ? !check : !using));
  return {
    ...old,
    reads: [...kept, ...said.reads],
    uses: using ? said.uses : old.uses,
    checkUses: check ? said.checkUses : old.checkUses,
  };
}
