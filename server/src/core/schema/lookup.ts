import type { CatalogObject, Lookup, Table, UserType } from './catalog.ts';
import { candidateKeys, type Space } from './keys.ts';
import type { ObjectName } from './names.ts';
import type { SchemaSemantics } from './semantics.ts';
import type { CatalogView } from './view.ts';

/** Relations: tables, views, indexes, sequences. */
export function lookup(catalog: CatalogView, semantics: SchemaSemantics, name: ObjectName): Lookup<CatalogObject> {
  return find(catalog, semantics, 'rel', name);
}

/** `absent` also where the name belongs to a relation of another kind. */
export function lookupTable(catalog: CatalogView, semantics: SchemaSemantics, name: ObjectName): Lookup<Table> {
  const found = lookup(catalog, semantics, name);
  if (found.kind !== 'known') return found;
  return found.value.kind === 'table' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
}

export function lookupType(catalog: CatalogView, semantics: SchemaSemantics, name: ObjectName): Lookup<UserType> {
  const found = find(catalog, semantics, 'type', name);
  if (found.kind !== 'known') return found;
  return found.value.kind === 'type' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
}

function find(catalog: CatalogView, semantics: SchemaSemantics, space: Space, name: ObjectName): Lookup<CatalogObject> {
  const keys = candidateKeys(catalog, space, name);
  for (const key of keys) {
    if (catalog.tainted.has(key)) return { kind: 'unknown' };
    const value = catalog.objects.get(key);
    if (value !== undefined) return { kind: 'known', key, value };
  }
  if (!catalog.complete || catalog.tainted.has('*') || semantics.isBuiltIn(name)) return { kind: 'unknown' };
  return { kind: 'absent' };
}
