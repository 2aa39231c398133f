import { applyCertain } from './apply/certain.ts';
import { createEditor } from './apply/editor.ts';
import { applyMaybe } from './apply/maybe.ts';
import type { Catalog, ObjectKey, Origin } from './catalog.ts';
import type { SchemaChange } from './change.ts';
import { dependentsKey, earlierKey, isTemporary, searchPathKey, taintKey } from './keys.ts';
import type { SchemaSemantics } from './semantics.ts';
import { usesOf } from './uses.ts';

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
  const gone = catalog.hasTemporary ? [...catalog.objects].filter(([key]) => isTemporary(key)) : [];
  const path = catalog.searchPath === catalog.initialSearchPath ? [] : [searchPathKey];
  const opaque = tellsAll ? [earlierKey, '*'].filter((key) => catalog.tainted.has(key)) : [];
  if (gone.length + path.length + opaque.length === 0) return { catalog, writes: [] };
  const freed = new Map<ObjectKey, readonly ObjectKey[]>();
  for (const [key, object] of gone)
    for (const on of usesOf(object)) {
      const users = freed.get(on) ?? catalog.dependents.get(on) ?? [];
      freed.set(
        on,
        users.filter((each) => each !== key),
      );
    }
  const next = {
    ...catalog,
    objects: catalog.objects.withAll(gone.flatMap(([key]) => [key, undefined])),
    dependents: catalog.dependents.withAll(
      [...freed].flatMap(([on, users]) => [on, users.length === 0 ? undefined : users]),
    ),
    tainted: opaque.reduce((left, key) => left.with(key, undefined), catalog.tainted),
    searchPath: catalog.initialSearchPath,
    hasTemporary: false,
  };
  const writes = [
    ...gone.map(([key]) => key),
    ...[...freed.keys()].map(dependentsKey),
    ...path,
    ...opaque.map(taintKey),
  ];
  return { catalog: next, writes };
}
