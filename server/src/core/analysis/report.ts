import type { Finding, ReportedFinding } from '../model/finding.ts';
import type { Anchor, Span } from '../model/text.ts';
import { docsUrl, impactUrl, messageOf } from '../rules/index.ts';
import { withoutMarks } from '../text/stand-in.ts';
import { fingerprint as fingerprintOf } from './fingerprint.ts';

/** Places a finding in the current texts and puts it into words. One that stands where it stood is what it was. */
export function report(finding: Finding, place: (anchor: Anchor) => Span, dialect?: string): ReportedFinding {
  const span = place(finding.anchor);
  const relatedSpans = finding.related.length === 0 ? none : finding.related.map(({ anchor }) => place(anchor));
  const known = reported.get(finding);
  if (known !== undefined && isAt(known, span, relatedSpans)) return known;
  const made = reportedAt(finding, known ?? worded(finding), span, relatedSpans, dialect);
  reported.set(finding, made);
  return made;
}

/** A finding is of one project, and so of one dialect. */
const reported = new WeakMap<Finding, ReportedFinding>();

function isAt({ span, relatedPlaces }: ReportedFinding, now: Span, related: readonly Span[]): boolean {
  return isSame(span, now) && relatedPlaces.every((each, index) => isSame(each.span, related[index]));
}

function isSame(a: Span, b: Span | undefined): boolean {
  return a.start === b?.start && a.end === b.end;
}

function reportedAt(
  finding: Finding,
  { message, fingerprint }: Words,
  span: Span,
  relatedSpans: readonly Span[],
  dialect: string | undefined,
): ReportedFinding {
  const { anchor, related, rule } = finding;
  // One literal, not a spread: tens of thousands of these are kept, and this is the smallest form they have.
  return {
    rule,
    messageId: finding.messageId,
    args: finding.args,
    severity: finding.severity,
    project: finding.project,
    object: withoutMarks(finding.object),
    compat: finding.compat,
    rollback: finding.rollback,
    cost: finding.cost,
    impactDocs:
      dialect === undefined || finding.impactRow === undefined ? undefined : impactUrl(dialect, finding.impactRow),
    evidence: finding.evidence,
    fixes: finding.fixes,
    plan: finding.plan,
    peerRule: finding.peerRule,
    tags: finding.tags,
    path: anchor.file,
    span,
    side: anchor.side,
    message,
    docs: docsUrl(rule),
    relatedPlaces:
      related.length === 0
        ? none
        : related.map((each, index) => ({
            path: each.anchor.file,
            span: relatedSpans[index] ?? each.anchor.span,
            message: messageOf(rule, each.messageId, each.args),
            ...(each.anchor.side === undefined ? {} : { side: each.anchor.side }),
          })),
    fixable: finding.plan !== undefined ? 'plan' : finding.fixes.length > 0 ? 'fix' : 'none',
    fingerprint,
  };
}

/** What a finding says wherever it stands: it is placed again after every keystroke above it. */
type Words = Pick<ReportedFinding, 'message' | 'fingerprint'>;

function worded(finding: Finding): Words {
  const { rule, messageId, args, notes = none } = finding;
  const said = [{ messageId, args }, ...notes].map((each) => messageOf(rule, each.messageId, each.args));
  const message = said.join(' ');
  return { message, fingerprint: fingerprintOf(finding) };
}

const none: readonly never[] = [];

/** The order in which every face shows findings. */
export function byPlace(a: ReportedFinding, b: ReportedFinding): number {
  return (
    compare(a.path, b.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

/** One cause said once: equal findings at one place are one. */
export function withoutRepeats(sorted: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return sorted.filter((finding, index) => index === 0 || byPlace(sorted[index - 1] ?? finding, finding) !== 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
