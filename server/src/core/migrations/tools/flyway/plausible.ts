import type { Migration } from '../../../model/migration.ts';
import type { OrderFact } from '../../tool.ts';
import type { Scheme } from './naming.ts';
import { isDate, weekAfter } from './stamps.ts';

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
  // Clocks differ and releases are planned: a week ahead is still plausible.
  const planned = weekAfter(today.replaceAll('-', ''));
  return digits.slice(0, 8) > planned ? { reason: 'far-future', usual } : undefined;
}
