import type { Catalog, CatalogObject, Departed, ObjectKey } from './catalog.ts';
import { equalData } from './equal.ts';
import { departedKey, dependentsKey, isTemporary, searchPathKey, taintKey } from './keys.ts';
import { Versions } from './versions.ts';

/** The value behind any key of the catalog: an object, a list of dependents, a taint, the search path. */
export function entry(catalog: Catalog, key: ObjectKey): unknown {
  if (key.startsWith('dep:')) return catalog.dependents.get(key.slice(4));
  if (key.startsWith('taint:')) return catalog.tainted.get(key.slice(6));
  if (key.startsWith('gone:')) return catalog.departed.get(key.slice(5));
  if (key.startsWith('session:')) return catalog.searchPath;
  return catalog.objects.get(key);
}

/** Everything that `catalogOf` needs to make the catalog again. */
export function entriesOf({
  objects,
  dependents,
  tainted,
  departed,
  searchPath,
}: Catalog): readonly (readonly [ObjectKey, unknown])[] {
  return [
    ...objects,
    ...[...dependents].map(([key, value]) => [dependentsKey(key), value] as const),
    ...[...tainted].map(([key, value]) => [taintKey(key), value] as const),
    ...[...departed].map(([key, value]) => [departedKey(key), value] as const),
    [searchPathKey, searchPath],
  ];
}

/** The catalog with these entries and no others; what no entry tells is that of the empty one. */
export function catalogOf(empty: Catalog, entries: Iterable<readonly [ObjectKey, unknown]>): Catalog {
  return patch({ ...empty, tainted: Versions.empty() }, entries);
}

export function sameEntry(a: unknown, b: unknown): boolean {
  return equalData(a, b);
}

/** The catalog with some entries replaced; `undefined` removes. Values must come from `entry`. */
export function patch(catalog: Catalog, entries: Iterable<readonly [ObjectKey, unknown]>): Catalog {
  let { searchPath, hasTemporary } = catalog;
  const objects: (ObjectKey | CatalogObject | undefined)[] = [];
  const dependents: (ObjectKey | readonly ObjectKey[] | undefined)[] = [];
  const tainted: (ObjectKey | true | undefined)[] = [];
  const departed: (ObjectKey | Departed | undefined)[] = [];
  for (const [key, value] of entries) {
    if (key.startsWith('session:')) searchPath = value as readonly string[];
    else if (key.startsWith('dep:')) dependents.push(key.slice(4), value as readonly ObjectKey[] | undefined);
    else if (key.startsWith('taint:')) tainted.push(key.slice(6), value as true | undefined);
    else if (key.startsWith('gone:')) departed.push(key.slice(5), value as Departed | undefined);
    else {
      objects.push(key, value as CatalogObject | undefined);
      hasTemporary ||= value !== undefined && isTemporary(key);
    }
  }
  return {
    ...catalog,
    objects: catalog.objects.withAll(objects),
    dependents: catalog.dependents.withAll(dependents),
    tainted: catalog.tainted.withAll(tainted),
    departed: catalog.departed.withAll(departed),
    searchPath,
    hasTemporary,
  };
}
