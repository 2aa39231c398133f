import type { ContractRule } from '../../../rule.ts';

export const fixedSizeMismatch: ContractRule = {
  id: 'avro/fixed-size-mismatch',
  summary: 'A fixed has another size.',
  severity: 'error',
  explanation: `A \`fixed\` has no length on the wire: exactly its size in bytes is written. A reader with another size would take bytes of the
next value or leave some behind, so Avro refuses to resolve the two.

Add a new field with a new \`fixed\` beside the old one, or use \`bytes\` from the start where sizes may change.`,
  messages: {
    backward:
      'Data written before has {old} bytes here, the new schema reads {new}: none of it can be read any more. Add a new field with a new type instead.',
    forward:
      'New data has {new} bytes here. Readers that still use the old schema take {old} and fail: add a new field with a new type instead.',
    'backward-call':
      'In calls of {call}, {writers} send {old} bytes here and {readers} take {new}: none of them can be read. Add a field with a new type instead.',
    'forward-call':
      'In calls of {call}, {writers} send {new} bytes here and {readers} take {old}: none of them can be read. Add a field with a new type instead.',
    before: 'The size in {against}.',
  },
  examples: [
    {
      title: 'A longer hash under the same name',
      file: 'hash.avsc',
      before: '{"type": "fixed", "name": "Hash", "size": 16}\n',
      after: '{"type": "fixed", "name": "Hash", "size": 32}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'Only the documentation differs',
      file: 'hash.avsc',
      before: '{"type": "fixed", "name": "Hash", "size": 16}\n',
      after: '{"type": "fixed", "name": "Hash", "doc": "MD5", "size": 16}\n',
      profile: 'avro:BACKWARD',
      fires: false,
    },
  ],
  peers: ['apache-avro:FIXED_SIZE_MISMATCH'],
};
