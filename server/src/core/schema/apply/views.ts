import type { ObjectKey, View } from '../catalog.ts';
import type { ChangeOf, DialectOptions } from '../change.ts';
import { keyOf, newName, temporarySchema } from '../keys.ts';
import { columnNames, type Editor, isTaken } from './editor.ts';
import { settledNames, settledReads } from './settle.ts';
import { typesOf } from './view-types.ts';

/** A view with the columns that it reads, as they are at this moment: a star means those that are there now. */
export function createView(editor: Editor, change: ChangeOf<'CreateView'>): void {
  const read = settledReads(editor, change.reads);
  const temporary =
    change.options?.temporary === true ||
    (!change.materialized && read.some(({ relation }) => isTemporary(editor, relation)));
  const name = newName(editor.catalog, change.view, temporary);
  const key = keyOf('rel', name);
  editor.untaint(key);
  const old = editor.get(key);
  if (old?.kind === 'view' ? !change.replace : isTaken(editor, name, { kind: 'view' })) return;
  const columns = columnsOf(editor, change);
  const view: View = {
    kind: 'view',
    name,
    origin: editor.origin,
    materialized: change.materialized,
    columns,
    types: typesOf(editor, change.sources ?? [], columns.length),
    // CREATE OR REPLACE may read the view itself, which no drop asks after.
    reads: read.filter(({ relation }) => relation !== key),
    uses: settledNames(editor, change.names),
    rules: old?.kind === 'view' ? old.rules : [],
    triggers: old?.kind === 'view' ? old.triggers : [],
    starred: change.reads.some(({ columns }) => columns.some(({ name: read }) => read === '*')),
    indexes: old?.kind === 'view' ? old.indexes : [],
    options: settingsOf(change.options),
    ...(change.materialized && !change.withData ? { unpopulatedSince: editor.origin } : {}),
    ...(old?.privileges === undefined ? {} : { privileges: old.privileges }),
  };
  editor.set(key, view);
}

export function refreshView(editor: Editor, change: ChangeOf<'RefreshView'>): void {
  const key = editor.resolve('rel', change.view);
  const view = key === undefined ? undefined : editor.get(key);
  if (key === undefined || view?.kind !== 'view' || change.withData === (view.unpopulatedSince === undefined)) return;
  const { unpopulatedSince: _, ...populated } = view;
  editor.set(key, change.withData ? populated : { ...view, unpopulatedSince: editor.origin });
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

/** The star of a query over one relation is that relation's columns; over several, which of them only the database knows. */
function columnsOf(editor: Editor, { columns, reads }: ChangeOf<'CreateView'>): readonly string[] {
  const starred = reads.filter((each) => each.columns.some(({ name }) => name === '*'));
  const [only] = starred;
  const key = starred.length === 1 && only !== undefined ? editor.resolve('rel', only.relation) : undefined;
  const object = key === undefined ? undefined : editor.get(key);
  const own = object === undefined ? undefined : columnNames(object);
  return own === undefined ? columns : columns.flatMap((name) => (name === '*' ? own : [name]));
}
