import type { ContractRule } from '../../../rule.ts';

export const missingUnionBranch: ContractRule = {
  id: 'avro/missing-union-branch',
  summary: "No branch of the reader's union takes what the writer may write.",
  severity: 'error',
  explanation: `With each value of a union goes the number of its branch. A reader needs some branch that takes the type; a single value that
has none fails. Apache asks that of every branch of the writer's union, whether or not data of it was ever written.

Removing a branch, \`null\` above all, breaks readers of the new schema on old data (\`BACKWARD\`). Adding one breaks readers that still
use the old schema (\`FORWARD\`): update them first, then let writers use it.`,
  messages: {
    backward: 'Data written before may hold {old} here, and no branch of the new union reads that. Keep the branch.',
    forward:
      'New data may hold {new} here, and no branch of {old} reads that: readers that still use the old schema fail on it. Update them before writers use the branch.',
    'backward-column':
      'Column {field} of {table} held {old} in change events that were written before, and no branch reads that any more.',
    'forward-column':
      'Column {field} of {table} holds {new} in new change events, and no branch of {old} reads that: consumers that still use the old schema fail on it.',
    'backward-call':
      'In calls of {call}, {writers} may send {old} here, and no branch of {new} reads that: {readers} fail on it. Keep the branch.',
    'forward-call':
      'In calls of {call}, {writers} may send {new} here, and no branch of {old} reads that: {readers} fail on it. Update those before the branch is used.',
    before: 'The type in {against}.',
  },
  examples: [
    {
      title: 'No longer nullable',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string", "bytes"]}]}\n',
      after: '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["string", "bytes"]}]}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'One more branch',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string"], "default": null}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string", "long"], "default": null}]}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
    {
      title: 'One more branch, for readers of the old schema',
      file: 'order.avsc',
      before:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string"], "default": null}]}\n',
      after:
        '{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string", "long"], "default": null}]}\n',
      profile: 'avro:FORWARD',
      fires: true,
    },
    {
      title: 'A message with a new error, which clients of before do not know',
      file: 'mail.avdl',
      before: 'protocol Mail {\n  error Full { string box; }\n  void send(string to);\n}\n',
      after: 'protocol Mail {\n  error Full { string box; }\n  void send(string to) throws Full;\n}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
  ],
  peers: ['apache-avro:MISSING_UNION_BRANCH'],
};
