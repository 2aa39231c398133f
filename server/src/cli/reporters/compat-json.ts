import type { Version } from '#core/contracts/format.ts';
import type { Tree } from '#core/contracts/tree.ts';
import type { CompatReport } from '#core/service.ts';
import { findingJson } from './json.ts';
import { placesOf } from './places.ts';

/** What a comparison compared, and what it found. */
export interface Compared {
  readonly report: CompatReport;
  /** Newest first. */
  readonly before: readonly Version[];
  readonly after: Tree;
}

/** The document of `schemaward compat --format json`, and a line of `--batch`. Paths are relative to the compared folder. */
export function compatJson({ report, before, after }: Compared) {
  const places = placesOf(after, before[0]?.tree);
  return {
    schemaVersion: 1,
    compatible: report.compatible,
    profiles: report.profiles,
    findings: report.findings.map((finding) => findingJson(finding, '', places)),
    notices: report.notices,
  };
}
