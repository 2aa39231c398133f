import type { FieldDescriptor, FieldKind } from '../../descriptor.ts';
import { sameWireJsonKind, sameWireKind, wireType } from './kinds.ts';

/** What readers of one type make of bytes and JSON of another: one clause, with the shortest message that shows it. */
export function effectOfType(before: FieldDescriptor, after: FieldDescriptor): string {
  const [old, current] = [before.kind, after.kind];
  if (old === current)
    return 'the bytes are read as another type, field by field or value by value, and nothing reports an error';
  const json = jsonEffect(old, current);
  return json === undefined ? wireEffect(before, current) : `${wireEffect(before, current)}; ${json}`;
}

function wireEffect(before: FieldDescriptor, current: FieldKind): string {
  const old = before.kind;
  if (wireType(old) !== wireType(current)) {
    return `the wire type changes from ${wireType(old)} to ${wireType(current)}, so readers skip the value as an unknown field and see it unset`;
  }
  if (old === 'string' && current === 'bytes') return 'the bytes stay the same';
  if (old === 'bytes' && current === 'string')
    return 'the bytes stay the same, but readers refuse those that are not UTF-8';
  if (zigzag.has(old) !== zigzag.has(current)) {
    return `numbers are read with another sign encoding: ${tag(before.number, 0)} 02, written for ${zigzag.has(old) ? 1 : 2}, reads as ${zigzag.has(old) ? 2 : 1}`;
  }
  if (sameWireKind(old, current)) return narrowing(old, current);
  switch (wireType(old)) {
    case 'LEN':
      return 'both are length-delimited, so readers take the bytes for the other type: an error, or nonsense';
    case 'VARINT':
      return 'both are varints, so numbers are taken for the other type, also those that mean nothing there';
    default:
      return 'both have the same width, so the bits of one are read as the other: nonsense, without an error';
  }
}

function narrowing(old: FieldKind, current: FieldKind): string {
  if (current === 'bool') return 'every number but 0 reads as true';
  if (width(current) < width(old)) return 'numbers beyond 32 bits are cut off by new readers, without an error';
  if (width(current) > width(old)) return 'old readers cut off numbers beyond 32 bits, without an error';
  return 'negative numbers and very large ones read as each other';
}

function jsonEffect(old: FieldKind, current: FieldKind): string | undefined {
  if (sameWireJsonKind(old, current)) return undefined;
  const [before, after] = [jsonForm(old), jsonForm(current)];
  return before === after ? undefined : `JSON has ${before} where the other side writes ${after}`;
}

function jsonForm(kind: FieldKind): string {
  switch (kind) {
    case 'bool':
      return 'true or false';
    case 'string':
      return 'text';
    case 'bytes':
      return 'Base64';
    case 'enum':
      return 'a name';
    case 'message':
    case 'group':
      return 'an object';
    case 'int64':
    case 'uint64':
    case 'sint64':
    case 'fixed64':
    case 'sfixed64':
      return 'a number in quotes';
    default:
      return 'a number';
  }
}

const zigzag: ReadonlySet<FieldKind> = new Set(['sint32', 'sint64']);

function width(kind: FieldKind): number {
  return kind.endsWith('64') || kind === 'double' ? 64 : 32;
}

/** The bytes of a tag in hex: number and wire type as a varint. */
function tag(number: number, type: number): string {
  const bytes: string[] = [];
  for (let rest = number * 8 + type; ; rest = Math.floor(rest / 128)) {
    const last = rest < 128;
    bytes.push(((rest % 128) + (last ? 0 : 128)).toString(16).toUpperCase().padStart(2, '0'));
    if (last) return bytes.join(' ');
  }
}
