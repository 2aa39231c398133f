import type { ObjectKey, UserType, View } from '../catalog.ts';
import type { ChangeOf, IndexSpec } from '../change.ts';
import { keyOf, newName, schemaKey } from '../keys.ts';
import { dropObject } from './drop.ts';
import { childrenOf, type Editor, indexAt, tableAt, tableOf } from './editor.ts';

export function createIndex(editor: Editor, change: ChangeOf<'CreateIndex'>): void {
  const owner = editor.resolve('rel', change.table);
  const object = owner === undefined ? undefined : editor.get(owner);
  if (owner === undefined || (object?.kind !== 'table' && object?.kind !== 'view')) return;
  const made = makeIndex(editor, owner, change.index);
  if (made === undefined || change.only) return;
  for (const child of childrenOf(editor, owner)) {
    const partition = tableAt(editor, child);
    if (partition?.partitionOf !== undefined) makeIndex(editor, child, withoutName(change.index));
  }
}

function withoutName({ name: _, ...index }: IndexSpec): IndexSpec {
  return index;
}

function makeIndex(editor: Editor, owner: ObjectKey, index: IndexSpec): ObjectKey | undefined {
  const object = editor.get(owner);
  if (object?.kind !== 'table' && object?.kind !== 'view') return undefined;
  const name = index.name?.name ?? editor.semantics.indexName(editor.catalog, object.name, index);
  const qualified = { schema: object.name.schema, name };
  const key = keyOf('rel', qualified);
  editor.untaint(key);
  if (editor.get(key) !== undefined) return undefined;
  const { unique, method, keys, includes, where, nullsNotDistinct } = index;
  editor.set(key, {
    kind: 'index',
    name: qualified,
    origin: editor.origin,
    table: owner,
    unique,
    method,
    keys,
    includes,
    nullsNotDistinct,
    valid: true,
    ...(where === undefined ? {} : { where }),
  });
  editor.set(owner, { ...object, indexes: [...object.indexes, key] });
  return key;
}

export function createView(editor: Editor, change: ChangeOf<'CreateView'>): void {
  const name = newName(editor.catalog, change.view);
  const key = keyOf('rel', name);
  editor.untaint(key);
  const old = editor.get(key);
  if (old !== undefined && (old.kind !== 'view' || !change.replace)) return;
  const reads = change.reads.flatMap(({ relation, columns }) => {
    const target = editor.resolve('rel', relation);
    return target === undefined ? [] : [{ relation: target, columns: columns.map((column) => column.name) }];
  });
  if (old?.kind === 'view') for (const { relation } of old.reads) editor.independ(relation, key);
  for (const { relation } of reads) editor.depend(relation, key);
  const view: View = {
    kind: 'view',
    name,
    origin: editor.origin,
    materialized: change.materialized,
    columns: change.columns,
    reads,
    indexes: old?.kind === 'view' ? old.indexes : [],
  };
  editor.set(key, view);
}

export function createSequence(editor: Editor, change: ChangeOf<'CreateSequence'>): void {
  const name = newName(editor.catalog, change.sequence);
  const key = keyOf('rel', name);
  editor.untaint(key);
  if (editor.get(key) !== undefined) return;
  editor.set(key, { kind: 'sequence', name, origin: editor.origin, ...owner(editor, key, change.ownedBy) });
}

export function alterSequence(editor: Editor, change: ChangeOf<'AlterSequence'>): void {
  const key = editor.resolve('rel', change.sequence);
  const sequence = key === undefined ? undefined : editor.get(key);
  if (key === undefined || sequence?.kind !== 'sequence' || change.ownedBy === undefined) return;
  if (sequence.ownedBy !== undefined) editor.independ(sequence.ownedBy.table, key);
  const { ownedBy: _, ...rest } = sequence;
  editor.set(key, { ...rest, ...(change.ownedBy === 'none' ? {} : owner(editor, key, change.ownedBy)) });
}

function owner(editor: Editor, key: ObjectKey, ownedBy: ChangeOf<'CreateSequence'>['ownedBy']) {
  const table = ownedBy === undefined ? undefined : tableOf(editor, ownedBy.table);
  if (ownedBy === undefined || table === undefined) return {};
  editor.depend(table.key, key);
  return { ownedBy: { table: table.key, column: ownedBy.column.name } };
}

type TypeChange = ChangeOf<'CreateEnum'> | ChangeOf<'CreateType'> | ChangeOf<'CreateDomain'>;

export function createType(editor: Editor, change: TypeChange): void {
  const name = newName(editor.catalog, change.type);
  const key = keyOf('type', name);
  editor.untaint(key);
  if (editor.get(key) !== undefined) return;
  const common = { kind: 'type', name, origin: editor.origin, values: [], notNull: false, constrained: false } as const;
  editor.set(key, { ...common, ...formOf(editor, change) });
}

function formOf(editor: Editor, change: TypeChange): Pick<UserType, 'form'> & Partial<UserType> {
  switch (change.kind) {
    case 'CreateEnum':
      return { form: 'enum', values: change.values.map(({ name }) => ({ name, origin: editor.origin })) };
    case 'CreateDomain':
      return {
        form: 'domain',
        base: change.base,
        notNull: change.notNull,
        constrained: change.constrained || change.notNull,
      };
    case 'CreateType':
      return { form: change.form === 'composite' || change.form === 'range' ? change.form : 'base' };
    default: {
      const never: never = change;
      return never;
    }
  }
}

export function changeType(
  editor: Editor,
  change: ChangeOf<'AddEnumValue'> | ChangeOf<'RenameEnumValue'> | ChangeOf<'AlterDomain'>,
): void {
  const key = editor.resolve('type', change.type);
  const type = key === undefined ? undefined : editor.get(key);
  if (key === undefined || type?.kind !== 'type') return;
  switch (change.kind) {
    case 'AddEnumValue': {
      if (type.values.some(({ name }) => name === change.value.name)) return;
      return editor.set(key, {
        ...type,
        values: insertValue(type.values, { name: change.value.name, origin: editor.origin }, change.options),
      });
    }
    case 'RenameEnumValue':
      return editor.set(key, {
        ...type,
        values: type.values.map((value) =>
          value.name === change.value.name ? { name: change.newName.name, origin: editor.origin } : value,
        ),
      });
    case 'AlterDomain':
      return editor.set(key, { ...type, constrained: true });
    default: {
      const never: never = change;
      return never;
    }
  }
}

/** `options.before` and `options.after` name a neighbour. */
function insertValue(
  values: UserType['values'],
  value: UserType['values'][number],
  options: Readonly<Record<string, unknown>> | undefined,
): UserType['values'] {
  const before = values.findIndex(({ name }) => name === options?.before);
  const after = values.findIndex(({ name }) => name === options?.after);
  const at = before >= 0 ? before : after >= 0 ? after + 1 : values.length;
  return [...values.slice(0, at), value, ...values.slice(at)];
}

export function createFunction(editor: Editor, change: ChangeOf<'CreateFunction'>): void {
  const name = newName(editor.catalog, change.fn);
  const key = keyOf('fn', name);
  const old = editor.get(key);
  if (old !== undefined && !change.replace) return;
  editor.set(key, {
    kind: 'routine',
    name,
    origin: editor.origin,
    procedure: change.procedure,
    argTypes: change.argTypes,
  });
}

export function createTrigger(editor: Editor, change: ChangeOf<'CreateTrigger'>): void {
  const found = tableOf(editor, change.table);
  if (found === undefined) return;
  const fn = editor.resolve('fn', change.fn) ?? keyOf('fn', newName(editor.catalog, change.fn));
  editor.depend(fn, found.key);
  const others = found.table.triggers.filter(({ name }) => name !== change.trigger.name);
  editor.set(found.key, {
    ...found.table,
    triggers: [...others, { name: change.trigger.name, fn, enabled: true, origin: editor.origin }],
  });
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
