import type { CatalogObject, ObjectKey } from './catalog.ts';
import { candidateKeys, keyOf } from './keys.ts';
import type { ObjectName } from './names.ts';
import type { DataType } from './types.ts';
import { typeKey } from './uses.ts';
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
  const isOf = (each: DataType | null | undefined) => each && typeKey(each) === type;
  return (catalog.dependents.get(type) ?? []).flatMap((key): readonly Holding[] => {
    const object = catalog.objects.get(key);
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

/** Columns that hold a domain inside something else, as an array does: what it says of its values is not looked at there. */
export function columnsEnclosing(catalog: CatalogView, domain: ObjectKey): readonly Holding[] {
  const isIn = (each: DataType | null | undefined) => each && typeKey(each) === domain;
  return (catalog.dependents.get(domain) ?? []).flatMap((key): readonly Holding[] => {
    const object = catalog.objects.get(key);
    if (object?.kind === 'table')
      return object.columns
        .filter(({ type }) => isIn(type) && type.array > 0)
        .map(({ name }) => ({ owner: object, column: name }));
    if (object?.kind !== 'type') return [];
    if (isIn(object.base) && object.base?.array === 0) return columnsEnclosing(catalog, key);
    return isIn(object.base) || object.attributes.some(({ type }) => isIn(type)) ? columnsHolding(catalog, key) : [];
  });
}

export interface Holding {
  readonly owner: CatalogObject;
  readonly column: string;
}
