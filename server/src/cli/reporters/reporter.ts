import type { Files } from '#core/migrations/tool.ts';
import type { CheckReport, RulePage } from '#core/service.ts';

export interface ReportInput {
  readonly report: CheckReport;
  /** Paths are printed relative to it. */
  readonly cwd: string;
  readonly base: string | undefined;
  readonly target: string | undefined;
  readonly files: Files;
  readonly color: boolean;
  readonly rules: readonly RulePage[];
}

/** The output in pieces, each written before the next one is made: a history has tens of thousands of findings. */
export type Reporter = (input: ReportInput) => Iterable<string>;
