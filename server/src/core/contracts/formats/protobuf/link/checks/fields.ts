import type { FieldDescriptor } from '../../descriptor.ts';
import type { FieldNode, Name } from '../../syntax/tree.ts';
import type { FieldHome } from '../fields.ts';
import { extensionRanges, isClosed } from '../lookups.ts';
import type { Declared } from '../outline.ts';
import { report, type Unit } from '../unit.ts';
import { checkDefault } from './defaults.ts';
import { limits } from './numbers.ts';
import { checkStyle } from './style.ts';

export interface FieldTypes {
  /** What its type means, of a message or an enum. */
  readonly type: Declared | undefined;
  readonly extendee: Declared | undefined;
}

/** What is wrong with one field, whatever the others are. */
export function checkField(
  unit: Unit,
  node: FieldNode,
  field: FieldDescriptor,
  home: FieldHome,
  types: FieldTypes,
): void {
  checkStyle(unit, field, 'field', field.features);
  checkLabel(unit, node, home);
  checkKind(unit, node, home);
  if (home.extend === undefined) checkNumber(unit, field, limits.field);
  else checkExtension(unit, field, types.extendee);
  checkDefault(unit, node, field, types.type);
  if (
    types.type?.kind === 'enum' &&
    field.features.fieldPresence === 'IMPLICIT' &&
    field.label !== 'repeated' &&
    isClosed(types.type)
  )
    report(
      unit,
      field.typeSpan,
      `\`${types.type.name}\` is a closed enum: a field of it has to tell whether it is set, so it needs explicit presence.`,
    );
}

function checkNumber(
  unit: Unit,
  { number, numberSpan }: Pick<FieldDescriptor, 'number' | 'numberSpan'>,
  [first, last]: readonly [number, number],
): void {
  if (number < first || number > last) report(unit, numberSpan, `Numbers of fields go from ${first} to ${last}.`);
  else if (number >= 19_000 && number <= 19_999)
    report(unit, numberSpan, 'Numbers from 19000 to 19999 are reserved for the implementation of protobuf.');
}

function checkLabel(unit: Unit, { label, map, group, type }: FieldNode, home: FieldHome): void {
  const { edition } = unit;
  if (label === undefined) {
    if (edition === 'proto2' && home.oneof === undefined && map === undefined && type !== undefined)
      report(unit, type, 'In proto2 a field begins with `optional`, `repeated` or `required`.');
    return;
  }
  if (home.oneof !== undefined)
    report(unit, label, `Fields of a oneof have no \`${label.text}\`: at most one of them is set.`);
  else if (map !== undefined) report(unit, label, `A map field has no \`${label.text}\`.`);
  else if (label.text === 'required' && home.extend !== undefined)
    report(unit, label, 'An extension cannot be required.');
  else if (label.text === 'required' && edition === 'proto3') report(unit, label, 'proto3 has no required fields.');
  else if (label.text !== 'repeated' && edition !== 'proto2' && edition !== 'proto3')
    report(unit, label, instead(label.text, group !== undefined));
}

function instead(label: string, group: boolean): string {
  if (group) return 'Editions have no groups.';
  return label === 'required'
    ? 'Editions have no `required`; write `[features.field_presence = LEGACY_REQUIRED]`.'
    : 'Editions have no `optional`: fields tell whether they are set by themselves.';
}

const keys: ReadonlySet<string> = new Set(
  'int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string'.split(' '),
);

function checkKind(unit: Unit, node: FieldNode, home: FieldHome): void {
  const { map, type, group, name } = node;
  if (map !== undefined && type !== undefined) {
    if (home.oneof !== undefined) report(unit, type, 'A map cannot stand in a oneof; put it into a message.');
    else if (home.extend !== undefined) report(unit, type, 'An extension cannot be a map.');
    if (map.key !== undefined && !keys.has(map.key.text))
      report(unit, map.key, `\`${map.key.text}\` cannot be the key of a map: take an integer, \`bool\` or \`string\`.`);
  }
  if (group === undefined || type === undefined) return;
  if (unit.edition !== 'proto2')
    report(
      unit,
      type,
      'Only proto2 has groups. Write a message, in editions with `[features.message_encoding = DELIMITED]`.',
    );
  else if (name !== undefined && !startsUpper(name)) report(unit, name, "A group's name begins with a capital letter.");
}

function startsUpper({ text }: Name): boolean {
  return /^[A-Z]/.test(text);
}

function checkExtension(
  unit: Unit,
  { number, numberSpan, extendee }: FieldDescriptor,
  declared: Declared | undefined,
): void {
  if (declared?.kind !== 'message') return;
  const { ranges, isSet } = extensionRanges(declared);
  if (!ranges.some(({ start, end }) => number >= start && number <= end))
    report(unit, numberSpan, `\`${extendee}\` has no extension range with ${number}.`);
  else checkNumber(unit, { number, numberSpan }, isSet ? limits.set : limits.field);
}
