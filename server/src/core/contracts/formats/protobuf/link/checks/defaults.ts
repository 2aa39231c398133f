import type { FieldDescriptor } from '../../descriptor.ts';
import type { FieldNode, ValueNode } from '../../syntax/tree.ts';
import { hasValue } from '../lookups.ts';
import type { Declared } from '../outline.ts';
import { report, type Unit } from '../unit.ts';

/** `[default = …]`: whether the field may have one, and whether it is one of its type. */
export function checkDefault(unit: Unit, node: FieldNode, field: FieldDescriptor, type: Declared | undefined): void {
  const option = node.options.find(
    ({ parts }) => parts.length === 1 && parts[0]?.text === 'default' && !parts[0].extension,
  );
  if (option?.value === undefined) return;
  const { kind } = field;
  if (unit.edition === 'proto3')
    report(unit, option, 'proto3 has no defaults: an absent field has the zero of its type.');
  else if (field.label === 'repeated') report(unit, option, 'A repeated field has no default.');
  else if (kind === 'message' || kind === 'group') {
    if (field.typeIs !== undefined) report(unit, option, 'A field that holds a message has no default.');
  } else {
    if (type?.kind === 'enum') unit.scope.values(type.name);
    const wrong = wrongValue(kind, option.value, type);
    if (wrong !== undefined) report(unit, option.value, wrong);
  }
}

const integers = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  sfixed32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  fixed32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  sint64: [-(2n ** 63n), 2n ** 63n - 1n],
  sfixed64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  fixed64: [0n, 2n ** 64n - 1n],
} as const;

/** Says why a value is none of a type; undefined where it is one. */
export function wrongValue(
  kind: Exclude<FieldDescriptor['kind'], 'message' | 'group'>,
  value: ValueNode,
  type: Declared | undefined,
): string | undefined {
  switch (kind) {
    case 'bool':
      return value.kind === 'identifier' && /^(true|false)$/.test(value.value)
        ? undefined
        : 'A `bool` is `true` or `false`.';
    case 'string':
    case 'bytes':
      return value.kind === 'string' ? undefined : `A \`${kind}\` stands between quotes.`;
    case 'float':
    case 'double':
      return value.kind === 'number' || (value.kind === 'identifier' && /^-?(inf|nan)$/.test(value.value))
        ? undefined
        : `A \`${kind}\` is a number, \`inf\` or \`nan\`.`;
    case 'enum':
      if (value.kind !== 'identifier') return 'A value of an enum is given by its name.';
      return type?.kind !== 'enum' || hasValue(type, value.value)
        ? undefined
        : `\`${type.name}\` has no value \`${value.value}\`.`;
    case 'int32':
    case 'sint32':
    case 'sfixed32':
    case 'uint32':
    case 'fixed32':
    case 'int64':
    case 'sint64':
    case 'sfixed64':
    case 'uint64':
    case 'fixed64': {
      if (value.kind !== 'number' || !value.integer) return `A \`${kind}\` is a whole number.`;
      const [least, most] = integers[kind];
      const number = BigInt(value.value);
      return number < least || number > most ? `A \`${kind}\` goes from ${least} to ${most}.` : undefined;
    }
    default:
      return kind satisfies never;
  }
}
