import type { Pair, SetPair } from '../../compare/pair.ts';
import type { FieldDescriptor, FieldKind } from '../../descriptor.ts';
import { lacksImport } from '../resolution.ts';
import { bufRule, type Difference } from '../rule.ts';
import { both } from '../spots.ts';
import { effectOfType } from './effects.ts';
import { sameWireJsonKind, sameWireKind, typeText } from './kinds.ts';

const why = `A tag on the wire says number and wire type, not the type: \`08 96 01\` is field 1 with the varint 150. Readers with another wire type skip it as an
unknown field. Readers with the same wire type take it for theirs. \`int32\`, \`int64\`, \`uint32\`, \`uint64\` and \`bool\` read each other's varints
(cutting off what does not fit); \`sint32\` and \`sint64\` use another encoding of the sign, where 02 is 1; \`fixed32\` and \`sfixed32\`,
\`fixed64\` and \`sfixed64\` share their bytes; \`string\` may become \`bytes\`, but not every \`bytes\` is a \`string\`. JSON is narrower: 64-bit integers are in quotes and
booleans are words.

Names of messages and enums are not on the wire. Another message under the same number is read field by field as that one, which buf cannot judge and
reports; another enum passes in \`WIRE\` and \`WIRE_JSON\` if it has the same short name and all old values.

A value of another type gets a field with another number: write both for a while, then deprecate and reserve the old one.`;

const order = (field: string): string => `syntax = "proto3";\nmessage Order {\n  ${field}\n}\n`;

const messages = {
  changed:
    'Field {number} ("{field}") changes its type from {before} to {after}: {effect}. Add a field with another number instead and deprecate this one.',
};

export const fieldSameType = bufRule('FIELD_SAME_TYPE', ['FILE', 'PACKAGE', 'CSR'], {
  on: 'field',
  severity: 'error',
  summary: 'A field number keeps its type.',
  messages,
  explanation: why,
  examples: [
    {
      title: 'A number becomes a text',
      before: order('int32 total = 2;'),
      after: order('string total = 2;'),
      fires: true,
    },
    { title: 'A number gets wider', before: order('int32 total = 2;'), after: order('int64 total = 2;'), fires: true },
  ],
  *check(pair) {
    if (isKnown(pair) && (pair.before.kind !== pair.after.kind || typeNameDiffers(pair))) yield changed(pair);
  },
});

export const fieldWireCompatibleType = bufRule('FIELD_WIRE_COMPATIBLE_TYPE', ['WIRE'], {
  on: 'field',
  severity: 'error',
  summary: 'The bytes of a field stay readable when its type changes.',
  messages,
  explanation: why,
  examples: [
    {
      title: 'A number becomes a text',
      before: order('int32 total = 2;'),
      after: order('string total = 2;'),
      fires: true,
    },
    { title: 'A number gets wider', before: order('int32 total = 2;'), after: order('int64 total = 2;'), fires: false },
    { title: 'A text becomes bytes', before: order('string note = 2;'), after: order('bytes note = 2;'), fires: false },
  ],
  *check(pair, sides) {
    const [before, after] = [pair.before.kind, pair.after.kind];
    if (before === 'string' && after === 'bytes') return;
    if (incompatible(pair, sides, sameWireKind)) yield changed(pair);
  },
});

export const fieldWireJsonCompatibleType = bufRule('FIELD_WIRE_JSON_COMPATIBLE_TYPE', ['WIRE_JSON', 'CSR'], {
  on: 'field',
  severity: 'error',
  summary: 'The bytes and the JSON of a field stay readable when its type changes.',
  messages,
  explanation: why,
  examples: [
    { title: 'A number gets wider', before: order('int32 total = 2;'), after: order('int64 total = 2;'), fires: true },
    {
      title: 'A number loses its sign',
      before: order('int32 total = 2;'),
      after: order('uint32 total = 2;'),
      fires: false,
    },
  ],
  *check(pair, sides) {
    if (incompatible(pair, sides, sameWireJsonKind)) yield changed(pair);
  },
});

function changed(pair: Pair<FieldDescriptor>): Difference {
  const { before, after } = pair;
  const compatible = before.kind !== after.kind && sameWireJsonKind(before.kind, after.kind);
  return {
    ...both(pair, typeSpan),
    messageId: 'changed',
    args: {
      number: after.number,
      field: after.name,
      before: typeText(before),
      after: typeText(after),
      effect: effectOfType(before, after),
    },
    object: before.fullName,
    ...(compatible ? { severity: 'warning' } : {}),
  };
}

/** Of the key and the value of a map that of the map. */
function typeSpan({ parent, extendee, span, typeSpan: own }: FieldDescriptor) {
  return parent?.isMapEntry === true && extendee === undefined ? span : own;
}

function incompatible(
  pair: Pair<FieldDescriptor>,
  sides: SetPair,
  sameGroup: (before: FieldKind, after: FieldKind) => boolean,
): boolean {
  const { before, after } = pair;
  if (!isKnown(pair)) return false;
  if (!sameGroup(before.kind, after.kind)) return true;
  return typeNameDiffers(pair) && !(after.kind === 'enum' && isGrownEnum(pair, sides));
}

function typeNameDiffers({ before, after }: Pair<FieldDescriptor>): boolean {
  return before.kind === after.kind && before.typeName !== after.typeName;
}

function isKnown({ before, after }: Pair<FieldDescriptor>): boolean {
  return isResolved(before) && isResolved(after);
}

/** A name that nothing stands for is a slip of the pen, unless what it stands for may be in an import that is not here. */
function isResolved({ typeName, typeIs, file }: FieldDescriptor): boolean {
  return typeName === undefined || typeIs !== undefined || lacksImport(file);
}

/** Another enum of the same short name that has every value of the old one. */
function isGrownEnum({ before, after }: Pair<FieldDescriptor>, sides: SetPair): boolean {
  const [old, current] = [sides.before.enum(before.typeName ?? ''), sides.after.enum(after.typeName ?? '')];
  if (old === undefined || current === undefined || old.name !== current.name) return false;
  const numbers = new Map(current.values.map(({ name, number }) => [name, number]));
  return old.values.every(({ name, number }) => numbers.get(name) === number);
}
