import type { ContractRule } from '../../../rule.ts';

export const nameMismatch: ContractRule = {
  id: 'avro/name-mismatch',
  summary: 'A record, enum or fixed has another name, and the reader has no alias for it.',
  severity: 'error',
  explanation: `Avro pairs named types by name when it resolves a writer's schema against a reader's. Apache compares the last part of the
name; a namespace may change alone. A reader that meets another name refuses the data, unless one of its \`aliases\` is the writer's full
name.

For the new schema to read old data (\`BACKWARD\`), keep the old full name as an alias. For readers of the old schema to read new data
(\`FORWARD\`) nothing in the new schema helps, for it is their schema that would need the alias: keep the name until they are updated.`,
  messages: {
    backward:
      'This type is {new} now, and data written before says {old}: readers of the new schema refuse it. Add "{old}" to its aliases.',
    forward:
      'New data says {new} here. Readers that still use the old schema expect {old} and refuse it: keep the name until they are updated.',
    'backward-call':
      'In calls of {call}, {writers} say {old} here, which {readers} refuse: it is {new} there. Add "{old}" to its aliases.',
    'forward-call':
      'In calls of {call}, {writers} say {new} here, which {readers} refuse: it is {old} there. Keep the name until those are updated.',
    before: 'It was named here in {against}.',
  },
  examples: [
    {
      title: 'Renamed without an alias',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "namespace": "shop", "fields": []}\n',
      after: '{"type": "record", "name": "Purchase", "namespace": "shop", "fields": []}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'The old full name stays as an alias',
      file: 'order.avsc',
      before: '{"type": "record", "name": "Order", "namespace": "shop", "fields": []}\n',
      after: '{"type": "record", "name": "Purchase", "namespace": "shop", "aliases": ["Order"], "fields": []}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  peers: ['apache-avro:NAME_MISMATCH'],
};
