import type { Files } from '#core/migrations/tool.ts';
import type { Notice } from '#core/model/finding.ts';
import type { CheckReport, RulePage } from '#core/service.ts';
import { posix } from '#host/status-json.ts';

export interface ReportInput {
  readonly report: CheckReport;
  /** Paths are printed relative to it. */
  readonly cwd: string;
  readonly base: string | undefined;
  readonly target: string | undefined;
  readonly files: Files;
  /** Texts of the baseline that contracts are compared with. */
  readonly baseline?: Pick<Files, 'get'>;
  /** Last line for people, where it is not about migrations. */
  readonly closing?: string;
  readonly color: boolean;
  readonly rules: readonly RulePage[];
}

/** One file and one line in `reporters/index.ts`. The output in pieces, each written before the next one is made: a history has tens of thousands of findings. */
export interface Reporter {
  /** As `--format` names it. */
  readonly name: string;
  write(input: ReportInput): Iterable<string>;
}

/** A notice in words, its path as the reader would type it. */
export function noticeText({ message, path }: Notice, cwd: string): string {
  return path === undefined ? message : message.replaceAll(path, posix(cwd, path));
}
