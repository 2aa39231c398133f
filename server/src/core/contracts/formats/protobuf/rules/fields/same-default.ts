import type { SetView } from '../../compare/pair.ts';
import type { FieldDescriptor } from '../../descriptor.ts';
import { bufRule } from '../rule.ts';
import { both, optionSpan } from '../spots.ts';
import { cardinalityOf } from './cardinality.ts';

const order = (field: string): string => `syntax = "proto2";\nmessage Order {\n  ${field}\n}\n`;

export const fieldSameDefault = bufRule('FIELD_SAME_DEFAULT', ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'], {
  on: 'field',
  onlyV2: true,
  severity: 'error',
  summary: 'A field keeps its default.',
  messages: {
    changed:
      'The default of field {number} ("{field}") changes from {before} to {after}: of a message that leaves it out, old readers read one value and new ones the other. Keep the default, or always write the field.',
  },
  explanation: `A default is not sent. It is compiled into the reader: of an empty message, a reader with \`[default = 1]\` reads 1 and one with \`[default = 2]\` reads 2,
and neither knows what the writer had in mind. That holds for messages that were written long ago as well. An enum without a default has that of its first value.
Values are compared as numbers where both are numbers, so a change from \`int32\` to \`int64\` alone is no change of the default.`,
  examples: [
    {
      title: 'A default changes',
      before: order('optional int32 count = 2 [default = 1];'),
      after: order('optional int32 count = 2 [default = 10];'),
      fires: true,
    },
    {
      title: 'The same number in hex',
      before: order('optional int32 count = 2 [default = 10];'),
      after: order('optional int32 count = 2 [default = 0xA];'),
      fires: false,
    },
  ],
  *check(pair, sides) {
    const before = defaultOf(pair.before, sides.before);
    const after = defaultOf(pair.after, sides.after);
    if (before === undefined || after === undefined || same(before, after)) return;
    yield {
      ...both(pair, (field) => optionSpan(field, 'default') ?? field.span),
      messageId: 'changed',
      args: { number: pair.after.number, field: pair.after.name, before: shown(before), after: shown(after) },
      object: pair.before.fullName,
    };
  },
});

interface Default {
  readonly value: string | number | bigint;
  readonly kind: FieldDescriptor['kind'];
}

/** Undefined where there can be none, or where it cannot be known. */
function defaultOf(field: FieldDescriptor, side: SetView): Default | undefined {
  const { kind, defaultValue } = field;
  const cardinality = cardinalityOf(field);
  if (cardinality === 'repeated' || cardinality === 'map') return undefined;
  switch (kind) {
    case 'message':
    case 'group':
      return undefined;
    case 'enum': {
      const values = side.enum(field.typeName ?? '')?.values ?? [];
      const name = defaultValue?.kind === 'identifier' ? defaultValue.value : values[0]?.name;
      const value = values.find((each) => each.name === name)?.number;
      return value === undefined ? undefined : { value, kind };
    }
    case 'string':
    case 'bytes':
      return { value: defaultValue?.kind === 'string' ? defaultValue.value : '', kind };
    default: {
      const value = defaultValue === undefined ? 0 : numberOf(defaultValue);
      return value === undefined ? undefined : { value: kind === 'float' ? Math.fround(Number(value)) : value, kind };
    }
  }
}

function numberOf({ kind, ...option }: NonNullable<FieldDescriptor['defaultValue']>): number | bigint | undefined {
  if (!('value' in option)) return undefined;
  const { value } = option;
  if (typeof value !== 'string') return value;
  return kind === 'identifier' ? words.get(value) : undefined;
}

const words: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
  ['inf', Infinity],
  ['-inf', -Infinity],
  ['nan', NaN],
  ['-nan', NaN],
]);

function same(before: Default, after: Default): boolean {
  if (isZero(before) && isZero(after)) return true;
  if (typeof before.value === 'string' || typeof after.value === 'string') return before.value === after.value;
  const float = [before.kind, after.kind].every((kind) => kind === 'float' || kind === 'double');
  return float && before.kind !== after.kind
    ? canonical(Math.fround(Number(before.value))) === canonical(Math.fround(Number(after.value)))
    : canonical(before.value) === canonical(after.value);
}

function isZero({ value }: Default): boolean {
  return value === '' || value === 0 || value === 0n;
}

/** Equal for equal numbers, whether they are kept as integers or not. */
function canonical(value: number | bigint): string {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function shown({ value }: Default): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
