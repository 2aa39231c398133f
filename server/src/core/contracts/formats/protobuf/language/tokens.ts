import type { FileContent, Span } from '../../../../model/text.ts';
import type { ContractToken } from '../../../language.ts';
import { isScalar } from '../link/types.ts';
import { readProto } from '../syntax/read.ts';
import { kinds, tokenize } from '../syntax/tokens.ts';
import type { FieldNode, FileElement, MessageElement, Name, OptionNode, ValueNode } from '../syntax/tree.ts';

type Type = ContractToken['type'];
type Modifiers = ContractToken['modifiers'];

const none: Modifiers = [];
const declaration: Modifiers = ['declaration'];
const deprecatedDeclaration: Modifiers = ['declaration', 'deprecated'];

const keywords: ReadonlySet<string> = new Set(
  (
    'syntax edition package import public weak option message enum service extend extensions reserved oneof rpc returns stream ' +
    'map group to max true false inf nan export local'
  ).split(' '),
);

/** Names from the tree, all else from the tokens. */
export function tokensOf(content: FileContent): readonly ContractToken[] {
  const names = namesOf(content);
  const tokens = tokenize(content.text);
  const found: ContractToken[] = [];
  let nextName = 0;
  let nextComment = 0;
  let behind = 0;
  for (let index = 0; index < tokens.starts.length; index++) {
    const start = tokens.starts[index] ?? 0;
    const end = tokens.ends[index] ?? 0;
    for (; (tokens.comments[nextComment]?.before ?? Number.POSITIVE_INFINITY) <= index; nextComment++)
      pushLines(content.text, tokens.comments[nextComment] as Span, 'comment', found);
    while ((names[nextName]?.span.start ?? Number.POSITIVE_INFINITY) < start) nextName++;
    if (start < behind) continue;
    const name = names[nextName];
    if (name?.span.start === start) {
      if (name.span.end > start) pushLines(content.text, name.span, name.type, found, name.modifiers);
      behind = name.span.end;
      continue;
    }
    const type = typeOf(tokens.kinds[index] ?? kinds.end, content.text, start, end);
    if (type !== undefined) found.push({ span: { start, end }, type, modifiers: none });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function typeOf(kind: number, text: string, start: number, end: number): Type | undefined {
  switch (kind) {
    case kinds.word:
      return keywords.has(text.slice(start, end)) ? 'keyword' : undefined;
    case kinds.integer:
    case kinds.float:
      return 'number';
    case kinds.string:
      return 'string';
    default:
      return undefined;
  }
}

/** A token lies in one line. */
function pushLines(text: string, { start, end }: Span, type: Type, to: ContractToken[], modifiers = none): void {
  for (let from = start; from < end; ) {
    const newline = text.indexOf('\n', from);
    const stop = newline === -1 || newline >= end ? end : newline;
    const visible = text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    if (visible > from) to.push({ span: { start: from, end: visible }, type, modifiers });
    from = stop + 1;
  }
}

function namesOf(content: FileContent): readonly ContractToken[] {
  const names: ContractToken[] = [];
  const add = (span: Span | undefined, type: Type, modifiers = none): void => {
    if (span !== undefined) names.push({ span: { start: span.start, end: span.end }, type, modifiers });
  };
  const addType = (name: Name | undefined): void => add(name, name && isScalar(name.text) ? 'keyword' : 'type');
  const addOptions = (options: readonly OptionNode[]): void => {
    for (const { name, value } of options) {
      if (name.text !== '') add(name, 'decorator');
      if (value !== undefined) addValue(value);
    }
  };
  const addValue = (value: ValueNode): void => {
    if (value.kind === 'identifier' && !keywords.has(value.value)) add(value, 'enumMember');
    else if (value.kind === 'list') value.values.forEach(addValue);
    else if (value.kind === 'aggregate')
      for (const { name, value: inner } of value.fields) {
        add(name, 'property');
        if (inner !== undefined) addValue(inner);
      }
  };
  const addField = (node: FieldNode): void => {
    add(node.label, 'modifier');
    if (node.map !== undefined) {
      addType(node.map.key);
      addType(node.map.value);
    } else if (node.group === undefined) addType(node.type);
    add(node.name, node.group === undefined ? 'property' : 'type', declared(node.options));
    addOptions(node.options);
    if (node.group !== undefined) for (const each of node.group.body) addElement(each);
  };
  const addElement = (node: FileElement | MessageElement): void => {
    switch (node.kind) {
      case 'message':
        add(node.visibility, 'modifier');
        add(node.name, 'type', declared(node.body));
        for (const each of node.body) addElement(each);
        return;
      case 'enum':
        add(node.visibility, 'modifier');
        add(node.name, 'enum', declared(node.body));
        for (const each of node.body) {
          if (each.kind !== 'value') addElement(each);
          else {
            add(each.name, 'enumMember', declared(each.options));
            addOptions(each.options);
          }
        }
        return;
      case 'service':
        add(node.name, 'type', declared(node.body));
        for (const each of node.body) {
          if (each.kind === 'option') addOptions([each]);
          else {
            add(each.name, 'method', declared(each.options));
            add(each.input, 'type');
            add(each.output, 'type');
            addOptions(each.options);
          }
        }
        return;
      case 'extend':
        add(node.extendee, 'type');
        for (const each of node.body) addField(each);
        return;
      case 'oneof':
        add(node.name, 'property', declaration);
        for (const each of node.body) addElement(each);
        return;
      case 'field':
        addField(node);
        return;
      case 'option':
        addOptions([node]);
        return;
      case 'package':
        add(node.name, 'namespace', declaration);
        return;
      case 'import':
        add(node.modifier, 'modifier');
        return;
      case 'extensions':
        addOptions(node.options);
        return;
      case 'syntax':
      case 'edition':
        return;
      case 'reserved':
        for (const name of node.names) if (!name.quoted) add(name, 'property');
        return;
      default:
        node satisfies never;
    }
  };
  for (const node of readProto(content).body) addElement(node);
  return names.sort((a, b) => a.span.start - b.span.start);
}

function declared(among: readonly (OptionNode | { readonly kind: string })[]): Modifiers {
  const isDeprecated = among.some(
    (node) =>
      'parts' in node &&
      node.name.text === 'deprecated' &&
      node.value?.kind === 'identifier' &&
      node.value.value === 'true',
  );
  return isDeprecated ? deprecatedDeclaration : declaration;
}
