import type { Routine, Sequence } from '../catalog.ts';
import type { ChangeOf, DialectOptions } from '../change.ts';
import { keyOf, newName, routineKey, schemaKey } from '../keys.ts';
import type { ObjectName } from '../names.ts';
import { settledType } from '../routines.ts';
import type { DataType } from '../types.ts';
import { dropObject } from './drop.ts';
import { type Editor, indexAt, isTaken, tableOf } from './editor.ts';
import { givenTo } from './owner.ts';
import { settledNames, settledReads } from './settle.ts';

export function createSequence(editor: Editor, change: ChangeOf<'CreateSequence'>): void {
  const name = newName(editor.catalog, change.sequence, change.options?.temporary === true);
  const key = keyOf('rel', name);
  editor.untaint(key);
  if (isTaken(editor, name, { kind: 'sequence', isCreated: true })) return;
  const own = owner(editor, change.ownedBy);
  editor.set(key, { kind: 'sequence', name, origin: editor.origin, ...typeOf(change.options), ...own });
}

/** `AS integer` */
function typeOf(options: DialectOptions | undefined): Pick<Sequence, 'type'> {
  const { as } = (options?.settings ?? {}) as Readonly<Record<string, string>>;
  return as === undefined ? {} : { type: as.slice(as.lastIndexOf('.') + 1) };
}

export function alterSequence(editor: Editor, change: ChangeOf<'AlterSequence'>): void {
  const key = editor.resolve('rel', change.sequence);
  const sequence = key === undefined ? undefined : editor.get(key);
  if (key === undefined || sequence?.kind !== 'sequence') return;
  const typed = { ...givenTo(sequence, change.options), ...typeOf(change.options) };
  if (change.ownedBy === undefined) {
    if (typed.type !== sequence.type || typed.owner !== sequence.owner) editor.set(key, typed);
    return;
  }
  const { ownedBy: _, ...rest } = typed;
  editor.set(key, { ...rest, ...(change.ownedBy === 'none' ? {} : owner(editor, change.ownedBy)) });
}

function owner(editor: Editor, ownedBy: ChangeOf<'CreateSequence'>['ownedBy']) {
  const table = ownedBy === undefined ? undefined : tableOf(editor, ownedBy.table);
  if (ownedBy === undefined || table === undefined) return {};
  return { ownedBy: { table: table.key, column: ownedBy.column.name } };
}

export function createFunction(editor: Editor, change: ChangeOf<'CreateFunction'>): void {
  const { procedure, volatility, bound, reads, names, returns = [], argNames, options } = change;
  addRoutine(editor, change.fn, change.argTypes, change.replace, {
    procedure,
    volatility,
    returns: returns.map((type) => settledType(editor.catalog, type)),
    reads: bound === true ? settledReads(editor, reads) : [],
    uses: settledNames(editor, names),
    ...(isSql(options) ? { inlined: true as const } : {}),
    ...(argNames === undefined ? {} : { argNames }),
    ...(typeof options?.defaults === 'number' ? { defaults: options.defaults } : {}),
    ...(options?.variadic === true ? { variadic: true } : {}),
  });
}

/** A body without a language (BEGIN ATOMIC, RETURN) is SQL. */
function isSql(options: DialectOptions | undefined): boolean {
  const { language = 'sql' } = (options?.settings ?? {}) as Readonly<Record<string, string>>;
  return language.toLowerCase() === 'sql';
}

/** What it is made of must stay. */
export function createAggregate(editor: Editor, { object, argTypes = [], names }: ChangeOf<'ChangeObject'>): void {
  const uses = settledNames(editor, names);
  const made = { procedure: false, aggregate: true, volatility: 'unknown', returns: [], reads: [], uses } as const;
  addRoutine(editor, object, argTypes, true, made);
}

function addRoutine(
  editor: Editor,
  called: ObjectName,
  argTypes: readonly DataType[],
  replaces: boolean,
  routine: Omit<Routine, 'kind' | 'name' | 'origin' | 'argTypes'>,
): void {
  const name = newName(editor.catalog, called);
  const settled = argTypes.map((type) => settledType(editor.catalog, type));
  const key = routineKey(name, settled);
  const old = editor.get(key);
  if (old !== undefined && !replaces) return;
  const kept = old?.privileges === undefined ? {} : { privileges: old.privileges };
  editor.set(key, { kind: 'routine', name, origin: editor.origin, argTypes: settled, ...routine, ...kept });
}

export function createSchema(editor: Editor, change: ChangeOf<'CreateSchema'>): void {
  const key = schemaKey(change.schema.name);
  if (editor.get(key) === undefined)
    editor.set(key, { kind: 'schema', name: { schema: '', name: change.schema.name }, origin: editor.origin });
}

/** Rare, so a walk over all objects is fine; it makes the change depend on whatever it drops. */
export function dropSchema(editor: Editor, change: ChangeOf<'DropSchema'>): void {
  const inside = [...editor.catalog.objects]
    .filter(([, object]) => object.name.schema === change.schema.name)
    .map(([key]) => key);
  if (inside.length > 0 && !change.cascade) return;
  for (const key of inside) {
    const index = indexAt(editor, key);
    if (index === undefined) dropObject(editor, key, true);
  }
  editor.set(schemaKey(change.schema.name), undefined);
}
