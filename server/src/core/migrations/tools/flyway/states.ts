import type { HistoryRow, Migration, State, StateEntry } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { Files, Timeline } from '../../tool.ts';
import { checksumOf, matchesChecksum } from './checksums.ts';
import { differenceOf, typeOf } from './differences.ts';
import { type FlywayOptions, optionsOf } from './options.ts';
import { compareText, versionOf } from './timeline.ts';
import { compareVersions, type FlywayVersion } from './version.ts';

/**
 * `flyway info`: MigrationInfoServiceImpl and MigrationInfoImpl of Flyway 9 to 13, line for line. Undo rows, which the
 * community edition refuses to read, follow the documented rules.
 */
export function states(
  project: Project,
  timeline: Timeline,
  files: Files,
  rows: readonly HistoryRow[],
  inUse = false,
): readonly StateEntry[] {
  const options = optionsOf(project);
  // Since Flyway 12 or 13 `info` shows what `migrate` would make of such a schema: a baseline first.
  const presumed = inUse && options.baselineOnMigrate ? versionOf(options.baselineVersion) : undefined;
  const history = readHistory(rows, presumed);
  const resolved = timeline.migrations;
  const lists = match(project, resolved, files, history);
  const context = contextOf(options, resolved, history, lists);
  const entries = [
    ...history.rows
      .filter(({ row }) => !(row.type === 'DELETE' && row.version !== undefined))
      .map((applied) => appliedEntry(project, files, applied, lists.rowFile.get(applied), context)),
    ...lists.pending.map((migration) => pendingEntry(project, files, migration, context)),
    ...undoEntries(timeline.others, history),
  ];
  return entries.sort((a, b) => compareEntries(a, b));
}

interface Applied {
  readonly row: HistoryRow;
  readonly version: FlywayVersion | undefined;
  deleted: boolean;
  undone: boolean;
  outOfOrder: boolean;
}

interface History {
  readonly rows: readonly Applied[];
  readonly baseline: FlywayVersion | undefined;
  readonly lastApplied: FlywayVersion | undefined;
  /** Newest row of each repeatable. */
  readonly latest: ReadonlyMap<string, Applied>;
}

const baselineTypes: ReadonlySet<string> = new Set([
  'BASELINE',
  'SQL_BASELINE',
  'JDBC_BASELINE',
  'SCRIPT_BASELINE',
  'SQL_STATE_SCRIPT',
]);

function readHistory(rows: readonly HistoryRow[], presumed: FlywayVersion | undefined): History {
  const all = [...rows]
    .sort((a, b) => a.rank - b.rank)
    .map(
      (row): Applied => ({ row, version: versionOf(row.version), deleted: false, undone: false, outOfOrder: false }),
    );
  let baseline = presumed;
  for (const [index, each] of all.entries()) {
    const { row, version } = each;
    if (
      version !== undefined &&
      baselineTypes.has(row.type) &&
      (baseline === undefined || compareVersions(version, baseline) > 0)
    )
      baseline = version;
    if (row.success && row.type === 'DELETE')
      markNewest(all, index, each, (found) => {
        found.deleted = true;
      });
    if (row.success && row.type.startsWith('UNDO'))
      markNewest(all, index, each, (found) => {
        found.undone = true;
      });
  }
  let lastApplied = presumed;
  for (const each of all) {
    const { row, version } = each;
    if (version === undefined || row.type === 'DELETE' || row.type.startsWith('UNDO')) continue;
    if (lastApplied !== undefined && compareVersions(version, lastApplied) <= 0) each.outOfOrder = true;
    else if (!each.deleted && !each.undone) lastApplied = version;
  }
  const latest = new Map<string, Applied>();
  for (const each of all)
    if (each.version === undefined && each.row.type !== 'SCHEMA' && each.row.type !== 'DELETE')
      latest.set(each.row.description, each);
  return { rows: all, baseline, lastApplied, latest };
}

/** The newest earlier row of the same version (or repeatable) that is neither synthetic nor marked already. */
function markNewest(all: readonly Applied[], before: number, marker: Applied, mark: (found: Applied) => void): void {
  for (let index = before - 1; index >= 0; index -= 1) {
    const each = all[index];
    if (
      each === undefined ||
      isSynthetic(each.row.type) ||
      each.row.type.startsWith('UNDO') ||
      each.deleted ||
      each.undone
    )
      continue;
    const same =
      marker.version === undefined
        ? each.version === undefined && each.row.description === marker.row.description
        : each.version !== undefined && compareVersions(each.version, marker.version) === 0;
    if (same) return mark(each);
  }
}

function isSynthetic(type: string): boolean {
  return type === 'SCHEMA' || type === 'BASELINE' || type === 'DELETE';
}

interface Lists {
  readonly rowFile: ReadonlyMap<Applied, Migration>;
  readonly pending: readonly Migration[];
}

function match(project: Project, resolved: readonly Migration[], files: Files, history: History): Lists {
  const rowFile = new Map<Applied, Migration>();
  const live = new Set<Migration>();
  const byVersion = new Map<string, Migration>();
  const repeatables = new Map<string, Migration>();
  for (const migration of resolved) {
    const version = versionOf(migration.version);
    if (version === undefined) repeatables.set(cut(migration.description), migration);
    else byVersion.set(`${typeOf(migration)} ${version.parts.join('.')}`, migration);
  }
  for (const each of history.rows) {
    const { row, version } = each;
    if (isSynthetic(row.type) || row.type.startsWith('UNDO')) continue;
    const found =
      version === undefined
        ? repeatables.get(row.description)
        : byVersion.get(`${row.type} ${version.parts.join('.')}`);
    if (found === undefined) continue;
    rowFile.set(each, found);
    if (version !== undefined && !each.deleted && !each.undone) live.add(found);
  }
  const pending = resolved.filter((migration) => {
    if (migration.kind !== 'repeatable') return !live.has(migration);
    const latest = history.latest.get(migration.description);
    return latest === undefined || latest.deleted || !matchesChecksum(project, migration, files, latest.row.checksum);
  });
  return { rowFile, pending };
}

/** Descriptions of over 200 characters are cut in the history; a repeatable then never finds its row. */
function cut(description: string): string {
  return description;
}

interface Context {
  readonly options: FlywayOptions;
  readonly history: History;
  readonly lastResolved: FlywayVersion | undefined;
  readonly lastApplied: FlywayVersion | undefined;
  readonly pendingBaseline: FlywayVersion | undefined;
  readonly target: FlywayVersion | undefined;
}

function contextOf(
  options: FlywayOptions,
  resolved: readonly Migration[],
  history: History,
  { pending }: Lists,
): Context {
  const lastResolved = highest(resolved.filter(({ kind }) => kind !== 'repeatable'));
  const pendingBaseline = highest(pending.filter(({ kind }) => kind === 'baseline'));
  const context = {
    options,
    history,
    lastResolved,
    lastApplied: history.lastApplied,
    pendingBaseline,
    target: undefined,
  };
  const target = targetVersion(options.target, history.lastApplied, () =>
    pending.find((migration) => migration.version !== undefined && pendingState(migration, context) === 'pending'),
  );
  return { ...context, target };
}

function highest(migrations: readonly Migration[]): FlywayVersion | undefined {
  let best: FlywayVersion | undefined;
  for (const { version } of migrations) {
    const parsed = versionOf(version);
    if (parsed !== undefined && (best === undefined || compareVersions(parsed, best) > 0)) best = parsed;
  }
  return best;
}

/** Where nothing has run, everything is above `current`. */
const belowAll: FlywayVersion = { parts: [-(2n ** 256n)], display: '' };

function targetVersion(
  target: string,
  lastApplied: FlywayVersion | undefined,
  firstPending: () => Migration | undefined,
): FlywayVersion | undefined {
  const word = target.toLowerCase();
  if (word === '' || word === 'latest') return undefined;
  if (word === 'current') return lastApplied ?? belowAll;
  if (word === 'next') return versionOf(firstPending()?.version);
  return versionOf(target.replace(/\?$/, ''));
}

/** State of what has a file and has not run; the first rule that holds. A baseline that came too late is ignored. */
function pendingState(migration: Migration, context: Context): State {
  const version = versionOf(migration.version);
  if (version === undefined) return 'pending';
  const { history, lastApplied, pendingBaseline } = context;
  const state = versionedState(version, migration, context);
  const isNext =
    lastApplied === undefined && pendingBaseline !== undefined && compareVersions(version, pendingBaseline) === 0;
  const tooLate =
    migration.kind === 'baseline' && !isNext && (history.rows.length > 0 || history.baseline !== undefined);
  return state === 'pending' && tooLate ? 'ignored' : state;
}

function versionedState(version: FlywayVersion, migration: Migration, context: Context): State {
  const { options, history, lastApplied, pendingBaseline, target } = context;
  const baseline = lastApplied === undefined ? pendingBaseline : history.baseline;
  if (baseline !== undefined) {
    const order = compareVersions(version, baseline);
    if (order < 0) return 'below-baseline';
    if (order === 0) return migration.kind === 'baseline' && lastApplied === undefined ? 'pending' : 'baseline-ignored';
  }
  if (target !== undefined && compareVersions(version, target) > 0) return 'above-target';
  if (lastApplied !== undefined && compareVersions(version, lastApplied) < 0 && !options.outOfOrder) return 'ignored';
  return 'pending';
}

function pendingEntry(project: Project, files: Files, migration: Migration, context: Context): StateEntry {
  const content = files.get(migration.file);
  const checksum = content === undefined ? undefined : checksumOf(project, migration, content.text);
  const state = pendingState(migration, context);
  return {
    id: migration.id,
    kind: migration.kind,
    file: migration.file,
    description: migration.description,
    state,
    toolState: words[state],
    type: typeOf(migration),
    changed: false,
    ...(migration.version === undefined ? {} : { version: migration.version }),
    ...(checksum === undefined ? {} : { checksum }),
  };
}

function appliedState(
  applied: Applied,
  file: Migration | undefined,
  project: Project,
  files: Files,
  { history, lastResolved }: Context,
): State {
  const { row, version, deleted, undone, outOfOrder } = applied;
  if (undone) return 'undone';
  if (deleted) return 'deleted';
  if (row.type === 'DELETE' || row.type.startsWith('UNDO')) return 'applied';
  if (row.type === 'BASELINE') return 'baseline';
  if (baselineTypes.has(row.type) && !row.success) return 'failed';
  const isLatest = version !== undefined || history.latest.get(row.description) === applied;
  if (file === undefined && isLatest) {
    if (row.type === 'SCHEMA') return 'applied';
    if (version === undefined || (lastResolved !== undefined && compareVersions(version, lastResolved) < 0))
      return row.success ? 'missing' : 'failed-missing';
    return row.success ? 'future' : 'failed-future';
  }
  if (!row.success) return 'failed';
  if (baselineTypes.has(row.type)) return 'baseline';
  if (version === undefined) {
    if (row.type === 'SCHEMA') return 'applied';
    if (!isLatest) return 'superseded';
    return file === undefined || matchesChecksum(project, file, files, row.checksum) ? 'applied' : 'outdated';
  }
  return outOfOrder ? 'out-of-order' : 'applied';
}

function appliedEntry(
  project: Project,
  files: Files,
  applied: Applied,
  file: Migration | undefined,
  context: Context,
): StateEntry {
  const { row } = applied;
  const state = appliedState(applied, file, project, files, context);
  const isVersioned = row.version !== undefined;
  const isLive = state !== 'deleted' && state !== 'undone';
  return {
    id: file?.id ?? row.script,
    kind:
      file?.kind ??
      (baselineTypes.has(row.type)
        ? 'baseline'
        : row.type.startsWith('UNDO')
          ? 'undo'
          : isVersioned
            ? 'versioned'
            : 'repeatable'),
    description: row.description,
    state,
    toolState: words[state],
    type: row.type,
    rank: row.rank,
    installedOn: row.installedOn,
    installedBy: row.installedBy,
    executionTime: row.executionTime,
    changed:
      isLive &&
      row.success &&
      file !== undefined &&
      isAbove(applied.version, context.history.baseline) &&
      differenceOf(project, file, files, row) !== undefined,
    ...(row.version === undefined ? {} : { version: row.version }),
    ...(row.checksum === undefined ? {} : { checksum: row.checksum }),
    ...(file === undefined ? {} : { file: file.file }),
  };
}

/** What a baseline stands for is not compared with its file. */
function isAbove(version: FlywayVersion | undefined, baseline: FlywayVersion | undefined): boolean {
  return version !== undefined && (baseline === undefined || compareVersions(version, baseline) > 0);
}

/** Undo scripts of versions that have run and are not undone: shown only where the edition can run them. */
function undoEntries(others: readonly Migration[], history: History): readonly StateEntry[] {
  const usesUndo = history.rows.some(({ row }) => row.type.startsWith('UNDO'));
  if (!usesUndo) return [];
  return others
    .filter(({ kind, version }) => kind === 'undo' && isLive(history, versionOf(version)))
    .map((migration) => ({
      id: migration.id,
      kind: 'undo',
      file: migration.file,
      description: migration.description,
      state: 'available',
      toolState: words.available,
      type: typeOf(migration),
      changed: false,
      ...(migration.version === undefined ? {} : { version: migration.version }),
    }));
}

function isLive(history: History, version: FlywayVersion | undefined): boolean {
  return (
    version !== undefined &&
    history.rows.some(
      (each) =>
        each.version !== undefined &&
        !each.undone &&
        !each.deleted &&
        !isSynthetic(each.row.type) &&
        !each.row.type.startsWith('UNDO') &&
        compareVersions(each.version, version) === 0,
    )
  );
}

const early: ReadonlySet<State> = new Set(['below-baseline', 'baseline-ignored']);

/** MigrationInfoImpl.compareTo: applied ones by rank, those below the baseline before them, the rest by version. */
function compareEntries(a: StateEntry, b: StateEntry): number {
  if (a.rank !== undefined && b.rank !== undefined) return a.rank - b.rank;
  const aEarly = early.has(a.state);
  const bEarly = early.has(b.state);
  if (a.rank !== undefined) return bEarly ? 1 : -1;
  if (b.rank !== undefined) return aEarly ? -1 : 1;
  const left = versionOf(a.version);
  const right = versionOf(b.version);
  if (left !== undefined && right !== undefined) return compareVersions(left, right) || kindRank(a) - kindRank(b);
  if (left !== undefined) return -1;
  if (right !== undefined) return 1;
  return compareText(a.description, b.description);
}

function kindRank({ kind }: StateEntry): number {
  return kind === 'versioned' ? 0 : kind === 'undo' ? 1 : 2;
}

/** Display names of MigrationState. */
const words: Readonly<Record<State, string>> = {
  pending: 'Pending',
  applied: 'Success',
  'out-of-order': 'Out of Order',
  failed: 'Failed',
  missing: 'Missing',
  'failed-missing': 'Failed (Missing)',
  future: 'Future',
  'failed-future': 'Failed (Future)',
  ignored: 'Ignored',
  'above-target': 'Above Target',
  'below-baseline': 'Below Baseline',
  baseline: 'Baseline',
  'baseline-ignored': 'Ignored (Baseline)',
  outdated: 'Outdated',
  superseded: 'Superseded',
  deleted: 'Deleted',
  undone: 'Undone',
  available: 'Available',
  'on-base': 'on base',
};
