import type { FileProblem } from '../model/text.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { Script } from './slot.ts';

/** Reasons why parts of one migration were not examined. What is wrong with the file itself is said beside it. */
export function notExamined({ reader }: Dialect, script: Script): readonly string[] {
  const reasons: string[] = [];
  const { migration, statements } = script;
  if (migration.language === 'code') reasons.push('code migrations are not read');
  if (reader === undefined) return reasons;
  for (const { reading } of statements) {
    if (reading.problem?.kind === 'not-examined') reasons.push(reading.problem.reason);
    for (const change of reading.changes)
      if (change.kind === 'RunSql' && change.taint !== 'nothing') reasons.push(change.reason);
  }
  return reasons;
}

export function problemWords(problem: FileProblem): string {
  switch (problem.kind) {
    case 'not-decodable':
      return `the file is not valid ${problem.encoding}; characters that could not be decoded were replaced`;
    case 'unreadable':
      return `the file could not be read (${problem.reason})`;
    case 'too-large':
      return `the file has ${Math.round(problem.bytes / 1e6)} MB and is not read`;
    default: {
      const never: never = problem;
      return never;
    }
  }
}
