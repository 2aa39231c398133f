import type { Span } from '../../../../model/text.ts';
import type { ContractSymbol } from '../../../language.ts';
import type { AvroFile, Field, Message, NamedSchema, Protocol, Schema, Symbol_ } from '../schema.ts';
import { typeInShort } from './words.ts';

/** What a file defines, inner types below the fields that they are written in. */
export function symbolsIn(file: AvroFile): readonly ContractSymbol[] {
  const { main, types, protocol } = file;
  const roots = main === undefined ? [...types.values()] : [main, ...types.values()];
  const named = outermost(roots.flatMap(typesIn)).map(ofType);
  return protocol === undefined ? named : [ofProtocol(file, protocol, named)];
}

/** Inner ones are told below those that they stand in. */
function outermost(types: readonly NamedSchema[]): readonly NamedSchema[] {
  const inOrder = [...new Set(types)].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = -1;
  return inOrder.filter(({ span }) => {
    const isInside = span.start < end;
    end = Math.max(end, span.end);
    return !isInside;
  });
}

function ofProtocol(file: AvroFile, protocol: Protocol, types: readonly ContractSymbol[]): ContractSymbol {
  const children = [...types, ...protocol.messages.map(ofMessage)];
  return {
    name: protocol.name,
    detail: protocol.namespace,
    kind: 'service',
    span: { start: 0, end: file.content.text.length },
    nameSpan: protocol.nameSpan,
    children,
  };
}

function ofMessage(message: Message): ContractSymbol {
  const { name, nameSpan, request, response } = message;
  const parameters = request.map(({ name: of, type }) => `${of}: ${typeInShort(type)}`).join(', ');
  const end = [response, ...message.errors].reduce((last, { span }) => Math.max(last, span.end), nameSpan.end);
  return {
    name,
    detail: `(${parameters}) ${message.oneWay ? 'one-way' : typeInShort(response)}`,
    kind: 'method',
    span: { start: nameSpan.start, end: Math.max(end, ...request.map(({ span }) => span.end)) },
    nameSpan,
    children: [],
  };
}

function ofType(type: NamedSchema): ContractSymbol {
  const { name, span } = type;
  const common = { name: name.simple, span, nameSpan: within(name.span, span) };
  switch (type.kind) {
    case 'record':
      return {
        ...common,
        detail: withSpace(type.isError ? 'error' : 'record', name.space),
        kind: 'message',
        children: type.fields.map(ofField),
      };
    case 'enum':
      return {
        ...common,
        detail: withSpace('enum', name.space),
        kind: 'enum',
        children: type.symbols.map(ofSymbol),
      };
    case 'fixed':
      return { ...common, detail: withSpace(`fixed of ${type.size} bytes`, name.space), kind: 'message', children: [] };
  }
}

function withSpace(word: string, space: string): string {
  return space === '' ? word : `${word} in ${space}`;
}

function ofField({ name, nameSpan, span, type }: Field): ContractSymbol {
  return {
    name,
    detail: typeInShort(type),
    kind: 'field',
    span,
    nameSpan,
    children: typesIn(type).map(ofType),
  };
}

function ofSymbol({ name, span }: Symbol_): ContractSymbol {
  return { name, detail: '', kind: 'enum-member', span, nameSpan: span, children: [] };
}

/** Types that are defined right where they are used. */
function typesIn(schema: Schema): readonly NamedSchema[] {
  switch (schema.kind) {
    case 'record':
    case 'enum':
    case 'fixed':
      return schema.name.full === '' ? [] : [schema];
    case 'array':
      return typesIn(schema.items);
    case 'map':
      return typesIn(schema.values);
    case 'union':
      return schema.branches.flatMap(typesIn);
    default:
      return [];
  }
}

/** An editor refuses a name that reaches out of its symbol. */
function within(name: Span, span: Span): Span {
  return name.start >= span.start && name.end <= span.end ? name : span;
}
