import type { ContractRule } from '../../../rule.ts';

export const oneWayChanged: ContractRule = {
  id: 'avro/one-way-changed',
  summary: 'A message is one-way and was answered, or the other way round.',
  severity: 'error',
  explanation: `Of a one-way message nobody waits for an answer. Over a connection that stays open, a client and a server that see that differently
refuse the call, in Avro's Java library with "Not both one-way messages", whoever of them is the new one; over HTTP it passes. Add a message under a new name, and keep this one until
nobody calls it.`,
  messages: {
    'one-way':
      '{call} is one-way now and was answered: between the old protocol and the new one calls of it are refused over connections that stay open. Add a message under a new name instead.',
    answered:
      '{call} is answered now and was one-way: between the old protocol and the new one calls of it are refused over connections that stay open. Add a message under a new name instead.',
    before: 'The message in {against}.',
  },
  examples: [
    {
      title: 'Nobody waits for an answer any more',
      file: 'mail.avdl',
      before: 'protocol Mail {\n  void send(string to);\n}\n',
      after: 'protocol Mail {\n  void send(string to) oneway;\n}\n',
      profile: 'avro:FORWARD',
      fires: true,
    },
    {
      title: 'It was one-way before',
      file: 'mail.avpr',
      before: '{"protocol": "Mail", "messages": {"send": {"request": [], "response": "null", "one-way": true}}}\n',
      after: '{"protocol": "Mail", "messages": {"send": {"request": [], "one-way": true}}}\n',
      profile: 'avro:FULL',
      fires: false,
    },
  ],
};
