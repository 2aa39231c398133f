import { applyCertain } from './apply/certain.ts';
import { createEditor } from './apply/editor.ts';
import { applyMaybe } from './apply/maybe.ts';
import type { Catalog, ObjectKey, Origin } from './catalog.ts';
import type { SchemaChange } from './change.ts';
import { earlierKey, isTemporary, searchPathKey, taintKey } from './keys.ts';
import type { SchemaSemantics } from './semantics.ts';

export { emptyCatalog } from './empty.ts';
export { catalogOf, entriesOf, entry, patch, sameEntry } from './entries.ts';

export interface Applied {
  readonly catalog: Catalog;
  /** Keys whose values the result depends on, absence included. */
  readonly reads: ReadonlySet<ObjectKey>;
  /** Keys whose values changed. */
  readonly writes: ReadonlySet<ObjectKey>;
}

/**
 * The schema after a change. Something that the server would refuse (a missing table, a dependent without CASCADE)
 * leaves the catalog as it is. Never throws.
 */
export function apply(catalog: Catalog, change: SchemaChange, origin: Origin, semantics: SchemaSemantics): Catalog {
  return applyTracked(catalog, change, origin, semantics).catalog;
}

export function applyTracked(
  catalog: Catalog,
  change: SchemaChange,
  origin: Origin,
  semantics: SchemaSemantics,
  reads = new Set<ObjectKey>(),
): Applied {
  const editor = createEditor(catalog, origin, semantics, reads);
  if (change.certainty === 'maybe') applyMaybe(editor, change);
  else applyCertain(editor, change);
  return { catalog: editor.result(), reads: editor.reads, writes: editor.writes };
}

/**
 * A new session follows: temporary objects are gone, the search path is the initial one.
 * @param tellsAll with this migration the files tell the whole schema, whatever was there before them
 */
export function endMigration(
  catalog: Catalog,
  tellsAll: boolean,
): { readonly catalog: Catalog; readonly writes: readonly ObjectKey[] } {
  const all = catalog.hasTemporary ? [...catalog.objects] : [];
  const gone = all.flatMap(([key]) => (isTemporary(key) ? [key] : []));
  const path = catalog.searchPath === catalog.initialSearchPath ? [] : [searchPathKey];
  const opaque = tellsAll ? [earlierKey, '*'].filter((key) => catalog.tainted.has(key)) : [];
  const writes = [...gone, ...path, ...opaque.map(taintKey)];
  if (writes.length === 0) return { catalog, writes };
  const next = {
    ...catalog,
    objects: gone.reduce((left, key) => left.with(key, undefined), catalog.objects),
    tainted: opaque.reduce((left, key) => left.with(key, undefined), catalog.tainted),
    searchPath: catalog.initialSearchPath,
    hasTemporary: false,
  };
  return { catalog: next, writes };
}
