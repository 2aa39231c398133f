import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What came of reading a finding beside its statement:
 * - `act`: true, and its reader would ask the product for a change;
 * - `harmless`: true, and no harm in that product (few rows, stopped for the migration, the end of an expand and contract);
 * - `twice`: true, and another finding had the same remedy; they are one now;
 * - `taste`: true, and no ground to stop anybody; a hint now, which only the preset `strict` tells;
 * - `wrong`: not true; the rule was mended.
 */
export const verdicts = ['act', 'harmless', 'twice', 'taste', 'wrong'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Reading {
  readonly history: string;
  /** File of the migration. */
  readonly migration: string;
  readonly rule: string;
  readonly object: string;
  readonly verdict: Verdict;
}

/** Of `verdicts.tsv` beside this file, a line for each finding that was read. */
export const readings: readonly Reading[] = readFileSync(join(import.meta.dirname, 'verdicts.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map(readingOf);

function readingOf(line: string): Reading {
  const [history, migration, rule, object, given] = line.split('\t');
  const verdict = verdicts.find((each) => each === given);
  if (history === undefined || migration === undefined || rule === undefined || object === undefined)
    throw new Error(`verdicts.tsv: ${line}`);
  if (verdict === undefined) throw new Error(`verdicts.tsv: no verdict in ${line}`);
  return { history, migration, rule, object, verdict };
}
