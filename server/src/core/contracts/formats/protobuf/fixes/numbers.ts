import type { EnumDescriptor, MessageDescriptor } from '../descriptor.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Belongs to the implementations of protobuf. */
const implementation: Range = { start: 19_000, end: 19_999 };
const lastNumber = { field: 536_870_911, value: 2_147_483_647 };

/** The first number behind all that are in use, which nothing reserves and none of `others` is. */
export function freeNumber(
  parent: MessageDescriptor | EnumDescriptor,
  ranges: readonly Range[] = [],
  others: ReadonlySet<number> = new Set(),
): number | undefined {
  const isMessage = 'fields' in parent;
  const used = [...(isMessage ? parent.fields : parent.values).map(({ number }) => number), ...others];
  const last = isMessage ? lastNumber.field : lastNumber.value;
  const taken = [
    ...ranges,
    ...parent.reservedRanges,
    ...(isMessage ? [...parent.extensionRanges, implementation] : []),
  ].sort((a, b) => a.start - b.start);
  let next = Math.max(isMessage ? 0 : -1, ...used.filter((number) => !taken.some((range) => holds(range, number)))) + 1;
  for (const range of taken) if (holds(range, next)) next = range.end + 1;
  if (next <= last) return next;
  return gap(new Set(used), taken, isMessage ? 1 : 0);
}

function holds({ start, end }: Range, number: number): boolean {
  return start <= number && number <= end;
}

/** Where the end is taken (`4 to max`), the first gap. */
function gap(used: ReadonlySet<number>, taken: readonly Range[], first: number): number | undefined {
  for (let number = first, tries = 0; tries <= used.size + taken.length; number++, tries++) {
    const range = taken.find((each) => holds(each, number));
    if (range !== undefined) number = range.end;
    else if (!used.has(number)) return number <= lastNumber.value ? number : undefined;
  }
  return undefined;
}
