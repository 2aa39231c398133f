import type { Pair } from '../../compare/pair.ts';
import type { EnumDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { bufRule, type Difference } from '../rule.ts';
import { both, optionSpan } from '../spots.ts';

const why = `\`features.json_format\` is \`ALLOW\` in proto3 and editions: the compiler makes sure that JSON names do not collide, and every runtime has to
support the mapping. With \`LEGACY_BEST_EFFORT\`, proto2's default, parsers may refuse the JSON or lose one of two fields that share a name. It
changes with the syntax of the file too.`;

export const messageSameJsonFormat = bufRule('MESSAGE_SAME_JSON_FORMAT', ['FILE', 'PACKAGE', 'WIRE_JSON', 'CSR'], {
  on: 'message',
  severity: 'error',
  summary: 'A message that has JSON keeps it.',
  messages: {
    changed:
      'JSON of {name} is no longer guaranteed (json_format {before} to {after}): readers and writers of JSON may refuse it or mix up fields. Keep ALLOW.',
  },
  explanation: why,
  examples: [
    {
      title: 'JSON becomes best effort',
      before: 'edition = "2023";\nmessage Order { string id = 1; }\n',
      after:
        'edition = "2023";\nmessage Order {\n  option features.json_format = LEGACY_BEST_EFFORT;\n  string id = 1;\n}\n',
      fires: true,
    },
  ],
  check: (pair) => lostJson(pair),
});

export const enumSameJsonFormat = bufRule('ENUM_SAME_JSON_FORMAT', ['FILE', 'PACKAGE', 'WIRE_JSON', 'CSR'], {
  on: 'enum',
  severity: 'error',
  summary: 'An enum that has JSON keeps it.',
  messages: {
    changed:
      'JSON of {name} is no longer guaranteed (json_format {before} to {after}): readers of JSON may refuse names of its values. Keep ALLOW.',
  },
  explanation: why,
  examples: [
    {
      title: 'JSON becomes best effort',
      before: 'edition = "2023";\nenum State { STATE_NONE = 0; }\n',
      after:
        'edition = "2023";\nenum State {\n  option features.json_format = LEGACY_BEST_EFFORT;\n  STATE_NONE = 0;\n}\n',
      fires: true,
    },
  ],
  check: (pair) => lostJson(pair),
});

function* lostJson(pair: Pair<MessageDescriptor> | Pair<EnumDescriptor>): Iterable<Difference> {
  const [before, after] = [pair.before.features.jsonFormat, pair.after.features.jsonFormat];
  if (before !== 'ALLOW' || after === 'ALLOW') return;
  const { fullName: name } = pair.before;
  yield {
    ...both<MessageDescriptor | EnumDescriptor>(
      pair,
      (element) => optionSpan(element, 'features.json_format') ?? element.span,
    ),
    messageId: 'changed',
    args: { name, before, after },
    object: name,
  };
}
