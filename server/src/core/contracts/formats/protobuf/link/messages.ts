import type {
  EnumDescriptor,
  FeatureSet,
  FieldDescriptor,
  MessageDescriptor,
  NumberRange,
  OneofDescriptor,
  Options,
  ReservedName,
} from '../descriptor.ts';
import { trimmed } from '../syntax/cursor.ts';
import type {
  ExtensionsNode,
  FileElement,
  MessageElement,
  MessageNode,
  OneofNode,
  RangeNode,
  ReservedNode,
} from '../syntax/tree.ts';
import { checkMessage } from './checks/messages.ts';
import { checkOptions } from './checks/options.ts';
import { checkStyle } from './checks/style.ts';
import { buildEnum } from './enums.ts';
import { inherit } from './features.ts';
import { buildExtend, buildField, type FieldHome } from './fields.ts';
import { optionNodes, optionsOf } from './options.ts';
import { qualified } from './outline.ts';
import type { Unit } from './unit.ts';

/** What a type is declared in. */
export interface Home {
  readonly parent: MessageDescriptor | undefined;
  /** Full name of the message or package. */
  readonly scope: string;
  readonly features: FeatureSet;
}

/** What is declared in a message points to it, so it is made before them. */
export type Growing<T> = { -readonly [Key in keyof T]: T[Key] };

const lastField = 536_870_911;
const lastOfMessageSet = 2_147_483_646;

export function buildMessage(
  unit: Unit,
  to: MessageDescriptor[],
  node: MessageNode,
  { parent, scope, features: inherited }: Home,
  isGroup = false,
): MessageDescriptor | undefined {
  if (node.name === undefined) return undefined;
  const optionList = optionNodes(node.body);
  const options = optionsOf(optionList, unit.text);
  const fields: FieldDescriptor[] = [];
  const oneofs: OneofDescriptor[] = [];
  const messages: MessageDescriptor[] = [];
  const enums: EnumDescriptor[] = [];
  const extensions: FieldDescriptor[] = [];
  const last = isMessageSet(options) ? lastOfMessageSet : lastField;
  const name = node.name.text;
  const message: Growing<MessageDescriptor> = {
    name,
    fullName: qualified(scope, name),
    file: unit.file,
    span: node,
    nameSpan: node.name,
    options,
    features: inherit(inherited, optionList),
    comments: node.comments,
    incomplete: node.broken || node.gaps || node.body.some(isBroken),
    parent,
    nestedName: parent === undefined ? name : `${parent.nestedName}.${name}`,
    isMapEntry: false,
    isGroup,
    fields: [],
    oneofs: [],
    messages: [],
    enums: [],
    extensions: [],
    reservedRanges: rangesOf(node.body, 'reserved', lastField),
    reservedNames: reservedNames(node.body),
    extensionRanges: rangesOf(node.body, 'extensions', last),
  };
  to.push(message);
  unit.messages.push(message);
  const home: Home = { parent: message, scope: message.fullName, features: message.features };
  const fieldHome: FieldHome = { ...home, oneof: undefined, extend: undefined, extendee: undefined, messages };
  for (const element of node.body) {
    switch (element.kind) {
      case 'field':
        buildField(unit, fields, element, fieldHome);
        break;
      case 'oneof':
        buildOneof(unit, message, fields, oneofs, element, fieldHome);
        break;
      case 'message':
        buildMessage(unit, messages, element, home);
        break;
      case 'enum':
        buildEnum(unit, enums, element, home);
        break;
      case 'extend':
        buildExtend(unit, extensions, element, fieldHome);
        break;
      case 'extensions':
      case 'reserved':
      case 'option':
        break;
      default:
        element satisfies never;
    }
  }
  message.fields = trimmed(fields);
  message.oneofs = trimmed(oneofs);
  message.messages = trimmed(messages);
  message.enums = trimmed(enums);
  message.extensions = trimmed(extensions);
  checkMessage(unit, node, message);
  checkOptions(unit, optionList, 'MessageOptions', message.fullName);
  for (const element of node.body)
    if (element.kind === 'extensions') checkOptions(unit, element.options, 'ExtensionRangeOptions', message.fullName);
  return message;
}

function buildOneof(
  unit: Unit,
  parent: MessageDescriptor,
  fields: FieldDescriptor[],
  oneofs: OneofDescriptor[],
  node: OneofNode,
  home: FieldHome,
): void {
  if (node.name === undefined) return;
  const optionList = optionNodes(node.body);
  const oneof: OneofDescriptor = {
    name: node.name.text,
    fullName: qualified(parent.fullName, node.name.text),
    file: unit.file,
    span: node,
    nameSpan: node.name,
    options: optionsOf(optionList, unit.text),
    features: inherit(parent.features, optionList),
    comments: node.comments,
    parent,
  };
  oneofs.push(oneof);
  checkOptions(unit, optionList, 'OneofOptions', parent.fullName);
  checkStyle(unit, oneof, 'oneof', oneof.features);
  for (const element of node.body)
    if (element.kind === 'field') buildField(unit, fields, element, { ...home, features: oneof.features, oneof });
}

/** An element is missing or wrong, or one that belongs to the same message is. */
export function isBroken(element: MessageElement | FileElement): boolean {
  if (element.broken) return true;
  return (element.kind === 'oneof' || element.kind === 'extend') && element.body.some(({ broken }) => broken);
}

export function isMessageSet(options: Options): boolean {
  const value = options.get('message_set_wire_format')?.value;
  return value?.kind === 'identifier' && value.value === 'true';
}

const noRanges: readonly NumberRange[] = [];

/** Ranges of the statements of one kind; those written backwards are left out. */
export function rangesOf(
  body: readonly (ReservedNode | ExtensionsNode | { readonly kind: string })[],
  kind: 'reserved' | 'extensions',
  last: number,
): readonly NumberRange[] {
  let found: NumberRange[] | undefined;
  for (const node of body) {
    if (node.kind !== kind || !('ranges' in node)) continue;
    found ??= [];
    for (const range of node.ranges) {
      const { start, end } = boundsOf(range, last);
      if (start <= end) found.push({ start, end, span: { start: range.start, end: range.end } });
    }
  }
  return found ?? noRanges;
}

export function boundsOf({ from, to }: RangeNode, last: number): { readonly start: number; readonly end: number } {
  const start = from?.value ?? 0;
  return { start, end: to === 'max' ? last : (to?.value ?? start) };
}

const noNames: readonly ReservedName[] = [];

export function reservedNames(body: readonly (ReservedNode | { readonly kind: string })[]): readonly ReservedName[] {
  let found: ReservedName[] | undefined;
  for (const node of body) {
    if (node.kind !== 'reserved' || !('names' in node)) continue;
    found ??= [];
    for (const { text, start, end } of node.names) found.push({ name: text, span: { start, end } });
  }
  return found ?? noNames;
}
