import type { Migration } from '../../../model/migration.ts';
import type { OrderFact } from '../../tool.ts';
import type { Scheme } from './naming.ts';

type Verdict = Pick<Extract<OrderFact, { kind: 'implausible-version' }>, 'reason' | 'usual'>;

/** A version that does not look like the project's others. @param today `YYYY-MM-DD` */
export function implausible(
  version: string,
  all: readonly Migration[],
  scheme: Scheme,
  today: string,
): Verdict | undefined {
  if (scheme.scheme !== 'date' && scheme.scheme !== 'timestamp') return undefined;
  const digits = version.replace(/\D/g, '');
  const usual = `${scheme.digits} digits`;
  if (/^\d+$/.test(version) && digits.length !== scheme.digits && all.length >= 3) {
    return { reason: digits.length > scheme.digits ? 'longer-than-others' : 'shorter-than-others', usual };
  }
  if (digits.length < 8) return undefined;
  if (!isDate(digits)) return { reason: 'date-does-not-exist', usual };
  return digits.slice(0, 8) > afterTomorrow(today) ? { reason: 'far-future', usual } : undefined;
}

/** `yyyyMMdd` with `HHmmss` behind it, when there is more. */
function isDate(digits: string): boolean {
  const part = (start: number, length: number) => Number(digits.slice(start, start + length) || '0');
  const [year, month, day] = [part(0, 4), part(4, 2), part(6, 2)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  return part(8, 2) < 24 && part(10, 2) < 60 && part(12, 2) < 60;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Clocks differ and releases are planned: a week ahead is still plausible. */
function afterTomorrow(today: string): string {
  let [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  day += 7;
  if (day > daysIn(year, month)) {
    day -= daysIn(year, month);
    month += 1;
  }
  if (month > 12) [year, month] = [year + 1, 1];
  return `${String(year).padStart(4, '0')}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}
