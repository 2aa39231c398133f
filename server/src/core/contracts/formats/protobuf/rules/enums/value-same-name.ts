import { bufRule } from '../rule.ts';
import { now, then } from '../spots.ts';

export const enumValueSameName = bufRule('ENUM_VALUE_SAME_NAME', ['FILE', 'PACKAGE', 'WIRE_JSON', 'CSR'], {
  on: 'enum-number',
  severity: 'error',
  summary: 'A number of an enum keeps its names.',
  messages: {
    renamed:
      'Number {number} of {name} changes its name from {before} to {after}: new readers refuse the old name in JSON and old ones the new name; code that uses the old one no longer compiles. Keep the old name, or give both the number with `option allow_alias = true;`.',
  },
  explanation: `Binary messages hold the number and do not notice. JSON and text format hold the name: \`{"state": "PAID"}\` of an old writer is an error for a
reader that only knows \`SETTLED\`, and the other way round. With \`allow_alias\` the number has both names; JSON is written with the first one, so keep the old name first until
every reader knows the new one.`,
  examples: [
    {
      title: 'A value is renamed',
      before: 'syntax = "proto3";\nenum State { STATE_NONE = 0; PAID = 1; }\n',
      after: 'syntax = "proto3";\nenum State { STATE_NONE = 0; SETTLED = 1; }\n',
      fires: true,
    },
    {
      title: 'The new name is an alias',
      before: 'syntax = "proto3";\nenum State { STATE_NONE = 0; PAID = 1; }\n',
      after: 'syntax = "proto3";\nenum State { option allow_alias = true; STATE_NONE = 0; PAID = 1; SETTLED = 1; }\n',
      fires: false,
    },
  ],
  *check({ before, after }) {
    const names = new Set(after.map(({ name }) => name));
    if (before.every(({ name }) => names.has(name))) return;
    for (const value of after) {
      const old = before.find(({ name }) => name === value.name) ?? before[0];
      yield {
        messageId: 'renamed',
        args: { number: value.number, name: value.parent.fullName, before: listed(before), after: listed(after) },
        at: now(value, value.numberSpan),
        was: then(old),
        object: value.fullName,
      };
    }
  },
});

function listed(values: readonly { readonly name: string }[]): string {
  return values.map(({ name }) => `"${name}"`).join(', ');
}
