import { differing, hasSameKeys } from '../../../../text/patched.ts';
import type { ContractNotice } from '../../../finding.ts';
import type { Side, Tree } from '../../../tree.ts';
import {
  type BreakingConfig,
  type Complain,
  defaultModule,
  type ModuleConfig,
  readBufWork,
  readBufYaml,
} from './buf-yaml.ts';
import type { GuessedRoots } from './guessed-roots.ts';
import { folderOf, isWithin, join, relativeTo } from './paths.ts';

/** A module with its files: what buf calls an image, without its imports. */
export interface BufModule {
  /** Folder in the tree; import paths are relative to it. */
  readonly root: string;
  readonly name: string | undefined;
  readonly breaking: BreakingConfig;
  /** Folder that paths in `breaking` are relative to. */
  readonly configRoot: string;
  /** Import path -> path in the tree. */
  readonly files: ReadonlyMap<string, string>;
}

/** Modules that import each other; built from one `buf.yaml` or `buf.work.yaml`, or from nothing. */
export interface Workspace {
  readonly root: string;
  readonly modules: readonly BufModule[];
  /** What they may import besides each other; compared elsewhere. */
  readonly imports: readonly BufModule[];
}

export interface Workspaces {
  readonly workspaces: readonly Workspace[];
  readonly notices: readonly ContractNotice[];
}

export const configNames: readonly string[] = ['buf.yaml', 'buf.work.yaml'];

type ModulePlace = ModuleConfig & { readonly configRoot: string };

interface Remembered {
  readonly override: string | undefined;
  readonly guessed: GuessedRoots;
  readonly tree: Tree;
  readonly found: Workspaces;
}

/** By side, and by the name of an older version. */
const last = new Map<string, Remembered>();

/**
 * The workspaces of a tree. buf takes the configuration of the folder that it is called in; where that has none, every outermost
 * folder with one is a workspace of its own, and what is in none of them is a module without configuration. An edit inside a
 * file leaves them the same objects, by which others remember what they made of them.
 * @param guessed folders that import paths of the latter may start from
 * @param version one of several older sides
 */
export function workspacesOf(
  tree: Tree,
  side: Side,
  override: string | undefined,
  guessed: GuessedRoots,
  version = '',
): Workspaces {
  const slot = `${side} ${version}`;
  const known = last.get(slot);
  if (known !== undefined && known.override === override && known.guessed === guessed && hasLayout(tree, known.tree)) {
    last.set(slot, { ...known, tree });
    return known.found;
  }
  const found = find(tree, side, override, guessed);
  last.set(slot, { override, guessed, tree, found });
  return found;
}

/** The same paths, and the same configurations. */
function hasLayout(tree: Tree, known: Tree): boolean {
  return hasSameKeys(known, tree) && ![...differing(known, tree).keys()].some(isConfig);
}

function find(tree: Tree, side: Side, override: string | undefined, guessed: GuessedRoots): Workspaces {
  const notices: ContractNotice[] = [];
  const complainAbout =
    (path: string): Complain =>
    (message, offset = 0) => {
      const place = tree.has(path) ? { place: { side, path, span: { start: offset, end: offset } } } : {};
      notices.push({ id: 'buf-config', message: `${path} ${message}.`, ...place, unread: 'error' });
    };
  const protos: string[] = [];
  const configs: string[] = [];
  for (const path of tree.keys()) {
    if (path.endsWith('.proto')) protos.push(path);
    else if (isConfig(path)) configs.push(path);
  }
  const roots = override === undefined ? outermost(configs) : [''];
  const workspaces = roots.map((root) => {
    const places = modulePlaces(tree, root, override, complainAbout);
    return { root, modules: places.map((place) => moduleOf(root, place, places, protos)), imports: [] };
  });
  const elsewhere = roots.includes('') ? [] : protos.filter((path) => !roots.some((root) => isWithin(root, path)));
  if (roots.length > 0 && elsewhere.length === 0) return { workspaces, notices };
  return { workspaces: [...workspaces, ...unconfigured(elsewhere, guessed)], notices };
}

function isConfig(path: string): boolean {
  return configNames.some((name) => path === name || path.endsWith(`/${name}`));
}

/**
 * Without guesses one module, as buf has it; else one for each folder that was guessed, and one for what lies elsewhere. They import each
 * other, but for copies: each of those is a workspace of its own, which sees what it imports of the others.
 */
function unconfigured(protos: readonly string[], { roots, apart }: GuessedRoots): readonly Workspace[] {
  const rest: ModulePlace = { ...defaultModule, configRoot: '' };
  const left = new Set(protos);
  const modules = roots.flatMap((root) => {
    const mine = [...left].filter((path) => isWithin(root, path));
    for (const path of mine) left.delete(path);
    return mine.length === 0 ? [] : [moduleOf('', { ...rest, path: root, roots: [root] }, [], mine)];
  });
  const together = modules.filter(({ root }) => !apart.has(root));
  if (left.size > 0 || modules.length === 0) together.push(moduleOf('', rest, [], [...left]));
  const copies = modules.filter(({ root }) => apart.has(root));
  return [
    { root: '', modules: together, imports: [] },
    ...copies.map((copy) => ({ root: copy.root, modules: [copy], imports: together })),
  ];
}

function outermost(paths: readonly string[]): readonly string[] {
  const roots: string[] = [];
  for (const folder of paths.map(folderOf).sort((a, b) => a.length - b.length)) {
    if (!roots.some((root) => isWithin(root, folder))) roots.push(folder);
  }
  return roots;
}

function modulePlaces(
  tree: Tree,
  root: string,
  override: string | undefined,
  complainAbout: (path: string) => Complain,
): readonly ModulePlace[] {
  const yamlPath = join(root, 'buf.yaml');
  const workPath = join(root, 'buf.work.yaml');
  const work = tree.get(workPath);
  if (override === undefined && work !== undefined) {
    return readBufWork(work, complainAbout(workPath)).flatMap((directory) => {
      const path = join(directory, 'buf.yaml');
      const yaml = tree.get(join(root, path));
      const modules = yaml === undefined ? [defaultV1] : readBufYaml(yaml, complainAbout(join(root, path))).modules;
      return modules.map((module) => ({
        ...module,
        path: join(directory, module.path),
        roots: module.roots.map((each) => join(directory, each)),
        excludes: module.excludes.map((each) => join(directory, each)),
        configRoot: join(root, directory),
      }));
    });
  }
  const yaml = override === undefined ? tree.get(yamlPath) : { text: override };
  const read =
    yaml === undefined
      ? [defaultModule]
      : readBufYaml(yaml, complainAbout(override === undefined ? yamlPath : 'The configuration')).modules;
  return read.map((module) => ({ ...module, configRoot: root }));
}

const defaultV1: ModuleConfig = { ...defaultModule, breaking: { ...defaultModule.breaking, version: 'v1' } };

function moduleOf(root: string, place: ModulePlace, all: readonly ModulePlace[], protos: readonly string[]): BufModule {
  const folder = join(root, place.path);
  const within = (folders: readonly string[], path: string) => folders.some((each) => isWithin(join(root, each), path));
  const inner = all.map(({ path }) => path).filter((path) => path !== place.path && isWithin(folder, join(root, path)));
  const excludes = [...place.excludes, ...inner];
  const mine = protos.filter(
    (path) => (place.includes.length === 0 || within(place.includes, path)) && !within(excludes, path),
  );
  const roots = place.roots.map((each) => join(root, each));
  return {
    root: folder,
    name: place.name,
    breaking: place.breaking,
    configRoot: place.configRoot,
    files: new Map(
      roots.flatMap((each) =>
        mine.filter((path) => isWithin(each, path)).map((path) => [relativeTo(each, path), path]),
      ),
    ),
  };
}
