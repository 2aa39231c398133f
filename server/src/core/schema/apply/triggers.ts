import type { ObjectKey, Table, Trigger } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { newName, routineKey } from '../keys.ts';
import { routineNamed } from '../routines.ts';
import { type Editor, partitionsOf, relationWithIndexes, tableAt } from './editor.ts';
import { settledNames, settledReads } from './settle.ts';

export function createTrigger(editor: Editor, change: ChangeOf<'CreateTrigger'>): void {
  const key = editor.resolve('rel', change.table);
  if (key === undefined) return;
  const fn = routineNamed(editor.catalog, change.fn, []) ?? routineKey(newName(editor.catalog, change.fn), []);
  const read = settledReads(editor, change.reads).flatMap(({ columns }) => columns);
  const uses = settledNames(editor, change.names);
  addTrigger(editor, key, {
    name: change.trigger.name,
    fn,
    enabled: true,
    perRow: change.options?.forEachRow !== false,
    columns: change.columns.map(({ name }) => name),
    ...(read.length + uses.length === 0 ? {} : { when: { columns: read, uses } }),
    origin: editor.origin,
  });
}

function addTrigger(editor: Editor, key: ObjectKey, trigger: Trigger): void {
  const owner = relationWithIndexes(editor, key);
  if (owner === undefined) return;
  const others = owner.triggers.filter(({ name }) => name !== trigger.name);
  editor.set(key, { ...owner, triggers: [...others, trigger] });
  if (trigger.perRow) for (const partition of partitionsOf(editor, key)) addTrigger(editor, partition, copyOf(trigger));
}

/** A new partition has the row triggers of its partitioned table. */
export function inheritTriggers(editor: Editor, key: ObjectKey, parent: Table): void {
  for (const trigger of parent.triggers) if (trigger.perRow) addTrigger(editor, key, copyOf(trigger));
}

function copyOf({ when: _, ...trigger }: Trigger): Trigger {
  return { ...trigger, inherited: trigger.name };
}

/** With the copies that partitions have of it. */
export function removeTrigger(editor: Editor, key: ObjectKey, isMeant: (trigger: Trigger) => boolean): void {
  const owner = relationWithIndexes(editor, key);
  const gone = owner?.triggers.find(isMeant);
  if (owner === undefined || gone === undefined) return;
  editor.set(key, { ...owner, triggers: owner.triggers.filter((each) => each !== gone) });
  if (!gone.perRow) return;
  for (const partition of partitionsOf(editor, key))
    removeTrigger(editor, partition, ({ inherited }) => inherited === gone.name);
}

type TriggerChange = ChangeOf<'SetTrigger'> | ChangeOf<'RenameTrigger'> | ChangeOf<'DropTrigger'>;

/** On the table or view, and on the copies that partitions have. */
export function changeTrigger(editor: Editor, change: TriggerChange): void {
  const key = editor.resolve('rel', change.table);
  if (key === undefined) return;
  const isCopy = ({ name, inherited }: Trigger) => name === change.trigger.name && inherited !== undefined;
  if (change.kind === 'DropTrigger' && tableAt(editor, key)?.triggers.some(isCopy)) return;
  changeTriggers(editor, key, change, undefined);
}

/** @param parents names of the partitioned table's triggers whose copies are meant; undefined: the one that is named */
function changeTriggers(
  editor: Editor,
  key: ObjectKey,
  change: TriggerChange,
  parents: ReadonlySet<string> | undefined,
): void {
  const owner = relationWithIndexes(editor, key);
  if (owner === undefined) return;
  const isMeant = ({ name, inherited }: Trigger) =>
    parents === undefined
      ? name === change.trigger.name || meansAll(change)
      : inherited !== undefined && parents.has(inherited);
  const copied = new Set(owner.triggers.filter((each) => isMeant(each) && each.perRow).map(({ name }) => name));
  const isCopy = parents !== undefined;
  const triggers = owner.triggers.flatMap((each) => (isMeant(each) ? changed(editor, each, change, isCopy) : [each]));
  editor.set(key, { ...owner, triggers });
  if (copied.size === 0 || change.options?.only === true) return;
  for (const partition of partitionsOf(editor, key)) changeTriggers(editor, partition, change, copied);
}

/** `ENABLE TRIGGER ALL | USER` stand as if they were names. */
function meansAll(change: TriggerChange): boolean {
  return change.kind === 'SetTrigger' && (change.trigger.name === 'all' || change.trigger.name === 'user');
}

function changed(editor: Editor, trigger: Trigger, change: TriggerChange, isCopy: boolean): readonly Trigger[] {
  switch (change.kind) {
    case 'SetTrigger':
      return [{ ...trigger, enabled: change.enabled }];
    case 'RenameTrigger':
      return [isCopy ? renamedCopy(editor, trigger, change.newName.name) : { ...trigger, name: change.newName.name }];
    case 'DropTrigger':
      return [];
    default: {
      const never: never = change;
      return never;
    }
  }
}

/** It follows the new name where the version does so, and stays a copy in any case. */
function renamedCopy({ semantics }: Editor, trigger: Trigger, name: string): Trigger {
  return { ...trigger, inherited: name, ...(semantics.habits.triggerCopiesFollowRename ? { name } : {}) };
}
