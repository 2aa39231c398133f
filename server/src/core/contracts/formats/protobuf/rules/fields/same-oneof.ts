import type { FieldDescriptor } from '../../descriptor.ts';
import { bufRule } from '../rule.ts';
import { both } from '../spots.ts';

const pay = (body: string): string => `syntax = "proto3";\nmessage Pay {\n  ${body}\n}\n`;

export const fieldSameOneof = bufRule('FIELD_SAME_ONEOF', ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'], {
  on: 'field',
  severity: 'error',
  summary: 'A field stays in its oneof, or outside of any.',
  messages: {
    entered:
      'Field {number} ("{field}") moves into oneof "{after}": of an old message that sets it together with another field of the oneof, new readers keep only the last one and lose the rest. Leave it outside; add a new field to the oneof.',
    left: 'Field {number} ("{field}") leaves oneof "{before}": new writers may set it together with the others, and old readers keep only the last one and lose the rest. Leave it in.',
    moved:
      'Field {number} ("{field}") moves from oneof "{before}" to "{after}": combinations that one side may write are cut down to the last field by the other. Leave it where it is.',
  },
  explanation: `A oneof has no bytes of its own; a parser that meets a second field of it forgets the first. \`0A 01 61 12 01 62\` (fields 1 and 2) is two values
for a reader where both stand alone, and only \`2: "b"\` for a reader where they share a oneof. In JSON the second one is an error. A field that
moves into a *new* oneof alone loses nothing on the wire, yet generated code changes, and buf reports it too. The oneof that \`optional\` makes in proto3 does not count.`,
  examples: [
    {
      title: 'A field moves into a oneof',
      before: pay('string card = 1;\n  oneof how { string iban = 2; }'),
      after: pay('oneof how { string card = 1; string iban = 2; }'),
      fires: true,
    },
    {
      title: 'A new field does',
      before: pay('oneof how { string iban = 2; }'),
      after: pay('oneof how { string card = 1; string iban = 2; }'),
      fires: false,
    },
  ],
  *check(pair) {
    const [before, after] = [oneofOf(pair.before), oneofOf(pair.after)];
    if (pair.before.extendee !== undefined || before === after) return;
    yield {
      ...both(pair),
      messageId: before === undefined ? 'entered' : after === undefined ? 'left' : 'moved',
      args: { number: pair.after.number, field: pair.after.name, before: before ?? '', after: after ?? '' },
      object: pair.before.fullName,
    };
  },
});

function oneofOf({ oneof, isProto3Optional }: FieldDescriptor): string | undefined {
  return isProto3Optional ? undefined : oneof?.name;
}
