import type { BoundValue, PartitionBound } from '../schema/change.ts';

/** Below zero: the first literal is the smaller one, by the type of the key's column at that place. Undefined: not known. */
export type CompareLiterals = (a: string, b: string, place: number) => number | undefined;

/** Some value belongs to both partitions for certain. */
export function overlap(a: PartitionBound, b: PartitionBound, compare: CompareLiterals): boolean {
  if (a.strategy === 'list' && b.strategy === 'list')
    return a.values.some((value) => b.values.some((other) => isSame(value, other, compare)));
  if (a.strategy === 'range' && b.strategy === 'range')
    return isBelow(a.from, b.to, compare) && isBelow(b.from, a.to, compare);
  if (a.strategy === 'hash' && b.strategy === 'hash') {
    const modulus = Math.min(a.modulus, b.modulus);
    return modulus > 0 && a.remainder % modulus === b.remainder % modulus;
  }
  return false;
}

/** Nothing belongs to the range for certain. */
export function isEmpty(bound: PartitionBound, compare: CompareLiterals): boolean {
  if (bound.strategy !== 'range') return false;
  const order = compareRows(bound.from, bound.to, compare);
  return order !== undefined && order >= 0;
}

function isSame(a: BoundValue, b: BoundValue, compare: CompareLiterals): boolean {
  return compareValues(a, b, 0, compare) === 0;
}

function isBelow(a: readonly BoundValue[], b: readonly BoundValue[], compare: CompareLiterals): boolean {
  const order = compareRows(a, b, compare);
  return order !== undefined && order < 0;
}

function compareRows(a: readonly BoundValue[], b: readonly BoundValue[], compare: CompareLiterals): number | undefined {
  for (const [place, value] of a.entries()) {
    const order = compareValues(value, b[place] ?? 'minvalue', place, compare);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: BoundValue, b: BoundValue, place: number, compare: CompareLiterals): number | undefined {
  const ends = endOf(a) - endOf(b);
  if (ends !== 0 || typeof a === 'string' || typeof b === 'string') return ends;
  if (a.literal === null || b.literal === null) return a.literal === b.literal ? 0 : undefined;
  return compare(a.literal, b.literal, place);
}

function endOf(value: BoundValue): number {
  return value === 'minvalue' ? -1 : value === 'maxvalue' ? 1 : 0;
}
