import type { ContractRule } from '../../../rule.ts';

export const messageDeleted: ContractRule = {
  id: 'avro/message-deleted',
  summary: 'A message of a protocol is gone.',
  severity: 'error',
  explanation: `A client that calls a message of which the server's protocol has none gets an error, in Avro's Java library "Not a remote
message". So under \`BACKWARD\`, where servers of now serve clients of before, a message has to stay until nobody calls it.
Under \`FORWARD\` nothing is told: clients of now do not call what is gone. A new name is a new message: keep the old one beside it.`,
  messages: {
    deleted:
      'The message {call} is gone: clients of the old protocol that call it get an error from servers of the new one. Keep it until nobody calls it.',
    before: 'It was here in {against}.',
  },
  examples: [
    {
      title: 'A message is gone',
      file: 'mail.avdl',
      before: 'protocol Mail {\n  void send(string to);\n  long count();\n}\n',
      after: 'protocol Mail {\n  void send(string to);\n}\n',
      profile: 'avro:BACKWARD',
      fires: true,
    },
    {
      title: 'The same, for clients of the new protocol',
      file: 'mail.avdl',
      before: 'protocol Mail {\n  void send(string to);\n  long count();\n}\n',
      after: 'protocol Mail {\n  void send(string to);\n}\n',
      profile: 'avro:FORWARD',
      fires: false,
    },
    {
      title: 'One more message',
      file: 'mail.avpr',
      before: '{"protocol": "Mail", "messages": {"send": {"request": [], "response": "null"}}}\n',
      after:
        '{"protocol": "Mail", "messages": {"count": {"request": [], "response": "long"}, "send": {"request": [], "response": "null"}}}\n',
      profile: 'avro:FULL',
      fires: false,
    },
  ],
};
