import type { Files, MigrationTool } from '../migrations/tool.ts';
import type { Migration } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { FileContent } from '../model/text.ts';
import type { Step } from '../rules/rule.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { ReadStatement } from '../sql/script.ts';
import { readScript, type StatementMemo } from '../sql/script.ts';
import type { Script } from './slot.ts';
import { transactions } from './transactions.ts';

/** Scripts by file content, so that an unchanged file is never read twice. One per project configuration. */
export type ScriptMemo = WeakMap<FileContent, Script>;

export interface ScriptSource {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly dialect: Dialect;
  readonly files: Files;
  readonly statements: StatementMemo;
  readonly scripts: ScriptMemo;
}

const emptyFile = new Map<string, FileContent>();

/** Reads one migration; a file that is gone or is code reads as empty. */
export function scriptOf(source: ScriptSource, migration: Migration): Script {
  const content = source.files.get(migration.file) ?? missing(migration.file);
  const known = source.scripts.get(content);
  if (known !== undefined && known.migration.id === migration.id) return known;
  const script = read(source, migration, content);
  source.scripts.set(content, script);
  return script;
}

function missing(path: string): FileContent {
  const known = emptyFile.get(path);
  if (known !== undefined) return known;
  const content: FileContent = { path, text: '' };
  emptyFile.set(path, content);
  return content;
}

function read(source: ScriptSource, migration: Migration, content: FileContent): Script {
  const { project, tool, dialect, files } = source;
  const mapped = tool.text(project, migration, content);
  const statements = migration.language === 'sql' ? readScript(mapped, dialect, source.statements) : [];
  const texts = statements.map(({ id }) => id.text);
  const transactionRule = tool.transactionRule(project, migration, files, texts);
  const groups = transactions(transactionRule, statements);
  return { migration, content, mapped, statements, transactionRule, steps: stepsOf(migration, statements, groups) };
}

function stepsOf(
  migration: Migration,
  statements: readonly ReadStatement[],
  groups: readonly (number | undefined)[],
): readonly Step[] {
  return statements.flatMap((statement, statementIndex) =>
    statement.reading.changes.map((change, nth) => ({
      migration,
      statement: statement.id,
      reading: statement.reading,
      statementIndex,
      change,
      nth,
      transaction: groups[statementIndex],
    })),
  );
}
