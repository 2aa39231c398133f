import type { OptionNode, ValueNode } from '../syntax/tree.ts';
import type { Edit } from './block.ts';

type Aggregate = Extract<ValueNode, { kind: 'aggregate' }>;

/**
 * `features.json_format` where `features = { … }` is written: a second spelling of one option does not compile.
 * Undefined where there is no such option.
 */
export function inAggregate(options: readonly OptionNode[], name: string, value: string): Edit | undefined {
  const dot = name.indexOf('.');
  const outer = dot === -1 ? undefined : options.find((option) => option.name.text === name.slice(0, dot));
  if (outer?.value?.kind !== 'aggregate') return undefined;
  const path = (name.slice(dot + 1).match(/\([^)]*\)|\w+/g) ?? []).map((part) => part.replace(/^\((.*)\)$/, '[$1]'));
  return within(outer.value, path, value);
}

function within(aggregate: Aggregate, [first = '', ...rest]: readonly string[], value: string): Edit {
  const known = aggregate.fields.find(({ name }) => name.text === first)?.value;
  if (known?.kind === 'aggregate' && rest.length > 0) return within(known, rest, value);
  if (known !== undefined) return { span: { start: known.start, end: known.end }, newText: value };
  const inner = rest.reduceRight((text, part) => `{ ${part}: ${text} }`, value);
  const at = aggregate.start + 1;
  return { span: { start: at, end: at }, newText: ` ${first}: ${inner}` };
}
