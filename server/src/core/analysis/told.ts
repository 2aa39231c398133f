import type { PastStatement } from '../plans/recipe.ts';
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
  const pattern = new RegExp(`(?<![\\w$])(?:${words.map(escaped).join('|')})(?![\\w$])`, 'i');
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

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
