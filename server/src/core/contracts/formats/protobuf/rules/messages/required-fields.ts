import type { FieldDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { bufRule } from '../rule.ts';
import { both, now, then } from '../spots.ts';

export const messageSameRequiredFields = bufRule(
  'MESSAGE_SAME_REQUIRED_FIELDS',
  ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'],
  {
    on: 'message',
    severity: 'error',
    summary: 'The required fields of a message stay the same.',
    messages: {
      deleted:
        '{name} no longer requires field {number} ("{field}"): a new writer leaves it out, and every old reader refuses the whole message. Keep it required and always send it.',
      added:
        '{name} now requires field {number} ("{field}"): a new reader refuses every message of an old writer, in flight and at rest. Make it optional and check for it in code.',
    },
    explanation: `A reader refuses a message that lacks a required field, whole and with an error: \`08 01\` alone is no \`Order\` for whoever requires field 2. Old
readers keep their requirement after the field is gone from new writers, and new readers bring theirs to bytes that were written before. That is
why proto3 has no \`required\`. A field that is required stays so; a new one is optional, and code checks it.`,
    examples: [
      {
        title: 'A required field is added',
        before: 'syntax = "proto2";\nmessage Order { optional int32 id = 1; }\n',
        after: 'syntax = "proto2";\nmessage Order { optional int32 id = 1; required int32 total = 2; }\n',
        fires: true,
      },
      {
        title: 'An optional one',
        before: 'syntax = "proto2";\nmessage Order { optional int32 id = 1; }\n',
        after: 'syntax = "proto2";\nmessage Order { optional int32 id = 1; optional int32 total = 2; }\n',
        fires: false,
      },
    ],
    *check(pair) {
      const [old, current] = [required(pair.before), required(pair.after)];
      const { fullName: name } = pair.before;
      for (const [number, field] of old) {
        if (current.has(number) || pair.after.incomplete) continue;
        const args = { name, number, field: field.name };
        yield { ...both(pair), messageId: 'deleted', args, was: then(field), object: field.fullName };
      }
      for (const [number, field] of current) {
        if (old.has(number)) continue;
        const args = { name, number, field: field.name };
        yield { messageId: 'added', args, at: now(field), was: undefined, object: field.fullName };
      }
    },
  },
);

function required({ fields }: MessageDescriptor): ReadonlyMap<number, FieldDescriptor> {
  return new Map(fields.filter(({ label }) => label === 'required').map((field) => [field.number, field]));
}
