import type { ReportedFinding } from '#core/model/finding.ts';
import { posix } from '#host/status-json.ts';
import { version } from '#host/version.ts';
import { type Places, placesOf } from './places.ts';
import type { Reporter } from './reporter.ts';

/** The document of `schemaward check --format json` (design: "`check` JSON"). */
export const json: Reporter = ({ report, cwd, base, target, files }) => {
  const places = placesOf(files);
  const document = {
    schemaVersion: 1,
    tool: { name: 'schemaward', version },
    base: base ?? null,
    target: target ?? null,
    findings: report.findings.map((finding) => findingJson(finding, cwd, places)),
    notices: report.notices.map(({ id, message, project, path }) => ({
      id,
      message,
      project,
      path: path === undefined ? undefined : posix(cwd, path),
    })),
    summary: report.summary,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

function findingJson(finding: ReportedFinding, cwd: string, places: Places) {
  const { impact } = finding;
  return {
    rule: finding.rule,
    messageId: finding.messageId,
    args: finding.args,
    severity: finding.severity,
    message: finding.message,
    project: finding.project,
    path: posix(cwd, finding.path),
    range: places.range(finding.path, finding.span),
    object: finding.object,
    compat: finding.compat,
    rollback: finding.rollback,
    impact:
      impact === undefined
        ? undefined
        : {
            lock: impact.locks[0]?.mode ?? null,
            blocks: impact.locks[0]?.blocks ?? 'nothing',
            rewrite: impact.work.some(({ kind }) => kind === 'rewrite'),
            scan: impact.work.some(({ kind }) => kind === 'scan'),
          },
    evidence: finding.evidence,
    docs: finding.docs,
    related: finding.relatedPlaces.map(({ path, span, message }) => ({
      path: posix(cwd, path),
      range: places.range(path, span),
      message,
    })),
    fixable: finding.fixable,
    fingerprint: finding.fingerprint,
    peerRule: finding.peerRule,
  };
}
