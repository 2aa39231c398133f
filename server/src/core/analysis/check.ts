import type { Config, ConfigProblem } from '../config/config.ts';
import type { Finding, ReportedFinding, RuleId } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import type { Statistics } from '../model/statistics.ts';
import type { Anchor, FileContent, FilePath, Span } from '../model/text.ts';
import type { Dialect } from '../sql/dialect.ts';
import { withoutAnswered } from './answered.ts';
import { baselineProblems } from './contracts/baseline-problems.ts';
import { contractAt, contractFindingsOfFile } from './contracts/check.ts';
import { ignoreComments } from './ignore-comments.ts';
import { gathered } from './one-remedy.ts';
import { outdatedFindings } from './outdated.ts';
import { peerComments } from './peer-comments.ts';
import { placeIn, placeInText } from './place.ts';
import { isLinted, type ProjectState, planOf, readOutlineOf } from './project-state.ts';
import { advance, findingsAt } from './replay.ts';
import { byPlace, report, withoutRepeats } from './report.ts';
import { timelineFindings } from './run-rules.ts';
import { gatheredByWait } from './same-wait.ts';
import { outlineOf } from './scripts.ts';
import { relativeTo, type Settings } from './settings.ts';
import { withoutSettled } from './settled.ts';
import { measureOf, sized } from './sizes.ts';
import type { Outline } from './slot.ts';
import { type FileIgnores, suppress } from './suppress.ts';
import { todayOf } from './today.ts';
import { undoFindings } from './undo.ts';
import type { FileFindings, World } from './world.ts';

/** Replays a project to its end, one migration a turn. Yields the file of each migration that was replayed anew. */
export function* replayAll(state: ProjectState): Generator<FilePath, void> {
  yield* replayUntil(state, Number.POSITIVE_INFINITY);
}

export function* replayUntil(state: ProjectState, until: number): Generator<FilePath, void> {
  const plan = planOf(state);
  for (const index of advance(state.replay, state.environment, plan, state.empty, until)) {
    const file = plan[index]?.migration.file;
    if (file !== undefined) yield file;
  }
}

/** What a replay to the end has to read, in its order. */
export function* unreadStatements(state: ProjectState): Generator<string, void> {
  const { replay } = state;
  for (const [index, { migration }] of planOf(state).entries()) {
    if (index < replay.cursor || replay.slots[index] !== undefined) continue;
    for (const { id, kind } of outlineOf(state, migration).statements) if (kind === 'sql') yield id.text;
  }
}

/** Findings of one file of a project, replayed no further than needed. */
export function findingsOfFile(world: World, path: FilePath): FileFindings {
  const owned = world.byFile.get(path);
  const settings = world.settings.find((each) => each.path === path || each.sizes.path === path);
  if (settings !== undefined)
    return { ...nothingSaid, findings: configFindings(world, settings).filter((finding) => finding.path === path) };
  const contract = owned === undefined ? contractAt(world, path) : undefined;
  if (contract !== undefined) return contractFindingsOfFile(world, contract, path);
  const state = owned?.state ?? world.projects.find((each) => orderFindings(world, each).has(path));
  if (state === undefined) return nothingSaid;
  const order = orderOf(world, path);
  const own = owned === undefined ? noFindings : withoutAnswered(owned, slotFindings(owned.state, owned.migration));
  const said = remembered(world, state, path, order, own);
  return owned === undefined ? said : { ...said, findings: withoutSettled(owned, said.findings) };
}

/** What is said of its place among the others. */
function orderOf(world: World, path: FilePath): readonly Finding[] {
  let all = noFindings;
  for (const state of world.projects) {
    const found = orderFindings(world, state).get(path);
    if (found !== undefined) all = all.length === 0 ? found : [...all, ...found];
  }
  return all;
}

const noFindings: readonly Finding[] = [];
const nothingSaid: FileFindings = { findings: [], within: [], suppressed: 0, translatable: [] };

interface Remembered {
  readonly config: Config;
  readonly order: readonly Finding[];
  readonly content: FileContent | undefined;
  readonly today: string;
  readonly sizes: Statistics | undefined;
  /** Texts of the files that related places stand in. */
  readonly others: readonly Other[];
  readonly result: FileFindings;
}

interface Other {
  readonly path: FilePath;
  readonly content: FileContent | undefined;
}

const memo = new WeakMap<readonly Finding[], Remembered>();

/** A file that was neither edited nor replayed again says what it said.  Texts are compared by identity. */
function remembered(
  world: World,
  state: ProjectState,
  path: FilePath,
  order: readonly Finding[],
  own: readonly Finding[],
): FileFindings {
  const { config } = state.settings;
  const content = world.snapshot.files.get(path);
  const today = todayOf(world.snapshot);
  const sizes = measureOf(state)?.statistics;
  const known = own === noFindings ? undefined : memo.get(own);
  const same =
    known !== undefined &&
    known.config === config &&
    known.order === order &&
    known.content === content &&
    known.today === today &&
    known.sizes === sizes;
  if (same && known.others.every((other) => world.snapshot.files.get(other.path) === other.content))
    return known.result;
  const findings = order.length === 0 ? own : [...order, ...own];
  const result = finished(world, state, path, findings);
  const others = othersOf(world, findings);
  if (own !== noFindings) memo.set(own, { config, order, content, today, sizes, others, result });
  return result;
}

function othersOf({ snapshot: { files } }: World, findings: readonly Finding[]): readonly Other[] {
  const paths = new Set<FilePath>();
  for (const { related } of findings) for (const { anchor } of related) paths.add(anchor.file);
  return [...paths].map((path) => ({ path, content: files.get(path) }));
}

function slotFindings(state: ProjectState, migration: Migration): readonly Finding[] {
  const place = state.places.get(migration.id);
  if (place === undefined)
    return undoFindings(state, migration, (until) => {
      for (const _ of replayUntil(state, until));
    });
  for (const _ of replayUntil(state, place));
  const outdated = outdatedFindings(state, migration, () => {
    for (const _ of replayAll(state));
  });
  const said = findingsAt(state.replay, place);
  return outdated.length === 0 ? said : [...said, ...outdated];
}

/** Findings about order by file. They come from names, history and base, and are kept until one of those changes. */
export function orderFindings(world: World, state: ProjectState): ReadonlyMap<FilePath, readonly Finding[]> {
  if (state.order !== undefined) return state.order;
  const { project, tool, timeline, base, lintTarget } = state;
  const { files, now } = world.snapshot;
  const facts = tool.orderFacts(project, timeline, files, base, lintTarget, todayOf({ now }));
  const namingWords = tool.naming(project, timeline).words;
  const byFile = new Map<FilePath, Finding[]>();
  const isOutside = (file: FilePath) => state.sequence.outside.has(world.byFile.get(file)?.migration.id ?? '');
  for (const finding of timelineFindings({ project, timeline, facts, namingWords }, state.environment.rules.options)) {
    if (isOutside(finding.anchor.file)) continue;
    const known = byFile.get(finding.anchor.file);
    if (known === undefined) byFile.set(finding.anchor.file, [finding]);
    else known.push(finding);
  }
  state.order = byFile;
  return byFile;
}

function finished(world: World, state: ProjectState, path: FilePath, findings: readonly Finding[]): FileFindings {
  const owned = world.byFile.get(path);
  const script = readOutlineOf(owned?.state ?? state, owned?.migration ?? passedOver(path));
  const { config, root } = state.settings;
  const lint = owned !== undefined && isLinted(owned.state, owned.migration);
  const today = todayOf(world.snapshot);
  const measure = measureOf(state);
  const { kept, suppressed, translatable } = suppress(
    findings.map((finding) => sized(finding, measure)),
    script === undefined ? undefined : scriptIgnores(script, state.dialect, lint),
    config,
    (each) => relativeTo(root, each),
    today,
  );
  const waits = gatheredByWait(kept);
  const remedies = gathered(waits.told);
  const place = placer(world);
  const reported = (each: readonly Finding[]) =>
    withoutRepeats(
      each
        .map((finding) => (finding.project === '' ? { ...finding, project: state.project.name } : finding))
        .map((finding) => report(finding, place, state.dialect.id))
        .sort(byPlace),
    );
  const within = reported([...waits.within, ...remedies.within]);
  return { findings: reported(remedies.told), within, suppressed, translatable };
}

function scriptIgnores(script: Outline, dialect: Dialect, lint: boolean): FileIgnores {
  return {
    path: script.migration.file,
    comments: [...ignoreComments(script, dialect), ...peerComments(script, dialect)],
    isAbout: ({ anchor: { statement } }, nth) => {
      const id = script.statements[nth]?.id;
      return id !== undefined && statement !== undefined && id.nth === statement.nth && id.text === statement.text;
    },
    lint,
  };
}

/** A file that the tool does not run: its ignore comments count all the same. */
function passedOver(file: FilePath): Migration {
  return { id: file, kind: 'callback', file, description: '', script: file, language: 'sql' };
}

/** Says where anchors stand in the current texts of their files; most of them are in one. */
function placer(world: World): (anchor: Anchor) => Span {
  let file: FilePath | undefined;
  let outline: Outline | undefined;
  return (anchor) => {
    if (file !== anchor.file) {
      file = anchor.file;
      const owned = world.byFile.get(file);
      outline = owned === undefined ? undefined : readOutlineOf(owned.state, owned.migration);
    }
    if (outline !== undefined) return placeIn(outline, anchor);
    return placeInText(world.snapshot.files.get(anchor.file)?.text ?? '', anchor);
  };
}

export function configFindings(world: World, settings: Settings): readonly ReportedFinding[] {
  const { path, problems, sizes } = settings;
  return [
    ...[...problems, ...baselineProblems(world, settings)].map((problem) =>
      configFinding('config/schemaward-yaml', path, problem),
    ),
    ...sizes.problems.map((problem) => configFinding('config/stats-file', sizes.path, problem)),
  ]
    .map((finding) => report(finding, (anchor) => anchor.span))
    .sort(byPlace);
}

function configFinding(rule: RuleId, path: FilePath, problem: ConfigProblem): Finding {
  return {
    rule,
    messageId: 'problem',
    args: { problem: problem.message },
    severity: problem.severity,
    project: '',
    anchor: { file: path, span: problem.span },
    object: problem.kind,
    compat: 'none',
    rollback: 'none',
    evidence: 'derived',
    related: [],
    fixes: [],
  };
}
