import type { CatalogObject } from '../catalog.ts';
import type { ColumnSource } from '../change.ts';
import type { ObjectName } from '../names.ts';
import { settledType } from '../routines.ts';
import type { DataType } from '../types.ts';
import type { Editor } from './editor.ts';

type ColumnType = DataType | null;

/** Types of what a query gives, as the relations that it reads are at this moment. */
export function typesOf(editor: Editor, sources: readonly ColumnSource[], count: number): readonly ColumnType[] {
  const types = sources.flatMap((source) => typesFrom(editor, source));
  return types.length === count ? types : Array.from({ length: count }, () => null);
}

function typesFrom(editor: Editor, source: ColumnSource): readonly ColumnType[] {
  if (source === 'unknown') return [null];
  if ('type' in source) return [settledType(editor.catalog, source.type)];
  const relations = source.of.map((name) => columnsAt(editor, name));
  if (source.column === '*') return relations.flatMap((columns) => columns?.map(({ type }) => type) ?? []);
  // One that is not known in full may have it, too.
  if (relations.includes(undefined)) return [null];
  const found = relations.flatMap((columns) => columns?.filter(({ name }) => name === source.column) ?? []);
  return [found.length === 1 ? (found[0]?.type ?? null) : null];
}

interface TypedColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Undefined: not all of them are known. */
function columnsAt(editor: Editor, name: ObjectName): readonly TypedColumn[] | undefined {
  const key = editor.resolve('rel', name);
  const object: CatalogObject | undefined = key === undefined ? undefined : editor.get(key);
  if (object?.kind === 'table') return object.partial ? undefined : object.columns;
  if (object?.kind !== 'view' || object.columns.includes('*')) return undefined;
  return object.columns.map((column, place) => ({ name: column, type: object.types[place] ?? null }));
}
