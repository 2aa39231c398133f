import type { MessageDescriptor } from '../../descriptor.ts';
import { bufRule } from '../rule.ts';
import { both, optionSpan } from '../spots.ts';

const option = 'no_standard_descriptor_accessor';

export const messageNoRemoveStandardDescriptorAccessor = bufRule(
  'MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR',
  ['FILE', 'PACKAGE', 'CSR'],
  {
    on: 'message',
    severity: 'warning',
    summary: 'Generated code keeps its standard descriptor accessor.',
    messages: {
      removed:
        'Generated code of {name} loses its descriptor() accessor: C++ that calls it no longer compiles. Bytes and JSON stay as they are. Leave the option out.',
    },
    explanation: `\`no_standard_descriptor_accessor\` keeps C++ from generating \`descriptor()\`, for a message with a field of that name. Callers of the accessor
break; messages do not change.`,
    examples: [
      {
        title: 'The accessor is switched off',
        before: 'syntax = "proto3";\nmessage Order { string id = 1; }\n',
        after: `syntax = "proto3";\nmessage Order {\n  option ${option} = true;\n  string id = 1;\n}\n`,
        fires: true,
      },
    ],
    *check(pair) {
      if (isOff(pair.before) || !isOff(pair.after)) return;
      const { fullName: name } = pair.before;
      yield {
        ...both(pair, (message) => optionSpan(message, option) ?? message.span),
        messageId: 'removed',
        args: { name },
        object: name,
      };
    },
  },
);

function isOff({ options }: MessageDescriptor): boolean {
  const value = options.get(option)?.value;
  return value?.kind === 'identifier' && value.value === 'true';
}
