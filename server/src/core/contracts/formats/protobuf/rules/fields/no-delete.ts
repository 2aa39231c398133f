import type { Pair } from '../../compare/pair.ts';
import type { FieldDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { contains } from '../ranges.ts';
import { bufRule, type Difference } from '../rule.ts';
import { both, then } from '../spots.ts';

const why = `On the wire a field is its number and a wire type: \`2A 03 61 62 63\` is field 5 with three bytes, whatever its name. For a reader without field 5 the
bytes are unknown: kept when the message is passed on, lost when it is written as JSON, and out of reach for code. Old readers of new messages
see the field unset. Worse comes later: when the number is given to a new field of the same wire type, every old message (in a queue, in a log, in a
table) is read as if it had set that one, and nobody raises an error.

Mark the field \`[deprecated = true]\` first and stop writing it. When it goes, reserve its number and its name.`;

const order = (body: string): string => `syntax = "proto3";\nmessage Order {\n  string id = 1;\n${body}}\n`;

export const fieldNoDelete = bufRule('FIELD_NO_DELETE', ['FILE', 'PACKAGE', 'CSR'], {
  on: 'message',
  severity: 'error',
  summary: 'A field number stays in its message.',
  messages: {
    deleted:
      'Field {number} ("{field}") of {name} is gone: what old writers send in it is lost to new readers, old readers see it unset, and code that uses it no longer compiles. Keep it, marked `deprecated`, or reserve its number and name.',
  },
  explanation: `${why} In \`FILE\` and \`PACKAGE\` buf reports it even then, because generated code breaks.`,
  examples: [
    { title: 'A field is deleted', before: order('  string email = 5;\n'), after: order(''), fires: true },
    {
      title: 'It is deprecated instead',
      before: order('  string email = 5;\n'),
      after: order('  string email = 5 [deprecated = true];\n'),
      fires: false,
    },
  ],
  check: (pair) => deleted(pair, () => false),
});

export const fieldNoDeleteUnlessNumberReserved = bufRule(
  'FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED',
  ['WIRE_JSON', 'WIRE', 'CSR'],
  {
    on: 'message',
    severity: 'error',
    summary: 'The number of a deleted field is reserved.',
    messages: {
      deleted:
        'Field {number} ("{field}") of {name} is gone and {number} is free again: the next field with it reads the bytes of old messages as its own. Add `reserved {number};`.',
    },
    explanation: why,
    examples: [
      {
        title: 'A field is deleted and its number is free',
        before: order('  string email = 5;\n'),
        after: order(''),
        fires: true,
      },
      {
        title: 'Its number is reserved',
        before: order('  string email = 5;\n'),
        after: order('  reserved 5;\n  reserved "email";\n'),
        fires: false,
      },
    ],
    check: (pair) => deleted(pair, ({ number }) => contains(pair.after.reservedRanges, number)),
  },
);

export const fieldNoDeleteUnlessNameReserved = bufRule('FIELD_NO_DELETE_UNLESS_NAME_RESERVED', ['WIRE_JSON', 'CSR'], {
  on: 'message',
  severity: 'error',
  summary: 'The name of a deleted field is reserved.',
  messages: {
    deleted:
      'Field {number} ("{field}") of {name} is gone and its name is free again: the next field of that name reads "{field}" of old JSON as its own. Add `reserved "{field}";`.',
  },
  explanation: why,
  examples: [
    {
      title: 'Only the number is reserved',
      before: order('  string email = 5;\n'),
      after: order('  reserved 5;\n'),
      fires: true,
    },
    {
      title: 'The name is reserved',
      before: order('  string email = 5;\n'),
      after: order('  reserved 5;\n  reserved "email";\n'),
      fires: false,
    },
  ],
  check: (pair) => deleted(pair, ({ name }) => pair.after.reservedNames.some((reserved) => reserved.name === name)),
});

function* deleted(pair: Pair<MessageDescriptor>, allowed: (field: FieldDescriptor) => boolean): Iterable<Difference> {
  if (pair.after.incomplete) return;
  const left = new Set(pair.after.fields.map(({ number }) => number));
  for (const field of pair.before.fields) {
    if (left.has(field.number) || allowed(field)) continue;
    const args = { name: pair.before.fullName, number: field.number, field: field.name };
    yield { ...both(pair), messageId: 'deleted', args, was: then(field), object: field.fullName };
  }
}
