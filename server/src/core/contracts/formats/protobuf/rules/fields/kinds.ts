import type { FieldDescriptor, FieldKind } from '../../descriptor.ts';

/** Kinds of one group read each other's bytes. buf keeps enums apart from numbers, since a number may be no value of the enum. */
const wire: readonly (readonly FieldKind[])[] = [
  ['int32', 'int64', 'uint32', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
];

/** 64-bit integers are strings in JSON, booleans are words: fewer kinds read each other. */
const wireJson: readonly (readonly FieldKind[])[] = [
  ['int32', 'uint32'],
  ['int64', 'uint64'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
];

export function sameWireKind(before: FieldKind, after: FieldKind): boolean {
  return together(wire, before, after);
}

export function sameWireJsonKind(before: FieldKind, after: FieldKind): boolean {
  return together(wireJson, before, after);
}

function together(groups: readonly (readonly FieldKind[])[], before: FieldKind, after: FieldKind): boolean {
  return before === after || groups.some((group) => group.includes(before) && group.includes(after));
}

type WireType = 'VARINT' | 'I32' | 'I64' | 'LEN' | 'SGROUP';

export function wireType(kind: FieldKind): WireType {
  switch (kind) {
    case 'double':
    case 'fixed64':
    case 'sfixed64':
      return 'I64';
    case 'float':
    case 'fixed32':
    case 'sfixed32':
      return 'I32';
    case 'string':
    case 'bytes':
    case 'message':
      return 'LEN';
    case 'group':
      return 'SGROUP';
    default:
      return 'VARINT';
  }
}

const wide: ReadonlySet<FieldKind> = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64']);

export function is64BitInteger({ kind }: FieldDescriptor): boolean {
  return wide.has(kind);
}

/** `string`, `shop.v1.Order`. */
export function typeText({ kind, typeName, isMap }: FieldDescriptor): string {
  if (isMap) return 'a map';
  return typeName ?? kind;
}
