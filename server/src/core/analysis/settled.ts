import type { ReportedFinding } from '../model/finding.ts';
import { ruleById } from '../rules/index.ts';
import type { SchemaChange } from '../schema/change.ts';
import { readStatements } from '../sql/script.ts';
import { splitScript } from '../sql/split.ts';
import { toRunning } from '../text/mapped.ts';
import { type ProjectState, readOutlineOf } from './project-state.ts';
import { evolutionsDir } from './status.ts';
import { statementsTold } from './told.ts';
import type { Owned } from './world.ts';

/** What a later statement makes good, in this migration, in one behind it or in a draft of a plan, is not said. */
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
  const words = settledBy.words(args);
  const later = statementsTold(state, mark, 'behind', words).map(({ change }) => change);
  return [later, drafted(state, words)].some((changes) => changes.some((change) => settledBy.isBy(args, change)));
}

/** What the contracts and scripts of plans do that wait for their release. */
function drafted(state: ProjectState, words: readonly string[]): readonly SchemaChange[] {
  const { dialect, files } = state;
  const folder = `${evolutionsDir(state)}/`;
  return [...files].flatMap(([path, { text }]) =>
    path.startsWith(folder) && path.endsWith('.sql') && words.some((word) => text.includes(word))
      ? readStatements(splitScript(text, dialect.lexical), dialect, undefined).flatMap(({ reading }) => reading.changes)
      : [],
  );
}
