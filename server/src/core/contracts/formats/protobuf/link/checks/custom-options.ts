import type { EnumDescriptor, FieldDescriptor, MessageDescriptor, OneofDescriptor } from '../../descriptor.ts';
import type { AggregateField, OptionNode, ProtoProblem, ValueNode } from '../../syntax/tree.ts';
import type { Declared } from '../outline.ts';
import { wrongValue } from './defaults.ts';
import { type OptionTarget, targetWords } from './option-tables.ts';

/** An option between parentheses, and the extension that it is. */
export interface CustomOption {
  readonly node: OptionNode;
  /** All options of the element that it is set on. */
  readonly beside: readonly OptionNode[];
  readonly target: OptionTarget;
  /** Full name. */
  readonly extension: string;
  /** What names between brackets mean, as far as they mean something: `[shop.ext]`, `[type.googleapis.com/shop.Order]`. */
  readonly names: ReadonlyMap<string, Declared>;
}

/** `shop.ext` of `[shop.ext]`; undefined for a plain name. */
export function bracketed(name: string): string | undefined {
  return name.startsWith('[') ? name.slice(1, -1).replace(/\s+/g, '') : undefined;
}

/** Those that compilers know messages of. */
const domains: ReadonlySet<string> = new Set(['type.googleapis.com', 'type.googleprod.com']);

type Names = CustomOption['names'];

interface Within {
  readonly filled: Filled;
  /** Between braces, where the text format allows more. */
  readonly inMessage: boolean;
  readonly names: Names;
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

/** What has been set of a message so far. */
interface Filled {
  /** By full name. */
  readonly fields: Map<string, Filled>;
  /** Oneof -> the field of it. */
  readonly oneofs: Map<OneofDescriptor, FieldDescriptor>;
}

function empty(): Filled {
  return { fields: new Map(), oneofs: new Map() };
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

  const filledBy = new Map<readonly OptionNode[], Filled>();

  /** What the value of a field goes on to fill; undefined and told where the field has one already. */
  const fill = (to: Filled, field: FieldDescriptor, name: ProtoProblem['span'], merges: boolean): Filled => {
    const before = to.fields.get(field.fullName);
    const { oneof, label } = field;
    const other = oneof && to.oneofs.get(oneof);
    if (other !== undefined && other !== field)
      say(name, `\`${other.name}\` is set already, and \`${oneof?.name}\` holds one of its fields only.`);
    else if (before !== undefined && label !== 'repeated' && !merges) say(name, `\`${field.name}\` is set already.`);
    if (oneof !== undefined) to.oneofs.set(oneof, field);
    const now = empty();
    to.fields.set(field.fullName, now);
    return now;
  };

  const check = ({ node, beside, target, extension, names }: CustomOption): void => {
    const [first, ...rest] = node.parts;
    let field = seen(lookup.extension(extension));
    if (first === undefined || field === undefined) return;
    if (field.extendee !== `google.protobuf.${target}`)
      return say(
        first,
        `\`(${first.text})\` extends \`${field.extendee}\`, so it cannot be set on ${targetWords[target]}.`,
      );
    let filled = filledBy.get(beside) ?? empty();
    filledBy.set(beside, filled);
    let name = first;
    for (const part of rest) {
      if (field.label === 'repeated') return say(name, `\`${field.name}\` has many values: set them as a whole.`);
      filled = filled.fields.get(field.fullName) ?? fill(filled, field, name, true);
      name = part;
      const message: MessageDescriptor | undefined =
        field.kind === 'message' || field.kind === 'group' ? seen(lookup.message(field.typeName ?? '')) : undefined;
      if (message === undefined) {
        if (field.typeIs === 'message') return;
        return say(part, `\`${field.name}\` holds no message, so it has no \`${part.text}\`.`);
      }
      const next: FieldDescriptor | undefined = part.extension
        ? extensionOf(message, part, names.get(`[${part.text}]`))
        : message.fields.find(({ name }) => name === part.text);
      if (next === undefined)
        return part.extension ? undefined : say(part, `\`${message.fullName}\` has no field \`${part.text}\`.`);
      field = next;
    }
    const now = fill(filled, field, name, false);
    if (node.value !== undefined) checkValue(field, node.value, { filled: now, inMessage: false, names });
  };

  const checkValue = (field: FieldDescriptor, value: ValueNode, within: Within): void => {
    const { inMessage } = within;
    if (value.kind === 'list') {
      if (!inMessage) return say(value, 'A list can stand in a message only; set the option once for each value.');
      if (field.label !== 'repeated') return say(value, `\`${field.name}\` has one value, not a list.`);
      for (const one of value.values) checkValue(field, one, { ...within, filled: empty() });
    } else if (field.kind === 'message' || field.kind === 'group') {
      if (value.kind !== 'aggregate') return say(value, `\`${field.name}\` holds a message: write \`{ … }\`.`);
      const message = seen(lookup.message(field.typeName ?? ''));
      if (message !== undefined) checkMessage(message, value.fields, within);
    } else if (!fits(field, value, inMessage))
      say(value, `This is no value of type \`${field.typeName ?? field.kind}\`.`);
  };

  const checkMessage = (
    message: MessageDescriptor,
    fields: readonly AggregateField[],
    { filled, names }: Omit<Within, 'inMessage'>,
  ): void => {
    const url = fields.find(({ name }) => bracketed(name.text)?.includes('/') === true);
    if (url !== undefined && message.fullName === 'google.protobuf.Any') return checkAny(url, fields, names);
    for (const { name, value } of fields) {
      const field = name.text.startsWith('[')
        ? extensionOf(message, name, names.get(name.text))
        : fieldOf(message, name);
      if (field === undefined) continue;
      const now = fill(filled, field, name, field.kind === 'message' || field.kind === 'group');
      if (value !== undefined) checkValue(field, value, { filled: now, inMessage: true, names });
    }
  };

  const fieldOf = (message: MessageDescriptor, name: AggregateField['name']): FieldDescriptor | undefined =>
    message.fields.find(
      (it) => it.name === name.text || (it.kind === 'group' && it.typeName?.endsWith(`.${name.text}`)),
    ) ?? say(name, `\`${message.fullName}\` has no field \`${name.text}\`.`);

  const extensionOf = (
    { fullName }: MessageDescriptor,
    name: AggregateField['name'],
    meant: Declared | undefined,
  ): FieldDescriptor | undefined => {
    const written = bracketed(name.text) ?? name.text;
    if (written.includes('/'))
      return say(name, `\`${fullName}\` is no \`google.protobuf.Any\`, which alone holds other messages.`);
    if (meant === undefined) return say(name, `There is no extension \`${written}\` here. Is an import missing?`);
    const field = seen(lookup.extension(meant.name));
    if (meant.kind !== 'extension') return say(name, `\`${meant.name}\` is no extension.`);
    if (field === undefined || field.extendee === fullName) return field;
    return say(name, `\`${meant.name}\` extends \`${field.extendee}\`, not \`${fullName}\`.`);
  };

  /** `{ [type.googleapis.com/shop.Order] { … } }` */
  const checkAny = ({ name, value }: AggregateField, all: readonly AggregateField[], names: Names): void => {
    const written = bracketed(name.text) ?? '';
    const domain = written.slice(0, written.indexOf('/'));
    const other = all.find((each) => each.name !== name);
    const meant = names.get(name.text);
    if (other !== undefined) return say(other.name, 'Beside the message of an `Any` nothing else can be set.');
    if (!domains.has(domain)) return say(name, `Messages in an \`Any\` are named by ${[...domains].join('/ or ')}/.`);
    if (meant?.kind !== 'message')
      return say(
        name,
        `There is no message \`${written.slice(domain.length + 1)}\` here. Its full name is needed, and its import.`,
      );
    const message = seen(lookup.message(meant.name));
    if (value === undefined || message === undefined) return;
    if (value.kind !== 'aggregate') return say(value, `\`${meant.name}\` is a message: write \`{ … }\`.`);
    checkMessage(message, value.fields, { filled: empty(), names });
  };

  /** Within a message the text format allows more: `1` for true, numbers for enums. */
  const fits = ({ kind, typeName }: FieldDescriptor, value: ValueNode, inMessage: boolean): boolean => {
    switch (kind) {
      case 'message':
      case 'group':
        return true;
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
        if (value.kind === 'number') return inMessage && wrongValue('int32', value, undefined) === undefined;
        const declared = seen(lookup.enumeration(typeName ?? ''));
        return (
          value.kind === 'identifier' &&
          (declared === undefined || declared.values.some(({ name }) => name === value.value))
        );
      }
      default:
        return wrongValue(kind, value, undefined) === undefined;
    }
  };

  for (const option of options) check(option);
  return { problems, paths };
}
