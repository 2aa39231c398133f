import type { ReportedFinding, Severity } from '#core/model/finding.ts';
import type { FilePath } from '#core/model/text.ts';

export type Findings = readonly ReportedFinding[];

export function per100(count: number, of: number): string {
  return of === 0 ? '-' : ((count / of) * 100).toFixed(1);
}

/** Count and share, as two cells. */
export function numbers(count: number, of: number): string {
  return `${count} | ${per100(count, of)}`;
}

/** Files with at least one. */
export function filesOf(findings: Findings): number {
  return new Set(findings.map(({ path }) => path)).size;
}

export function ofSeverity(findings: Findings, ...wanted: readonly Severity[]): Findings {
  return findings.filter(({ severity }) => wanted.includes(severity));
}

export function within(findings: Findings, files: ReadonlySet<FilePath>): Findings {
  return findings.filter(({ path }) => files.has(path));
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, each) => sum + each, 0);
}
