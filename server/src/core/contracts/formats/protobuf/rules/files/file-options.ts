import type { FileDescriptor, OptionValue } from '../../descriptor.ts';
import { bufRule, type ProtoRule } from '../rule.ts';
import { ofFile } from '../spots.ts';

interface FileOption {
  readonly name: string;
  /** What it is without being written. */
  readonly unset: string;
  readonly example: readonly [before: string, after: string];
  /** For whom code changes, and how. */
  readonly effect: string;
}

const fileOptions: readonly FileOption[] = [
  {
    name: 'cc_enable_arenas',
    unset: 'true',
    example: ['true', 'false'],
    effect: 'C++: messages can or cannot be put on an arena; current protoc always can and ignores it',
  },
  {
    name: 'cc_generic_services',
    unset: 'false',
    example: ['true', 'false'],
    effect: 'C++: the abstract service classes of this file appear or go',
  },
  {
    name: 'csharp_namespace',
    unset: '',
    example: ['"Shop.V1"', '"Store.V1"'],
    effect: 'C#: every generated class moves to another namespace',
  },
  {
    name: 'go_package',
    unset: '',
    example: ['"example.com/shop/v1;shopv1"', '"example.com/store/v1;storev1"'],
    effect: 'Go: generated code moves to another import path or package name',
  },
  {
    name: 'java_generic_services',
    unset: 'false',
    example: ['true', 'false'],
    effect: 'Java: the abstract service classes of this file appear or go',
  },
  {
    name: 'java_multiple_files',
    unset: 'false',
    example: ['true', 'false'],
    effect: 'Java: classes move between files of their own and the outer class',
  },
  {
    name: 'java_outer_classname',
    unset: '',
    example: ['"ShopProto"', '"StoreProto"'],
    effect: 'Java: the outer class, and all that is nested in it, gets another name',
  },
  {
    name: 'java_package',
    unset: '',
    example: ['"com.example.shop.v1"', '"com.example.store.v1"'],
    effect: 'Java and Kotlin: every generated class moves to another package',
  },
  {
    name: 'objc_class_prefix',
    unset: '',
    example: ['"SHP"', '"STR"'],
    effect: 'Objective-C: every generated class gets another name',
  },
  {
    name: 'optimize_for',
    unset: 'SPEED',
    example: ['SPEED', 'LITE_RUNTIME'],
    effect: 'C++ and Java: LITE_RUNTIME takes descriptors and reflection away, and its classes have other bases',
  },
  {
    name: 'php_class_prefix',
    unset: '',
    example: ['"Shop"', '"Store"'],
    effect: 'PHP: every generated class gets another name',
  },
  {
    name: 'php_metadata_namespace',
    unset: '',
    example: ['"Shop\\\\Meta"', '"Store\\\\Meta"'],
    effect: 'PHP: the metadata classes move to another namespace',
  },
  {
    name: 'php_namespace',
    unset: '',
    example: ['"Shop\\\\V1"', '"Store\\\\V1"'],
    effect: 'PHP: every generated class moves to another namespace',
  },
  {
    name: 'py_generic_services',
    unset: 'false',
    example: ['true', 'false'],
    effect: 'Python: the abstract service classes of this file appear or go',
  },
  {
    name: 'ruby_package',
    unset: '',
    example: ['"Shop::V1"', '"Store::V1"'],
    effect: 'Ruby: every generated class moves to another module',
  },
  {
    name: 'swift_prefix',
    unset: '',
    example: ['"SHP"', '"STR"'],
    effect: 'Swift: every generated type gets another name',
  },
];

/** `FILE_SAME_GO_PACKAGE` and its fifteen likes. */
export const fileOptionRules: readonly ProtoRule[] = fileOptions.map(({ name, unset, example, effect }) =>
  bufRule(`FILE_SAME_${name.toUpperCase()}`, ['FILE', 'PACKAGE'], {
    on: 'file',
    severity: 'warning',
    summary: `A file keeps its option \`${name}\`.`,
    messages: {
      changed: `Option ${name} changes from "{before}" to "{after}". ${effect}. Bytes and JSON stay as they are, but whoever generates code has to change theirs; keep the option, or change it with a new package.`,
    },
    explanation: `${effect}. Messages in flight and at rest do not notice: the option is about generated code only. Not written, it is \`${unset === '' ? '""' : unset}\`,
so writing the default changes nothing.`,
    examples: [
      {
        title: 'The option changes',
        before: `syntax = "proto3";\npackage shop.v1;\noption ${name} = ${example[0]};\n`,
        after: `syntax = "proto3";\npackage shop.v1;\noption ${name} = ${example[1]};\n`,
        fires: true,
      },
      ...(unset === ''
        ? []
        : [
            {
              title: 'Its default is written',
              before: 'syntax = "proto3";\npackage shop.v1;\n',
              after: `syntax = "proto3";\npackage shop.v1;\noption ${name} = ${unset};\n`,
              fires: false,
            },
          ]),
    ],
    *check({ before, after }) {
      const values = { before: optionValue(before, name, unset), after: optionValue(after, name, unset) };
      if (values.before === values.after || (after.incomplete && !after.options.has(name))) return;
      yield {
        messageId: 'changed',
        args: values,
        at: ofFile('after', after, after.options.get(name)?.span),
        was: ofFile('before', before, before.options.get(name)?.span),
        object: before.path,
      };
    },
  }),
);

function optionValue({ options }: FileDescriptor, name: string, unset: string): string {
  const option = options.get(name);
  return option === undefined ? unset : plain(option.value);
}

function plain(value: OptionValue): string {
  return value.kind === 'aggregate' ? value.text : String(value.value);
}
