import type { Pair } from '../../compare/pair.ts';
import type { EnumDescriptor, MessageDescriptor, NumberRange } from '../../descriptor.ts';
import { rangesText, uncovered } from '../ranges.ts';
import { bufRule, type Difference } from '../rule.ts';
import { both, now, then } from '../spots.ts';

const why = `Nobody sees a reservation on the wire. It keeps the next author from giving the number to something else: old bytes that still carry it would
then be read as that, with whatever value they had, and no error is raised when the wire types agree. A reserved name does the same for JSON and
text format. A range may be split, merged and widened; only numbers that nothing reserves any more are reported.`;

export const reservedMessageNoDelete = bufRule(
  'RESERVED_MESSAGE_NO_DELETE',
  ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'],
  {
    on: 'message',
    severity: 'warning',
    summary: 'Reserved field numbers and names stay reserved.',
    messages: reservedMessages('field'),
    explanation: why,
    examples: [
      {
        title: 'A reserved range shrinks',
        before: 'syntax = "proto3";\nmessage Order { reserved 4 to 9; string id = 1; }\n',
        after: 'syntax = "proto3";\nmessage Order { reserved 4, 6 to 9; string id = 1; }\n',
        fires: true,
      },
      {
        title: 'It is split',
        before: 'syntax = "proto3";\nmessage Order { reserved 4 to 9; string id = 1; }\n',
        after: 'syntax = "proto3";\nmessage Order { reserved 4 to 6, 7 to 9; string id = 1; }\n',
        fires: false,
      },
    ],
    check: (pair) => unreserved(pair),
  },
);

export const reservedEnumNoDelete = bufRule(
  'RESERVED_ENUM_NO_DELETE',
  ['FILE', 'PACKAGE', 'WIRE_JSON', 'WIRE', 'CSR'],
  {
    on: 'enum',
    severity: 'warning',
    summary: 'Reserved numbers and names of an enum stay reserved.',
    messages: reservedMessages('value'),
    explanation: why,
    examples: [
      {
        title: 'A reserved name is given up',
        before: 'syntax = "proto3";\nenum State { reserved "LOST"; STATE_NONE = 0; }\n',
        after: 'syntax = "proto3";\nenum State { STATE_NONE = 0; }\n',
        fires: true,
      },
    ],
    check: (pair) => unreserved(pair),
  },
);

export const extensionMessageNoDelete = bufRule('EXTENSION_MESSAGE_NO_DELETE', ['FILE', 'PACKAGE', 'CSR'], {
  on: 'message',
  severity: 'error',
  summary: 'Extension ranges keep their numbers.',
  messages: {
    range:
      'Numbers {numbers} of {name} are no longer open to extensions: files that extend it there stop compiling, and what was sent in such extensions becomes unknown fields. Keep the range; add others beside it.',
  },
  explanation: `Whoever declared an extension in the range cannot compile against this message any more, and readers built from it do not know those fields.
Ranges may be split, merged and widened.`,
  examples: [
    {
      title: 'An extension range ends earlier',
      before: 'syntax = "proto2";\nmessage Order { extensions 100 to 199; }\n',
      after: 'syntax = "proto2";\nmessage Order { extensions 100 to 149; }\n',
      fires: true,
    },
  ],
  *check(pair) {
    if (pair.after.incomplete) return;
    yield* lostRanges(pair, pair.before.extensionRanges, pair.after.extensionRanges);
  },
});

function reservedMessages(what: string) {
  return {
    range: `Numbers {numbers} of {name} are no longer reserved: the next ${what} that takes one reads what old writers meant by it. Keep them reserved for good.`,
    name: `The name "{reserved}" of {name} is no longer reserved: the next ${what} that takes it reads old JSON as its own. Keep it reserved for good.`,
  };
}

function* unreserved(pair: Pair<MessageDescriptor> | Pair<EnumDescriptor>): Iterable<Difference> {
  const { before, after } = pair;
  if (after.incomplete) return;
  yield* lostRanges(pair, before.reservedRanges, after.reservedRanges);
  const names = new Set(after.reservedNames.map(({ name }) => name));
  for (const reserved of before.reservedNames) {
    if (names.has(reserved.name)) continue;
    yield {
      ...both<MessageDescriptor | EnumDescriptor>(pair),
      messageId: 'name',
      args: { name: before.fullName, reserved: reserved.name },
      was: then(before, reserved.span),
      object: `${before.fullName}.${reserved.name}`,
    };
  }
}

function* lostRanges(
  { before, after }: Pair<MessageDescriptor | EnumDescriptor>,
  old: readonly NumberRange[],
  left: readonly NumberRange[],
): Iterable<Difference> {
  for (const range of old) {
    const missing = uncovered(range, left);
    if (missing.length === 0) continue;
    yield {
      messageId: 'range',
      args: { name: before.fullName, numbers: rangesText(missing) },
      at: now(after),
      was: then(before, range.span),
      object: `${before.fullName} ${rangesText([range])}`,
    };
  }
}
