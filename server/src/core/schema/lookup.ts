import { hasStandIn } from '../text/stand-in.ts';
import type { CatalogObject, Lookup, Table, UserType } from './catalog.ts';
import { candidateKeys, earlierKey, type Space, standInKey } from './keys.ts';
import type { ObjectName } from './names.ts';
import type { SchemaSemantics } from './semantics.ts';
import type { CatalogView } from './view.ts';

type Engine = Pick<SchemaSemantics, 'isBuiltIn'>;

/** Relations: tables, views, indexes, sequences. */
export function lookup(catalog: CatalogView, engine: Engine, name: ObjectName): Lookup<CatalogObject> {
  return find(catalog, engine, 'rel', name);
}

/** `absent` also where the name belongs to a relation of another kind. */
export function lookupTable(catalog: CatalogView, engine: Engine, name: ObjectName): Lookup<Table> {
  const found = lookup(catalog, engine, name);
  if (found.kind !== 'known') return found;
  return found.value.kind === 'table' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
}

export function lookupType(catalog: CatalogView, engine: Engine, name: ObjectName): Lookup<UserType> {
  const found = find(catalog, engine, 'type', name);
  if (found.kind !== 'known') return found;
  return found.value.kind === 'type' ? { kind: 'known', key: found.key, value: found.value } : { kind: 'absent' };
}

/** What is not in the catalog does not exist: only then a lookup may answer `absent`. */
export function isComplete({ tainted }: Pick<CatalogView, 'tainted'>): boolean {
  return !tainted.has(earlierKey) && !tainted.has('*') && !tainted.has(standInKey);
}

function find(catalog: CatalogView, engine: Engine, space: Space, name: ObjectName): Lookup<CatalogObject> {
  const keys = candidateKeys(catalog, space, name);
  for (const key of keys) {
    if (catalog.tainted.has(key)) return { kind: 'unknown' };
    const value = catalog.objects.get(key);
    if (value !== undefined) return { kind: 'known', key, value };
  }
  if (!isComplete(catalog) || engine.isBuiltIn(name) || hasStandIn(name.schema) || hasStandIn(name.name))
    return { kind: 'unknown' };
  return { kind: 'absent' };
}
