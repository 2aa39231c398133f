import type { Files, MigrationTool } from '../migrations/tool.ts';
import type { Migration } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { FileContent } from '../model/text.ts';
import type { Step } from '../rules/rule.ts';
import type { Dialect } from '../sql/dialect.ts';
import { type ReadStatement, readStatements } from '../sql/script.ts';
import { splitScript, statementsAt } from '../sql/split.ts';
import type { Outline, Script } from './slot.ts';
import { transactions } from './transactions.ts';

/**
 * What was read of a project's files. Outlines are kept as long as their text; scripts weigh twenty times their text,
 * so only the latest ones are, and reading one again costs a tenth of a millisecond.
 */
export interface ScriptMemo {
  readonly outlines: WeakMap<FileContent, Outline>;
  /** By migration. */
  readonly scripts: Map<string, Remembered>;
  /** Migrations that a replay read on its way, in its order. */
  readonly passed: string[];
}

interface Remembered {
  readonly script: Script;
  readonly settings: FileContent | undefined;
}

/**
 * Scripts that are kept: of those that a replay has come by for the first time, which nobody may ever ask for again, so few that V8
 * finds them dead before it has moved them to the old.
 */
const latest = { asked: 32, passed: 4 };

export function newScriptMemo(): ScriptMemo {
  return { outlines: new WeakMap(), scripts: new Map(), passed: [] };
}

export interface ScriptSource {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly dialect: Dialect;
  readonly files: Files;
  readonly scripts: ScriptMemo;
}

const emptyFile = new Map<string, FileContent>();

/** The text of a migration; a file that is gone reads as empty. */
export function contentOf(files: Files, { file }: Migration): FileContent {
  return files.get(file) ?? missing(file);
}

/** The text of a migration's script configuration. */
export function settingsFileOf(files: Files, { configFile }: Migration): FileContent | undefined {
  return configFile === undefined ? undefined : files.get(configFile);
}

/** The outline of a migration whose statements an earlier run split. */
export function adoptOutline(source: ScriptSource, migration: Migration, places: readonly number[]): void {
  const { project, tool, files } = source;
  const { outlines } = source.scripts;
  const content = contentOf(files, migration);
  if (outlines.has(content)) return;
  const mapped = tool.text(project, migration, content);
  outlines.set(content, { migration, content, mapped, statements: statementsAt(mapped.text, places) });
}

/** Splits one migration into its statements; a file that is code has none. */
export function outlineOf(source: ScriptSource, migration: Migration): Outline {
  const { project, tool, dialect, files } = source;
  const { outlines } = source.scripts;
  const content = contentOf(files, migration);
  const known = outlines.get(content);
  const isSame = known?.migration.id === migration.id && known.migration.literal === migration.literal;
  if (known !== undefined && isSame) return known;
  const mapped = tool.text(project, migration, content);
  const last = source.scripts.scripts.get(migration.id)?.script;
  const before = last === undefined ? undefined : { text: last.mapped.text, statements: last.statements };
  const statements = migration.language === 'sql' ? splitScript(mapped.text, dialect.lexical, before) : [];
  const outline = { migration, content, mapped, statements };
  outlines.set(content, outline);
  return outline;
}

/** Reads one migration. */
export function scriptOf(source: ScriptSource, migration: Migration, isPassedBy = false): Script {
  const { files } = source;
  const { scripts, passed } = source.scripts;
  const content = contentOf(files, migration);
  const settings = settingsFileOf(files, migration);
  const known = scripts.get(migration.id);
  const isKnown = known?.script.content === content && known.settings === settings;
  const script = isKnown ? known.script : read(source, migration, known?.script);
  // The latest one stands last.
  scripts.delete(migration.id);
  scripts.set(migration.id, { script, settings });
  const [oldest] = scripts.keys();
  if (scripts.size > latest.asked && oldest !== undefined) scripts.delete(oldest);
  if (isPassedBy) passed.push(migration.id);
  else if (passed.includes(migration.id)) passed.splice(passed.indexOf(migration.id), 1);
  if (passed.length > latest.passed) scripts.delete(passed.shift() ?? '');
  return script;
}

function missing(path: string): FileContent {
  const known = emptyFile.get(path);
  if (known !== undefined) return known;
  const content: FileContent = { path, text: '' };
  emptyFile.set(path, content);
  return content;
}

function read(source: ScriptSource, migration: Migration, before: Script | undefined): Script {
  const { project, tool, dialect, files } = source;
  const outline = outlineOf(source, migration);
  const statements = readStatements(outline.statements, dialect, before?.statements);
  const texts = statements.map(({ id }) => id.text);
  const transactionRule = tool.transactionRule(project, migration, files, texts);
  const groups = transactions(transactionRule, statements);
  const steps = stepsOf(migration, statements, groups, before?.steps);
  return { ...outline, migration, statements, transactionRule, steps };
}

/** A step of a statement that stands where the same one stood `before` is that one. */
function stepsOf(
  migration: Migration,
  statements: readonly ReadStatement[],
  groups: readonly (number | undefined)[],
  before: readonly Step[] = [],
): readonly Step[] {
  const steps: Step[] = [];
  let at = 0;
  // Counted by hand, here and in `judge`: each pair of `entries()` would be an object, at every keystroke.
  let statementIndex = -1;
  for (const { id: statement, reading } of statements) {
    statementIndex += 1;
    const transaction = groups[statementIndex];
    while ((before[at]?.statementIndex ?? statementIndex) < statementIndex) at += 1;
    const first = before[at];
    const isSame =
      first?.statementIndex === statementIndex &&
      first.statement === statement &&
      first.reading === reading &&
      first.transaction === transaction &&
      first.migration === migration;
    let nth = 0;
    for (const change of reading.changes) {
      const old = isSame ? before[at + nth] : undefined;
      steps.push(old ?? { migration, statement, reading, statementIndex, change, nth, transaction });
      nth += 1;
    }
  }
  return steps;
}
