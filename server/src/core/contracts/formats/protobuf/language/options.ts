import type { FieldDescriptor, MessageDescriptor, ProtoSet } from '../descriptor.ts';
import type { Lookup } from '../link/link.ts';
import { isExtension, type Scope } from '../link/scope.ts';
import type { OptionNamePart, OptionNode, ValueNode } from '../syntax/tree.ts';
import { elementNamed } from './elements.ts';
import type { Opened } from './opened.ts';
import type { Use } from './uses.ts';

/** Messages of `google/protobuf/descriptor.proto` whose fields are the options of an element. */
export const optionMessages = {
  file: 'FileOptions',
  message: 'MessageOptions',
  field: 'FieldOptions',
  oneof: 'OneofOptions',
  'extension-range': 'ExtensionRangeOptions',
  enum: 'EnumOptions',
  value: 'EnumValueOptions',
  service: 'ServiceOptions',
  method: 'MethodOptions',
} as const;

export type OptionHolder = keyof typeof optionMessages;

export function optionsMessage(set: ProtoSet, holder: OptionHolder): MessageDescriptor | undefined {
  return set.messages.get(`google.protobuf.${optionMessages[holder]}`);
}

/** What an option's name and value refer to: fields of the options' messages, extensions of them, values of enums. */
export function optionUses(
  { linked: { set }, lookup }: Opened,
  scope: Scope,
  option: OptionNode,
  holder: OptionHolder,
  within: string,
  to: Use[],
): void {
  let message = optionsMessage(set, holder);
  let field: FieldDescriptor | undefined;
  for (const part of option.parts) {
    field = partField(lookup, scope, part, message, within);
    if (field === undefined) return;
    const inner = part.extension ? { start: part.start + 1, end: part.end - 1 } : part;
    to.push({ start: inner.start, end: inner.end, target: field.fullName });
    message = field.typeName === undefined ? undefined : set.messages.get(field.typeName);
  }
  if (field !== undefined && option.value !== undefined) valueUses(set, field, option.value, to);
}

function partField(
  lookup: Lookup,
  scope: Scope,
  part: OptionNamePart,
  message: MessageDescriptor | undefined,
  within: string,
): FieldDescriptor | undefined {
  if (!part.extension) return message?.fields.find(({ name }) => name === part.text);
  const found = scope.resolve(part.text, within, isExtension);
  const entry = found.kind === 'found' ? elementNamed(lookup, found.declared.name) : undefined;
  return entry?.kind === 'field' ? entry.element : undefined;
}

function valueUses(set: ProtoSet, field: FieldDescriptor, value: ValueNode, to: Use[]): void {
  switch (value.kind) {
    case 'identifier': {
      const type = field.typeIs === 'enum' ? set.enums.get(field.typeName ?? '') : undefined;
      const target = type?.values.find(({ name }) => name === value.value)?.fullName;
      if (target !== undefined) to.push({ start: value.start, end: value.end, target });
      return;
    }
    case 'aggregate': {
      const message = field.typeName === undefined ? undefined : set.messages.get(field.typeName);
      for (const { name, value: inner } of value.fields) {
        const member = message?.fields.find((each) => each.name === name.text);
        if (member === undefined) continue;
        to.push({ start: name.start, end: name.end, target: member.fullName });
        if (inner !== undefined) valueUses(set, member, inner, to);
      }
      return;
    }
    case 'list':
      for (const each of value.values) valueUses(set, field, each, to);
      return;
    case 'string':
    case 'number':
      return;
    default:
      value satisfies never;
  }
}
