import { formatOfFile } from '../contracts/formats/index.ts';
import type { Notice, ReportedFinding } from '../model/finding.ts';
import type { BaseSnapshot, Migration } from '../model/migration.ts';
import type { FilePath } from '../model/text.ts';
import type { Snapshot } from '../service.ts';
import type { Dialect } from '../sql/dialect.ts';
import { differing } from '../text/patched.ts';
import { type ContractState, contractStates, editedContracts } from './contracts/state.ts';
import { type Discovery, discoverProjects } from './discovery.ts';
import { fileChanges } from './file-changes.ts';
import { looseProject } from './loose.ts';
import { type ProjectState, planned, projectState } from './project-state.ts';
import { invalidate } from './replay.ts';
import { type Settings, settingsFor, settingsOf } from './settings.ts';
import type { Translatable } from './suppress.ts';
import { todayOf } from './today.ts';

/** What one snapshot means: settings, projects and who owns which file. */
export interface World {
  readonly snapshot: Snapshot;
  readonly settings: readonly Settings[];
  readonly discovery: Discovery;
  readonly projects: readonly ProjectState[];
  readonly byFile: ReadonlyMap<FilePath, Owned>;
  readonly contracts: readonly ContractState[];
  readonly notices: readonly Notice[];
}

export interface FileFindings {
  readonly findings: readonly ReportedFinding[];
  /** Those that stand in others: nobody is told, but at their place their fixes are offered. */
  readonly within: readonly ReportedFinding[];
  readonly suppressed: number;
  readonly translatable: readonly Translatable[];
}

export interface Owned {
  readonly state: ProjectState;
  readonly migration: Migration;
}

export interface Shared {
  readonly dialects: ReadonlyMap<string, Dialect>;
}

/** The world of the next snapshot. Reuses everything that a change of files, base or targets cannot have touched. */
export function nextWorld(snapshot: Snapshot, shared: Shared, last: World | undefined): World {
  if (last !== undefined && last.snapshot === snapshot) return last;
  if (last !== undefined && onlyEdits(last.snapshot, snapshot) && sameBases(last, snapshot)) {
    const changes = fileChanges(last.snapshot.files, snapshot.files);
    const isSession = (path: FilePath) => last.byFile.get(path)?.migration.kind === 'callback';
    if (!changes.layout && !changes.edited.some(isSession)) return edited(snapshot, last, changes.edited);
  }
  return rebuilt(snapshot, shared, last);
}

function onlyEdits(before: Snapshot, after: Snapshot): boolean {
  return (
    before.roots === after.roots &&
    before.baselines === after.baselines &&
    before.targets === after.targets &&
    before.overrides === after.overrides &&
    before.loose === after.loose &&
    before.memories === after.memories &&
    before.all === after.all &&
    todayOf(before) === todayOf(after)
  );
}

/** Which contracts differ from the base branch says nothing of migrations; contracts have baselines of their own. */
function sameBases({ snapshot: { bases: before }, byFile }: World, { bases: after }: Snapshot): boolean {
  if (before === after) return true;
  return (
    before.length === after.length &&
    before.every(({ root, base: { changed, ...base } }, index) => {
      const other = after[index];
      if (other === undefined || other.root !== root || !sameBut(base, other.base)) return false;
      const paths = [...differing(changed, other.base.changed).keys()];
      return paths.every((path) => !byFile.has(path) && formatOfFile(path) !== undefined);
    })
  );
}

function sameBut(base: Omit<BaseSnapshot, 'changed'>, other: BaseSnapshot): boolean {
  return (
    base.ref === other.ref &&
    base.commit === other.commit &&
    base.problem === other.problem &&
    base.mergeBase === other.mergeBase &&
    base.tip === other.tip
  );
}

/** Texts of some SQL files changed: their migrations are read again, nothing else. A callback is part of every session. */
function edited(snapshot: Snapshot, last: World, paths: readonly FilePath[]): World {
  const touched = new Map<ProjectState, Migration[]>();
  for (const path of paths) {
    const owned = last.byFile.get(path);
    if (owned !== undefined) touched.set(owned.state, [...(touched.get(owned.state) ?? []), owned.migration]);
  }
  for (const state of last.projects) state.files = snapshot.files;
  for (const [state, migrations] of touched) reread(state, migrations);
  return { ...last, snapshot, contracts: editedContracts(last.contracts, snapshot.files, paths) };
}

function reread(state: ProjectState, migrations: readonly Migration[]): void {
  const plan = state.plan === undefined ? undefined : [...state.plan];
  for (const migration of migrations) {
    const place = state.places.get(migration.id);
    if (plan === undefined || place === undefined) continue;
    plan[place] = planned(state, migration);
    invalidate(state.replay, place);
  }
  state.plan = plan;
  if (migrations.some(({ id, kind }) => state.sequence.frozen.has(id) || kind === 'repeatable'))
    state.order = undefined;
}

/** A file that is judged by itself makes no project of its folder. */
function withoutLoose(snapshot: Snapshot): Snapshot {
  const loose = new Set(snapshot.loose ?? []);
  if (loose.size === 0) return snapshot;
  return { ...snapshot, files: new Map([...snapshot.files].filter(([path]) => !loose.has(path))) };
}

function discovered(snapshot: Snapshot, settings: readonly Settings[]): Discovery {
  return discoverProjects(withoutLoose(snapshot), settings);
}

/** Projects follow from files and settings: other bases, targets or memories leave them where they are. */
function isFoundAgain(
  { snapshot: { files, loose }, settings: before }: World,
  snapshot: Snapshot,
  settings: readonly Settings[],
): boolean {
  const isSet = settings.length === before.length && settings.every((each, index) => each === before[index]);
  return isSet && snapshot.files === files && snapshot.loose === loose;
}

function rebuilt(snapshot: Snapshot, shared: Shared, last: World | undefined): World {
  const settings = settingsOf(snapshot, last?.settings ?? []);
  const discovery =
    last !== undefined && isFoundAgain(last, snapshot, settings) ? last.discovery : discovered(snapshot, settings);
  const loose = (snapshot.loose ?? []).map((path) => looseProject(path, settingsFor(settings, path), snapshot));
  const projects = [...discovery.found, ...loose].map((found) => {
    const before = last?.projects.find((each) => each.project.name === found.project.name);
    return projectState(found, snapshot, shared.dialects, before);
  });
  const byFile = new Map<FilePath, Owned>();
  for (const state of projects) {
    const all = [...state.timeline.migrations, ...state.timeline.others];
    for (const migration of all) if (!byFile.has(migration.file)) byFile.set(migration.file, { state, migration });
  }
  const contracts = contractStates(snapshot, settings, last?.contracts ?? []);
  return { snapshot, settings, discovery, projects, byFile, contracts, notices: discovery.notices };
}
