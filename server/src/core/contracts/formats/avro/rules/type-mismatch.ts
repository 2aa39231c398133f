import type { ContractRule } from '../../../rule.ts';

export const typeMismatch: ContractRule = {
  id: 'avro/type-mismatch',
  summary: 'The reader has another type than the writer, and no promotion leads there.',
  severity: 'error',
  explanation: `A reader takes the writer's type, or a wider one: \`int\` as \`long\`, \`float\` or \`double\`; \`long\` as \`float\` or \`double\`;
\`float\` as \`double\`; \`string\` and \`bytes\` as each other. Anything else fails, for all data.

Widening is safe for readers of the new schema (\`BACKWARD\`), never for readers that still use the old one (\`FORWARD\`). Where the new
type is no wider one, add a field under a new name with a default and fill both for a while, or make the type a union of both.`,
  messages: {
    backward:
      'Data written before holds {old} here, which cannot be read as {new}. Add a field with a new name and a default, or read both as a union.',
    forward:
      'New data holds {new} here, which readers that still use the old schema cannot read as {old}. Add a field with a new name instead, and keep this one until they are updated.',
    'backward-absent':
      'Data written before has no field {field}. The default of its enum stands in for unknown symbols, not for a missing field: give the field itself a default.',
    'forward-absent':
      'Readers that still use the old schema need the field {field}: the default of its enum does not stand in for a missing field. Keep it until they are updated.',
    'backward-column':
      'Column {field} of {table} was {old} in the change events and is {new} now: events that were written before can no longer be read. Add a new column instead.',
    'forward-column':
      'Column {field} of {table} is {new} in new change events, which consumers that still use the old schema cannot read as {old}. Add a new column instead, and drop this one once they are updated.',
    'backward-call':
      'In calls of {call}, {writers} send {old} here, which {readers} cannot read as {new}. Add a message or a field with a new name, or read both as a union.',
    'forward-call':
      'In calls of {call}, {writers} send {new} here, which {readers} cannot read as {old}. Add a message or a field with a new name instead, and keep this one until those are updated.',
    before: 'The type in {against}.',
  },
  examples: [
    {
      title: 'A number becomes a string',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'A number becomes a wider one',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'The same for readers of the old schema',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      profile: 'avro:FORWARD',
      fires: true,
    },
  ],
  peers: ['apache-avro:TYPE_MISMATCH'],
};
