import type { ObjectKey, Table, Trigger } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { keyOf, newName } from '../keys.ts';
import { type Editor, tableAt, tableOf } from './editor.ts';

export function createTrigger(editor: Editor, change: ChangeOf<'CreateTrigger'>): void {
  const found = tableOf(editor, change.table);
  if (found === undefined) return;
  const fn = editor.resolve('fn', change.fn) ?? keyOf('fn', newName(editor.catalog, change.fn));
  addTrigger(editor, found.key, {
    name: change.trigger.name,
    fn,
    enabled: true,
    perRow: change.options?.forEachRow !== false,
    columns: change.columns.map(({ name }) => name),
    inherited: false,
    origin: editor.origin,
  });
}

function addTrigger(editor: Editor, key: ObjectKey, trigger: Trigger): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  editor.depend(trigger.fn, key);
  const others = table.triggers.filter(({ name }) => name !== trigger.name);
  editor.set(key, { ...table, triggers: [...others, trigger] });
  if (trigger.perRow)
    for (const partition of partitionsOf(editor, key)) addTrigger(editor, partition, { ...trigger, inherited: true });
}

/** A new partition has the row triggers of its partitioned table. */
export function inheritTriggers(editor: Editor, key: ObjectKey, parent: Table): void {
  for (const trigger of parent.triggers) if (trigger.perRow) addTrigger(editor, key, { ...trigger, inherited: true });
}

type TriggerChange = ChangeOf<'SetTrigger'> | ChangeOf<'RenameTrigger'> | ChangeOf<'DropTrigger'>;

/** On the table and on the copies that its partitions have. */
export function changeTrigger(editor: Editor, key: ObjectKey, change: TriggerChange): void {
  const table = tableAt(editor, key);
  if (table === undefined) return;
  const isMeant = ({ name }: Trigger) => name === change.trigger.name || meansAll(change);
  const named = table.triggers.filter(isMeant);
  const triggers = table.triggers.flatMap((each) => (isMeant(each) ? changed(each, change) : [each]));
  editor.set(key, { ...table, triggers });
  if (!named.some(({ perRow }) => perRow) || change.options?.only === true) return;
  for (const partition of partitionsOf(editor, key)) changeTrigger(editor, partition, change);
}

/** `ENABLE TRIGGER ALL | USER` stand as if they were names. */
function meansAll(change: TriggerChange): boolean {
  return change.kind === 'SetTrigger' && (change.trigger.name === 'all' || change.trigger.name === 'user');
}

function changed(trigger: Trigger, change: TriggerChange): readonly Trigger[] {
  switch (change.kind) {
    case 'SetTrigger':
      return [{ ...trigger, enabled: change.enabled }];
    case 'RenameTrigger':
      return [{ ...trigger, name: change.newName.name }];
    case 'DropTrigger':
      return [];
    default: {
      const never: never = change;
      return never;
    }
  }
}

function partitionsOf(editor: Editor, key: ObjectKey): readonly ObjectKey[] {
  return editor.dependents(key).filter((each) => tableAt(editor, each)?.partitionOf?.parent === key);
}
