import { bufRule } from '../rule.ts';
import { ofFile } from '../spots.ts';

export const fileSameSyntax = bufRule('FILE_SAME_SYNTAX', ['FILE', 'PACKAGE', 'CSR'], {
  on: 'file',
  severity: 'warning',
  summary: 'A file keeps its syntax.',
  messages: {
    changed:
      'The syntax changes from {before} to {after}, and with it the defaults of presence, packing, enums and UTF-8 checks: generated code gets other accessors. Change it alone, and set the features that keep the old behaviour.',
  },
  explanation: `proto2, proto3 and each edition have defaults of their own: whether a field knows that it is set, whether an enum takes unknown numbers,
whether strings are checked for UTF-8, whether repeated numbers are packed. Each effect on the wire or in JSON is a finding of its own
(\`ENUM_SAME_TYPE\`, \`FIELD_SAME_CARDINALITY\`, \`FIELD_SAME_UTF8_VALIDATION\`, \`MESSAGE_SAME_JSON_FORMAT\`); when there is none, what remains is generated code.
buf takes all editions for one syntax, so going from 2023 to 2024 is not reported. Protocol Buffers' own tool Prototiller writes the features that keep everything as it was.`,
  examples: [
    {
      title: 'From proto2 to proto3',
      before: 'syntax = "proto2";\nmessage Order {}\n',
      after: 'syntax = "proto3";\nmessage Order {}\n',
      fires: true,
    },
  ],
  *check({ before, after }) {
    if (before.syntax === after.syntax || (after.syntaxSpan === undefined && after.incomplete)) return;
    yield {
      messageId: 'changed',
      args: { before: before.syntax, after: after.syntax },
      at: ofFile('after', after, after.syntaxSpan),
      was: ofFile('before', before, before.syntaxSpan),
      object: before.path,
    };
  },
});
