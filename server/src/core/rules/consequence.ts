import type { Finding } from '../model/finding.ts';
import { ruleById } from './index.ts';
import type { Consequence } from './rule.ts';

/** What the finding is about: as its rule says, else by its area, and by what happens to the version that is running. */
export function consequenceOf({ rule, messageId, compat }: Finding): Consequence {
  const own = ruleById(rule)?.consequence;
  const said = typeof own === 'string' ? own : own?.[messageId];
  if (said !== undefined) return said;
  const area = rule.slice(0, rule.indexOf('/'));
  if (area === 'lock') return 'waits';
  if (compat === 'destructive') return 'loses';
  return area === 'schema' && compat === 'breaking' ? 'breaks' : 'other';
}
