import type { EnumDescriptor, FieldDescriptor, MessageDescriptor } from '../../descriptor.ts';
import type { AggregateField, OptionNode, ProtoProblem, ValueNode } from '../../syntax/tree.ts';
import { type OptionTarget, targetWords } from './option-tables.ts';

/** An option between parentheses, and the extension that it is. */
export interface CustomOption {
  readonly node: OptionNode;
  readonly target: OptionTarget;
  /** Full name. */
  readonly extension: string;
}

/** What is declared anywhere in the set. */
export interface SetLookup {
  message(name: string): MessageDescriptor | undefined;
  enumeration(name: string): EnumDescriptor | undefined;
  extension(name: string): FieldDescriptor | undefined;
}

export interface OptionCheck {
  readonly problems: readonly ProtoProblem[];
  /** Files whose declarations were looked at. */
  readonly paths: ReadonlySet<string>;
}

/** Whether options of users stand where they may and have values of their types. Looks into other files, so it comes after all are linked. */
export function checkCustomOptions(options: readonly CustomOption[], lookup: SetLookup): OptionCheck {
  const problems: ProtoProblem[] = [];
  const paths = new Set<string>();
  const say = ({ start, end }: ProtoProblem['span'], message: string): undefined => {
    problems.push({ span: { start, end }, message });
  };
  const seen = <T extends { readonly file: { readonly path: string } }>(found: T | undefined): T | undefined => {
    if (found !== undefined) paths.add(found.file.path);
    return found;
  };

  const check = ({ node, target, extension }: CustomOption): void => {
    const [first, ...rest] = node.parts;
    let field = seen(lookup.extension(extension));
    if (first === undefined || field === undefined) return;
    if (field.extendee !== `google.protobuf.${target}`)
      return say(
        first,
        `\`(${first.text})\` extends \`${field.extendee}\`, so it cannot be set on ${targetWords[target]}.`,
      );
    for (const part of rest) {
      if (part.extension) return;
      const message: MessageDescriptor | undefined =
        field.kind === 'message' || field.kind === 'group' ? seen(lookup.message(field.typeName ?? '')) : undefined;
      if (message === undefined) {
        if (field.typeIs === 'message') return;
        return say(part, `\`${field.name}\` holds no message, so it has no \`${part.text}\`.`);
      }
      const next: FieldDescriptor | undefined = message.fields.find(({ name }) => name === part.text);
      if (next === undefined) return say(part, `\`${message.fullName}\` has no field \`${part.text}\`.`);
      field = next;
    }
    if (node.value !== undefined) checkValue(field, node.value, false);
  };

  const checkValue = (field: FieldDescriptor, value: ValueNode, inMessage: boolean): void => {
    if (value.kind === 'list') {
      if (!inMessage) return say(value, 'A list can stand in a message only; set the option once for each value.');
      if (field.label !== 'repeated') return say(value, `\`${field.name}\` has one value, not a list.`);
      for (const one of value.values) checkValue(field, one, inMessage);
    } else if (field.kind === 'message' || field.kind === 'group') {
      if (value.kind !== 'aggregate') return say(value, `\`${field.name}\` holds a message: write \`{ … }\`.`);
      const message = seen(lookup.message(field.typeName ?? ''));
      if (message !== undefined) for (const inner of value.fields) checkInner(message, inner);
    } else if (!fits(field, value, inMessage))
      say(value, `This is no value of type \`${field.typeName ?? field.kind}\`.`);
  };

  const checkInner = (message: MessageDescriptor, { name, value }: AggregateField): void => {
    if (name.text.startsWith('[')) return;
    const field = message.fields.find(
      (it) => it.name === name.text || (it.kind === 'group' && it.typeName?.endsWith(`.${name.text}`)),
    );
    if (field === undefined) say(name, `\`${message.fullName}\` has no field \`${name.text}\`.`);
    else if (value !== undefined) checkValue(field, value, true);
  };

  /** Within a message the text format allows more: `1` for true, numbers for enums. */
  const fits = ({ kind, typeName }: FieldDescriptor, value: ValueNode, inMessage: boolean): boolean => {
    switch (kind) {
      case 'string':
      case 'bytes':
        return value.kind === 'string';
      case 'bool':
        return value.kind === 'identifier'
          ? /^(true|false|t|f|True|False)$/.test(value.value)
          : inMessage && value.kind === 'number';
      case 'float':
      case 'double':
        return value.kind === 'number' || value.kind === 'identifier';
      case 'enum': {
        if (value.kind === 'number') return inMessage;
        const declared = seen(lookup.enumeration(typeName ?? ''));
        return (
          value.kind === 'identifier' &&
          (declared === undefined || declared.values.some(({ name }) => name === value.value))
        );
      }
      default:
        return value.kind === 'number' && value.integer;
    }
  };

  for (const option of options) check(option);
  return { problems, paths };
}
