import type { Pair } from '../../compare/pair.ts';
import type { EnumDescriptor, EnumValueDescriptor } from '../../descriptor.ts';
import { contains } from '../ranges.ts';
import { bufRule, type Difference } from '../rule.ts';
import { both, then } from '../spots.ts';
import { numbersOf } from './numbers.ts';

const why = `The number of an enum value is what travels in binary (\`08 02\`), its name in JSON (\`"PAID"\`). Old writers go on sending both. A new reader with an
open enum (proto3) gets the bare number 2; with a closed one (proto2) the field looks unset and the value lands among the unknown fields; in JSON
the whole message is refused unless the reader ignores unknown fields. Once the number is given to another meaning, old data says that instead,
without an error.

Keep the value and mark it \`[deprecated = true]\`. If it has to go, reserve its number and its name, so that neither is ever used again.`;

const enumText = (body: string): string => `syntax = "proto3";\nenum State {\n  STATE_NONE = 0;\n${body}}\n`;

export const enumValueNoDelete = bufRule('ENUM_VALUE_NO_DELETE', ['FILE', 'PACKAGE', 'CSR'], {
  on: 'enum',
  severity: 'error',
  summary: 'A number of an enum keeps a value.',
  messages: {
    deleted:
      'Value {value} = {number} of {name} is gone: code that names it no longer compiles, and new readers do not know what old writers send as {number}, or as "{value}" in JSON. Keep it, marked `deprecated`.',
  },
  explanation: why,
  examples: [
    {
      title: 'A value is deleted',
      before: enumText('  STATE_PAID = 2;\n'),
      after: enumText(''),
      fires: true,
    },
    {
      title: 'It is deprecated instead',
      before: enumText('  STATE_PAID = 2;\n'),
      after: enumText('  STATE_PAID = 2 [deprecated = true];\n'),
      fires: false,
    },
  ],
  check: (pair) => deleted(pair, () => false),
});

export const enumValueNoDeleteUnlessNumberReserved = bufRule(
  'ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED',
  ['WIRE_JSON', 'WIRE', 'CSR'],
  {
    on: 'enum',
    severity: 'error',
    summary: 'The number of a deleted enum value is reserved.',
    messages: {
      deleted:
        'Value {value} = {number} of {name} is gone and {number} is free again: whoever uses it next reads old data under another meaning. Add `reserved {number};`.',
    },
    explanation: why,
    examples: [
      {
        title: 'A value is deleted and its number is free',
        before: enumText('  STATE_PAID = 2;\n'),
        after: enumText(''),
        fires: true,
      },
      {
        title: 'Its number is reserved',
        before: enumText('  STATE_PAID = 2;\n'),
        after: enumText('  reserved 2;\n  reserved "STATE_PAID";\n'),
        fires: false,
      },
    ],
    check: (pair) => deleted(pair, ([{ number }]) => contains(pair.after.reservedRanges, number)),
  },
);

export const enumValueNoDeleteUnlessNameReserved = bufRule(
  'ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED',
  ['WIRE_JSON', 'CSR'],
  {
    on: 'enum',
    severity: 'error',
    summary: 'The name of a deleted enum value is reserved.',
    messages: {
      deleted:
        'Value {value} = {number} of {name} is gone and its name is free again: whoever uses it next reads the "{value}" of old JSON as their own. Add `reserved "{value}";`.',
    },
    explanation: why,
    examples: [
      {
        title: 'Only the number is reserved',
        before: enumText('  STATE_PAID = 2;\n'),
        after: enumText('  reserved 2;\n'),
        fires: true,
      },
      {
        title: 'The name is reserved',
        before: enumText('  STATE_PAID = 2;\n'),
        after: enumText('  reserved 2;\n  reserved "STATE_PAID";\n'),
        fires: false,
      },
    ],
    check: (pair) => {
      const names = new Set(pair.after.reservedNames.map(({ name }) => name));
      return deleted(pair, (values) => values.every(({ name }) => names.has(name)));
    },
  },
);

type Values = readonly [EnumValueDescriptor, ...EnumValueDescriptor[]];

function* deleted(pair: Pair<EnumDescriptor>, allowed: (values: Values) => boolean): Iterable<Difference> {
  if (pair.after.incomplete) return;
  const left = numbersOf(pair.after);
  for (const [number, values] of numbersOf(pair.before)) {
    if (left.has(number) || allowed(values)) continue;
    const [value] = values;
    yield {
      ...both(pair),
      messageId: 'deleted',
      args: { name: pair.before.fullName, value: values.map(({ name }) => name).join(', '), number },
      was: then(value),
      object: value.fullName,
    };
  }
}
