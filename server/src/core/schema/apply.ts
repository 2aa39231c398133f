import { applyCertain } from './apply/certain.ts';
import { createEditor } from './apply/editor.ts';
import { applyMaybe } from './apply/maybe.ts';
import type { Catalog, ObjectKey, Origin } from './catalog.ts';
import type { SchemaChange } from './change.ts';
import { isTemporary, searchPathKey } from './keys.ts';
import type { SchemaSemantics } from './semantics.ts';

export { emptyCatalog } from './empty.ts';
export { entriesOf, entry, patch, sameEntry } from './entries.ts';

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

/** A new session follows: temporary objects are gone, the search path is the initial one. */
export function endMigration(catalog: Catalog): { readonly catalog: Catalog; readonly writes: readonly ObjectKey[] } {
  const all = catalog.hasTemporary ? [...catalog.objects] : [];
  const temporary = all.flatMap(([key]) => (isTemporary(key) ? [key] : []));
  const resetPath = catalog.searchPath !== catalog.initialSearchPath;
  if (temporary.length === 0 && !resetPath) return { catalog, writes: [] };
  const objects = temporary.reduce((left, key) => left.with(key, undefined), catalog.objects);
  const next = { ...catalog, objects, searchPath: catalog.initialSearchPath, hasTemporary: false };
  return { catalog: next, writes: resetPath ? [...temporary, searchPathKey] : temporary };
}
