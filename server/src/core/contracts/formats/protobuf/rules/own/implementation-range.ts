import { indexOf } from '../../compare/file-index.ts';
import { ownRule } from '../rule.ts';
import { now } from '../spots.ts';

const [first, last] = [19_000, 19_999];

const order = (number: number): string => `syntax = "proto3";\nmessage Order {\n  string id = ${number};\n}\n`;

export const numberInImplementationRange = ownRule('number-in-implementation-range', {
  on: 'new-file',
  severity: 'error',
  summary: 'Field numbers 19000 to 19999 belong to implementations of protobuf.',
  messages: {
    reserved:
      '{number} lies between 19000 and 19999, which implementations of protobuf keep for themselves: protoc refuses the file, and readers may take the bytes for something of their own. Take another number.',
  },
  explanation: `protoc and buf refuse such a field, in every language. Some parsers that read descriptors at run time do not look, so the bytes can get out:
\`C2 A3 09\` begins a field of the range.`,
  examples: [
    { title: 'A number of the range', before: order(1), after: order(19_500), fires: true },
    { title: 'The number behind it', before: order(1), after: order(20_000), fires: false },
  ],
  *check({ after }, sides) {
    const { messages, extensions } = indexOf(after);
    const fields = [...[...messages.values()].flatMap((message) => message.fields), ...extensions.values()];
    for (const field of fields) {
      const { number, fullName } = field;
      if (number < first || number > last) continue;
      const parent = field.extendee ?? field.parent?.fullName ?? '';
      if (sides.before.message(parent)?.fields.some((old) => old.number === number) === true) continue;
      yield {
        messageId: 'reserved',
        args: { number },
        at: now(field, field.numberSpan),
        was: undefined,
        object: fullName,
      };
    }
  },
});
