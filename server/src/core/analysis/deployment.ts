import type { Config } from '../config/config.ts';
import type { Finding } from '../model/finding.ts';
import { consequenceOf } from '../rules/consequence.ts';
import type { Consequence } from '../rules/rule.ts';

/** What cannot happen to anybody, because of how the project is deployed. */
const ruledOut: Readonly<Record<Config['deployment'], readonly Consequence[]>> = {
  rolling: [],
  'single-version': ['breaks'],
  downtime: ['breaks', 'waits'],
};

export function isRuledOut(finding: Finding, deployment: Config['deployment']): boolean {
  const consequences = ruledOut[deployment];
  return consequences.length > 0 && consequences.includes(consequenceOf(finding));
}

/** No version of the application runs beside a migration. */
export function isAlone(deployment: Config['deployment']): boolean {
  return ruledOut[deployment].includes('breaks');
}
