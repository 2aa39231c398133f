import type { ReportedFinding, Severity } from '#core/model/finding.ts';
import { posix } from '#host/status-json.ts';
import { version } from '#host/version.ts';
import { type Places, placesOf } from './places.ts';
import { noticeText, type Reporter } from './reporter.ts';

/** SARIF 2.1.0, as code scanning services read it. */
export const sarif: Reporter = {
  name: 'sarif',
  *write({ report, cwd, files, baseline, rules }) {
    const places = placesOf(files, baseline);
    const used = new Set(report.findings.map(({ rule }) => rule));
    const document = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'schemaward',
              version,
              informationUri: 'https://github.com/schemaward/schemaward',
              rules: rules
                .filter(({ id }) => used.has(id))
                .map(({ id, summary, severity, markdown, docs }) => ({
                  id,
                  shortDescription: { text: summary },
                  helpUri: docs,
                  help: { text: summary, markdown },
                  defaultConfiguration: { level: level[severity] },
                })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: report.findings.map((finding) => result(finding, cwd, places)),
          invocations: [
            {
              executionSuccessful: true,
              toolExecutionNotifications: report.notices.map((notice) => ({
                level: 'note',
                message: { text: noticeText(notice, cwd) },
              })),
            },
          ],
        },
      ],
    };
    yield `${JSON.stringify(document, null, 2)}\n`;
  },
};

function result(finding: ReportedFinding, cwd: string, places: Places) {
  const related = finding.relatedPlaces.map((each, id) => ({
    id,
    message: { text: each.message },
    ...location(each, cwd, places),
  }));
  return {
    ruleId: finding.rule,
    level: level[finding.severity],
    message: { text: finding.message },
    locations: [location(finding, cwd, places)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(finding.impactDocs === undefined ? {} : { properties: { impactDocs: finding.impactDocs } }),
    partialFingerprints: { 'schemaward/v1': finding.fingerprint },
  };
}

function location(place: Pick<ReportedFinding, 'path' | 'span' | 'side'>, cwd: string, places: Places) {
  const { start, end } = places.range(place);
  return {
    physicalLocation: {
      artifactLocation: { uri: posix(cwd, place.path).split('/').map(encodeURIComponent).join('/') },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}

const level: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };
