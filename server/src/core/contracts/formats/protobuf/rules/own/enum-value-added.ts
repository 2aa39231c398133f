import { numbersOf } from '../enums/numbers.ts';
import { ownRule } from '../rule.ts';
import { now } from '../spots.ts';

const state = (value: string): string => `syntax = "proto3";\nenum State {\n  STATE_NONE = 0;\n  ${value}\n}\n`;

export const enumValueAdded = ownRule('enum-value-added', {
  on: 'enum',
  severity: 'info',
  summary: 'A value that an enum gets is unknown to readers that are deployed.',
  messages: {
    open: 'Readers that are deployed do not know {value} = {number}: the open enum hands them the bare number (UNRECOGNIZED in Java, an integer without a name in C++, Go, Python and C#), and JSON with "{value}" is refused unless unknown names are ignored. Ship readers first.',
    closed:
      'Readers that are deployed do not know {value} = {number}: the enum is closed, so the field looks unset to them and the number hides among the unknown fields; a list loses the element; JSON with "{value}" is refused. Ship readers first.',
  },
  explanation: `Adding a value breaks no rule of buf, and is the commonest way to surprise a deployed reader. Of \`08 07\` with an unknown 7:

- **open enum** (proto3, editions): Java gives \`UNRECOGNIZED\` (\`getStateValue()\` still has 7), C++, Go, Python, C# and Rust give the number 7 without a name, Kotlin \`UNRECOGNIZED\`.
  A \`switch\` without a default branch does nothing, or throws.
- **closed enum** (proto2, \`features.enum_type = CLOSED\`): Java, C++ and Python leave the field unset, so its default is read, and keep 7 among the unknown fields; in a
  repeated field the element is gone from its place, in a map the entry. Go and C# treat every enum as open.
- **JSON**: the name is no value of the reader's enum. The standard is to refuse the message; with *ignore unknown fields* most parsers skip the field.

Ship readers before writers, or send the value only to those who asked for it.`,
  examples: [
    { title: 'A value is added', before: state(''), after: state('STATE_PAID = 1;'), fires: true },
    {
      title: 'A value gets another name beside its own',
      before: state('STATE_PAID = 1;'),
      after:
        'syntax = "proto3";\nenum State {\n  option allow_alias = true;\n  STATE_NONE = 0;\n  STATE_PAID = 1;\n  STATE_SETTLED = 1;\n}\n',
      fires: false,
    },
  ],
  *check({ before, after }) {
    const old = numbersOf(before);
    for (const [number, [value]] of numbersOf(after)) {
      if (old.has(number)) continue;
      yield {
        messageId: after.features.enumType === 'OPEN' ? 'open' : 'closed',
        args: { value: value.name, number },
        at: now(value),
        was: undefined,
        object: value.fullName,
        compat: 'additive',
      };
    }
  },
});
