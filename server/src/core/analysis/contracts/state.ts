import { type Config, isOutside } from '../../config/config.ts';
import { globMatches } from '../../config/glob.ts';
import type { ContractBaseline } from '../../contracts/baseline.ts';
import { isFileOf } from '../../contracts/files.ts';
import type { CompareRequest, Comparison, ContractFormat, Version } from '../../contracts/format.ts';
import { contractFormats } from '../../contracts/formats/index.ts';
import type { Tree } from '../../contracts/tree.ts';
import type { Files } from '../../migrations/tool.ts';
import type { FileContent, FilePath } from '../../model/text.ts';
import type { Snapshot } from '../../service.ts';
import { differing, patched } from '../../text/patched.ts';
import { relativeTo, type Settings, settingsFor } from '../settings.ts';

/** The contracts of one format below one root, beside their baseline. */
export interface ContractState {
  readonly settings: Settings;
  readonly format: ContractFormat;
  readonly after: Tree;
  /** Newest first; empty where there is nothing to compare with. */
  readonly before: readonly Version[];
  readonly baseline: ContractBaseline;
  /** As command line or configuration ask for; undefined: what the peer's own configuration says. */
  readonly profile: string | undefined;
}

/** Contracts of every root. What a change of the files cannot have touched keeps its identity. */
export function contractStates(
  snapshot: Snapshot,
  settings: readonly Settings[],
  last: readonly ContractState[],
): readonly ContractState[] {
  return settings.flatMap((each) =>
    contractFormats.flatMap((format) => {
      const known = last.find((state) => state.settings.root === each.root && state.format === format);
      const state = stateOf(snapshot, settings, each, format, known);
      return state.after.size > 0 || state.before.some(({ tree }) => tree.size > 0) ? [state] : [];
    }),
  );
}

/** After the texts of some files changed and nothing else. */
export function editedContracts(
  states: readonly ContractState[],
  files: Files,
  paths: readonly FilePath[],
): readonly ContractState[] {
  const next = states.map((state) => {
    const touched = paths.flatMap((path) => {
      const key = keyOf(state, path);
      const content = files.get(path);
      return key !== undefined && content !== undefined && state.after.has(key) ? [[key, content] as const] : [];
    });
    return touched.length === 0 ? state : { ...state, after: patched(state.after, new Map(touched)) };
  });
  return next.every((state, index) => state === states[index]) ? states : next;
}

/** The path of a tree for a file, where the file lies below its root. */
export function keyOf({ settings: { root } }: ContractState, path: FilePath): string | undefined {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

export function fileOf({ settings: { root } }: ContractState, key: string): FilePath {
  return `${root}/${key}`;
}

const comparisons = new WeakMap<ContractState, Comparison>();

/** Worked out once for a state; formats remember what parts of it they have seen before. */
export function comparisonOf(state: ContractState): Comparison {
  const known = comparisons.get(state);
  if (known !== undefined) return known;
  const comparison = state.format.compare(requestOf(state));
  comparisons.set(state, comparison);
  return comparison;
}

const requests = new WeakMap<ContractState, CompareRequest>();

/** Editors and `check` are told more than the peer would say. One for a state, so that formats know it again. */
export function requestOf(state: ContractState): CompareRequest {
  const known = requests.get(state);
  if (known !== undefined) return known;
  const { before, after, profile } = state;
  const request = { before, after, ...(profile === undefined ? {} : { profile }), beyond: true };
  requests.set(state, request);
  return request;
}

function stateOf(
  snapshot: Snapshot,
  all: readonly Settings[],
  settings: Settings,
  format: ContractFormat,
  last: ContractState | undefined,
): ContractState {
  const isOwn = (path: FilePath) => settingsFor(all, path) === settings;
  const after = sameTree(treeOf(snapshot.files, settings, format, isOwn), last?.after);
  const baseline = baselineFor(snapshot, settings);
  const before =
    last !== undefined && last.baseline === baseline && last.settings.config === settings.config
      ? last.before
      : baseline.versions.map(({ name, files }, index) => ({
          name,
          tree: sameTree(treeOf(files, settings, format, isOwn), last?.before[index]?.tree),
        }));
  const profile = profileOf(snapshot, settings, format);
  const isSame = last !== undefined && last.after === after && last.before === before && last.profile === profile;
  return isSame && last.settings === settings ? last : { settings, format, after, before, baseline, profile };
}

function profileOf({ overrides }: Snapshot, { config }: Settings, { id, family, profiles }: ContractFormat) {
  const asked = overrides?.profile;
  const isOurs = asked === family || profiles.some(({ name }) => name === asked);
  return isOurs ? asked : config.contracts.profiles.get(id);
}

function treeOf(
  files: ReadonlyMap<FilePath, FileContent>,
  { root, config }: Settings,
  format: ContractFormat,
  isOwn: (path: FilePath) => boolean,
): Tree {
  const tree = new Map<string, FileContent>();
  for (const [path, content] of files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!isFileOf(format, name) && !format.configNames.includes(name)) continue;
    if (!path.startsWith(`${root}/`) || !isOwn(path)) continue;
    const key = relativeTo(root, path);
    if (!isLeftOut(key, config)) tree.set(key, content);
  }
  return tree;
}

/** Old files in a folder of the repository are the baseline's, never contracts of now. */
function isLeftOut(key: string, { contracts: { exclude, baseline } }: Config): boolean {
  if (baseline.kind === 'folder' && (key === baseline.path || key.startsWith(`${baseline.path}/`))) return true;
  return exclude.some((glob) => globMatches(glob, key));
}

function baselineFor(snapshot: Snapshot, settings: Settings): ContractBaseline {
  const { root, config } = settings;
  const around = (snapshot.baselines ?? []).filter((each) => each.root === root || root.startsWith(`${each.root}/`));
  const found = around.sort((a, b) => b.root.length - a.root.length)[0];
  const wanted = config.contracts.baseline;
  if (wanted.kind !== 'folder' || isOutside(wanted.path)) return found ?? nothing;
  // With `--base` the host has read another one.
  return found === undefined || found.versions.length === 0 ? folderBaseline(snapshot, settings, wanted) : found;
}

const nothing: ContractBaseline = { root: '', versions: [], problem: { kind: 'no-git' } };

type FolderBaseline = Extract<Config['contracts']['baseline'], { kind: 'folder' }>;

interface Folder {
  readonly wanted: FolderBaseline;
  readonly baseline: ContractBaseline;
}

const folders = new WeakMap<Files, Map<FilePath, Folder>>();

/** The old files under the paths of the new ones. */
function folderBaseline({ files }: Snapshot, { root }: Settings, wanted: FolderBaseline): ContractBaseline {
  const byRoot = folders.get(files) ?? new Map<FilePath, Folder>();
  folders.set(files, byRoot);
  const known = byRoot.get(root);
  if (known?.wanted === wanted) return known.baseline;
  const { path } = wanted;
  const start = `${root}/${path}`;
  // A file alone stands for the one of its name beside the settings.
  const of = wanted.of === '' && files.has(start) ? path.slice(path.lastIndexOf('/') + 1) : wanted.of;
  const now = of === '' ? root : `${root}/${of}`;
  const old = new Map<FilePath, FileContent>();
  for (const [file, content] of files)
    if (file === start || file.startsWith(`${start}/`)) old.set(`${now}${file.slice(start.length)}`, content);
  const isThere = of === '' || files.has(now) || [...files.keys()].some((file) => file.startsWith(`${now}/`));
  const missing = old.size === 0 ? path : isThere ? undefined : of;
  const baseline: ContractBaseline =
    missing === undefined
      ? { root, versions: [{ name: path, files: old }] }
      : { root, versions: [], problem: { kind: 'not-found', what: missing } };
  byRoot.set(root, { wanted, baseline });
  return baseline;
}

function sameTree(tree: Tree, last: Tree | undefined): Tree {
  return last !== undefined && last.size === tree.size && differing(last, tree).size === 0 ? last : tree;
}
