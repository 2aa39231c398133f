import type { FieldDescriptor } from '../../descriptor.ts';

/** What buf distinguishes: the label as features make it, and a map apart from other lists. */
export type Cardinality = 'explicit' | 'implicit' | 'required' | 'repeated' | 'map';

export function cardinalityOf(field: FieldDescriptor): Cardinality {
  if (field.isMap) return 'map';
  if (field.label === 'repeated') return 'repeated';
  if (isRequired(field)) return 'required';
  return hasPresence(field) ? 'explicit' : 'implicit';
}

export function isRequired({ label, features, extendee, oneof }: FieldDescriptor): boolean {
  return (
    label === 'required' ||
    (features.fieldPresence === 'LEGACY_REQUIRED' && extendee === undefined && oneof === undefined)
  );
}

/** Keys and values of a map have what their file says, whatever the map's own features are. */
function hasPresence(field: FieldDescriptor): boolean {
  const { kind, oneof, isProto3Optional, extendee, parent } = field;
  const { features } = parent?.isMapEntry === true ? parent : field;
  return (
    kind === 'message' ||
    kind === 'group' ||
    oneof !== undefined ||
    isProto3Optional ||
    extendee !== undefined ||
    features.fieldPresence !== 'IMPLICIT'
  );
}

export const cardinalityNames: Readonly<Record<Cardinality, string>> = {
  explicit: 'optional with explicit presence',
  implicit: 'optional with implicit presence',
  required: 'required',
  repeated: 'repeated',
  map: 'a map',
};

/** Cardinalities of one group read each other's bytes. */
export const wireGroup: Readonly<Record<Cardinality, number>> = {
  explicit: 1,
  implicit: 1,
  required: 2,
  repeated: 3,
  map: 3,
};

/** In JSON a map is an object and a list is an array. */
export const wireJsonGroup: Readonly<Record<Cardinality, number>> = { ...wireGroup, map: 4 };
