import { relative } from 'node:path';
import type { HistoryRow, State, StateEntry } from '#core/model/migration.ts';
import type { FieldEvolutionStatus, Place, ProjectStatus, StatusReport, TargetStatus } from '#core/service.ts';

/** The document of `schemaward status --format json` (design: "`status` JSON"). Paths are relative to `cwd`, POSIX. */
export function statusJson({ projects, fieldEvolutions }: StatusReport, cwd: string, places: RangeOf) {
  return {
    schemaVersion: 1,
    projects: projects.map((project) => projectJson(project, cwd)),
    contracts: { evolutions: fieldEvolutions.map((each) => fieldJson(each, cwd, places)) },
  };
}

/** Offsets to lines and columns. */
interface RangeOf {
  range(place: Place): unknown;
}

function fieldJson({ path: _, file, place, ...evolution }: FieldEvolutionStatus, cwd: string, places: RangeOf) {
  return {
    ...evolution,
    file: posix(cwd, file),
    place: place === undefined ? undefined : { path: posix(cwd, place.path), range: places.range(place) },
  };
}

function projectJson({ project, targets, evolutions }: ProjectStatus, cwd: string) {
  return {
    name: project.name,
    tool: project.tool,
    targets: targets.map(({ name, kind, role, reachable, problem, asOf }) => ({
      name,
      kind,
      role,
      reachable,
      problem,
      asOf,
    })),
    migrations: migrationsJson(targets, cwd),
    evolutions: evolutions.map(({ ref, table, phase, next, due, files }) => ({
      ...ref,
      table,
      phase,
      next,
      due,
      files: files.map((file) => ({ ...file, path: posix(cwd, file.path) })),
    })),
  };
}

/** One entry per line of the tool's info, with the state on every target that has it. */
function migrationsJson(targets: readonly TargetStatus[], cwd: string) {
  const known = new Map<string, { entry: StateEntry; states: Record<string, unknown> }>();
  for (const target of targets) {
    for (const entry of target.entries) {
      const key = [entry.id, entry.kind, target.kind === 'git' ? '' : (entry.rank ?? '')].join('\0');
      const shared =
        target.kind === 'git'
          ? [...known.keys()].find((each) => each.startsWith(`${entry.id}\0${entry.kind}\0`))
          : undefined;
      const found = known.get(shared ?? key) ?? { entry, states: {} };
      found.states[target.name] = stateJson(entry);
      known.set(shared ?? key, found);
    }
  }
  return [...known.values()].map(({ entry, states }) => ({
    id: entry.id,
    kind: entry.kind,
    version: entry.version,
    description: entry.description,
    path: entry.file === undefined ? undefined : posix(cwd, entry.file),
    checksum: entry.checksum,
    states,
  }));
}

function stateJson({
  state,
  toolState,
  type,
  checksum,
  installedOn,
  installedBy,
  executionTime,
  rank,
  changed,
}: StateEntry) {
  return {
    state,
    toolState,
    type,
    checksum,
    installedOn,
    installedBy,
    executionTime,
    rank,
    changed: changed || undefined,
  };
}

/** Rows of a history out of such a document, or out of Flyway's own `info -outputType=json`. `undefined`: not in it. */
export function rowsFromStatus(text: string, project: string): readonly HistoryRow[] | undefined {
  const parsed = JSON.parse(text) as { schemaVersion?: unknown; projects?: unknown; migrations?: unknown };
  if (Array.isArray(parsed.projects)) return fromOwn(parsed.projects as readonly OwnProject[], project);
  return Array.isArray(parsed.migrations)
    ? fromFlyway(parsed.migrations as readonly Readonly<Record<string, unknown>>[])
    : undefined;
}

interface OwnProject {
  readonly name: string;
  readonly targets: readonly { readonly name: string; readonly kind: string }[];
  readonly migrations: readonly {
    readonly id: string;
    readonly version?: string;
    readonly description: string;
    readonly states: Readonly<Record<string, OwnState>>;
  }[];
}

interface OwnState {
  readonly state: State;
  readonly type: string;
  readonly checksum?: number | string;
  readonly installedOn?: string;
  readonly installedBy?: string;
  readonly executionTime?: number;
  readonly rank?: number;
}

function fromOwn(projects: readonly OwnProject[], name: string): readonly HistoryRow[] | undefined {
  const project = projects.find((each) => each.name === name);
  const target = project?.targets.find(({ kind }) => kind !== 'git');
  if (project === undefined || target === undefined) return undefined;
  const rows = project.migrations.flatMap((migration) => {
    const state = migration.states[target.name];
    if (state?.rank === undefined) return [];
    return [row(migration.id, migration.version, migration.description, state)];
  });
  return rows.sort((a, b) => a.rank - b.rank);
}

function row(script: string, version: string | undefined, description: string, state: OwnState): HistoryRow {
  return {
    rank: state.rank ?? 0,
    ...(version === undefined ? {} : { version }),
    description,
    type: state.type,
    script,
    ...(state.checksum === undefined ? {} : { checksum: state.checksum }),
    installedBy: state.installedBy ?? '',
    installedOn: state.installedOn ?? '',
    executionTime: state.executionTime ?? 0,
    success: !state.state.startsWith('failed'),
  };
}

/** `flyway info -outputType=json` gives no rank and no checksum: the order of the list is the order of installation. */
function fromFlyway(migrations: readonly Readonly<Record<string, unknown>>[]): readonly HistoryRow[] {
  const applied = migrations.filter(
    ({ installedOnUTC }) => typeof installedOnUTC === 'string' && installedOnUTC !== '',
  );
  return applied.map((migration, index) => {
    const text = (key: string) => (typeof migration[key] === 'string' ? String(migration[key]) : '');
    const script = text('filepath').replaceAll('\\', '/');
    const version = text('rawVersion') || text('version');
    return {
      rank: index + 1,
      ...(version === '' ? {} : { version }),
      description: text('description'),
      type: text('type'),
      script: script.slice(script.lastIndexOf('/') + 1),
      installedBy: text('installedBy'),
      installedOn: text('installedOnUTC'),
      executionTime: Number(migration.executionTime ?? 0),
      success: !text('state').startsWith('Failed'),
    };
  });
}

export function posix(cwd: string, path: string): string {
  if (path.startsWith(`${cwd}/`)) return path.slice(cwd.length + 1);
  const found = relative(cwd, path).replaceAll('\\', '/');
  return found === '' ? '.' : found;
}
