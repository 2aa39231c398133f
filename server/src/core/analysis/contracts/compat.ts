import { compareContracts } from '../../contracts/compare.ts';
import type { CompareRequest } from '../../contracts/format.ts';
import type { CompatReport } from '../../service.ts';
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
  return {
    // What could not be read was not compared, so nobody knows that it is compatible.
    compatible: findings.length === 0 && notices.every(({ unread }) => unread !== 'error'),
    findings,
    notices: notices.map(({ id, message, place }) => ({
      id,
      message,
      ...(place === undefined ? {} : { path: place.path }),
    })),
    profiles: comparisons.map(({ profile }) => profile),
  };
}
