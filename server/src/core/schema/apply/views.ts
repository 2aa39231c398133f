import type { CatalogObject, ObjectKey, View } from '../catalog.ts';
import type { ChangeOf, DialectOptions, Reads } from '../change.ts';
import { keyOf, newName, temporarySchema } from '../keys.ts';
import type { Editor } from './editor.ts';

/** A view with the columns that it reads, as they are at this moment: a star means those that are there now. */
export function createView(editor: Editor, change: ChangeOf<'CreateView'>): void {
  const reads = change.reads.flatMap((read) => settledReads(editor, read));
  const temporary =
    change.options?.temporary === true ||
    (!change.materialized && reads.some(({ relation }) => isTemporary(editor, relation)));
  const name = newName(editor.catalog, change.view, temporary);
  const key = keyOf('rel', name);
  editor.untaint(key);
  const old = editor.get(key);
  if (old !== undefined && (old.kind !== 'view' || !change.replace)) return;
  if (old?.kind === 'view') for (const { relation } of old.reads) editor.independ(relation, key);
  for (const { relation } of reads) editor.depend(relation, key);
  const view: View = {
    kind: 'view',
    name,
    origin: editor.origin,
    materialized: change.materialized,
    columns: columnsOf(editor, change),
    reads,
    starred: change.reads.some(({ columns }) => columns.some(({ name: read }) => read === '*')),
    indexes: old?.kind === 'view' ? old.indexes : [],
    options: settingsOf(change.options),
    ...(old?.privileges === undefined ? {} : { privileges: old.privileges }),
  };
  editor.set(key, view);
}

/** CREATE OR REPLACE sets them anew: what it does not repeat is gone. */
function settingsOf(options: DialectOptions | undefined): View['options'] {
  return (options?.settings ?? {}) as View['options'];
}

/** `ALTER VIEW v SET (...)`, `RESET (...)` */
export function setViewOptions(editor: Editor, change: ChangeOf<'SetTableOption'>): void {
  const key = editor.resolve('rel', change.table);
  const view = key === undefined ? undefined : editor.get(key);
  if (key === undefined || view?.kind !== 'view' || change.option !== 'storage-parameters') return;
  const said = settingsOf(change.options);
  const kept = Object.entries(view.options).filter(([name]) => said[name] === undefined);
  const options = { ...Object.fromEntries(kept), ...(change.options?.setting === 'reset' ? {} : said) };
  editor.set(key, { ...view, options });
}

/** A view over a temporary relation is temporary. */
function isTemporary(editor: Editor, key: ObjectKey): boolean {
  return editor.get(key)?.name.schema === temporarySchema;
}

function settledReads(editor: Editor, { relation, columns, maybe = [] }: Reads): View['reads'] {
  const key = editor.resolve('rel', relation);
  const object = key === undefined ? undefined : editor.get(key);
  if (key === undefined || object === undefined) return [];
  const named = columns.map(({ name }) => name);
  const own = columnNames(object);
  if (own === undefined) return [{ relation: key, columns: named.length === 0 ? ['*'] : named }];
  const possible = new Set([...named, ...maybe.map(({ name }) => name)]);
  return [{ relation: key, columns: named.includes('*') ? own : own.filter((name) => possible.has(name)) }];
}

/** Undefined: not all of them are known. */
function columnNames(object: CatalogObject): readonly string[] | undefined {
  if (object.kind === 'table') return object.partial ? undefined : object.columns.map(({ name }) => name);
  if (object.kind !== 'view' || object.columns.includes('*')) return undefined;
  return object.columns;
}

/** The star of a query over one relation is that relation's columns; over several, which of them only the database knows. */
function columnsOf(editor: Editor, { columns, reads }: ChangeOf<'CreateView'>): readonly string[] {
  const starred = reads.filter((each) => each.columns.some(({ name }) => name === '*'));
  const [only] = starred;
  const key = starred.length === 1 && only !== undefined ? editor.resolve('rel', only.relation) : undefined;
  const object = key === undefined ? undefined : editor.get(key);
  const own = object === undefined ? undefined : columnNames(object);
  return own === undefined ? columns : columns.flatMap((name) => (name === '*' ? own : [name]));
}
