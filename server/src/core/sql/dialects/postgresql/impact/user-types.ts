import type { Lookup, UserType } from '../../../../schema/catalog.ts';
import type { DataType } from '../../../../schema/types.ts';
import { nowhere } from '../../../../text/nowhere.ts';
import { findType, type Scene } from './reach.ts';
import { EXTENSION_TYPES, isBuiltInType } from './type-facts.ts';

/** The domain that a type names. `absent`: it is no domain; `unknown`: a name that could be one. */
export function domainOf(scene: Scene, type: DataType): Lookup<UserType> {
  const found = userTypeOf(scene, type);
  return found.kind === 'known' && found.value.form !== 'domain' ? { kind: 'absent' } : found;
}

/** The user-defined type that a type names (an array's element too). `absent`: built in, or an array. */
export function userTypeOf(scene: Scene, type: DataType): Lookup<UserType> {
  if (type.array > 0 || isBuiltInType(type) || EXTENSION_TYPES.has(type.name)) return { kind: 'absent' };
  const name = {
    name: type.name,
    span: nowhere,
    ...(type.schema === undefined ? {} : { schema: type.schema }),
  };
  const found = findType(scene, name);
  return found.kind === 'absent' ? { kind: 'unknown' } : found;
}
