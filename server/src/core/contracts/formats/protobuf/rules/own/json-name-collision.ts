import { indexOf } from '../../compare/file-index.ts';
import type { FieldDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { ownRule } from '../rule.ts';
import { now } from '../spots.ts';

const order = (field: string): string =>
  `syntax = "proto2";\nmessage Order {\n  optional string order_id = 1;\n  ${field}\n}\n`;

export const jsonNameCollision = ownRule('json-name-collision', {
  on: 'new-file',
  severity: 'warning',
  summary: 'Fields of one message have names of their own in JSON.',
  messages: {
    collides:
      '"{field}" and "{other}" of {name} are both "{json}" in JSON: writers emit the name twice, readers refuse that or keep one value for both. Rename the new one, or give it a json_name.',
  },
  explanation: `Binary messages tell the two fields apart by number; JSON does not. \`{"orderId": "a", "orderId": "b"}\` is what a writer produces, and a reader keeps the
last one, or refuses it. proto3 and editions refuse the file; proto2, and
\`json_format = LEGACY_BEST_EFFORT\`, only warn, which is where the trouble gets out. Only collisions that the older side does not have are reported.`,
  examples: [
    {
      title: 'Two spellings of one name',
      before: order(''),
      after: order('optional string orderId = 2;'),
      fires: true,
    },
    {
      title: 'A JSON name of its own',
      before: order(''),
      after: order('optional string orderId = 2 [json_name = "orderId2"];'),
      fires: false,
    },
  ],
  *check({ after }, sides) {
    for (const message of indexOf(after).messages.values()) {
      const found = collisions(message);
      if (found.length === 0) continue;
      const old = new Set(collisionKeys(sides.before.message(message.fullName)));
      for (const { field, other } of found) {
        if (old.has(keyOf(field, other))) continue;
        const args = { name: message.fullName, field: field.name, other: other.name, json: field.jsonName };
        yield {
          messageId: 'collides',
          args,
          at: now(field, field.nameSpan),
          was: undefined,
          object: field.fullName,
          ...(message.features.jsonFormat === 'ALLOW' ? { severity: 'error' } : {}),
        };
      }
    }
  },
});

interface Collision {
  readonly field: FieldDescriptor;
  readonly other: FieldDescriptor;
}

/** Each field with the first one before it that has its name. */
function collisions({ fields }: MessageDescriptor): readonly Collision[] {
  const taken = new Map<string, FieldDescriptor>();
  const found: Collision[] = [];
  for (const field of fields) {
    const other = taken.get(field.jsonName);
    if (other === undefined) taken.set(field.jsonName, field);
    else found.push({ field, other });
  }
  return found;
}

function collisionKeys(message: MessageDescriptor | undefined): readonly string[] {
  return message === undefined ? [] : collisions(message).map(({ field, other }) => keyOf(field, other));
}

function keyOf(field: FieldDescriptor, other: FieldDescriptor): string {
  return `${field.number} ${other.number}`;
}
