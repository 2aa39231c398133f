import type { FilePath } from '../model/text.ts';
import type { FileInfo } from '../service.ts';
import type { Dialect } from '../sql/dialect.ts';
import { notExamined, problemWords } from './not-examined.ts';
import { readScriptOf } from './project-state.ts';
import type { World } from './world.ts';

/** What one file is to us, in a line: "Flyway version 12, in one transaction, new"; the dialect is told beside it. */
export function fileInfoOf(world: World, path: FilePath): FileInfo {
  const owned = world.byFile.get(path);
  if (owned === undefined) return { frozen: false, words: '', notExamined: [] };
  const { state, migration } = owned;
  const { project, dialect, tool, sequence } = state;
  const script = readScriptOf(state, migration);
  const { problem } = script.content;
  const why = sequence.frozenWhy(migration);
  const dialectName = dialect.displayName + (project.dialect.guessed ? ' (guessed)' : '');
  const place = migration.version === undefined ? migration.kind : `version ${migration.version}`;
  return {
    project,
    migration,
    dialectName,
    frozen: sequence.frozen.has(migration.id),
    ...(why === undefined ? {} : { frozenWhy: why }),
    words: [`${tool.displayName} ${place}`, script.transactionRule.why, why ?? 'new'].join(', '),
    notExamined: [
      ...unread(dialect),
      ...(problem === undefined ? [] : [problemWords(problem)]),
      ...notExamined(dialect, script),
    ],
  };
}

/** A dialect without a reader: said of the file in front, as the notice says it of the project. */
function unread({ reader, displayName }: Dialect): readonly string[] {
  return reader === undefined ? [`statements of ${displayName}, only their order, names and states`] : [];
}
