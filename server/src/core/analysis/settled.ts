import type { ReportedFinding } from '../model/finding.ts';
import type { FileContent, FilePath } from '../model/text.ts';
import { ruleById } from '../rules/index.ts';
import type { SchemaChange } from '../schema/change.ts';
import { readStatements } from '../sql/script.ts';
import { splitScript } from '../sql/split.ts';
import { toRunning } from '../text/mapped.ts';
import { entrywise } from '../text/patched.ts';
import { type ProjectState, readOutlineOf } from './project-state.ts';
import { evolutionsDir } from './status.ts';
import { changesBehind } from './told.ts';
import type { Owned } from './world.ts';

/** What a later statement makes good, in this migration, in one behind it or in a draft of a plan, is not said. */
export function withoutSettled(owned: Owned, findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  if (!findings.some(({ rule }) => ruleById(rule)?.settledBy !== undefined)) return findings;
  const drafts = draftTexts(owned.state);
  return findings.filter((finding) => !isSettled(owned, finding, drafts));
}

function isSettled(
  { state, migration }: Owned,
  { rule, args, span }: ReportedFinding,
  drafts: readonly string[],
): boolean {
  const settledBy = ruleById(rule)?.settledBy;
  if (settledBy === undefined) return false;
  const { mapped, statements } = readOutlineOf(state, migration);
  const at = toRunning(mapped, span.start);
  const statement = statements.findIndex((each) => each.span.start <= at && at < each.span.end);
  const mark = { file: migration.file, statement };
  const words = settledBy.words(args);
  for (const change of changesBehind(state, mark, words)) if (settledBy.isBy(args, change)) return true;
  return drafted(state, drafts, words).some((change) => settledBy.isBy(args, change));
}

/** Contracts and scripts of plans that wait for their release. */
function draftTexts(state: ProjectState): readonly string[] {
  const folder = `${evolutionsDir(state)}/`;
  const drafts = draftsIn.get(folder) ?? entrywise((content, path) => draftAt(folder, path, content));
  draftsIn.set(folder, drafts);
  return [...drafts(state.files).values()];
}

/** By folder; of each map of files only what an edit changed is looked at. */
const draftsIn = new Map<string, (files: ReadonlyMap<FilePath, FileContent>) => ReadonlyMap<FilePath, string>>();

function draftAt(folder: string, path: FilePath, { text }: FileContent): string | undefined {
  return path.startsWith(folder) && path.endsWith('.sql') ? text : undefined;
}

/** What those do that hold one of the words. */
function drafted(
  { dialect }: ProjectState,
  drafts: readonly string[],
  words: readonly string[],
): readonly SchemaChange[] {
  return drafts
    .filter((text) => words.some((word) => text.includes(word)))
    .flatMap((text) => readStatements(splitScript(text, dialect.lexical), dialect))
    .flatMap(({ reading }) => reading.changes);
}
