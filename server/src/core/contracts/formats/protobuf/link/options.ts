import type { Option, Options, OptionValue } from '../descriptor.ts';
import { nothing } from '../syntax/cursor.ts';
import type { OptionNode, ValueNode } from '../syntax/tree.ts';

const none: Options = new Map();
const noNodes: readonly OptionNode[] = [];

export function optionsOf(nodes: readonly OptionNode[], text: string): Options {
  if (nodes.length === 0) return none;
  const options = new Map<string, Option>();
  let further: Map<string, Option[]> | undefined;
  for (const { name, value, start, end } of nodes) {
    if (value === undefined || name.text === '') continue;
    const option: Option = { name: name.text, value: optionValue(value, text), span: { start, end }, more: nothing };
    if (name.text === 'features' || name.text.startsWith('features.')) setParts(options, name.text, value, text);
    if (!options.has(name.text)) {
      options.set(name.text, option);
      continue;
    }
    further ??= new Map();
    const row = further.get(name.text);
    if (row === undefined) further.set(name.text, [option]);
    else row.push(option);
  }
  for (const [name, more] of further ?? []) {
    const first = options.get(name);
    if (first !== undefined) options.set(name, { ...first, more });
  }
  return options;
}

/** `features = { [pb.cpp]: { string_type: CORD } }` sets `features.(pb.cpp).string_type` too, and where it says so. */
function setParts(options: Map<string, Option>, path: string, value: ValueNode, text: string): void {
  if (value.kind !== 'aggregate') return;
  for (const field of value.fields) {
    if (field.value === undefined) continue;
    const name = `${path}.${field.name.text.replace(/^\[(.*)\]$/, '($1)')}`;
    const span = { start: field.name.start, end: field.value.end };
    options.set(name, { name, value: optionValue(field.value, text), span, more: nothing });
    setParts(options, name, field.value, text);
  }
}

/** The option statements among others. */
export function optionNodes(body: readonly (OptionNode | { readonly kind: string })[]): readonly OptionNode[] {
  let found: OptionNode[] | undefined;
  for (const node of body)
    if (isOption(node)) {
      found ??= [];
      found.push(node);
    }
  return found ?? noNodes;
}

function isOption(node: OptionNode | { readonly kind: string }): node is OptionNode {
  return node.kind === 'option';
}

function optionValue(node: ValueNode, text: string): OptionValue {
  switch (node.kind) {
    case 'string':
      return { kind: 'string', value: node.value };
    case 'number':
      return { kind: 'number', value: node.value };
    case 'identifier':
      return { kind: 'identifier', value: node.value };
    case 'aggregate':
    case 'list':
      return { kind: 'aggregate', text: text.slice(node.start, node.end) };
    default:
      return node satisfies never;
  }
}
