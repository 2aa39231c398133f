import { compareContracts } from '../../contracts/compare.ts';
import type { CompareRequest } from '../../contracts/format.ts';
import type { FileContent } from '../../model/text.ts';
import type { CompatReport } from '../../service.ts';
import { fileNotices } from '../notices.ts';
import { report } from '../report.ts';
import { findingOf } from './findings.ts';

/** Two states of contracts compared as the peers compare them: neither settings nor ignores have a say. */
export function compatOf(request: CompareRequest): CompatReport {
  const comparisons = compareContracts(request);
  const findings = comparisons.flatMap((comparison) =>
    comparison.findings.map((found) =>
      report(
        findingOf(found, '', (path) => path, request.before[0]?.name),
        ({ span }) => span,
      ),
    ),
  );
  const notices = comparisons.flatMap((comparison) => comparison.notices);
  const files = [
    ...new Set([request.after, ...request.before.map(({ tree }) => tree)].flatMap((tree) => [...tree.values()])),
  ];
  return {
    // What could not be read was not compared, so nobody knows that it is compatible.
    compatible: findings.length === 0 && notices.every(({ unread }) => unread !== 'error') && files.every(isRead),
    findings,
    notices: [
      ...notices.map(({ id, message, place }) => ({
        id,
        message: place === undefined ? message : `${place.path}: ${message}`,
        ...(place === undefined ? {} : { path: place.path }),
      })),
      ...fileNotices(files),
    ],
    profiles: comparisons.map(({ profile }) => profile),
  };
}

/** What does not decode is read with replacements, the rest of it is as it stands. */
function isRead({ problem }: FileContent): boolean {
  return problem === undefined || problem.kind === 'not-decodable';
}
