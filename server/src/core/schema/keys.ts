import type { ObjectKey } from './catalog.ts';
import type { ObjectName, QualifiedName } from './names.ts';
import type { DataType } from './types.ts';

export type Space = 'rel' | 'type' | 'fn' | 'stat';

/** Schema of temporary objects; searched first, gone at the end of the migration. */
export const temporarySchema = 'pg_temp';

const TEMPORARY = ['rel', 'type', 'fn', 'stat'].map((space) => `${space}:${temporarySchema}.`);

export function isTemporary(key: ObjectKey): boolean {
  return TEMPORARY.some((start) => key.startsWith(start));
}

export function keyOf(space: Space, { schema, name }: QualifiedName): ObjectKey {
  const known = qualified[space].get(schema)?.get(name);
  if (known !== undefined) return known;
  return pooled(pooled(qualified[space], schema, newNames), name, (each) => `${space}:${schema}.${each}`);
}

/** Of a routine, which its arguments tell from others of its name. Each of them depends on the key of the mere name. */
export function routineKey(name: QualifiedName, argTypes: readonly DataType[]): ObjectKey {
  const types = argTypes.map(
    (type) => `${type.schema === undefined ? '' : `${type.schema}.`}${type.name}${type.array > 0 ? '[]' : ''}`,
  );
  return `${keyOf('fn', name)}(${types.join()})`;
}

export function schemaKey(name: string): ObjectKey {
  return `schema:${name}`;
}

export function publicationKey(name: string): ObjectKey {
  return `pub:${name}`;
}

/** Publications of all tables depend on it. */
export const everyTableKey: ObjectKey = 'rel:*';

/** Tainted where new objects have privileges that no GRANT of theirs gives. */
export const defaultPrivilegesKey: ObjectKey = 'privileges:default';

/** Tainted where a role gave away all that it owns. */
export const ownersKey: ObjectKey = 'owners:all';

/** Tainted where new sessions may begin with a value of it that a role or a database has. */
export function settingKey(name: string): ObjectKey {
  return `setting:${name}`;
}

export const searchPathKey: ObjectKey = 'session:search_path';

/** Tainted once something was made under a name that nobody knows: any other name may mean it. */
export const standInKey: ObjectKey = 'stand-in';

/** Key of the list of objects that depend on `key`. */
export function dependentsKey(key: ObjectKey): ObjectKey {
  return dependentKeys.get(key) ?? pooled(dependentKeys, key, (each) => `dep:${each}`);
}

/** Stands for a name of constraints in a schema: the tables that have one of it depend on it. */
export function constraintNameKey(schema: string, name: string): ObjectKey {
  return `con:${schema}.${name}`;
}

/** Tainted where a history makes casts of its own: what the types of the database do by themselves is not known any more. */
export const castsKey: ObjectKey = 'casts:own';

/** Tainted while the files do not tell the whole schema: what they did not make may have been there before them. */
export const earlierKey: ObjectKey = 'earlier';

export function taintKey(key: ObjectKey): ObjectKey {
  return `taint:${key}`;
}

/** Key of what has left the key's name. */
export function departedKey(key: ObjectKey): ObjectKey {
  return `gone:${key}`;
}

/** The object that a key is about: an object and its taint are read together. */
export function subjectOf(key: ObjectKey): ObjectKey {
  return key.startsWith('taint:') ? key.slice(6) : key;
}

/** Every key under which an existing object of this name could stand, in the order of the search. */
export function candidateKeys(
  { searchPath }: { readonly searchPath: readonly string[] },
  space: Space,
  name: ObjectName,
): readonly ObjectKey[] {
  if (name.schema !== undefined) return [keyOf(space, { schema: name.schema, name: name.name })];
  let known = searched.get(searchPath);
  if (known === undefined) {
    known = { rel: new Map(), type: new Map(), fn: new Map(), stat: new Map() };
    searched.set(searchPath, known);
  }
  const keys = known[space].get(name.name);
  if (keys !== undefined) return keys;
  return pooled(known[space], name.name, (each) =>
    searchedSchemas(searchPath, space).map((schema) => keyOf(space, { schema, name: each })),
  );
}

/** What is temporary is found first, unless the path says when; a function only where its schema is written. */
function searchedSchemas(path: readonly string[], space: Space): readonly string[] {
  if (space === 'fn') return path.filter((schema) => schema !== temporarySchema);
  return path.includes(temporarySchema) ? path : [temporarySchema, ...path];
}

/** Where an object that is made now goes. */
export function newName(
  { searchPath }: { readonly searchPath: readonly string[] },
  name: ObjectName,
  temporary = false,
): QualifiedName {
  const schema = temporary ? temporarySchema : (name.schema ?? searchPath[0] ?? 'public');
  return { schema, name: name.name };
}

// A replay asks for the same few thousand names a million times: each key is built once and shared from then on, and where it
// is known not even the function that would build it is made.
const qualified: Readonly<Record<Space, Map<string, Map<string, ObjectKey>>>> = {
  rel: new Map(),
  type: new Map(),
  fn: new Map(),
  stat: new Map(),
};
const dependentKeys = new Map<ObjectKey, ObjectKey>();
const searched = new WeakMap<readonly string[], Readonly<Record<Space, Map<string, readonly ObjectKey[]>>>>();
const newNames = (): Map<string, ObjectKey> => new Map();

/** Names beyond this number are those of an edit session that has gone on for days: begin again. */
const largestPool = 200_000;

function pooled<V>(pool: Map<string, V>, key: string, make: (key: string) => V): V {
  const known = pool.get(key);
  if (known !== undefined) return known;
  if (pool.size >= largestPool) pool.clear();
  const made = make(key);
  pool.set(key, made);
  return made;
}
