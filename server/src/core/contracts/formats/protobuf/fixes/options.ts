import type {
  EnumNode,
  EnumValueNode,
  FieldNode,
  MessageNode,
  MethodNode,
  OptionNode,
  ProtoSyntax,
  ServiceNode,
} from '../syntax/tree.ts';
import { inAggregate } from './aggregate.ts';
import { blockOf, type Edit, insertAfter, remove } from './block.ts';
import { bodyOf } from './nodes.ts';
import { eolOf, indentAt, indentUnit } from './text.ts';

/** Sets `[name = value]`, or takes it away. */
export function withBracketOption(
  { content: { text } }: ProtoSyntax,
  { options, number, end }: FieldNode | EnumValueNode,
  name: string,
  value: string | undefined,
): readonly Edit[] {
  const index = options.findIndex((option) => option.name.text === name);
  const known = options[index];
  const last = options.at(-1);
  if (known !== undefined)
    return value === undefined ? [without(text, options, index, number?.end)] : [valued(known, value)];
  if (value === undefined) return [];
  const inner = inAggregate(options, name, value);
  if (inner !== undefined) return [inner];
  const at = last?.end ?? number?.end ?? end;
  const newText = last === undefined ? ` [${name} = ${value}]` : `, ${name} = ${value}`;
  return [{ span: { start: at, end: at }, newText }];
}

/** What an option is to say; undefined: it is taken away. */
export type Setting = readonly [name: string, value: string | undefined];

/** Several at once: then the brackets are written anew. */
export function withBracketOptions(
  syntax: ProtoSyntax,
  node: FieldNode | EnumValueNode,
  settings: readonly Setting[],
): readonly Edit[] {
  const [first, ...more] = settings;
  if (first === undefined) return [];
  if (more.length === 0) return withBracketOption(syntax, node, ...first);
  const { text } = syntax.content;
  const values = new Map(settings);
  const kept = node.options
    .filter(({ name }) => !values.has(name.text))
    .map(({ start, end }) => text.slice(start, end));
  const set = settings.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`]));
  const all = [...kept, ...set];
  const start = node.number?.end ?? node.end;
  const last = node.options.at(-1);
  const end = last === undefined ? start : text.indexOf(']', last.end) + 1;
  return [{ span: { start, end }, newText: all.length === 0 ? '' : ` [${all.join(', ')}]` }];
}

function valued({ name, value, start, end }: OptionNode, newText: string): Edit {
  if (value !== undefined) return { span: { start: value.start, end: value.end }, newText };
  return { span: { start, end }, newText: `${name.text} = ${newText}` };
}

function without(text: string, options: readonly OptionNode[], index: number, from: number | undefined): Edit {
  const option = options[index] as OptionNode;
  const [before, next] = [options[index - 1], options[index + 1]];
  if (before !== undefined) return { span: { start: before.end, end: option.end }, newText: '' };
  if (next !== undefined) return { span: { start: option.start, end: next.start }, newText: '' };
  return { span: { start: from ?? option.start, end: text.indexOf(']', option.end) + 1 }, newText: '' };
}

export type WithOptions = MessageNode | EnumNode | ServiceNode | MethodNode;

/** Sets `option name = value;` in braces or, without a node, in the file; or takes it away. */
export function withStatementOption(
  syntax: ProtoSyntax,
  node: WithOptions | undefined,
  name: string,
  value: string | undefined,
): readonly Edit[] {
  const { text } = syntax.content;
  const nodes = node === undefined ? syntax.body : bodyOf(node);
  const known = nodes.find((each): each is OptionNode => each.kind === 'option' && each.name.text === name);
  if (known !== undefined) return value === undefined ? [remove({ text }, known)] : [valued(known, value)];
  if (value === undefined) return [];
  const inner = inAggregate(nodes.filter(isOption), name, value);
  if (inner !== undefined) return [inner];
  const statement = `option ${name} = ${value};`;
  const block = blockOf(syntax, node);
  if (block !== undefined) {
    const place = node === undefined ? nodes.findLast(({ kind }) => heading.has(kind)) : leadingOption(nodes);
    return [insertAfter(block, place, statement)];
  }
  if (node?.kind !== 'method') return [];
  const [eol, outer] = [eolOf(text), indentAt(text, node.start)];
  const start = text.lastIndexOf(';', node.end);
  return [
    { span: { start, end: start + 1 }, newText: ` {${eol}${outer}${indentUnit(text)}${statement}${eol}${outer}}` },
  ];
}

const heading: ReadonlySet<string> = new Set(['syntax', 'edition', 'package', 'import', 'option']);

function isOption(node: { readonly kind: string }): node is OptionNode {
  return node.kind === 'option';
}

function leadingOption(nodes: readonly { readonly kind: string }[]) {
  const firstOther = nodes.findIndex(({ kind }) => kind !== 'option');
  return (nodes as ReturnType<typeof bodyOf>)[(firstOther === -1 ? nodes.length : firstOther) - 1];
}
