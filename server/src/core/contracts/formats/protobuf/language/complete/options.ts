import type { CompletionKind, ContractCompletion } from '../../../../language.ts';
import type { FieldDescriptor, MessageDescriptor } from '../../descriptor.ts';
import { isExtension } from '../../link/scope.ts';
import { isScalar } from '../../link/types.ts';
import { elementNamed } from '../elements.ts';
import type { Opened } from '../opened.ts';
import { type OptionHolder, optionsMessage } from '../options.ts';
import type { Context } from './context.ts';
import { ending, item } from './item.ts';

/** What is between `option`, `[` or `,` and the cursor. */
export interface OptionPlace {
  readonly holder: OptionHolder;
  /** Words of the option so far. */
  readonly words: readonly string[];
  readonly within: string;
  /** Of a field its type as written. */
  readonly type: string | undefined;
  /** It ends with a semicolon. */
  readonly isStatement: boolean;
  /** The cursor is between the parentheses of an extension's name. */
  readonly inParentheses: boolean;
}

export function optionCompletions(context: Context, opened: Opened, place: OptionPlace): readonly ContractCompletion[] {
  const equals = place.words.indexOf('=');
  if (equals === -1) return optionNames(context, opened, place);
  if (equals < place.words.length - 1) return [];
  return optionValues(context, opened, place, place.words.slice(0, equals).join(''));
}

function optionNames(context: Context, opened: Opened, place: OptionPlace): readonly ContractCompletion[] {
  const { holder, words, within, inParentheses } = place;
  const before = words.join('') + context.typed.slice(0, context.typed.lastIndexOf('.') + 1);
  const message = messageOf(opened, holder, partsOf(inParentheses ? words.join('') : before), within);
  if (message === undefined) return [];
  const extensions = extensionsOf(opened, message);
  if (inParentheses)
    return extensions.map((field) =>
      item(context, 'property', field.fullName, typeText(field), field.fullName, { whole: true }),
    );
  const isTop = before === '';
  return [
    ...message.fields
      .filter(({ name }) => name !== 'uninterpreted_option')
      .map((field) => named(context, field, field.name, place)),
    ...extensions.map((field) => named(context, field, `(${field.fullName})`, place)),
    ...(isTop && holder === 'field' ? fieldOnly(context) : []),
  ];
}

/** Not options of descriptors, but written as such. */
function fieldOnly(context: Context): readonly ContractCompletion[] {
  return [
    item(context, 'property', 'json_name', 'string: its name in JSON', 'json_name = ""'),
    item(context, 'property', 'default', 'What it is where it is not set', 'default = '),
  ];
}

function named(context: Context, field: FieldDescriptor, name: string, place: OptionPlace): ContractCompletion {
  const isSet = /^\s*=/.test(context.text.slice(context.offset, context.offset + 100));
  const end = place.isStatement ? ending(context) : '';
  const insert = isSet
    ? name
    : field.kind === 'bool'
      ? `${name} = true${end}`
      : field.kind === 'string'
        ? `${name} = ""${end}`
        : field.kind === 'message'
          ? `${name}.`
          : `${name} = `;
  return item(context, 'property', name, typeText(field), insert);
}

function typeText({ typeName, kind }: FieldDescriptor): string {
  return typeName ?? kind;
}

function optionValues(
  context: Context,
  opened: Opened,
  { holder, within, type, isStatement }: OptionPlace,
  name: string,
): readonly ContractCompletion[] {
  const parts = partsOf(name);
  const last = parts.at(-1) ?? '';
  const end = isStatement ? ending(context) : '';
  const values = (kind: CompletionKind, list: readonly string[], detail: string) =>
    list.map((value) => item(context, kind, value, detail, `${value}${end}`));
  if (holder === 'field' && name === 'default') {
    if (type === 'bool') return values('value', ['true', 'false'], 'bool');
    return type === undefined ? [] : values('enum-member', valuesOf(opened, type, within), type);
  }
  const message = messageOf(opened, holder, parts.slice(0, -1), within);
  const field = message && memberOf(opened, message, last, within);
  if (field?.kind === 'bool') return values('value', ['true', 'false'], 'bool');
  const found = field?.typeName === undefined ? undefined : opened.linked.set.enums.get(field.typeName);
  return found === undefined
    ? []
    : values(
        'enum-member',
        found.values.map((value) => value.name).filter((value) => !value.endsWith('_UNKNOWN')),
        found.fullName,
      );
}

function valuesOf({ lookup, path, linked }: Opened, type: string, within: string): readonly string[] {
  if (isScalar(type)) return [];
  const found = lookup.scope(path).resolve(type, within);
  const declared = found.kind === 'found' ? linked.set.enums.get(found.declared.name) : undefined;
  return declared?.values.map(({ name }) => name) ?? [];
}

function partsOf(name: string): readonly string[] {
  return name.match(/\([^)]*\)|\w+/g) ?? [];
}

function messageOf(
  opened: Opened,
  holder: OptionHolder,
  parts: readonly string[],
  within: string,
): MessageDescriptor | undefined {
  let message = optionsMessage(opened.linked.set, holder);
  for (const part of parts) {
    const field: FieldDescriptor | undefined = message && memberOf(opened, message, part, within);
    message = field?.typeName === undefined ? undefined : opened.linked.set.messages.get(field.typeName);
  }
  return message;
}

function memberOf(
  { lookup, path }: Opened,
  message: MessageDescriptor,
  part: string,
  within: string,
): FieldDescriptor | undefined {
  if (!part.startsWith('(')) return message.fields.find(({ name }) => name === part);
  const found = lookup.scope(path).resolve(part.slice(1, -1), within, isExtension);
  const entry = found.kind === 'found' ? elementNamed(lookup, found.declared.name) : undefined;
  return entry?.kind === 'field' ? entry.element : undefined;
}

/** Of those that the file sees. */
function extensionsOf({ lookup, path }: Opened, message: MessageDescriptor): readonly FieldDescriptor[] {
  return [...lookup.sees(path)].flatMap((each) =>
    (lookup.file(each)?.extensions ?? []).filter(({ extendee }) => extendee === message.fullName),
  );
}
