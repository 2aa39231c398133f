import type { Catalog, ObjectKey } from './catalog.ts';
import { equalData } from './equal.ts';

/** The value behind any key of the catalog: an object, a list of dependents, a taint, the search path. */
export function entry(catalog: Catalog, key: ObjectKey): unknown {
  if (key.startsWith('dep:')) return catalog.dependents.get(key.slice(4));
  if (key.startsWith('taint:')) return catalog.tainted.get(key.slice(6));
  if (key.startsWith('session:')) return catalog.searchPath;
  return catalog.objects.get(key);
}

export function sameEntry(a: unknown, b: unknown): boolean {
  return equalData(a, b);
}

/** The catalog with some entries replaced; `undefined` removes. Values must come from `entry`. */
export function patch(catalog: Catalog, entries: readonly (readonly [ObjectKey, unknown])[]): Catalog {
  if (entries.length === 0) return catalog;
  const { objects, dependents, tainted } = catalog;
  const maps = { objects: objects.asMutable(), dependents: dependents.asMutable(), tainted: tainted.asMutable() };
  let searchPath = catalog.searchPath;
  for (const [key, value] of entries) {
    if (key.startsWith('session:')) searchPath = value as readonly string[];
    else if (key.startsWith('dep:')) put(maps.dependents, key.slice(4), value);
    else if (key.startsWith('taint:')) put(maps.tainted, key.slice(6), value);
    else put(maps.objects, key, value);
  }
  return {
    ...catalog,
    searchPath,
    objects: maps.objects.asImmutable(),
    dependents: maps.dependents.asImmutable(),
    tainted: maps.tainted.asImmutable(),
  };
}

function put<T>(map: import('immutable').Map<string, T>, key: string, value: unknown): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value as T);
}
