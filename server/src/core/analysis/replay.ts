import type { TransactionRule } from '../migrations/tool.ts';
import type { Finding } from '../model/finding.ts';
import type { Migration } from '../model/migration.ts';
import { endMigration, entry, patch } from '../schema/apply.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import type { Environment } from './contexts.ts';
import { compare, type Differences, differ, meets, pass } from './differences.ts';
import { type Earlier, type Judged, judge } from './judge.ts';
import { notExamined } from './not-examined.ts';
import type { Past, Planned, Script, Slot } from './slot.ts';

/**
 * The replay of one project, kept between edits. Slots before `cursor` are true for the current plan; those from it
 * on belong to the last plan that reached them, and are kept where nothing that they read has changed.
 *
 * No slot holds a schema: each holds what it changed. The schema before a slot is a checkpoint with the changes since.
 */
export interface Replay {
  /** What an earlier process found for the beginning of the plan; `slots` has holes there. */
  past: Past | undefined;
  readonly slots: Slot[];
  cursor: number;
  /** What differs before the slot at `cursor` from what it was made with. */
  differs: Differences;
  /** Index -> values that the slots from there on were made with, where they may differ by now. */
  readonly parked: Map<number, ReadonlyMap<ObjectKey, unknown>>;
  /** Index -> schema before that slot. Those behind `cursor` belong to what the slots there were made with. */
  readonly checkpoints: Map<number, Catalog>;
  /** How the migrations that were judged last were judged, change by change: those are being edited. */
  recent: readonly Recent[];
  /** The schema that was asked for last, before a slot that is not behind `cursor`. */
  head: { readonly index: number; readonly catalog: Catalog } | undefined;
}

interface Recent {
  readonly slot: Slot;
  readonly judged: readonly Judged[];
  readonly transactionRule: TransactionRule;
}

/** Slots from one checkpoint to the next. */
const stride = 32;

/** Migrations whose judgement is kept change by change. */
const recently = 4;

export function newReplay(): Replay {
  return {
    past: undefined,
    slots: [],
    cursor: 0,
    differs: new Map(),
    parked: new Map(),
    checkpoints: new Map(),
    recent: [],
    head: undefined,
  };
}

/** Begins behind what an earlier process found. */
export function startFrom(replay: Replay, past: Past): void {
  thaw(replay);
  replay.past = past;
  replay.cursor = past.planned.length;
}

/** Forgets everything, so that the replay begins at the first migration: only there every schema can be had. */
export function thaw(replay: Replay): void {
  replay.past = undefined;
  replay.cursor = 0;
  replay.differs = new Map();
  replay.head = undefined;
  replay.recent = [];
  replay.slots.length = 0;
  replay.parked.clear();
  replay.checkpoints.clear();
}

/** What the rules say of a slot that was replayed, or that an earlier process replayed. */
export function findingsAt({ past, slots }: Replay, index: number): readonly Finding[] {
  return slots[index]?.findings ?? past?.findings(index) ?? none;
}

/** Why parts of the migrations were not examined, for each that was replayed. */
export function* notExaminedBy({ past, slots }: Replay): Generator<readonly [Migration, readonly string[]]> {
  for (const [index, { migration }] of (past?.planned ?? none).entries())
    yield [migration, past?.notExamined(index) ?? none];
  for (let index = past?.planned.length ?? 0; index < slots.length; index += 1) {
    const slot = slots[index];
    if (slot !== undefined) yield [slot.migration, slot.notExamined];
  }
}

/** From this place on the plan has changed. */
export function invalidate(replay: Replay, index: number): void {
  if (index >= replay.cursor) return;
  if (index < (replay.past?.planned.length ?? 0)) return thaw(replay);
  if (replay.differs.size > 0) {
    const made = [...replay.differs].map(([key, { then }]) => [key, then] as const);
    replay.parked.set(replay.cursor, new Map([...made, ...(replay.parked.get(replay.cursor) ?? [])]));
    replay.differs = new Map();
  }
  replay.cursor = index;
  if (replay.head !== undefined && replay.head.index > index) replay.head = undefined;
}

/** The plan has other migrations: keep the common beginning, forget the rest. */
export function realign(replay: Replay, plan: readonly Planned[]): void {
  const past = replay.past?.planned ?? none;
  if (!past.every((planned, index) => isSame(planned, plan[index]))) thaw(replay);
  let same = replay.past?.planned.length ?? 0;
  while (same < plan.length && same < replay.slots.length && isSame(replay.slots[same], plan[same])) same += 1;
  invalidate(replay, same);
  replay.slots.length = same;
  for (const index of replay.parked.keys()) if (index >= same) replay.parked.delete(index);
  for (const index of replay.checkpoints.keys()) if (index > same) replay.checkpoints.delete(index);
  if (replay.cursor === same) replay.differs = new Map();
}

/** Replays up to and including `until`. Yields the index of each migration that was replayed anew. */
export function* advance(
  replay: Replay,
  environment: Environment,
  plan: readonly Planned[],
  empty: Catalog,
  until: number,
): Generator<number, void> {
  for (;;) {
    const index = replay.cursor;
    const planned = plan[index];
    if (planned === undefined || index > until) return;
    if (step(replay, environment, planned, empty)) yield index;
  }
}

/** The schema before a slot that was replayed, or behind the last one. */
export function catalogBefore(replay: Replay, index: number, empty: Catalog): Catalog {
  if (replay.head?.index === index) return replay.head.catalog;
  const near = nearest(replay, index, empty);
  let { catalog } = near;
  for (let at = near.index; at < index; at += 1) catalog = patch(catalog, replay.slots[at]?.delta ?? none);
  replay.head = { index, catalog };
  return catalog;
}

/** A schema that is known, the fewest changes before the one that is wanted. */
function nearest(replay: Replay, index: number, empty: Catalog): { readonly index: number; readonly catalog: Catalog } {
  const { head, past, checkpoints } = replay;
  const first = past?.planned.length ?? 0;
  const mark = Math.max(Math.floor((index - 1) / stride) * stride, first);
  if (head !== undefined && head.index < index && head.index >= mark) return head;
  if (mark === first) return { index: first, catalog: past?.schema() ?? empty };
  return { index: mark, catalog: checkpoints.get(mark) ?? empty };
}

/** Moves the cursor over one migration. True: it was replayed anew. */
function step(replay: Replay, environment: Environment, planned: Planned, empty: Catalog): boolean {
  const { slots, cursor: index, differs } = replay;
  unpark(replay, empty);
  if (index > 0 && index % stride === 0) mark(replay, empty);
  replay.cursor = index + 1;
  const old = slots[index];
  if (old !== undefined && isSame(old, planned) && !meets({ has: (key) => old.reads().includes(key) }, differs)) {
    pass(differs, old.delta);
    return false;
  }
  const before = catalogBefore(replay, index, empty);
  const known = replay.recent.find(({ slot }) => slot === old);
  const earlier = known?.slot.lint === planned.lint ? { ...known, differs } : undefined;
  const script = environment.scriptOf(planned.migration, old === undefined);
  const { slot, judged } = makeSlot(environment, planned, script, before, earlier);
  slots[index] = slot;
  if (judged !== undefined)
    replay.recent = newest(
      { slot, judged, transactionRule: script.transactionRule },
      ...replay.recent.filter((each) => each !== known),
    );
  // The schema before it stays at hand for the next keystroke. Nothing stands behind the last one, where most is typed.
  if (old === undefined || slots.length === index + 1) {
    differs.clear();
    replay.checkpoints.delete(index + 1);
  } else compare(differs, before, old.delta, slot.delta);
  return true;
}

/** Lets go of how the migrations behind the newest ones were judged. */
function newest(...all: readonly Recent[]): readonly Recent[] {
  for (const { slot } of all.slice(recently)) slot.reads();
  return all.slice(0, recently);
}

/** What an earlier edit left to be compared from here on. */
function unpark(replay: Replay, empty: Catalog): void {
  const { parked, cursor, differs } = replay;
  const made = parked.get(cursor);
  if (made === undefined) return;
  parked.delete(cursor);
  const before = catalogBefore(replay, cursor, empty);
  for (const [key, then] of made) differ(differs, key, then, entry(before, key));
}

function mark(replay: Replay, empty: Catalog): void {
  const { checkpoints, cursor, differs } = replay;
  if (differs.size > 0 || !checkpoints.has(cursor)) checkpoints.set(cursor, catalogBefore(replay, cursor, empty));
}

function makeSlot(
  environment: Environment,
  planned: Planned,
  script: Script,
  before: Catalog,
  earlier: Earlier | undefined,
): { readonly slot: Slot; readonly judged: readonly Judged[] | undefined } {
  const { after, reads, writes, findings, judged } = judge(environment, script, before, planned.lint, earlier);
  const ended = endMigration(after, planned.migration.id === environment.completeFrom);
  const changed = ended.writes.length === 0 ? writes : new Set([...writes, ...ended.writes]);
  const delta = changed.size === 0 ? none : [...changed].map((key) => [key, entry(ended.catalog, key)] as const);
  const reasons = notExamined(environment.dialect, script);
  const slot: Slot = {
    ...planned,
    reads: judged === undefined ? given(reads()) : lazily(reads),
    delta,
    findings: findings.length === 0 ? none : findings,
    notExamined: reasons.length === 0 ? none : reasons,
  };
  return { slot, judged };
}

function given<T>(value: T): () => T {
  return () => value;
}

/** Works it out when it is asked for, and forgets how. */
function lazily<T>(work: () => T): () => T {
  let answer = () => {
    const value = work();
    answer = given(value);
    return value;
  };
  return () => answer();
}

const none: readonly never[] = [];

function isSame(slot: Planned | undefined, planned: Planned | undefined): boolean {
  return (
    slot !== undefined &&
    planned !== undefined &&
    slot.content === planned.content &&
    slot.settings === planned.settings &&
    slot.lint === planned.lint &&
    slot.migration.id === planned.migration.id
  );
}
