import type { ReportedFinding, Severity } from '../model/finding.ts';
import type { Migration, StateEntry, TargetSnapshot } from '../model/migration.ts';
import type { FilePath } from '../model/text.ts';
import { readEvolutions } from '../plans/evolutions.ts';
import type { ProjectStatus, StatusReport, TargetStatus } from '../service.ts';
import { fieldEvolutions } from './contracts/evolutions.ts';
import type { ProjectState } from './project-state.ts';
import { gravity } from './severity.ts';
import type { World } from './world.ts';

/** States of every migration on every target; without a database, what is new since the base branch is pending. */
export function statusOf(world: World, worst: (path: FilePath) => Severity | undefined): StatusReport {
  return {
    projects: world.projects
      .filter(({ project }) => project.tool !== 'none')
      .map((state) => projectStatus(world, state, worst)),
    fieldEvolutions: world.contracts.flatMap((state) => fieldEvolutions(world, state)),
  };
}

function projectStatus(
  world: World,
  state: ProjectState,
  worst: (path: FilePath) => Severity | undefined,
): ProjectStatus {
  const targets = [...state.targets.map((target) => databaseStatus(world, state, target)), gitStatus(world, state)];
  const lint = targets.find(({ name }) => name === state.lintTarget?.name) ?? targets.at(-1);
  return {
    project: state.project,
    dialectName: state.dialect.displayName,
    targets: targets.map((target) => ({ ...target, entries: target.entries.map((entry) => withWorst(entry, worst)) })),
    evolutions: readEvolutions({
      project: state.project,
      files: world.snapshot.files,
      evolutionsDir: evolutionsDir(state),
      migrations: [...state.timeline.migrations, ...state.timeline.others],
      entries: lint?.entries ?? [],
    }),
  };
}

export function evolutionsDir({ project, settings }: ProjectState): FilePath {
  return `${project.root}/${settings.config.evolutions.dir}`;
}

function withWorst(entry: StateEntry, worst: (path: FilePath) => Severity | undefined) {
  const severity = entry.file === undefined ? undefined : worst(entry.file);
  return severity === undefined ? entry : { ...entry, worst: severity };
}

function databaseStatus(world: World, state: ProjectState, target: TargetSnapshot): TargetStatus {
  const { project, tool, timeline } = state;
  const { result, name, kind, asOf, role } = target;
  const common = { name, kind, asOf, ...(role === undefined ? {} : { role }) };
  switch (result.kind) {
    case 'rows':
      return { ...common, reachable: true, entries: tool.states(project, timeline, world.snapshot.files, result.rows) };
    case 'no-table': {
      const problem = `${result.table} does not exist there: no migration has run, or they run in another schema.`;
      const entries = tool.states(project, timeline, world.snapshot.files, [], result.inUse);
      return { ...common, reachable: true, problem, entries };
    }
    case 'not-connected':
      return { ...common, reachable: false, problem: 'Not connected.', entries: [] };
    case 'failed':
      return { ...common, reachable: false, problem: result.reason, entries: [] };
    default: {
      const never: never = result;
      return never;
    }
  }
}

function gitStatus(world: World, state: ProjectState): TargetStatus {
  const { base, timeline } = state;
  const problem = baseProblem(state);
  return {
    name: base.ref ?? 'no base branch',
    kind: 'git',
    reachable: base.ref !== undefined,
    asOf: world.snapshot.now,
    ...(problem === undefined ? {} : { problem }),
    entries: timeline.migrations.map((migration) => gitEntry(state, migration)),
  };
}

function gitEntry({ base }: ProjectState, migration: Migration): StateEntry {
  const { id, kind, file, version, description } = migration;
  const onBase = base.mergeBase.has(file);
  const changed = onBase && base.changed.has(file) && kind !== 'repeatable';
  const rerun = onBase && base.changed.has(file) && kind === 'repeatable';
  return {
    id,
    kind,
    file,
    description,
    changed,
    state: onBase && !rerun ? 'on-base' : 'pending',
    toolState: onBase && !rerun ? `on ${base.ref}` : 'new',
    type: migration.language === 'sql' ? 'SQL' : 'CODE',
    ...(version === undefined ? {} : { version }),
  };
}

function baseProblem({ base }: ProjectState): string | undefined {
  switch (base.problem) {
    case undefined:
      return undefined;
    case 'no-git':
      return 'There is no git repository here, so every migration counts as new.';
    case 'untrusted':
      return 'This workspace is not trusted, so git is not asked what is new.';
    case 'ignored':
      return 'Git ignores this folder, so every migration counts as new.';
    case 'unborn':
      return 'The repository has no commit yet, so every migration is new.';
    case 'no-base':
      return 'No base branch was found: set base.ref in schemaward.yaml.';
    case 'shallow':
      return 'This is a shallow clone without the merge base: fetch more history to see what is new.';
    default: {
      const never: never = base.problem;
      return never;
    }
  }
}

export function worstOf(findings: readonly ReportedFinding[]): Severity | undefined {
  let worst: Severity | undefined;
  for (const { severity } of findings) if (worst === undefined || gravity[severity] > gravity[worst]) worst = severity;
  return worst;
}
