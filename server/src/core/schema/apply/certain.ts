import type { CatalogObject, ObjectKey } from '../catalog.ts';
import type { ChangeOf, SchemaChange } from '../change.ts';
import { castsKey, isTemporary, keyOf, ownersKey } from '../keys.ts';
import type { ObjectName } from '../names.ts';
import { droppedKind, type RoutineKind, routineNamed } from '../routines.ts';
import { pathOf } from '../search-path.ts';
import type { Volatility } from '../types.ts';
import { alterTable } from './alter.ts';
import { setBeginning } from './beginnings.ts';
import { changeColumnType } from './column-type.ts';
import { addConstraint, dropConstraint } from './constraints.ts';
import { dropObject } from './drop.ts';
import { dropColumn } from './drop-column.ts';
import { type Editor, tableOf } from './editor.ts';
import { attachPart, createIndex } from './indexes.ts';
import { attach, detach } from './inherit.ts';
import { alterSequence, createAggregate, createFunction, createSchema, createSequence, dropSchema } from './others.ts';
import { setTableOwner } from './owner.ts';
import { changePolicy, changeRule } from './policies.ts';
import { changePrivileges } from './privileges.ts';
import { changePublication } from './publications.ts';
import { moveObject, renameColumn, renameSchema, setSchema } from './rename.ts';
import { writeRows } from './rows.ts';
import { changeStatistics } from './statistics.ts';
import { addColumn, createTable } from './tables.ts';
import { changeTrigger, createTrigger } from './triggers.ts';
import { changeAttribute, changeType, createType } from './types.ts';
import { createView, refreshView, setViewOptions } from './views.ts';

/** One change, as the server would carry it out. The switch is the whole map of what changes the catalog. */
export function applyCertain(editor: Editor, change: SchemaChange): void {
  switch (change.kind) {
    case 'CreateSchema':
      return createSchema(editor, change);
    case 'DropSchema':
      return dropSchema(editor, change);
    case 'RenameSchema':
      return renameSchema(editor, change);
    case 'CreateTable':
      return createTable(editor, change);
    case 'DropTable':
      return drop(editor, change.table, change.cascade, change.together);
    case 'RenameTable':
      return rename(editor, change.table, change.newName.name);
    case 'SetTableSchema':
      return setSchema(editor, change.table, change.schema.name);
    case 'AddColumn':
      return onTable(editor, change.table, (key) => addColumn(editor, key, change));
    case 'DropColumn':
      return onTable(editor, change.table, (key) =>
        dropColumn(editor, key, change.column.name, change.cascade, isOnly(change)),
      );
    case 'RenameColumn':
      return renameColumn(editor, change.table, change.column.name, change.newName.name);
    case 'ChangeColumnType':
      return onTable(editor, change.table, (key) => changeColumnType(editor, key, change));
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
    case 'SetIdentity':
    case 'SetGenerated':
    case 'RenameConstraint':
    case 'ValidateConstraint':
    case 'AlterConstraint':
    case 'SetInheritance':
      return alterTable(editor, change);
    case 'SetTrigger':
    case 'RenameTrigger':
    case 'DropTrigger':
      return changeTrigger(editor, change);
    case 'SetTableOption':
      if (change.option === 'attach-index') return attachPart(editor, change);
      if (change.option === 'owner') setTableOwner(editor, change);
      return change.option === 'storage-parameters' ? setParameters(editor, change) : alterTable(editor, change);
    case 'AddConstraint':
      return onTable(editor, change.table, (key) =>
        addConstraint(editor, key, change.constraint, undefined, isOnly(change)),
      );
    case 'DropConstraint':
      return onTable(editor, change.table, (key) =>
        dropConstraint(editor, key, change.constraint.name, change.cascade, isOnly(change)),
      );
    case 'CreateIndex':
      return createIndex(editor, change);
    case 'DropIndex':
      return drop(editor, change.index, change.cascade);
    case 'RenameIndex':
      return rename(editor, change.index, change.newName.name);
    case 'AttachPartition':
      return onTable(editor, change.partition, (key) => attach(editor, key, change.table, change));
    case 'DetachPartition':
      return onTable(editor, change.partition, (key) => detach(editor, key));
    case 'CreateView':
      return createView(editor, change);
    case 'DropView':
      return drop(editor, change.view, change.cascade, change.together);
    case 'RenameView':
      return rename(editor, change.view, change.newName.name);
    case 'RenameViewColumn':
      return renameColumn(editor, change.view, change.column.name, change.newName.name);
    case 'CreateSequence':
      return createSequence(editor, change);
    case 'AlterSequence':
      return alterSequence(editor, change);
    case 'DropSequence':
      return drop(editor, change.sequence, change.cascade);
    case 'RenameSequence':
      return rename(editor, change.sequence, change.newName.name);
    case 'CreateEnum':
    case 'CreateType':
    case 'CreateDomain':
      return createType(editor, change);
    case 'AddEnumValue':
    case 'RenameEnumValue':
    case 'AlterDomain':
      return changeType(editor, change);
    case 'DropType':
      return drop(editor, change.type, change.cascade, change.together, 'type');
    case 'RenameType':
      return renameIn(editor, 'type', change.type, change.newName.name);
    case 'CreateFunction':
      return createFunction(editor, change);
    case 'DropFunction':
      return dropRoutine(editor, change, change.cascade, droppedKind(change), change.together);
    case 'CreateTrigger':
      return createTrigger(editor, change);
    case 'Truncate':
    case 'WriteRows':
      return writeRows(editor, change);
    case 'SetSession':
      return setSession(editor, change.name, change.value);
    case 'Transaction':
      return change.verb === 'commit' ? dropTemporary(editor, dropsOnCommit) : undefined;
    case 'DiscardTemporary':
      return dropTemporary(editor, () => true);
    case 'RunSql':
      return taint(editor, change);
    case 'RefreshView':
      return refreshView(editor, change);
    case 'Maintain':
    case 'LockTable':
    case 'Comment':
      return;
    case 'Grant':
      return changePrivileges(editor, change);
    case 'ChangeObject':
      return changeObject(editor, change);
    default: {
      const never: never = change;
      return never;
    }
  }
}

function onTable(editor: Editor, name: ObjectName, work: (key: string) => void): void {
  const found = tableOf(editor, name);
  if (found !== undefined) work(found.key);
}

/** ALTER TABLE takes views, too. */
function setParameters(editor: Editor, change: ChangeOf<'SetTableOption'>): void {
  alterTable(editor, change);
  setViewOptions(editor, change);
}

function isOnly({ options }: SchemaChange): boolean {
  return options?.only === true;
}

function changeObject(editor: Editor, change: ChangeOf<'ChangeObject'>): void {
  if (change.bringsMore === true) return editor.taint('*');
  if (change.objectKind === 'owner') return editor.taint(ownersKey);
  switch (change.objectKind) {
    case 'cast':
    case 'operator class':
    case 'operator family':
      return editor.taint(castsKey);
    case 'role':
    case 'database':
      return setBeginning(editor, change);
    case 'policy':
      return changePolicy(editor, change);
    case 'rule':
      return changeRule(editor, change);
    case 'statistics':
      return changeStatistics(editor, change);
    case 'publication':
      return changePublication(editor, change);
    case 'extension':
      // Which objects an extension has made, and what depends on those, only the database knows.
      return change.options?.cascade === true ? editor.taint('*') : undefined;
    case 'attribute':
      return changeAttribute(editor, change);
    case 'type':
      if (change.options?.attribute !== undefined) return changeAttribute(editor, change);
      return moveOther(editor, 'type', editor.resolve('type', change.object), change);
    case 'aggregate':
    case 'function':
    case 'procedure':
    case 'routine':
      return changeRoutine(editor, change, change.objectKind);
    default:
      return;
  }
}

function changeRoutine(editor: Editor, change: ChangeOf<'ChangeObject'>, kind: RoutineKind): void {
  if (change.verb === 'create') return createAggregate(editor, change);
  const { object: fn, argTypes } = change;
  const named = argTypes === undefined ? { fn } : { fn, argTypes };
  if (change.verb === 'drop') return dropRoutine(editor, named, change.options?.cascade === true, kind);
  const key = routineNamed(editor.catalog, change.object, change.argTypes, kind);
  const routine = key === undefined ? undefined : editor.get(key);
  const volatility = volatilityIn(change.options?.settings);
  if (key !== undefined && routine?.kind === 'routine' && volatility !== undefined)
    editor.set(key, { ...routine, volatility });
  moveOther(editor, 'fn', key, change);
}

function dropRoutine(
  editor: Editor,
  routine: NamedRoutine,
  cascade: boolean,
  kind: RoutineKind,
  together: readonly NamedRoutine[] = [],
): void {
  const meant = ({ fn, argTypes }: NamedRoutine) => routineNamed(editor.catalog, fn, argTypes, kind);
  const key = meant(routine);
  if (key !== undefined) dropObject(editor, key, cascade, new Set(together.flatMap((each) => meant(each) ?? [])));
}

type NamedRoutine = Pick<ChangeOf<'DropFunction'>, 'fn' | 'argTypes'>;

/** `ALTER TYPE t SET SCHEMA s`; functions are also renamed so. */
function moveOther(
  editor: Editor,
  space: 'type' | 'fn',
  key: ObjectKey | undefined,
  { newName, options }: ChangeOf<'ChangeObject'>,
): void {
  const moved = key === undefined ? undefined : editor.get(key)?.name;
  if (key === undefined || moved === undefined) return;
  const schema = typeof options?.schema === 'string' ? options.schema : moved.schema;
  const name = newName?.name ?? moved.name;
  if (schema !== moved.schema || name !== moved.name) moveObject(editor, space, key, { schema, name });
}

/** `ALTER FUNCTION f() STABLE` */
function volatilityIn(settings: unknown): Volatility | undefined {
  const said = typeof settings === 'object' && settings !== null && 'volatility' in settings && settings.volatility;
  return said === 'immutable' || said === 'stable' || said === 'volatile' ? said : undefined;
}

function drop(
  editor: Editor,
  name: ObjectName,
  cascade: boolean,
  together: readonly ObjectName[] = [],
  space: 'rel' | 'type' = 'rel',
): void {
  const key = editor.resolve(space, name);
  // Those before it are gone: their names mean something else by now.
  const later = together.filter(({ span }) => span.start >= name.span.start);
  const others = later.flatMap((each) => editor.resolve(space, each) ?? []);
  if (key !== undefined) dropObject(editor, key, cascade, new Set(others));
}

/** ALTER TABLE ... RENAME also works on views, indexes and sequences: the object decides, not the word. */
function rename(editor: Editor, name: ObjectName, to: string): void {
  renameIn(editor, 'rel', name, to);
}

function renameIn(editor: Editor, space: 'rel' | 'type', name: ObjectName, to: string): void {
  const key = editor.resolve(space, name);
  const object = key === undefined ? undefined : editor.get(key);
  if (key !== undefined && object !== undefined)
    moveObject(editor, space, key, { schema: object.name.schema, name: to });
}

/** `SET search_path` decides where unqualified names go; `value` is the list, joined by `, `. */
function setSession(editor: Editor, name: string, value: string): void {
  if (name !== 'search_path' && name !== 'all') return;
  editor.setSearchPath(value === '' || /^default$/i.test(value) ? editor.catalog.initialSearchPath : pathOf(value));
}

/** What ROLLBACK takes back is no matter of one change: it depends on those before it. */
function dropTemporary(editor: Editor, isMeant: (object: CatalogObject) => boolean): void {
  const { hasTemporary, objects } = editor.result();
  for (const [key, object] of hasTemporary ? [...objects] : [])
    if (isTemporary(key) && isMeant(object)) dropObject(editor, key, true);
}

function dropsOnCommit(object: CatalogObject): boolean {
  return object.kind === 'table' && object.options.onCommit === 'drop';
}

function taint(editor: Editor, change: Extract<SchemaChange, { kind: 'RunSql' }>): void {
  if (change.taint !== 'schema') return;
  if (change.mayTouch === undefined) return editor.taint('*');
  for (const name of change.mayTouch)
    editor.taint(
      editor.resolve('rel', name) ??
        keyOf('rel', { schema: name.schema ?? editor.catalog.searchPath[0] ?? 'public', name: name.name }),
    );
}
