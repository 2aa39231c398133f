import type { Config, IgnoreEntry } from '../config/config.ts';
import { globMatches } from '../config/glob.ts';
import type { Finding, RuleId, Severity } from '../model/finding.ts';
import type { FilePath } from '../model/text.ts';
import { ruleById } from '../rules/index.ts';
import type { Dialect } from '../sql/dialect.ts';
import { fingerprint } from './fingerprint.ts';
import { type IgnoreComment, ignoreComments, matchesRule } from './ignore-comments.ts';
import type { Outline } from './slot.ts';

/** What is left after severities, overrides, ignore comments and `ignore` entries have spoken. */
export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: number;
}

/**
 * @param relative path of a file as `schemaward.yaml` would write it
 * @param today `YYYY-MM-DD`
 */
export function suppress(
  findings: readonly Finding[],
  script: Outline | undefined,
  dialect: Dialect,
  config: Config,
  relative: (path: FilePath) => string,
  today: string,
  lint: boolean,
): Suppressed {
  const ignores = script === undefined ? [] : ignoreComments(script, dialect);
  const used = new Set<IgnoreComment>();
  const kept: Finding[] = [];
  let suppressed = 0;
  for (const finding of findings) {
    const severity = severityOf(finding, config, relative(finding.anchor.file));
    const comment = ignores.find((each) => covers(each, finding, script) && !isPast(each.until, today));
    if (comment !== undefined) used.add(comment);
    if (severity === 'off') continue;
    if (comment !== undefined || isIgnored(finding, config, relative(finding.anchor.file), today)) suppressed += 1;
    else kept.push(severity === finding.severity ? finding : { ...finding, severity });
  }
  if (script !== undefined && lint) {
    for (const finding of ignoreFindings(ignores, used, script, today, findings[0]?.project ?? '')) {
      const severity = severityOf(finding, config, relative(finding.anchor.file));
      if (severity !== 'off') kept.push({ ...finding, severity });
    }
  }
  return { kept, suppressed };
}

/** What a preset makes of each severity. A rule that `rules.severity` or an override names is not asked. */
const bySeverity: Readonly<Record<Config['rules']['preset'], Readonly<Record<Severity, Severity | 'off'>>>> = {
  minimal: { error: 'error', warning: 'off', info: 'off', hint: 'off' },
  recommended: { error: 'error', warning: 'warning', info: 'info', hint: 'off' },
  strict: { error: 'error', warning: 'warning', info: 'warning', hint: 'warning' },
};

function severityOf(finding: Finding, config: Config, path: string): Severity | 'off' {
  let severity: Severity | 'off' =
    config.rules.severity.get(finding.rule) ?? bySeverity[config.rules.preset][finding.severity];
  for (const override of config.overrides) {
    if (!override.paths.some((glob) => globMatches(glob, path))) continue;
    severity = override.rules.get(finding.rule) ?? severity;
  }
  return severity;
}

function covers(comment: IgnoreComment, finding: Finding, script: Outline | undefined): boolean {
  if (!matchesRule(comment.rules, finding.rule)) return false;
  if (comment.covers === 'file') return true;
  if (comment.covers === 'none') return false;
  const id = script?.statements[comment.covers]?.id;
  const meant = finding.anchor.statement;
  return id !== undefined && meant !== undefined && id.nth === meant.nth && id.text === meant.text;
}

function isIgnored(finding: Finding, config: Config, path: string, today: string): boolean {
  return config.ignore.some(
    (entry) =>
      !isPast(entry.until, today) &&
      isNarrow(entry) &&
      (entry.rule === undefined || matchesRule([entry.rule], finding.rule)) &&
      (entry.path === undefined || globMatches(entry.path, path)) &&
      (entry.object === undefined || entry.object === finding.object) &&
      (entry.fingerprint === undefined || entry.fingerprint === fingerprint(finding)),
  );
}

/** An entry without any condition would silence everything; it is reported and ignores nothing. */
function isNarrow({ rule, path, object, fingerprint: print }: IgnoreEntry): boolean {
  return [rule, path, object, print].some((each) => each !== undefined);
}

function isPast(until: string | undefined, today: string): boolean {
  return until !== undefined && until <= today;
}

function ignoreFindings(
  ignores: readonly IgnoreComment[],
  used: ReadonlySet<IgnoreComment>,
  script: Outline,
  today: string,
  project: string,
): readonly Finding[] {
  return ignores.flatMap((comment) => {
    const messageId = problemOf(comment, used, today);
    return messageId === undefined ? [] : [ignoreFinding(comment, messageId, script, project)];
  });
}

function problemOf(comment: IgnoreComment, used: ReadonlySet<IgnoreComment>, today: string): string | undefined {
  if (comment.rules.length === 0) return 'no-rule';
  if (comment.rules.some((rule) => !rule.endsWith('/*') && ruleById(rule) === undefined)) return 'unknown-rule';
  if (comment.until !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(comment.until)) return 'bad-date';
  if (isPast(comment.until, today)) return 'expired';
  if (!used.has(comment)) return 'unused';
  return comment.reason === '' ? 'no-reason' : undefined;
}

function ignoreFinding(comment: IgnoreComment, messageId: string, script: Outline, project: string): Finding {
  const rule: RuleId = 'config/ignore-comment';
  const rules = comment.rules.join(', ');
  return {
    rule,
    messageId,
    args: { rules, until: comment.until ?? '' },
    severity: messageId === 'no-reason' ? 'info' : 'warning',
    project,
    anchor: { file: script.migration.file, span: comment.span },
    object: rules,
    compat: 'none',
    rollback: 'none',
    evidence: 'derived',
    related: [],
    fixes: [],
    tags: messageId === 'unused' || messageId === 'expired' ? ['unnecessary'] : [],
  };
}
