import type { PastStatement } from '../plans/recipe.ts';
import type { SchemaChange } from '../schema/change.ts';
import { readStatements, type ScriptStatement } from '../sql/script.ts';
import { type ProjectState, readOutlineOf, readScriptOf } from './project-state.ts';

/** Where the statements asked for begin or end: a file, and the index of a statement in it. */
export interface Mark {
  readonly file: string;
  readonly statement: number;
}

/**
 * Statements before or behind a mark (without one: all), in the order in which they run, of files that hold one of the
 * words. Reading a script costs a tenth of a millisecond, and a history may have ten thousand.
 */
export function statementsTold(
  state: ProjectState,
  mark: Mark | undefined,
  side: 'before' | 'behind',
  words: readonly string[],
): readonly PastStatement[] {
  const { migrations } = state.sequence;
  const at = mark === undefined ? migrations.length : migrations.findIndex(({ file }) => file === mark.file);
  const range = side === 'before' ? migrations.slice(0, at + 1) : migrations.slice(Math.max(at, 0));
  const pattern = anyOf(words);
  return range.flatMap((migration) => {
    if (!pattern.test(readOutlineOf(state, migration).mapped.text)) return [];
    const isMarked = mark !== undefined && migration.file === mark.file;
    const isMeant = (index: number) =>
      !isMarked || (side === 'before' ? index < mark.statement : index > mark.statement);
    return readScriptOf(state, migration)
      .steps.filter(({ statementIndex }) => isMeant(statementIndex))
      .map(({ change, statement }) => ({ change, text: statement.text }));
  });
}

/**
 * What the statements behind a mark do that themselves hold one of the words. Of other files only these are read: a finding
 * that asks for its table is answered from hundreds of files.
 */
export function* changesBehind(state: ProjectState, mark: Mark, words: readonly string[]): Generator<SchemaChange> {
  const { migrations } = state.sequence;
  const pattern = anyOf(words);
  const from = Math.max(
    migrations.findIndex(({ file }) => file === mark.file),
    0,
  );
  for (let at = from; at < migrations.length; at += 1) {
    const migration = migrations[at];
    if (migration === undefined) continue;
    const { mapped, statements } = readOutlineOf(state, migration);
    if (!pattern.test(mapped.text)) continue;
    const isTold = ({ id }: ScriptStatement) => pattern.test(id.text);
    const told =
      migration.file === mark.file
        ? readScriptOf(state, migration)
            .statements.slice(mark.statement + 1)
            .filter(isTold)
        : readStatements(statements.filter(isTold), state.dialect);
    for (const { reading } of told) yield* reading.changes;
  }
}

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\w$])(?:${words.map(escaped).join('|')})(?![\\w$])`, 'i');
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
