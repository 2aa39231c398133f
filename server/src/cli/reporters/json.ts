import type { ReportedFinding } from '#core/model/finding.ts';
import { withoutMarks } from '#core/text/stand-in.ts';
import { posix } from '#host/status-json.ts';
import { version } from '#host/version.ts';
import { type Places, placesOf } from './places.ts';
import { noticeText, type Reporter } from './reporter.ts';

/** The document of `schemaward check --format json` (design: "`check` JSON"), with a line for each finding. */
export const json: Reporter = {
  name: 'json',
  *write({ report, cwd, base, target, files, baseline }) {
    const places = placesOf(files, baseline);
    const document = {
      schemaVersion: 1,
      tool: { name: 'schemaward', version },
      base: base ?? null,
      target: target ?? null,
      findings: [],
      notices: report.notices.map((notice) => ({
        id: notice.id,
        message: noticeText(notice, cwd),
        project: notice.project,
        path: notice.path === undefined ? undefined : posix(cwd, notice.path),
      })),
      summary: report.summary,
    };
    const whole = JSON.stringify(document, null, 2);
    const list = '"findings": [';
    const at = whole.indexOf(list) + list.length;
    yield whole.slice(0, at);
    let separator = '\n    ';
    for (const finding of report.findings) {
      yield separator + withoutMarks(JSON.stringify(findingJson(finding, cwd, places)));
      separator = ',\n    ';
    }
    yield `${report.findings.length === 0 ? '' : '\n  '}${whole.slice(at)}\n`;
  },
};

/** A finding as every document of ours has it. */
export function findingJson(finding: ReportedFinding, cwd: string, places: Places) {
  return {
    rule: finding.rule,
    messageId: finding.messageId,
    args: finding.args,
    severity: finding.severity,
    message: finding.message,
    project: finding.project,
    path: posix(cwd, finding.path),
    side: finding.side,
    range: places.range(finding),
    object: finding.object,
    compat: finding.compat,
    rollback: finding.rollback,
    impact: finding.cost,
    evidence: finding.evidence,
    docs: finding.docs,
    impactDocs: finding.impactDocs,
    related: finding.relatedPlaces.map((each) => ({
      path: posix(cwd, each.path),
      side: each.side,
      range: places.range(each),
      message: each.message,
    })),
    fixable: finding.fixable,
    fingerprint: finding.fingerprint,
    peerRule: finding.peerRule,
  };
}
