import { bufRule } from '../rule.ts';
import { both, optionSpan } from '../spots.ts';

export const enumSameType = bufRule('ENUM_SAME_TYPE', ['FILE', 'PACKAGE'], {
  on: 'enum',
  severity: 'error',
  summary: 'An open enum stays open, a closed one closed.',
  messages: {
    closed:
      '{name} becomes closed: a number that a reader does not know no longer arrives in the field but among its unknown fields, as if the field were unset, and repeated fields lose the element. Keep it open.',
    opened:
      '{name} becomes open: numbers that were kept from code until now arrive in the field, and a `switch` over its values needs a default branch. Keep it closed, or check every use.',
  },
  explanation: `A reader meets numbers that it does not know as soon as writers are newer than it is. An open enum (proto3, editions) hands them to code as
they are. A closed one (proto2) puts them among the unknown fields: \`08 07\` reads as an unset field, and in \`repeated\` the element is missing from
its place. Java, C++, Python and others really differ here; Go treats every enum as open, and C# and JSON parsers do as well or refuse.`,
  examples: [
    {
      title: 'An enum becomes closed',
      before: 'edition = "2023";\nenum State { STATE_NONE = 0; }\n',
      after: 'edition = "2023";\nenum State {\n  option features.enum_type = CLOSED;\n  STATE_NONE = 0;\n}\n',
      fires: true,
    },
  ],
  *check(pair) {
    const { enumType } = pair.after.features;
    if (pair.before.features.enumType === enumType) return;
    const { fullName: name } = pair.before;
    yield {
      ...both(pair, (each) => optionSpan(each, 'features.enum_type') ?? each.span),
      messageId: enumType === 'CLOSED' ? 'closed' : 'opened',
      args: { name },
      object: name,
    };
  },
});
