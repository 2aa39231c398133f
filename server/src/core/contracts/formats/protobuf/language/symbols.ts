import type { ContractSymbol } from '../../../language.ts';
import type { EnumNode, ExtendNode, FieldNode, FileElement, MessageElement, ServiceNode } from '../syntax/tree.ts';
import type { Opened } from './opened.ts';

/** What the file declares, half-typed declarations too once they have a name. */
export function symbolsOf({ syntax: { body } }: Opened): readonly ContractSymbol[] {
  return body.flatMap(symbols);
}

function symbols(node: FileElement | MessageElement): readonly ContractSymbol[] {
  switch (node.kind) {
    case 'package':
      return symbol(node, 'package', '', []);
    case 'message':
      return symbol(node, 'message', '', node.body.flatMap(symbols));
    case 'enum':
      return symbol(node, 'enum', '', enumValues(node));
    case 'service':
      return symbol(node, 'service', '', methods(node));
    case 'extend':
      return extension(node);
    case 'oneof':
      return symbol(node, 'field', 'oneof', node.body.flatMap(symbols));
    case 'field':
      return field(node);
    case 'syntax':
    case 'edition':
    case 'import':
    case 'option':
    case 'extensions':
    case 'reserved':
      return [];
    default:
      return node satisfies never;
  }
}

type Named = { readonly start: number; readonly end: number; readonly name: ExtendNode['extendee'] };

function symbol(
  { start, end, name }: Named,
  kind: ContractSymbol['kind'],
  detail: string,
  children: readonly ContractSymbol[],
): readonly ContractSymbol[] {
  if (name === undefined) return [];
  const nameSpan = { start: name.start, end: name.end };
  return [{ name: name.text, detail, kind, span: { start, end: Math.max(end, name.end) }, nameSpan, children }];
}

function extension(node: ExtendNode): readonly ContractSymbol[] {
  const { start, end, extendee } = node;
  const found = symbol({ start, end, name: extendee }, 'message', '', node.body.flatMap(symbols));
  return found.map((each) => ({ ...each, name: `extend ${each.name}` }));
}

function field(node: FieldNode): readonly ContractSymbol[] {
  const type = node.map === undefined ? node.type?.text : `map<${node.map.key?.text}, ${node.map.value?.text}>`;
  const label = node.label === undefined ? '' : `${node.label.text} `;
  const detail = node.number === undefined ? `${label}${type}` : `${node.number.value}: ${label}${type}`;
  return symbol(node, 'field', detail, node.group?.body.flatMap(symbols) ?? []);
}

function enumValues(node: EnumNode): readonly ContractSymbol[] {
  return node.body.flatMap((value) =>
    value.kind === 'value' ? symbol(value, 'enum-member', `${value.number?.value ?? ''}`, []) : [],
  );
}

function methods(node: ServiceNode): readonly ContractSymbol[] {
  return node.body.flatMap((method) => {
    if (method.kind !== 'method') return [];
    const [input, output] = [method.input, method.output].map(
      (type) => `${type?.stream === true ? 'stream ' : ''}${type?.text ?? ''}`,
    );
    return symbol(method, 'method', `${input} → ${output}`, []);
  });
}
