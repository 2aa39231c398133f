import type { ObjectKey, Publication, PublishedTable } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { publicationKey } from '../keys.ts';
import type { ObjectName } from '../names.ts';
import { publishersOf } from '../publishers.ts';
import { childrenOf, type Editor, tableAt, tableOf } from './editor.ts';

/** A table that a statement about a publication names. */
interface Member {
  readonly table: ObjectName;
  readonly only: boolean;
  readonly columns?: readonly string[];
  readonly filter?: readonly string[];
}

export function changePublication(editor: Editor, change: ChangeOf<'ChangeObject'>): void {
  const key = publicationKey(change.object.name);
  const old = publicationAt(editor, key);
  switch (change.verb) {
    case 'create':
      return old === undefined ? editor.set(key, made(editor, change)) : undefined;
    case 'alter':
      return old === undefined ? undefined : editor.set(key, altered(editor, old, change));
    case 'rename': {
      const name = change.newName?.name;
      if (old === undefined || name === undefined) return;
      editor.set(key, undefined);
      return editor.set(publicationKey(name), { ...old, name: { schema: '', name } });
    }
    case 'drop':
      return editor.set(key, undefined);
    default: {
      const never: never = change.verb;
      return never;
    }
  }
}

/** The table is gone: no publication has it any more. */
export function unpublish(editor: Editor, key: ObjectKey): void {
  for (const each of editor.dependents(key)) {
    const old = publicationAt(editor, each);
    if (old !== undefined) editor.set(each, { ...old, tables: old.tables.filter(({ table }) => table !== key) });
  }
}

export function unpublishColumn(editor: Editor, table: ObjectKey, column: string): void {
  for (const each of publishersOf(editor.catalog, table, column)) {
    const tables = each.tables.filter((member) => member.table !== table);
    editor.set(publicationKey(each.name.name), { ...each, tables });
  }
}

/** The column has another name. */
export function renamePublished(editor: Editor, table: ObjectKey, swap: (name: string) => string): void {
  for (const each of editor.dependents(table)) {
    const old = publicationAt(editor, each);
    const tables = old?.tables.map((member): PublishedTable => {
      if (member.table !== table) return member;
      const { columns, filter } = member;
      return {
        ...member,
        ...(columns === undefined ? {} : { columns: columns.map(swap) }),
        ...(filter === undefined ? {} : { filter: filter.map(swap) }),
      };
    });
    if (old !== undefined && tables !== undefined) editor.set(each, { ...old, tables });
  }
}

function publicationAt(editor: Editor, key: ObjectKey): Publication | undefined {
  const object = editor.get(key);
  return object?.kind === 'publication' ? object : undefined;
}

function allOperations({ semantics }: Editor): readonly string[] {
  return ['insert', 'update', 'delete', ...(semantics.habits.publishesTruncate ? ['truncate'] : [])];
}

function made(editor: Editor, change: ChangeOf<'ChangeObject'>): Publication {
  return {
    kind: 'publication',
    name: { schema: '', name: change.object.name },
    origin: editor.origin,
    allTables: change.options?.allTables === true,
    schemas: schemasOf(editor, change),
    tables: membersOf(editor, change),
    operations: operationsOf(change) ?? allOperations(editor),
  };
}

function altered(editor: Editor, old: Publication, change: ChangeOf<'ChangeObject'>): Publication {
  const [schemas, tables] = [schemasOf(editor, change), membersOf(editor, change)];
  const operations = operationsOf(change) ?? old.operations;
  const isMeant = (member: PublishedTable) => tables.some(({ table }) => table === member.table);
  const others = old.tables.filter((member) => !isMeant(member));
  switch (change.options?.action) {
    case 'add':
      return {
        ...old,
        operations,
        schemas: [...new Set([...old.schemas, ...schemas])],
        tables: [...others, ...tables],
      };
    case 'drop':
      return { ...old, operations, schemas: old.schemas.filter((each) => !schemas.includes(each)), tables: others };
    case 'set':
      return { ...old, operations, schemas, tables };
    default:
      return { ...old, operations };
  }
}

function schemasOf(editor: Editor, { options }: ChangeOf<'ChangeObject'>): readonly string[] {
  const named = (options?.schemas ?? []) as readonly string[];
  return named.map((name) => (name === 'CURRENT_SCHEMA' ? (editor.catalog.searchPath[0] ?? name) : name));
}

/** Tables that inherit are named with their parent, unless it says ONLY; partitions are published through it. */
function membersOf(editor: Editor, { options }: ChangeOf<'ChangeObject'>): readonly PublishedTable[] {
  const members = ((options?.members ?? []) as readonly Member[]).flatMap(({ table, only, columns, filter }) => {
    const found = tableOf(editor, table);
    if (found === undefined) return [];
    const inheriting = only
      ? []
      : childrenOf(editor, found.key).filter((child) => tableAt(editor, child)?.partitionOf === undefined);
    return [found.key, ...inheriting].map((key) => ({
      table: key,
      ...(columns === undefined ? {} : { columns }),
      ...(filter === undefined ? {} : { filter }),
    }));
  });
  return [...new Map(members.map((member) => [member.table, member])).values()];
}

function operationsOf({ options }: ChangeOf<'ChangeObject'>): readonly string[] | undefined {
  const settings = (options?.settings ?? {}) as Readonly<Record<string, string>>;
  return settings.publish
    ?.split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');
}
