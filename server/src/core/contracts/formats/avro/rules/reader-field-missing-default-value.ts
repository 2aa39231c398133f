import type { ContractRule } from '../../../rule.ts';

export const readerFieldMissingDefaultValue: ContractRule = {
  id: 'avro/reader-field-missing-default-value',
  summary: 'The reader has a field without default that the writer does not write.',
  severity: 'error',
  explanation: `Every field of the reader has to get a value. It comes from the writer's field of that name or of one of the reader's
\`aliases\`; else from the reader's \`default\`. With neither, reading fails for every value, not for some.

A new field without default breaks the new schema's readers on old data (\`BACKWARD\`): add a \`default\`. Removing a field that had none
breaks readers that still use the old schema (\`FORWARD\`): give it a default first, remove it once those readers are gone. A rename is
both; the old name as an alias of the field settles the first half.`,
  messages: {
    backward:
      'Data written before has no field {field}, and the new schema has no default for it: none of it can be read any more. Give the field a default.',
    forward:
      'Readers that still use the old schema need the field {field} and have no default for it: they fail on all new data. Keep it until they are updated to a schema that has a default.',
    'backward-column':
      'Column {field} of {table} is new in the change events and has no default: events that were written before can no longer be read. Make the column nullable, or give it a default.',
    'forward-column':
      'Column {field} of {table} is gone from the change events, and consumers that still use the old schema have no default for it: they fail on every new event. Drop the column once they are updated.',
    'backward-call':
      'In calls of {call}, {writers} do not send {field}, and {readers} have no default for it: none of them can be read. Give it a default.',
    'forward-call':
      'In calls of {call}, {writers} no longer send {field}, and {readers} have no default for it: none of them can be read. Keep it until those are updated to a protocol that has a default.',
    before: 'The schema in {against}.',
  },
  examples: [
    {
      title: 'A new field without default',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'The same with a default',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string", "default": ""}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'A field is gone that old readers need',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}\n',
      profile: 'avro:FORWARD',
      fires: true,
    },
    {
      title: 'A message with a new parameter: servers of now get calls without it',
      file: 'mail.avdl',
      before: 'protocol Mail {\n  void send(string to);\n}\n',
      after: 'protocol Mail {\n  void send(string to, string subject);\n}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'An answer with a new field: clients of before pass it over',
      file: 'mail.avdl',
      before: 'protocol Mail {\n  record Sent { long id; }\n  Sent send(string to);\n}\n',
      after: 'protocol Mail {\n  record Sent { long id; long at; }\n  Sent send(string to);\n}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  peers: ['apache-avro:READER_FIELD_MISSING_DEFAULT_VALUE'],
};
