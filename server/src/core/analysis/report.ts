import type { Finding, ReportedFinding } from '../model/finding.ts';
import type { Anchor, Span } from '../model/text.ts';
import { docsUrl, messageOf } from '../rules/index.ts';
import { fingerprint } from './fingerprint.ts';

/** Places a finding in the current texts and puts it into words. */
export function report(finding: Finding, place: (anchor: Anchor) => Span): ReportedFinding {
  const { anchor, related, ...rest } = finding;
  return {
    ...rest,
    path: anchor.file,
    span: place(anchor),
    message: messageOf(finding.rule, finding.messageId, finding.args),
    docs: docsUrl(finding.rule),
    relatedPlaces: related.map((each) => ({
      path: each.anchor.file,
      span: place(each.anchor),
      message: messageOf(finding.rule, each.messageId, each.args),
    })),
    fixable: finding.plan !== undefined ? 'plan' : finding.fixes.length > 0 ? 'fix' : 'none',
    fingerprint: fingerprint(finding),
  };
}

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
