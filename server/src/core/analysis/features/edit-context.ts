import type { ReportedFinding } from '../../model/finding.ts';
import type { FilePath, Span } from '../../model/text.ts';
import type { EditContext } from '../../rules/fix.ts';
import type { ChangeContext } from '../../rules/rule.ts';
import type { ReadStatement } from '../../sql/script.ts';
import { toRunning } from '../../text/mapped.ts';
import { nowhere } from '../../text/nowhere.ts';
import type { ProjectState } from '../project-state.ts';
import { statementsTold } from '../told.ts';
import type { World } from '../world.ts';
import { changesOf, type Opened, open } from './cursor.ts';
import { styleOf } from './style.ts';

/** What a fix or a scaffold for a finding may use. */
export function editContext(world: World, path: FilePath, finding: ReportedFinding): EditContext | undefined {
  const opened = open(world, path);
  if (opened === undefined) return fileContext(world, path);
  const at = toRunning(opened.script.mapped, finding.span.start);
  const statement =
    opened.script.statements.find(({ span }) => span.start <= at && at < Math.max(span.end, span.start + 1)) ??
    opened.script.statements[0];
  if (statement === undefined) return fileContext(world, path);
  const changes = changesOf(opened, statement);
  const relative = at - statement.span.start;
  const change =
    changes.find(({ step }) => step.change.span.start <= relative && relative < step.change.span.end) ?? changes[0];
  return contextOf(world, opened, statement, change);
}

function contextOf(
  world: World,
  opened: Opened,
  statement: ReadStatement,
  change: ChangeContext | undefined,
): EditContext {
  const { state, migration, script } = opened;
  return {
    ...common(world, state, migration.file),
    file: script.content,
    mapped: script.mapped,
    statements: script.statements,
    statement,
    change,
    later: laterThan(opened, statement),
  };
}

/** The statements that stand on a line, each with its change there: for `--from path:line`. */
export function editContextsOn(world: World, opened: Opened, line: Span): readonly EditContext[] {
  const at = { start: toRunning(opened.script.mapped, line.start), end: toRunning(opened.script.mapped, line.end) };
  return opened.script.statements
    .filter(({ span }) => span.start < at.end && at.start < span.end)
    .map((statement) => {
      const changes = changesOf(opened, statement);
      const start = at.start - statement.span.start;
      const change = changes.find(({ step }) => start < step.change.span.end) ?? changes.at(-1);
      return contextOf(world, opened, statement, change);
    });
}

function laterThan({ state, script, migration }: Opened, statement: ReadStatement): EditContext['later'] {
  const mark = { file: migration.file, statement: script.statements.indexOf(statement) };
  return (words) => statementsTold(state, mark, 'behind', words).map(({ change }) => change);
}

/** For findings about a file's name, where no statement matters. */
function fileContext(world: World, path: FilePath): EditContext | undefined {
  const content = world.snapshot.files.get(path);
  const state =
    world.byFile.get(path)?.state ??
    world.projects.find(({ project }) => project.locations.some(({ folder }) => path.startsWith(`${folder}/`)));
  if (content === undefined || state === undefined) return undefined;
  const statement = {
    id: { text: '', nth: 0 },
    span: nowhere,
    full: nowhere,
    kind: 'sql',
    reading: { changes: [], reads: [], verb: '' },
  } as const;
  return {
    ...common(world, state, path),
    file: content,
    mapped: { text: content.text, substitutions: [] },
    statements: [],
    statement,
    change: undefined,
    later: () => [],
  };
}

function common(world: World, state: ProjectState, path: FilePath) {
  const { project, tool, timeline, sequence } = state;
  const { files, now } = world.snapshot;
  const taken = [...files.keys()];
  return {
    project,
    tool,
    timeline,
    files,
    now,
    isFrozen: (file: FilePath) => isFrozenFile(state, sequence.frozen, file),
    newFile: (wanted: Parameters<EditContext['newFile']>[0]) => tool.newFile(project, timeline, wanted, now, taken),
    ...styleOf(state, path),
  };
}

export function isFrozenFile(state: ProjectState, frozen: ReadonlySet<string>, file: FilePath): boolean {
  return [...state.timeline.migrations, ...state.timeline.others].some(
    (migration) => migration.file === file && frozen.has(migration.id),
  );
}
