import type { ObjectKey, Sequence } from '../catalog.ts';
import type { ChangeOf, DialectOptions } from '../change.ts';
import { keyOf, newName, schemaKey } from '../keys.ts';
import type { DataType } from '../types.ts';
import { dropObject } from './drop.ts';
import { type Editor, indexAt, tableOf } from './editor.ts';

export function createSequence(editor: Editor, change: ChangeOf<'CreateSequence'>): void {
  const name = newName(editor.catalog, change.sequence, change.options?.temporary === true);
  const key = keyOf('rel', name);
  editor.untaint(key);
  if (editor.get(key) !== undefined) return;
  const own = owner(editor, key, change.ownedBy);
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
  const typed = { ...sequence, ...typeOf(change.options) };
  if (change.ownedBy === undefined) {
    if (typed.type !== sequence.type) editor.set(key, typed);
    return;
  }
  if (sequence.ownedBy !== undefined) editor.independ(sequence.ownedBy.table, key);
  const { ownedBy: _, ...rest } = typed;
  editor.set(key, { ...rest, ...(change.ownedBy === 'none' ? {} : owner(editor, key, change.ownedBy)) });
}

function owner(editor: Editor, key: ObjectKey, ownedBy: ChangeOf<'CreateSequence'>['ownedBy']) {
  const table = ownedBy === undefined ? undefined : tableOf(editor, ownedBy.table);
  if (ownedBy === undefined || table === undefined) return {};
  editor.depend(table.key, key);
  return { ownedBy: { table: table.key, column: ownedBy.column.name } };
}

export function createFunction(editor: Editor, change: ChangeOf<'CreateFunction'>): void {
  const name = newName(editor.catalog, change.fn);
  const key = keyOf('fn', name);
  const old = editor.get(key);
  const other = old?.kind === 'routine' && !isSame(editor, old.argTypes, change.argTypes) ? old : undefined;
  const volatility = (other?.volatility ?? change.volatility) === change.volatility ? change.volatility : 'unknown';
  if (old !== undefined && !change.replace)
    return other === undefined ? undefined : editor.set(key, { ...other, volatility });
  const { privileges } = old ?? {};
  editor.set(key, {
    kind: 'routine',
    name,
    origin: editor.origin,
    procedure: change.procedure,
    argTypes: change.argTypes,
    volatility,
    ...(privileges === undefined ? {} : { privileges }),
  });
}

function isSame({ semantics }: Editor, a: readonly DataType[], b: readonly DataType[]): boolean {
  return a.length === b.length && a.every((type, nth) => semantics.sameType(type, b[nth] ?? type));
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
