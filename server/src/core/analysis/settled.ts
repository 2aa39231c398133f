import type { ReportedFinding } from '../model/finding.ts';
import { ruleById } from '../rules/index.ts';
import { toRunning } from '../text/mapped.ts';
import { readOutlineOf } from './project-state.ts';
import { statementsTold } from './told.ts';
import type { Owned } from './world.ts';

/** What a later statement made good, in this migration or in one behind it, is not said. */
export function withoutSettled(owned: Owned, findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  if (!findings.some(({ rule }) => ruleById(rule)?.settledBy !== undefined)) return findings;
  return findings.filter((finding) => !isSettled(owned, finding));
}

function isSettled({ state, migration }: Owned, { rule, args, span }: ReportedFinding): boolean {
  const settledBy = ruleById(rule)?.settledBy;
  if (settledBy === undefined) return false;
  const { mapped, statements } = readOutlineOf(state, migration);
  const at = toRunning(mapped, span.start);
  const statement = statements.findIndex((each) => each.span.start <= at && at < each.span.end);
  const mark = { file: migration.file, statement };
  return statementsTold(state, mark, 'behind', settledBy.words(args)).some(({ change }) =>
    settledBy.isBy(args, change),
  );
}
