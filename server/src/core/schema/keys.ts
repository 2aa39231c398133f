import type { Catalog, ObjectKey } from './catalog.ts';
import type { ObjectName, QualifiedName } from './names.ts';

export type Space = 'rel' | 'type' | 'fn';

/** Schema of temporary objects; searched first, gone at the end of the migration. */
export const temporarySchema = 'pg_temp';

export function keyOf(space: Space, { schema, name }: QualifiedName): ObjectKey {
  return `${space}:${schema}.${name}`;
}

export function schemaKey(name: string): ObjectKey {
  return `schema:${name}`;
}

export const searchPathKey: ObjectKey = 'session:search_path';

/** Key of the list of objects that depend on `key`. */
export function dependentsKey(key: ObjectKey): ObjectKey {
  return `dep:${key}`;
}

export function taintKey(key: ObjectKey): ObjectKey {
  return `taint:${key}`;
}

/** Every key under which an existing object of this name could stand, in the order of the search. */
export function candidateKeys(catalog: Catalog, space: Space, name: ObjectName): readonly ObjectKey[] {
  if (name.schema !== undefined) return [keyOf(space, { schema: name.schema, name: name.name })];
  return [temporarySchema, ...catalog.searchPath].map((schema) => keyOf(space, { schema, name: name.name }));
}

/** Where an object that is made now goes. */
export function newName(catalog: Catalog, name: ObjectName, temporary = false): QualifiedName {
  const schema = temporary ? temporarySchema : (name.schema ?? catalog.searchPath[0] ?? 'public');
  return { schema, name: name.name };
}
