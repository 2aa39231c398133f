import type { NumberRange } from '../descriptor.ts';

type Range = Pick<NumberRange, 'start' | 'end'>;

/** The parts of a range that no other range covers, in order. */
export function uncovered(range: Range, cover: readonly Range[]): readonly Range[] {
  const missing: Range[] = [];
  let next = range.start;
  for (const { start, end } of [...cover].sort((a, b) => a.start - b.start)) {
    if (next > range.end) break;
    if (start > next) missing.push({ start: next, end: Math.min(start - 1, range.end) });
    next = Math.max(next, end + 1);
  }
  if (next <= range.end) missing.push({ start: next, end: range.end });
  return missing;
}

export function contains(ranges: readonly Range[], number: number): boolean {
  return ranges.some(({ start, end }) => start <= number && number <= end);
}

/** `5, 7 to 9`. */
export function rangesText(ranges: readonly Range[]): string {
  return ranges.map(({ start, end }) => (start === end ? `${start}` : `${start} to ${end}`)).join(', ');
}
