import type { Opened } from '../language/opened.ts';
import { rangesText } from '../rules/ranges.ts';
import type { EnumNode, MessageNode, RangeNode, ReservedNode } from '../syntax/tree.ts';
import { type Block, type Edit, insertAfter, remove } from './block.ts';

export interface Range {
  readonly start: number;
  readonly end: number | 'max';
}

type Home = MessageNode | EnumNode;

/** Reserves numbers and names, in statements that are there or in new ones. */
export function reserve(
  { file }: Opened,
  block: Block,
  home: Home,
  ranges: readonly Range[],
  names: readonly string[],
): readonly Edit[] {
  const statements = home.body.filter((node): node is ReservedNode => node.kind === 'reserved' && !node.broken);
  const numbered = statements.findLast((node) => node.ranges.length > 0);
  const named = statements.findLast((node) => node.names.length > 0);
  const known = statements.flatMap((node) => node.names.map(({ text }) => text));
  const missing = names.filter((name) => !known.includes(name));
  const added = ranges.filter((range) => !statements.some((node) => node.ranges.some((each) => holds(each, range))));
  const quoted = named?.names[0]?.quoted ?? file.syntax !== 'editions';
  const written = missing.map((name) => (quoted ? `"${name}"` : name)).join(', ');
  const edits: Edit[] = [];
  const fresh: string[] = [];
  if (added.length > 0) {
    if (numbered === undefined) fresh.push(`reserved ${text(merged(added))};`);
    else edits.push(widened(block, numbered, added));
  }
  if (missing.length > 0) {
    const end = named?.names.at(-1)?.end;
    if (end === undefined) fresh.push(`reserved ${written};`);
    else edits.push({ span: { start: end, end }, newText: `, ${written}` });
  }
  if (fresh.length > 0)
    edits.push(insertAfter(block, placeFor(block, home), fresh.join(isOneLine(block) ? ' ' : '\n')));
  return edits;
}

function isOneLine({ text, start, end }: Block): boolean {
  return !text.slice(start, end).includes('\n');
}

/** Behind the other reserved statements, else behind the options at the top. */
function placeFor(block: Block, home: Home) {
  const last = home.body.findLast(({ kind }) => kind === 'reserved');
  if (last !== undefined) return last;
  const firstOther = block.nodes.findIndex(({ kind }) => kind !== 'option');
  return block.nodes[(firstOther === -1 ? block.nodes.length : firstOther) - 1];
}

/** Merged and sorted; comments between the numbers keep their places, and the new ones come last. */
function widened({ comments }: Block, { ranges, start, end }: ReservedNode, added: readonly Range[]): Edit {
  const first = ranges[0]?.start ?? start;
  const last = ranges.at(-1)?.end ?? end;
  if (comments.some((comment) => comment.start > first && comment.end < last))
    return { span: { start: last, end: last }, newText: `, ${text(merged(added))}` };
  return { span: { start: first, end: last }, newText: text(merged([...ranges.map(rangeOf), ...added])) };
}

function rangeOf({ from, to }: RangeNode): Range {
  const start = from?.value ?? 0;
  return { start, end: to === 'max' ? 'max' : (to?.value ?? start) };
}

function holds(range: RangeNode, wanted: Range): boolean {
  const { start, end } = rangeOf(range);
  return start <= wanted.start && last(wanted.end) <= last(end);
}

function last(end: Range['end']): number {
  return end === 'max' ? Number.POSITIVE_INFINITY : end;
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const before = result.at(-1);
    if (before !== undefined && range.start <= last(before.end) + 1)
      result[result.length - 1] = {
        start: before.start,
        end: last(range.end) > last(before.end) ? range.end : before.end,
      };
    else result.push(range);
  }
  return result;
}

function text(ranges: readonly Range[]): string {
  return ranges.map(({ start, end }) => (end === 'max' ? `${start} to max` : rangesText([{ start, end }]))).join(', ');
}

/** Takes numbers and names out of what is reserved, so that they can be used. */
export function unreserve(
  block: Block,
  home: Home,
  numbers: readonly number[],
  names: readonly string[],
): readonly Edit[] {
  return home.body.flatMap((node): readonly Edit[] => {
    if (node.kind !== 'reserved' || node.broken) return [];
    if (node.names.some(({ text: name }) => names.includes(name))) {
      const left = node.names.filter(({ text: name }) => !names.includes(name));
      if (left.length === 0) return [remove(block, node)];
      const [first, final] = [node.names[0], node.names.at(-1)];
      if (first === undefined || final === undefined) return [];
      const newText = left.map(({ start, end }) => block.text.slice(start, end)).join(', ');
      return [{ span: { start: first.start, end: final.end }, newText }];
    }
    const ranges = node.ranges.map(rangeOf);
    if (!ranges.some((range) => numbers.some((number) => inside(range, number)))) return [];
    const left = ranges.flatMap((range) => without(range, numbers));
    if (left.length === 0) return [remove(block, node)];
    const [first, final] = [node.ranges[0], node.ranges.at(-1)];
    if (first === undefined || final === undefined) return [];
    return [{ span: { start: first.start, end: final.end }, newText: text(left) }];
  });
}

function inside({ start, end }: Range, number: number): boolean {
  return start <= number && number <= last(end);
}

function without(range: Range, numbers: readonly number[]): readonly Range[] {
  let left: readonly Range[] = [range];
  for (const number of numbers)
    left = left.flatMap((each): readonly Range[] => {
      if (!inside(each, number)) return [each];
      const below: readonly Range[] = each.start < number ? [{ start: each.start, end: number - 1 }] : [];
      const above: readonly Range[] = number < last(each.end) ? [{ start: number + 1, end: each.end }] : [];
      return [...below, ...above];
    });
  return left;
}
