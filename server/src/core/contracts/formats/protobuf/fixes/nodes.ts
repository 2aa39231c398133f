import type { Span } from '../../../../model/text.ts';
import type {
  EnumNode,
  EnumValueNode,
  ExtendNode,
  FileElement,
  MessageElement,
  MessageNode,
  MethodNode,
  OneofNode,
  ProtoSyntax,
  ServiceNode,
} from '../syntax/tree.ts';

export type Node = FileElement | MessageElement | EnumValueNode | MethodNode;
/** What statements stand in. */
export type Holder = MessageNode | OneofNode | EnumNode | ServiceNode | ExtendNode | MethodNode;

export interface Placed<N extends Node = Node> {
  readonly node: N;
  /** From the outermost in. */
  readonly holders: readonly Holder[];
}

export function bodyOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'message':
    case 'oneof':
    case 'enum':
    case 'service':
    case 'extend':
      return node.body;
    case 'field':
      return node.group === undefined ? [] : [node.group];
    case 'method':
      return node.options;
    case 'value':
    case 'extensions':
    case 'reserved':
    case 'option':
    case 'syntax':
    case 'edition':
    case 'package':
    case 'import':
      return [];
    default:
      return node satisfies never;
  }
}

/** The statement of a span, and what it stands in. */
export function nodeAt({ body }: ProtoSyntax, span: Span, kind?: Node['kind']): Placed | undefined {
  return find(body, span, kind, []);
}

function find(
  nodes: readonly Node[],
  span: Span,
  kind: Node['kind'] | undefined,
  holders: readonly Holder[],
): Placed | undefined {
  for (const node of nodes) {
    if (node.start > span.start || node.end < span.end) continue;
    if (node.start === span.start && node.end === span.end && (kind === undefined || node.kind === kind))
      return { node, holders };
    const inner = isHolder(node) ? [...holders, node] : holders;
    const found = find(bodyOf(node), span, kind, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isHolder(node: Node): node is Holder {
  return ['message', 'oneof', 'enum', 'service', 'extend', 'method'].includes(node.kind);
}

/** Equal for statements that are one and the same on both sides. */
export function identity(node: Node): string {
  switch (node.kind) {
    case 'field':
      return `field ${node.number?.value}`;
    case 'extend':
      return `extend ${node.extendee?.text}`;
    case 'option':
      return `option ${node.name.text}`;
    case 'import':
      return `import ${node.path?.text}`;
    case 'message':
    case 'enum':
    case 'service':
    case 'oneof':
    case 'value':
    case 'method':
      return `${node.kind} ${node.name?.text}`;
    case 'syntax':
    case 'edition':
    case 'package':
    case 'extensions':
    case 'reserved':
      return node.kind;
    default:
      return node satisfies never;
  }
}
