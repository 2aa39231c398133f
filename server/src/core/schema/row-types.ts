import type { CatalogObject, ObjectKey } from './catalog.ts';
import { candidateKeys, keyOf } from './keys.ts';
import type { ObjectName } from './names.ts';
import type { CatalogView } from './view.ts';

/** A table and a view have a row type of their name. No object stands under its key; what uses it depends on that key. */
export function rowTypeKey({ kind, name }: CatalogObject): ObjectKey | undefined {
  return kind === 'table' || kind === 'view' ? keyOf('type', name) : undefined;
}

/** Key of the type that a name means: one of its own, or a row type. */
export function typeKeyNamed(catalog: CatalogView, name: ObjectName): ObjectKey | undefined {
  const relations = candidateKeys(catalog, 'rel', name);
  return candidateKeys(catalog, 'type', name).find((key, place) => {
    if (catalog.objects.has(key)) return true;
    const relation = catalog.objects.get(relations[place] ?? '');
    return relation !== undefined && rowTypeKey(relation) === key;
  });
}

/** Columns that hold values of a type, of it inside another type too: rows of tables and of materialized views. */
export function columnsHolding(catalog: CatalogView, type: ObjectKey, seen = new Set<ObjectKey>()): readonly Holding[] {
  if (seen.has(type)) return [];
  seen.add(type);
  return (catalog.dependents.get(type) ?? []).flatMap((key): readonly Holding[] => {
    const object = catalog.objects.get(key);
    const isOf = (each: { readonly schema?: string; readonly name: string } | null | undefined) =>
      each?.schema !== undefined && keyOf('type', { schema: each.schema, name: each.name }) === type;
    switch (object?.kind) {
      case 'table':
        return object.columns.flatMap((column) => (isOf(column.type) ? [{ owner: object, column: column.name }] : []));
      case 'view':
        return object.materialized
          ? object.columns.flatMap((column, place) => (isOf(object.types[place]) ? [{ owner: object, column }] : []))
          : [];
      case 'type':
        return isOf(object.base) || object.attributes.some((each) => isOf(each.type))
          ? columnsHolding(catalog, key, seen)
          : [];
      default:
        return [];
    }
  });
}

export interface Holding {
  readonly owner: CatalogObject;
  readonly column: string;
}
