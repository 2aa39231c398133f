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

/** The whole output as one text. */
export type Reporter = (input: ReportInput) => string;
