import type { FieldDescriptor } from '../../descriptor.ts';
import { bufRule } from '../rule.ts';
import { both, optionSpan } from '../spots.ts';

const order = (field: string): string => `syntax = "proto3";\nmessage Order {\n  ${field}\n}\n`;

export const fieldSameName = bufRule('FIELD_SAME_NAME', ['FILE', 'PACKAGE', 'WIRE_JSON', 'CSR'], {
  on: 'field',
  severity: 'error',
  summary: 'A field number keeps its name.',
  messages: {
    renamed:
      'Field {number} is renamed from "{before}" to "{after}": JSON, text format and field masks of old writers use the old name and are refused or ignored, and code no longer compiles. Keep the name; a better one belongs to a new field.',
  },
  explanation: `Binary messages hold numbers and do not notice. JSON holds the name (in camel case), and parsers accept the original one beside it:
\`{"email": "a@b.c"}\` is an unknown field for a reader that only knows \`mail\`. Field masks (\`update_mask: "email"\`), text format and generated
accessors use it too. \`json_name\` can keep the JSON name of a renamed field, but nothing keeps the rest. If the field with this number is really another one now,
the old one was deleted and its number reused, which is worse: old bytes are read as the new field.`,
  examples: [
    {
      title: 'A field is renamed',
      before: order('string email = 5;'),
      after: order('string mail = 5;'),
      fires: true,
    },
  ],
  *check(pair) {
    const [before, after] = [nameOf(pair.before), nameOf(pair.after)];
    if (before === after) return;
    const args = { number: pair.after.number, before, after };
    yield { ...both(pair, ({ nameSpan }) => nameSpan), messageId: 'renamed', args, object: pair.before.fullName };
  },
});

/** An extension is known by its full name. */
function nameOf({ extendee, fullName, name }: FieldDescriptor): string {
  return extendee === undefined ? name : fullName;
}

export const fieldSameJsonName = bufRule('FIELD_SAME_JSON_NAME', ['FILE', 'PACKAGE', 'WIRE_JSON', 'CSR'], {
  on: 'field',
  severity: 'error',
  summary: 'A field number keeps its JSON name.',
  messages: {
    changed:
      'The JSON name of field {number} ("{field}") changes from "{before}" to "{after}": readers of JSON do not find the value under the name that the other side writes. Keep it with [json_name = "{before}"].',
  },
  explanation: `JSON writers use \`json_name\`, by default the field's name in camel case (\`order_total\`: \`orderTotal\`). A reader with another one
treats \`{"orderTotal": 5}\` as an unknown field: refused by the standard, ignored where unknown fields are ignored, and lost in both cases. Binary messages do not notice.`,
  examples: [
    {
      title: 'The JSON name changes',
      before: order('int32 total = 2;'),
      after: order('int32 total = 2 [json_name = "sum"];'),
      fires: true,
    },
    {
      title: 'The derived name is written out',
      before: order('int32 order_total = 2;'),
      after: order('int32 order_total = 2 [json_name = "orderTotal"];'),
      fires: false,
    },
  ],
  *check(pair) {
    const [before, after] = [pair.before.jsonName, pair.after.jsonName];
    if (pair.before.extendee !== undefined || before === after) return;
    yield {
      ...both(pair, (field) => optionSpan(field, 'json_name') ?? field.span),
      messageId: 'changed',
      args: { number: pair.after.number, field: pair.after.name, before, after },
      object: pair.before.fullName,
    };
  },
});
