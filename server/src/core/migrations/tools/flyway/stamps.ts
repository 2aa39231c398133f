import { daysIn } from '../../../text/calendar.ts';

/** Versions that are dates or times: `yyyyMMdd`, with `HH`, `mm`, `ss` and milliseconds behind it where there is more. */

const widths: readonly number[] = [4, 2, 2, 2, 2, 2, 3];

type Parts = readonly number[];

/** Year, month, day, ...: as many as there are digits for. The last one may be cut short (one digit of an hour). */
function partsOf(digits: string): Parts {
  const parts: number[] = [];
  let at = 0;
  for (const width of widths) {
    if (at >= digits.length) break;
    parts.push(Number(digits.slice(at, at + width)));
    at += width;
  }
  return parts;
}

export function isDate(digits: string): boolean {
  const parts = partsOf(digits);
  return parts.every((part, index) => part >= lowest(index) && part <= highest(parts, index));
}

function lowest(index: number): number {
  return index === 1 || index === 2 ? 1 : 0;
}

function highest(parts: Parts, index: number): number {
  const [year = 0, month = 1] = parts;
  return [9999, 12, daysIn(year, month), 23, 59, 59, 999][index] ?? 0;
}

/** The next one of the same digits: the 1st of December follows the 30th of November. Undefined where it is no date. */
export function stampAfter(digits: string): string | undefined {
  if (!isDate(digits) || !isWhole(digits.length)) return undefined;
  const parts = [...partsOf(digits)];
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const next = (parts[index] ?? 0) + 1;
    if (next <= highest(parts, index)) {
      parts[index] = next;
      break;
    }
    parts[index] = lowest(index);
  }
  return parts.map((part, index) => String(part).padStart(widths[index] ?? 2, '0')).join('');
}

/** Are the digits whole parts, from the day on? */
function isWhole(length: number): boolean {
  return length === 8 || length === 10 || length === 12 || length === 14 || length === 17;
}

/** @param day `YYYYMMDD` */
export function weekAfter(day: string): string {
  let result = day;
  for (let i = 0; i < 7; i += 1) result = stampAfter(result) ?? result;
  return result;
}
