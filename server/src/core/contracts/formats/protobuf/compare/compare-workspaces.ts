import type { ContractFinding, ContractNotice } from '../../../finding.ts';
import type { ContractVerdict } from '../../../format.ts';
import type { Side, Tree } from '../../../tree.ts';
import { headerOf } from '../buf-config/guessed-roots.ts';
import { type Selection, selectionOf } from '../buf-config/select.ts';
import type { BufModule, Workspace } from '../buf-config/workspace.ts';
import type { ProtoSet } from '../descriptor.ts';
import type { RuleHead } from '../rules/rule.ts';
import { readProto } from '../syntax/read.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';
import { Contract, filesOfBoth } from './contract.ts';
import { type FindingContext, findingOf, keyOf } from './finding.ts';
import { importsOf } from './imports.ts';
import { type Judgement, judgeNew, judgeOld, judgeSame } from './judge.ts';
import { linked } from './linked.ts';
import type { EarlierView, Pair, SetPair } from './pair.ts';
import { movedDefaults } from './same-defaults.ts';
import { filesOf, viewOf } from './view.ts';

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

/** A baseline stays linked while the files of now are edited. */
const memo = new WeakMap<Workspace, { readonly like: ProtoSet | undefined; readonly linked: LinkedSide }>();

export function linkSide(side: Side, tree: Tree, workspace: Workspace, linking: Linking = {}): LinkedSide {
  const like = linking.like?.set;
  const known = memo.get(workspace);
  if (known?.linked.tree === tree && known.like === like) return known.linked;
  const places = withImports(placesOf(workspace), workspace, tree);
  const files = new Map<string, ProtoSyntax>();
  for (const [path, place] of places) {
    const content = tree.get(place);
    if (content !== undefined) files.set(path, readProto(content));
  }
  const slot = `${side} ${linking.version ?? ''} ${workspace.root}`;
  const all: LinkedSide = { side, tree, workspace, set: linked(slot, files, like), places };
  memo.set(workspace, { like, linked: all });
  return all;
}

const places = new WeakMap<Workspace, ReadonlyMap<string, string>>();

/** Of two modules with a file of one path the first has it. */
function placesOf(workspace: Workspace): ReadonlyMap<string, string> {
  const known = places.get(workspace);
  if (known !== undefined) return known;
  const all = new Map<string, string>();
  for (const { files } of workspace.modules) {
    for (const [path, place] of files) if (!all.has(path)) all.set(path, place);
  }
  places.set(workspace, all);
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
    const selection = selectionOf(module, wish.category, (message) =>
      notices.push({ id: 'buf-config', message: `buf.yaml ${message}.` }),
    );
    const outcome = compareModules(module, modules, sides, selection, wish);
    for (const finding of outcome.findings) findings.set(keyOf(finding), finding);
    contracts.push(outcome.verdict);
  }
  return { findings: [...findings.values()], contracts, notices };
}

const none: readonly ContractFinding[] = [];

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
  const context: FindingContext = { sides, selection, beyond: wish.beyond };
  const findings: ContractFinding[] = [];
  const contract = new Contract(module, filesOfBoth(before, after), wish.profile);
  const note = (path: string, judgement: Judgement): void => {
    const place = after?.files.get(path) ?? before?.files.get(path);
    const told =
      judgement.found.length === 0 ? none : judgement.found.flatMap((judged) => findingOf(judged, context) ?? []);
    findings.push(...told);
    if (place !== undefined) contract.add(place, judgement, told);
  };
  const compared = {
    before: toldOf(sides.before, before, images.before),
    after: toldOf(sides.after, after, images.after),
  };
  const old = [...filesOf(sides.before.set, compared.before)].map((file) => ({
    file,
    now: views.after.file(file.path),
  }));
  const others = old.flatMap(({ file, now }) => (file === now ? [] : now === undefined ? [file] : [file, now]));
  const moved = movedDefaults(others, views);
  for (const { file, now } of old) {
    const same = file === now ? judgeSame(file, moved) : undefined;
    note(file.path, same ?? judgeOld(file, now, views));
  }
  for (const file of filesOf(sides.after.set, compared.after)) {
    if (views.before.file(file.path) === undefined) note(file.path, judgeNew(file, views));
  }
  return { findings, verdict: contract.verdict() };
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
  if (module === undefined) return new Set();
  return workspace.modules.length === 1 ? undefined : importsOf(set, module.files.keys());
}
