import type { Config, IgnoreEntry } from '../config/config.ts';
import { globMatches } from '../config/glob.ts';
import { nearest } from '../config/nearest.ts';
import type { Finding, RuleId } from '../model/finding.ts';
import type { FilePath } from '../model/text.ts';
import { ruleInfo, allRules as ruleList } from '../rules/index.ts';
import { daysIn } from '../text/calendar.ts';
import { fingerprint } from './fingerprint.ts';
import { type IgnoreComment, matchesRule } from './ignore-comments.ts';
import { asDeployed, isOn, severityOf } from './severity.ts';

/** What is left after severities, overrides, ignore comments and `ignore` entries have spoken. */
export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: number;
  /** Comments of other linters that ignored something, with what they ignored. */
  readonly translatable: readonly Translatable[];
}

/** The ignore comments of one file, and what their numbers mean. */
export interface FileIgnores {
  readonly path: FilePath;
  /** Ours, and those of other linters behind them. */
  readonly comments: readonly IgnoreComment[];
  /** Is the finding about the part of the file (its statement, its line) that a comment covers under this number? */
  isAbout(finding: Finding, nth: number): boolean;
  /** The comments themselves are judged. */
  readonly lint: boolean;
}

/**
 * @param ignores of the file that the findings stand in, where it has been read
 * @param relative path of a file as `schemaward.yaml` would write it
 * @param today `YYYY-MM-DD`
 */
export function suppress(
  findings: readonly Finding[],
  ignores: FileIgnores | undefined,
  config: Config,
  relative: (path: FilePath) => string,
  today: string,
): Suppressed {
  const comments = ignores?.comments ?? [];
  const used: Used = new Map();
  const kept: Finding[] = [];
  let suppressed = 0;
  for (const said of findings) {
    const finding = asDeployed(said, config.deployment);
    const path = relative(finding.anchor.file);
    const severity = severityOf(finding, config, path);
    const comment = comments.find((each) => covers(each, finding, ignores) && isCurrent(each.until, today));
    // A comment of another linter is translated into the rules that would speak.
    if (comment !== undefined && (comment.peer === undefined || severity !== 'off'))
      used.set(comment, [...(used.get(comment) ?? []), finding]);
    if (severity === 'off') continue;
    if (comment !== undefined || isIgnored(finding, config, path, today)) suppressed += 1;
    else kept.push(severity === finding.severity ? finding : { ...finding, severity });
  }
  if (ignores?.lint === true) {
    const own = comments.filter(({ peer }) => peer === undefined);
    for (const finding of ignoreFindings(own, used, ignores.path, config, today, findings[0]?.project ?? '')) {
      const severity = severityOf(finding, config, relative(finding.anchor.file));
      if (severity !== 'off') kept.push({ ...finding, severity });
    }
  }
  return { kept, suppressed, translatable: translatables(comments, used) };
}

function covers(comment: IgnoreComment, finding: Finding, ignores: FileIgnores | undefined): boolean {
  if (!matchesRule(comment.rules, finding.rule)) return false;
  if (comment.covers === 'file') return true;
  return comment.covers.some((nth) => ignores?.isAbout(finding, nth) === true);
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

function isCurrent(until: string | undefined, today: string): boolean {
  return until === undefined || (isDate(until) && !isPast(until, today));
}

/** A day that the calendar has. */
function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number) ?? [];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** What each comment ignored. */
type Used = Map<IgnoreComment, readonly Finding[]>;

/** A comment of another linter, and the findings that it ignored. */
export interface Translatable {
  readonly comment: IgnoreComment;
  readonly ignored: readonly Finding[];
}

function translatables(ignores: readonly IgnoreComment[], used: Used): readonly Translatable[] {
  return ignores.flatMap((comment) => {
    const ignored = comment.peer === undefined ? undefined : used.get(comment);
    return ignored === undefined ? [] : [{ comment, ignored }];
  });
}

function ignoreFindings(
  ignores: readonly IgnoreComment[],
  used: Used,
  path: FilePath,
  config: Config,
  today: string,
  project: string,
): readonly Finding[] {
  return ignores.flatMap((comment) => {
    const problem = problemOf(comment, used.get(comment) ?? [], config, today);
    return problem === undefined ? [] : [ignoreFinding(comment, problem, path, project)];
  });
}

interface Problem {
  readonly messageId: string;
  /** The rules that it is about. */
  readonly rules: readonly string[];
}

function problemOf(
  comment: IgnoreComment,
  ignored: readonly Finding[],
  config: Config,
  today: string,
): Problem | undefined {
  const { rules, until, reason } = comment;
  if (rules.length === 0) return { messageId: 'no-rule', rules };
  const unknown = rules.filter((rule) => !isKnown(rule));
  if (unknown.length > 0) return { messageId: 'unknown-rule', rules: unknown };
  if (until !== undefined && !isDate(until)) return { messageId: 'bad-date', rules };
  if (isPast(until, today)) return { messageId: 'expired', rules };
  // Nobody knows what a rule that is off would have said.
  const unused = rules.filter(
    (rule) =>
      !ignored.some((finding) => matchesRule([rule], finding.rule)) &&
      ruleList.every((each) => !matchesRule([rule], each.id) || isOn(each, config)),
  );
  if (unused.length > 0) return { messageId: unused.length < rules.length ? 'partly-unused' : 'unused', rules: unused };
  return reason === '' ? { messageId: 'no-reason', rules } : undefined;
}

/** A rule, or an area with a star. */
function isKnown(name: string): boolean {
  return name.endsWith('/*') ? ruleList.some(({ id }) => matchesRule([name], id)) : ruleInfo(name) !== undefined;
}

/** The rule that a mistyped, short or peer's name probably means. */
function meantBy(name: string): string | undefined {
  const ids = ruleList.map(({ id }) => id as string);
  return (
    ids.find((id) => id.endsWith(`/${name}`)) ??
    ruleList.find(({ peers = [] }) => peers.some((peer) => peer.endsWith(`:${name}`)))?.id ??
    nearest(name, ids)
  );
}

function hintFor([name = '']: readonly string[]): string {
  const meant = meantBy(name);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}

function ignoreFinding(
  comment: IgnoreComment,
  { messageId, rules: about }: Problem,
  path: FilePath,
  project: string,
): Finding {
  const rule: RuleId = 'config/ignore-comment';
  const rules = about.join(', ');
  const hint = messageId === 'unknown-rule' ? hintFor(about) : '';
  return {
    rule,
    messageId,
    args: { rules, until: comment.until ?? '', hint },
    severity: messageId === 'no-reason' ? 'info' : 'warning',
    project,
    anchor: { file: path, span: comment.span },
    object: rules,
    compat: 'none',
    rollback: 'none',
    evidence: 'derived',
    related: [],
    fixes: [],
    tags: messageId === 'unused' || messageId === 'expired' ? ['unnecessary'] : [],
  };
}
