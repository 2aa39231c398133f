import { bufRule } from '../rule.ts';
import { both, then } from '../spots.ts';

export const oneofNoDelete = bufRule('ONEOF_NO_DELETE', ['FILE', 'PACKAGE', 'CSR'], {
  on: 'message',
  severity: 'warning',
  summary: 'A oneof stays in its message.',
  messages: {
    deleted:
      'Oneof {name} is gone: code that asks which of its fields is set no longer compiles. Keep its name; what happens to its fields is said where they are.',
  },
  explanation: `A oneof is not on the wire: its fields are, under their own numbers. Generated code has an accessor for it (\`WhichOneof\`, \`kind_case()\`, an
interface in Go), which goes with the oneof, and so does renaming it. Fields that leave it can be set together from then on, which is
\`FIELD_SAME_ONEOF\`.`,
  examples: [
    {
      title: 'A oneof is renamed',
      before: 'syntax = "proto3";\nmessage Pay { oneof how { string card = 1; string iban = 2; } }\n',
      after: 'syntax = "proto3";\nmessage Pay { oneof method { string card = 1; string iban = 2; } }\n',
      fires: true,
    },
  ],
  *check(pair) {
    if (pair.after.incomplete) return;
    const left = new Set(pair.after.oneofs.map(({ name }) => name));
    for (const oneof of pair.before.oneofs) {
      if (left.has(oneof.name)) continue;
      const { fullName: name } = oneof;
      yield { ...both(pair), messageId: 'deleted', args: { name }, was: then(oneof), object: name };
    }
  },
});
