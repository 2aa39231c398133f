import type { Files, MigrationTool, Timeline } from '../migrations/tool.ts';
import type { Finding } from '../model/finding.ts';
import type { BaseSnapshot, Migration, TargetSnapshot } from '../model/migration.ts';
import type { Project } from '../model/project.ts';
import type { FilePath } from '../model/text.ts';
import { rules as allRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { emptyCatalog } from '../schema/apply.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { Snapshot } from '../service.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { Environment } from './contexts.ts';
import type { Found } from './discovery.ts';
import { memoryKey, recall } from './memory/memory.ts';
import { newReplay, type Replay, realign, startFrom } from './replay.ts';
import { runningRules } from './run-rules.ts';
import { contentOf, newScriptMemo, outlineOf, type ScriptMemo, scriptOf, settingsFileOf } from './scripts.ts';
import { baseOf, type Sequence, sequence } from './sequence.ts';
import { sessionSettings } from './session.ts';
import type { Settings } from './settings.ts';
import { isOn } from './severity.ts';
import type { Outline, Planned, Script } from './slot.ts';

/** Everything the analysis keeps of one project between two snapshots. */
export interface ProjectState {
  readonly project: Project;
  readonly tool: MigrationTool;
  readonly settings: Settings;
  readonly dialect: Dialect;
  readonly timeline: Timeline;
  readonly base: BaseSnapshot;
  readonly targets: readonly TargetSnapshot[];
  readonly lintTarget: TargetSnapshot | undefined;
  readonly sequence: Sequence;
  readonly environment: Environment;
  /** Everything but migrations that a finding depends on, as text. */
  readonly conditions: string;
  readonly empty: Catalog;
  readonly replay: Replay;
  readonly scripts: ScriptMemo;
  /** Migration id -> place in the sequence. */
  readonly places: ReadonlyMap<string, number>;
  /** Findings about order by file, computed from names and texts on demand; forgotten when either changes. */
  order: ReadonlyMap<FilePath, readonly Finding[]> | undefined;
  files: Files;
  plan: readonly Planned[] | undefined;
  /** What an earlier process remembers of the project, until it has been used. */
  memory: readonly string[] | undefined;
}

export function projectState(
  found: Found,
  snapshot: Snapshot,
  dialects: ReadonlyMap<string, Dialect>,
  last: ProjectState | undefined,
): ProjectState {
  const { tool, settings } = found;
  const project = overridden(found.project, snapshot);
  const dialect = dialects.get(project.dialect.id) ?? unknownDialect(dialects);
  const isTimed = last !== undefined && last.project === project && last.files === snapshot.files;
  const timeline = isTimed ? last.timeline : tool.timeline(project, snapshot.files);
  const base = baseOf(snapshot.bases, project.locations[0]?.folder ?? project.root);
  const targets = snapshot.targets.get(project.name) ?? [];
  const lintTarget = chooseTarget(targets, snapshot.overrides?.lintTarget ?? settings.config.lintTarget);
  const order = sequence({ project, tool, timeline, base, targets, lintTarget, since: settings.config.base.since });
  const all = snapshot.all === true || order.unknownPast;
  const version = snapshot.overrides?.targetVersion ?? project.targetVersion ?? lintTarget?.serverVersion;
  const target = { version: version ?? dialect.versions.assumed, versionKnown: version !== undefined };
  const isRunning = (rule: Rule) => isOn(rule, settings.config);
  const rules = runningRules(isRunning, settings.config.rules.options);
  const session = sessionSettings(tool.sessionSql(project, timeline, snapshot.files), dialect);
  const completeFrom = firstComplete(tool, project, order.migrations);
  const conditions = JSON.stringify([
    dialect.id,
    dialect.reader === undefined,
    target,
    all,
    [...rules.options],
    allRules.filter((rule) => !isRunning(rule)).map(({ id }) => id),
    project,
    completeFrom,
    session,
  ]);
  const same = last !== undefined && last.conditions === conditions && sameOrder(last.sequence, order);
  const scripts: ScriptMemo = same ? last.scripts : newScriptMemo();
  const replay = same ? last.replay : newReplay();
  const byId = new Map(timeline.migrations.map((migration) => [migration.id, migration] as const));
  const places = new Map(order.migrations.map((migration, index) => [migration.id, index] as const));
  const state: ProjectState = {
    project,
    tool,
    settings,
    dialect,
    timeline,
    base,
    targets,
    lintTarget,
    sequence: order,
    replay,
    scripts,
    places,
    conditions,
    memory: replay.cursor > 0 ? undefined : snapshot.memories?.get(memoryKey(project)),
    empty: emptyCatalog({
      complete: project.completeFrom === undefined,
      semantics: dialect.semantics(target),
      existing: tool.historyTable(project),
    }),
    environment: {
      project,
      dialect,
      all,
      target,
      session,
      rules,
      completeFrom,
      isFrozen: (id) => order.frozen.has(id),
      scriptOf: (migration, isPassedBy) => scriptOf(state, migration, isPassedBy),
      migrationOf: (id) => byId.get(id),
    },
    files: snapshot.files,
    order: undefined,
    plan: undefined,
  };
  return state;
}

/** Id of the first migration that does not come before the version that schemaward.yaml names. */
function firstComplete(tool: MigrationTool, project: Project, inOrder: readonly Migration[]): string | undefined {
  const { completeFrom } = project;
  if (completeFrom === undefined) return undefined;
  return inOrder.find(
    (migration) => migration.version !== undefined && tool.precedes(project, migration, completeFrom) === false,
  )?.id;
}

export function readScriptOf(state: ProjectState, migration: Migration): Script {
  return scriptOf(state, migration);
}

/** Where the statements of a migration stand. */
export function readOutlineOf(state: ProjectState, migration: Migration): Outline {
  return outlineOf(state, migration);
}

/** What is to be replayed, in order. */
export function planOf(state: ProjectState): readonly Planned[] {
  if (state.plan !== undefined) return state.plan;
  const plan = state.sequence.migrations.map((migration) => planned(state, migration));
  const past = state.memory === undefined ? undefined : recall(state, plan, state.memory);
  state.memory = undefined;
  if (past !== undefined) startFrom(state.replay, past);
  realign(state.replay, plan);
  state.plan = plan;
  return plan;
}

export function planned(state: ProjectState, migration: Migration): Planned {
  const { files } = state;
  const lint = isLinted(state, migration);
  return { migration, content: contentOf(files, migration), settings: settingsFileOf(files, migration), lint };
}

export function isLinted({ environment, sequence: { frozen, outside } }: ProjectState, migration: Migration): boolean {
  return !outside.has(migration.id) && (environment.all || !frozen.has(migration.id));
}

function overridden(project: Project, { overrides }: Snapshot): Project {
  if (overrides?.dialect === undefined) return project;
  return { ...project, dialect: { id: overrides.dialect, guessed: false, because: 'it was set' } };
}

function unknownDialect(dialects: ReadonlyMap<string, Dialect>): Dialect {
  const [first] = dialects.values();
  if (first === undefined) throw new Error('no dialect is registered');
  const { reader, ...rest } = first;
  return rest;
}

function chooseTarget(targets: readonly TargetSnapshot[], wanted: string | undefined): TargetSnapshot | undefined {
  const known = targets.filter((target) => target.result.kind === 'rows');
  return known.find(({ name }) => name === wanted) ?? (wanted === undefined ? known[0] : undefined);
}

function sameOrder(a: Sequence, b: Sequence): boolean {
  return sameSet(a.frozen, b.frozen) && sameSet(a.outside, b.outside);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const each of a) if (!b.has(each)) return false;
  return true;
}
