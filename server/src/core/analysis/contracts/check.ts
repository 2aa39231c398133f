import { type Config, isOutside } from '../../config/config.ts';
import { isFileOf } from '../../contracts/files.ts';
import type { ContractFinding, ContractNotice } from '../../contracts/finding.ts';
import type { Comparison, ContractFormat } from '../../contracts/format.ts';
import type { ContractPlace, Tree } from '../../contracts/tree.ts';
import { unreadableId } from '../../contracts/unreadable.ts';
import type { Finding, Notice, ReportedFinding } from '../../model/finding.ts';
import type { FileContent, FilePath } from '../../model/text.ts';
import { entrywise, hasSameKeys } from '../../text/patched.ts';
import { placeInText } from '../place.ts';
import { byPlace, report, withoutRepeats } from '../report.ts';
import { relativeTo } from '../settings.ts';
import { suppress } from '../suppress.ts';
import { todayOf } from '../today.ts';
import type { FileFindings, World } from '../world.ts';
import { answersOf } from './answered.ts';
import { isToldInSettings } from './baseline-problems.ts';
import { findingOf } from './findings.ts';
import { headOf } from './head.ts';
import { contractIgnores } from './ignores.ts';
import { type ContractState, comparisonOf, fileOf, keyOf } from './state.ts';
import { baselineWords } from './words.ts';

/** The contracts that a file belongs to: those of the deepest root around it. */
export function contractAt(world: World, path: FilePath): ContractState | undefined {
  return world.contracts.find((state) => {
    const key = keyOf(state, path);
    return key !== undefined && state.after.has(key);
  });
}

interface Remembered {
  readonly found: readonly Finding[];
  readonly content: FileContent | undefined;
  readonly config: Config;
  readonly today: string;
  readonly result: FileFindings;
}

/** By the first finding of a file. */
const memo = new WeakMap<Finding, Remembered>();

/** A file that was neither edited nor compared again says what it said. */
export function contractFindingsOfFile(world: World, state: ContractState, path: FilePath): FileFindings {
  const told = findingsByFile(state).get(path) ?? [];
  const found = told.length === 0 ? [] : withoutAnswered(world, state, told);
  const [first] = found;
  const content = world.snapshot.files.get(path);
  const { config } = state.settings;
  const today = todayOf(world.snapshot);
  const known = first && memo.get(first);
  const isSame =
    known !== undefined &&
    known.content === content &&
    known.config === config &&
    known.today === today &&
    known.found.length === found.length &&
    found.every((finding, index) => finding === known.found[index]);
  if (isSame) return known.result;
  const result = worded(world, state, found, content, today);
  if (first !== undefined) memo.set(first, { found, content, config, today, result });
  return result;
}

function worded(
  world: World,
  state: ContractState,
  found: readonly Finding[],
  content: FileContent | undefined,
  today: string,
): FileFindings {
  const { config, root } = state.settings;
  const ignores = content === undefined ? undefined : contractIgnores(content);
  const { kept, suppressed } = suppress(found, ignores, config, (each) => relativeTo(root, each), today);
  const reported = kept
    .map((finding) =>
      report(finding, ({ file, span, side }) => placeInText(textOf(world, state, file, side), { file, span })),
    )
    .map((finding) => withHead(finding, content?.text ?? ''))
    .sort(byPlace);
  return { findings: withoutRepeats(reported), within: [], suppressed, translatable: [] };
}

function withHead(finding: ReportedFinding, text: string): ReportedFinding {
  const head = finding.side === undefined ? headOf(text, finding.span) : undefined;
  return head === undefined ? finding : { ...finding, head };
}

function withoutAnswered({ snapshot }: World, state: ContractState, told: readonly Told[]): readonly Finding[] {
  const isAnswered = answersOf(snapshot, state);
  return told.filter(({ found }) => !isAnswered(found)).map(({ finding }) => finding);
}

/** Files with something to say, ignore comments included. */
export function contractPaths(state: ContractState): ReadonlySet<FilePath> {
  const paths = new Set(findingsByFile(state).keys());
  for (const key of ignoring(state.after).keys()) paths.add(fileOf(state, key));
  return paths;
}

const ignoring: (tree: Tree) => Tree = entrywise((content: FileContent) =>
  content.text.includes('schemaward-ignore') ? content : undefined,
);

export function contractNotices(states: readonly ContractState[]): readonly Notice[] {
  const untold = states.filter((state) => !isToldInSettings(state));
  const problems = new Map(untold.map(({ settings, baseline }) => [settings.root, baseline.problem]));
  const missing = [...problems.values()].flatMap((problem) =>
    problem === undefined ? [] : [{ id: 'contracts-no-baseline', message: baselineWords(problem) }],
  );
  return [
    ...missing.filter(({ message }, index) => missing.findIndex((each) => each.message === message) === index),
    ...states.flatMap((state) =>
      quiet(comparisonOf(state).notices).map(({ id, message, place }) => ({
        id,
        message: place === undefined ? message : `${fileOf(state, place.path)}: ${message}`,
        ...(place === undefined ? {} : { path: fileOf(state, place.path) }),
      })),
    ),
  ];
}

/** The baseline's text of a file, where it differs from the one of now or is all that is left. */
export function baselineText(world: World, path: FilePath): FileContent | undefined {
  for (const state of world.contracts) {
    const key = keyOf(state, path);
    const content = key === undefined ? undefined : state.before[0]?.tree.get(key);
    if (content !== undefined) return content;
  }
  return undefined;
}

/** A finding as its format gives it, and as all findings are. */
interface Told {
  readonly found: ContractFinding;
  readonly finding: Finding;
}

const grouped = new WeakMap<Comparison, ReadonlyMap<FilePath, readonly Told[]>>();

/** By the file that each is told in. */
export function findingsByFile(state: ContractState): ReadonlyMap<FilePath, readonly Told[]> {
  const comparison = comparisonOf(state);
  const known = grouped.get(comparison);
  if (known !== undefined) return known;
  const byFile = new Map<FilePath, Told[]>();
  const name = state.before[0]?.name;
  const problems = comparison.notices.flatMap((notice) => unread(state, notice));
  for (const found of [...problems, ...comparison.findings]) {
    const finding = inOldFiles(state, surviving(state, ownFinding(state, found, name)));
    const list = byFile.get(finding.anchor.file);
    if (list === undefined) byFile.set(finding.anchor.file, [{ found, finding }]);
    else list.push({ found, finding });
  }
  grouped.set(comparison, byFile);
  return byFile;
}

interface Own {
  readonly root: FilePath;
  readonly baseline: string | undefined;
  readonly finding: Finding;
}

const own = new WeakMap<ContractFinding, Own>();

/** What a comparison says once more is the same finding. */
function ownFinding(state: ContractState, found: ContractFinding, baseline: string | undefined): Finding {
  const { root } = state.settings;
  const known = own.get(found);
  if (known !== undefined && known.root === root && known.baseline === baseline) return known.finding;
  const finding = findingOf(found, '', (path) => fileOf(state, path), baseline);
  own.set(found, { root, baseline, finding });
  return finding;
}

/** A text that cannot be read is told where it is wrong; an old one at the beginning of what the file is now. */
function unread(
  { format }: ContractState,
  { message, place, unread: severity }: ContractNotice,
): readonly ContractFinding[] {
  if (place === undefined || severity === undefined) return [];
  const common = {
    rule: unreadableId(format.area),
    severity,
    object: place.path,
    compat: 'none' as const,
    fixes: [],
    args: { problem: message },
  };
  if (place.side === 'after') return [{ ...common, messageId: 'now', place, related: [] }];
  const start: ContractPlace = { side: 'after', path: place.path, span: { start: 0, end: 0 } };
  return [
    { ...common, messageId: 'before', place: start, related: [{ place, messageId: 'reason', args: common.args }] },
  ];
}

/** The same said of many places (an import that is not here) is said once. */
function quiet(notices: readonly ContractNotice[]): readonly ContractNotice[] {
  const silent = notices.filter(({ unread: told, place }) => told === undefined || place === undefined);
  return [...new Map(silent.map((notice) => [`${notice.id} ${notice.message}`, notice])).values()];
}

/** Old texts that lie in a folder of the workspace can be opened where they lie. */
function inOldFiles(state: ContractState, finding: Finding): Finding {
  const { baseline } = state.settings.config.contracts;
  if (baseline.kind !== 'folder' || isOutside(baseline.path)) return finding;
  return {
    ...finding,
    related: finding.related.map((each) => {
      const { file, span, side } = each.anchor;
      const content = side === 'before' ? state.before[0]?.tree.get(keyOf(state, file) ?? '') : undefined;
      return content === undefined || content.path === file ? each : { ...each, anchor: { file: content.path, span } };
    }),
  };
}

const moved = new WeakMap<Finding, Finding>();

/** Nobody can open a file that is gone: what is said of it stands in its nearest neighbour. */
function surviving(state: ContractState, finding: Finding): Finding {
  const { file, side } = finding.anchor;
  if (side !== 'before') return finding;
  const neighbour = nearest(state, file);
  if (neighbour === undefined) return finding;
  const known = moved.get(finding);
  if (known?.anchor.file === neighbour) return known;
  const made: Finding = {
    ...finding,
    anchor: { file: neighbour, span: { start: 0, end: 0 } },
    related: [{ anchor: finding.anchor, messageId: 'was-here', args: {} }, ...finding.related],
  };
  moved.set(finding, made);
  return made;
}

const lists = new WeakMap<ContractFormat, { readonly tree: Tree; readonly keys: readonly string[] }>();

/** Files that can be opened, sorted. An edit inside a file leaves the list as it was. */
function openable({ format, after: tree }: ContractState): readonly string[] {
  const known = lists.get(format);
  const isSame = known !== undefined && hasSameKeys(known.tree, tree);
  const all = isSame ? [] : [...tree.keys()].sort();
  const contracts = all.filter((key) => isFileOf(format, key));
  // A configuration of the peer only where no contract is left.
  const keys = isSame ? known.keys : contracts.length > 0 ? contracts : all;
  lists.set(format, { tree, keys });
  return keys;
}

function nearest(state: ContractState, file: FilePath): FilePath | undefined {
  const keys = openable(state);
  for (let folder = folderOf(keyOf(state, file) ?? ''); ; folder = folderOf(folder)) {
    const inside = keys.find((key) => folderOf(key) === folder) ?? keys.find((key) => key.startsWith(`${folder}/`));
    if (inside !== undefined) return fileOf(state, inside);
    if (folder === '') return keys[0] === undefined ? undefined : fileOf(state, keys[0]);
  }
}

function folderOf(key: string): string {
  return key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : '';
}

function textOf({ snapshot }: World, state: ContractState, file: FilePath, side: 'before' | undefined): string {
  const key = keyOf(state, file) ?? '';
  const content =
    side === 'before' ? state.before[0]?.tree.get(key) : (state.after.get(key) ?? snapshot.files.get(file));
  return content?.text ?? '';
}
