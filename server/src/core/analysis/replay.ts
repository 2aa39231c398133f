import { endMigration, entry, patch, sameEntry } from '../schema/apply.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import { subjectOf } from '../schema/keys.ts';
import { everything } from '../schema/view.ts';
import { type Environment, replayScript } from './contexts.ts';
import { notExamined } from './not-examined.ts';
import { findingsOf } from './run-rules.ts';
import type { Entry, Planned, Slot } from './slot.ts';

/**
 * The replay of one project, kept between edits. Slots before `cursor` are true for the current plan; those from it
 * on belong to the last plan that reached them, and are kept where nothing that they read has changed.
 *
 * No slot holds a schema: each holds what it changed. The schema before a slot is a checkpoint with the changes since.
 */
export interface Replay {
  readonly slots: Slot[];
  cursor: number;
  /** What differs before the slot at `cursor` from what it was made with. */
  differs: Map<ObjectKey, Difference>;
  /** Index -> values that the slots from there on were made with, where they may differ by now. */
  readonly parked: Map<number, ReadonlyMap<ObjectKey, unknown>>;
  /** Index -> schema before that slot. Those behind `cursor` belong to what the slots there were made with. */
  readonly checkpoints: Map<number, Catalog>;
  /** The schema that was asked for last, before a slot that is not behind `cursor`. */
  head: { readonly index: number; readonly catalog: Catalog } | undefined;
}

interface Difference {
  readonly then: unknown;
  readonly now: unknown;
}

/** Slots from one checkpoint to the next. */
const stride = 32;

export function newReplay(): Replay {
  return { slots: [], cursor: 0, differs: new Map(), parked: new Map(), checkpoints: new Map(), head: undefined };
}

/** From this place on the plan has changed. */
export function invalidate(replay: Replay, index: number): void {
  if (index >= replay.cursor) return;
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
  let same = 0;
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
  const mark = Math.floor((index - 1) / stride) * stride;
  const near = replay.head !== undefined && replay.head.index < index && replay.head.index >= mark;
  const from = near && replay.head !== undefined ? replay.head.index : Math.max(mark, 0);
  const start = near && replay.head !== undefined ? replay.head.catalog : (replay.checkpoints.get(mark) ?? empty);
  let catalog = start;
  for (let at = from; at < index; at += 1) catalog = patch(catalog, replay.slots[at]?.delta ?? none);
  replay.head = { index, catalog };
  return catalog;
}

/** Moves the cursor over one migration. True: it was replayed anew. */
function step(replay: Replay, environment: Environment, planned: Planned, empty: Catalog): boolean {
  const { slots, cursor: index, differs } = replay;
  unpark(replay, empty);
  if (index > 0 && index % stride === 0) mark(replay, empty);
  replay.cursor = index + 1;
  const old = slots[index];
  if (old !== undefined && isSame(old, planned) && !meets(old.reads, differs)) {
    for (const [key] of old.delta) differs.delete(key);
    return false;
  }
  const before = catalogBefore(replay, index, empty);
  const slot = makeSlot(environment, planned, before);
  slots[index] = slot;
  // Straight from one slot to the next: what was in between is forgotten.
  replay.head = { index: index + 1, catalog: patch(before, slot.delta) };
  if (old === undefined) differs.clear();
  else compare(differs, before, old.delta, slot.delta);
  return true;
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

/** Behind a slot that was made anew: its old changes are what the next slots were made with. */
function compare(
  differs: Map<ObjectKey, Difference>,
  before: Catalog,
  then: readonly Entry[],
  now: readonly Entry[],
): void {
  const made = new Map(now);
  for (const [key, value] of then) {
    differ(differs, key, value, made.has(key) ? made.get(key) : entry(before, key));
    made.delete(key);
  }
  for (const [key, value] of made) {
    const known = differs.get(key);
    differ(differs, key, known === undefined ? entry(before, key) : known.then, value);
  }
}

function differ(differs: Map<ObjectKey, Difference>, key: ObjectKey, then: unknown, now: unknown): void {
  if (sameEntry(then, now)) differs.delete(key);
  else differs.set(key, { then, now });
}

function makeSlot(environment: Environment, planned: Planned, before: Catalog): Slot {
  const script = environment.scriptOf(planned.migration);
  const { context, after, reads, writes } = replayScript(environment, script, before);
  const findings = planned.lint ? findingsOf(context, environment.options) : none;
  const ended = endMigration(after);
  for (const key of ended.writes) writes.add(key);
  const delta = writes.size === 0 ? none : [...writes].map((key) => [key, entry(ended.catalog, key)] as const);
  const reasons = notExamined(environment.dialect, script);
  return {
    ...planned,
    reads: [...reads],
    delta,
    findings: findings.length === 0 ? none : findings,
    notExamined: reasons.length === 0 ? none : reasons,
  };
}

const none: readonly never[] = [];

function isSame(slot: Slot | undefined, planned: Planned | undefined): boolean {
  return (
    slot !== undefined &&
    planned !== undefined &&
    slot.content === planned.content &&
    slot.settings === planned.settings &&
    slot.lint === planned.lint &&
    slot.migration.id === planned.migration.id
  );
}

function meets(reads: readonly ObjectKey[], differs: ReadonlyMap<ObjectKey, Difference>): boolean {
  if (differs.size === 0) return false;
  for (const key of differs.keys()) if (reads.includes(subjectOf(key))) return true;
  return reads.includes(everything);
}
