import type { Config } from '../config/config.ts';
import { globMatches } from '../config/glob.ts';
import type { Finding, Severity } from '../model/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { isAlone, isRuledOut } from './deployment.ts';

/** The graver, the greater. */
export const gravity: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

/** What a preset makes of each severity. A rule that `rules.severity` or an override names is not asked. */
const bySeverity: Readonly<Record<Config['rules']['preset'], Readonly<Record<Severity, Severity | 'off'>>>> = {
  minimal: { error: 'error', warning: 'off', info: 'off', hint: 'off' },
  recommended: { error: 'error', warning: 'warning', info: 'info', hint: 'off' },
  strict: { error: 'error', warning: 'warning', info: 'warning', hint: 'warning' },
};

/** @param path of the finding's file as `schemaward.yaml` would write it */
export function severityOf(finding: Finding, config: Config, path: string): Severity | 'off' {
  let severity: Severity | 'off' =
    config.rules.severity.get(finding.rule) ??
    (isRuledOut(finding, config.deployment) ? 'off' : bySeverity[config.rules.preset][finding.severity]);
  for (const override of config.overrides) {
    if (!override.paths.some((glob) => globMatches(glob, path))) continue;
    severity = override.rules.get(finding.rule) ?? severity;
  }
  return severity;
}

/** Of a finding that says two things, what is left where no version runs that could break. */
export function asDeployed(finding: Finding, deployment: Config['deployment']): Finding {
  const left = isAlone(deployment) ? ruleById(finding.rule)?.alone?.[finding.messageId] : undefined;
  if (left === undefined) return finding;
  const severity = gravity[left.severity] < gravity[finding.severity] ? left.severity : finding.severity;
  return { ...finding, messageId: left.messageId, severity };
}

/** False where nothing that the rule could say would be shown anywhere. Only of hints the severity is known before. */
export function isOn({ id, severity }: Pick<Rule, 'id' | 'severity'>, { rules, overrides }: Config): boolean {
  if (overrides.some((override) => (override.rules.get(id) ?? 'off') !== 'off')) return true;
  const chosen = rules.severity.get(id);
  if (chosen !== undefined) return chosen !== 'off';
  return severity !== 'hint' || bySeverity[rules.preset].hint !== 'off';
}
