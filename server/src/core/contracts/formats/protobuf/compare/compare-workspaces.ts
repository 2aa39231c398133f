import type { FileContent } from '../../../../model/text.ts';
import { differing, patched } from '../../../../text/patched.ts';
import type { ContractFinding, ContractNotice } from '../../../finding.ts';
import type { ContractVerdict } from '../../../format.ts';
import type { Side, Tree } from '../../../tree.ts';
import { headerOf } from '../buf-config/guessed-roots.ts';
import { join } from '../buf-config/paths.ts';
import { type Selection, selectionOf } from '../buf-config/select.ts';
import type { BufModule, Workspace } from '../buf-config/workspace.ts';
import type { ProtoSet } from '../descriptor.ts';
import type { RuleHead } from '../rules/rule.ts';
import { readProto } from '../syntax/read.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';
import { Contract, filesOfBoth } from './contract.ts';
import { deprecatedOf } from './deprecated.ts';
import { type FindingContext, findingsOf, keyOf } from './finding.ts';
import { importsOf } from './imports.ts';
import { type Judgement, judgeNew, judgeOld } from './judge.ts';
import { linked } from './linked.ts';
import type { EarlierView, Pair, SetPair } from './pair.ts';
import { movedDefaults, withMovedDefaults } from './same-defaults.ts';
import { unequalFiles } from './unequal.ts';
import { viewOf } from './view.ts';

/** What to compare with, beyond the two trees. */
export interface Wish {
  /** `WIRE` of `buf:WIRE`; undefined: what the configuration says. */
  readonly category: string | undefined;
  readonly profile: string;
  /** Checks that buf does not have. */
  readonly beyond: ReadonlySet<RuleHead>;
  /** Versions older than both sides, for those checks. */
  readonly earlier: readonly EarlierView[];
}

export interface Outcome {
  readonly findings: readonly ContractFinding[];
  readonly contracts: readonly ContractVerdict[];
  readonly notices: readonly ContractNotice[];
}

/** One side of a workspace, linked. */
export interface LinkedSide {
  readonly side: Side;
  readonly tree: Tree;
  readonly workspace: Workspace;
  readonly set: ProtoSet;
  /** Import path -> path in the tree, of all modules. */
  readonly places: ReadonlyMap<string, string>;
}

interface Linking {
  /** One of several older sides. */
  readonly version?: string;
  /** The side that is compared with. */
  readonly like?: LinkedSide;
}

type Syntaxes = ReadonlyMap<string, ProtoSyntax>;

interface Remembered {
  readonly like: ProtoSet | undefined;
  readonly linked: LinkedSide;
  /** By import path. */
  readonly files: Syntaxes;
}

/** A baseline stays linked while the files of now are edited. */
const memo = new WeakMap<Workspace, Remembered>();

export function linkSide(side: Side, tree: Tree, workspace: Workspace, linking: Linking = {}): LinkedSide {
  const like = linking.like?.set;
  const known = memo.get(workspace);
  if (known?.linked.tree === tree && known.like === like) return known.linked;
  const places = placesIn(workspace, tree, known?.linked);
  const files = filesIn(places, tree, known);
  const slot = `${side} ${linking.version ?? ''} ${workspace.root}`;
  const all: LinkedSide = { side, tree, workspace, set: linked(slot, files, like), places };
  memo.set(workspace, { like, linked: all, files });
  return all;
}

type PlacesOf = LinkedSide['places'];

/** Of a tree that follows another one only what differs is looked at. */
function filesIn(places: PlacesOf, tree: Tree, last: Remembered | undefined): Syntaxes {
  const files = new Map<string, ProtoSyntax | undefined>();
  const read = (path: string, content: FileContent | undefined): void => {
    files.set(path, content && readProto(content));
  };
  const known = last?.linked.places === places ? last : undefined;
  if (known === undefined) for (const [path, place] of places) read(path, tree.get(place));
  else
    for (const [place, content] of differing(known.linked.tree, tree))
      for (const path of pathsOf(places).get(place) ?? []) read(path, content);
  return patched(known?.files ?? nothing, files);
}

const nothing: Syntaxes = new Map();

const paths = new WeakMap<PlacesOf, ReadonlyMap<string, readonly string[]>>();

/** Path in the tree -> import paths: several where modules lie over each other. */
function pathsOf(places: PlacesOf): ReadonlyMap<string, readonly string[]> {
  const known = paths.get(places);
  if (known !== undefined) return known;
  const all = new Map<string, string[]>();
  for (const [path, place] of places) {
    const same = all.get(place);
    if (same === undefined) all.set(place, [path]);
    else same.push(path);
  }
  paths.set(places, all);
  return all;
}

/** What other modules are imported follows from the files; an edit that touches no import leaves it the same object. */
function placesIn(workspace: Workspace, tree: Tree, last: LinkedSide | undefined): PlacesOf {
  const own = placesOf(workspace);
  if (workspace.imports.length === 0) return own;
  const isSame = last !== undefined && sameImports(last.tree, tree);
  return isSame ? last.places : withImports(own, workspace, tree);
}

function sameImports(before: Tree, after: Tree): boolean {
  for (const [path, content] of differing(before, after)) {
    const old = before.get(path);
    if (old === undefined || content === undefined) return false;
    if (path.endsWith('.proto') && headerOf(old).imports.join('\n') !== headerOf(content).imports.join('\n'))
      return false;
  }
  return true;
}

const placed = new WeakMap<Workspace, PlacesOf>();

/** Of two modules with a file of one path the first has it. */
function placesOf(workspace: Workspace): PlacesOf {
  const known = placed.get(workspace);
  if (known !== undefined) return known;
  const all = new Map<string, string>();
  for (const { files } of workspace.modules) {
    for (const [path, place] of files) if (!all.has(path)) all.set(path, place);
  }
  placed.set(workspace, all);
  return all;
}

/** What the workspace's own files import of other modules, directly or not; its own files hide copies. */
function withImports(
  own: ReadonlyMap<string, string>,
  { imports }: Workspace,
  tree: Tree,
): ReadonlyMap<string, string> {
  if (imports.length === 0) return own;
  const all = new Map(own);
  const pending = [...own.values()];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const content = tree.get(place);
    for (const path of content === undefined ? [] : headerOf(content).imports) {
      const target = imports.map(({ files }) => files.get(path)).find((each) => each !== undefined);
      if (target === undefined || all.has(path)) continue;
      all.set(path, target);
      pending.push(target);
    }
  }
  return all;
}

export function compareWorkspaces(sides: Pair<LinkedSide>, wish: Wish): Outcome {
  const findings = new Map<string, ContractFinding>();
  const contracts: ContractVerdict[] = [];
  const notices: ContractNotice[] = [];
  for (const modules of modulePairs(sides.before.workspace, sides.after.workspace)) {
    const module = modules.after ?? modules.before;
    if (module === undefined) continue;
    const { selection, complaints } = selectionOf(module, wish.category);
    const { tree, side } = modules.after === undefined ? sides.before : sides.after;
    for (const complaint of complaints) notices.push(configNotice({ tree, side, module }, complaint));
    const outcome = compareModules(module, modules, sides, selection, wish);
    for (const finding of outcome.findings) findings.set(keyOf(finding), finding);
    contracts.push(outcome.verdict);
  }
  return { findings: [...findings.values()], contracts, notices };
}

/** At the word. A newer buf may know it, so it is no error. */
function configNotice(
  { tree, side, module }: { readonly tree: Tree; readonly side: Side; readonly module: BufModule },
  { word, message }: { readonly word: string; readonly message: string },
): ContractNotice {
  const path = join(module.configRoot, 'buf.yaml');
  const start = tree.get(path)?.text.indexOf(word) ?? -1;
  const notice: ContractNotice = { id: 'buf-config', message: `buf.yaml ${message}.`, unread: 'warning' };
  return start < 0 ? notice : { ...notice, place: { side, path, span: { start, end: start + word.length } } };
}

/** Of a module that only one side has the other is compared as empty. */
type ModulePair = Pair<BufModule | undefined>;

/** By folder; of what is left, in order, as long as there are as many on both sides. */
function modulePairs(before: Workspace, after: Workspace): readonly ModulePair[] {
  const byRoot = new Map(before.modules.map((module) => [module.root, module]));
  const known = new Set(after.modules.map(({ root }) => root));
  const unmatched = before.modules.filter(({ root }) => !known.has(root));
  const moved = before.modules.length === after.modules.length ? [...unmatched] : [];
  const pairs = after.modules.map((module) => ({ before: byRoot.get(module.root) ?? moved.shift(), after: module }));
  const gone = before.modules.length === after.modules.length ? [] : unmatched;
  return [...pairs, ...gone.map((module) => ({ before: module, after: undefined }))];
}

function compareModules(
  module: BufModule,
  { before, after }: ModulePair,
  sides: Pair<LinkedSide>,
  selection: Selection,
  wish: Wish,
): { readonly findings: readonly ContractFinding[]; readonly verdict: ContractVerdict } {
  const images = { before: imageOf(sides.before, before), after: imageOf(sides.after, after) };
  const views: SetPair = {
    before: viewOf(sides.before.set, images.before),
    after: viewOf(sides.after.set, images.after),
    earlier: wish.earlier,
  };
  const places = { before: sides.before.places, after: sides.after.places };
  const context: FindingContext = { places, selection, beyond: wish.beyond };
  const findings: ContractFinding[] = [];
  const contract = new Contract(module, filesOfBoth(before, after), wish.profile, () =>
    deprecatedIn(sides.after, after),
  );
  const note = (path: string, judgement: Judgement): void => {
    const told = findingsOf(judgement, context);
    for (const finding of told) findings.push(finding);
    if (after?.files.has(path) === true || before?.files.has(path) === true) contract.add(judgement, told);
  };
  const compared = {
    before: toldOf(sides.before, before, images.before),
    after: toldOf(sides.after, after, images.after),
  };
  const sets = { before: sides.before.set, after: sides.after.set };
  const unequal = unequalFiles(sets, images);
  const isCompared = (side: Side, path: string) => compared[side]?.has(path) !== false;
  for (const [path, file] of unequal.before)
    if (isCompared('before', path)) note(path, judgeOld(file, views.after.file(path), views));
  const moved = movedDefaults([...unequal.before.values(), ...unequal.after.values()], views);
  for (const file of withMovedDefaults(moved, sets.before))
    if (isCompared('before', file.path) && views.before.file(file.path) === views.after.file(file.path))
      note(file.path, judgeOld(file, file, views));
  for (const [path, file] of unequal.after)
    if (isCompared('after', path) && views.before.file(path) === undefined) note(path, judgeNew(file, views));
  return { findings, verdict: contract.verdict() };
}

/** What carries `deprecated = true` in the module's own files. */
function deprecatedIn({ set }: LinkedSide, module: BufModule | undefined): ContractVerdict['deprecated'] {
  return [...(module?.files ?? [])].flatMap(([path, place]) => {
    const file = set.files.get(path);
    return file === undefined ? [] : deprecatedOf(file).map((each) => ({ ...each, path: place }));
  });
}

/** What is compared of an image: what other workspaces compare is only looked at. */
function toldOf(
  { workspace }: LinkedSide,
  module: BufModule | undefined,
  image: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  return workspace.imports.length === 0 || module === undefined ? image : new Set(module.files.keys());
}

/** The module's files and all that they import; undefined where that is everything. */
function imageOf({ workspace, set }: LinkedSide, module: BufModule | undefined): ReadonlySet<string> | undefined {
  if (module === undefined) return nobody;
  return workspace.modules.length === 1 ? undefined : importsOf(set, module.files);
}

const nobody: ReadonlySet<string> = new Set();
