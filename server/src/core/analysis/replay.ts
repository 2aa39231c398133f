import { endMigration, entry, patch, sameEntry } from '../schema/apply.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import { type Environment, replayScript } from './contexts.ts';
import { findingsOf } from './run-rules.ts';
import type { Script, Slot } from './slot.ts';

/** One migration to replay. `lint` false: frozen, so only its effect on the schema counts. */
export interface Planned {
  readonly script: Script;
  readonly lint: boolean;
}

/**
 * The replay of one project, kept between edits. `slots` before `cursor` are true for the current plan; those from it
 * on belong to the last plan that reached them and are reused where nothing they read has changed.
 */
export interface Replay {
  slots: Slot[];
  cursor: number;
  /** Index -> keys that may differ there from what the slot was made with. */
  readonly dirty: Map<number, Set<ObjectKey>>;
}

export function newReplay(): Replay {
  return { slots: [], cursor: 0, dirty: new Map() };
}

/** From this place on the plan has changed. */
export function invalidate(replay: Replay, index: number): void {
  replay.cursor = Math.min(replay.cursor, index);
}

/** The plan has other migrations: keep the common beginning, forget the rest. */
export function realign(replay: Replay, plan: readonly Planned[]): void {
  let same = 0;
  while (same < plan.length && same < replay.slots.length && isSame(replay.slots[same], plan[same])) same += 1;
  replay.slots.length = same;
  replay.cursor = Math.min(replay.cursor, same);
  for (const index of replay.dirty.keys()) if (index >= same) replay.dirty.delete(index);
}

/** Replays up to and including `until`. Yields the index of each migration that was replayed anew. */
export function* advance(
  replay: Replay,
  environment: Environment,
  plan: readonly Planned[],
  empty: Catalog,
  until: number,
): Generator<number, void> {
  let changed = new Set<ObjectKey>(replay.dirty.get(replay.cursor));
  replay.dirty.delete(replay.cursor);
  while (replay.cursor <= until && replay.cursor < plan.length) {
    const index = replay.cursor;
    const planned = plan[index];
    if (planned === undefined) return;
    for (const key of replay.dirty.get(index) ?? []) changed.add(key);
    replay.dirty.delete(index);
    const before = index === 0 ? empty : (replay.slots[index - 1]?.after ?? empty);
    const old = replay.slots[index];
    if (old !== undefined) changed = reallyDiffer(changed, old.before, before);
    if (old !== undefined && isSame(old, planned) && !meets(old.reads, changed)) {
      if (changed.size > 0) {
        replay.slots[index] = moved(old, before, changed);
        for (const key of old.writes) changed.delete(key);
      } else replay.slots[index] = old.before === before ? old : { ...old, before };
      replay.cursor += 1;
      continue;
    }
    const slot = makeSlot(environment, planned, before);
    replay.slots[index] = slot;
    if (old !== undefined) {
      for (const key of old.writes) changed.add(key);
      for (const key of slot.writes) changed.add(key);
      changed = reallyDiffer(changed, old.after, slot.after);
    }
    replay.cursor += 1;
    if (changed.size > 0) mark(replay, replay.cursor, changed);
    yield index;
    for (const key of replay.dirty.get(replay.cursor) ?? []) changed.add(key);
    replay.dirty.delete(replay.cursor);
  }
  if (changed.size > 0 && replay.cursor < replay.slots.length) mark(replay, replay.cursor, changed);
}

function makeSlot(environment: Environment, { script, lint }: Planned, before: Catalog): Slot {
  const { context, after, reads, writes } = replayScript(environment, script, before);
  const findings = lint ? findingsOf(context) : [];
  const ended = endMigration(after);
  for (const key of ended.writes) writes.add(key);
  return { script, lint, before, after: ended.catalog, reads, writes, findings };
}

/** The same result from a schema that differs only in what it never looked at. */
function moved(old: Slot, before: Catalog, changed: ReadonlySet<ObjectKey>): Slot {
  const entries = [...changed].filter((key) => !old.writes.has(key)).map((key) => [key, entry(before, key)] as const);
  return { ...old, before, after: patch(old.after, entries) };
}

function reallyDiffer(keys: ReadonlySet<ObjectKey>, a: Catalog, b: Catalog): Set<ObjectKey> {
  const different = new Set<ObjectKey>();
  for (const key of keys) if (!sameEntry(entry(a, key), entry(b, key))) different.add(key);
  return different;
}

function isSame(slot: Slot | undefined, planned: Planned | undefined): boolean {
  return slot !== undefined && planned !== undefined && slot.script === planned.script && slot.lint === planned.lint;
}

function meets(a: ReadonlySet<ObjectKey>, b: ReadonlySet<ObjectKey>): boolean {
  for (const key of b) if (a.has(key)) return true;
  return false;
}

function mark(replay: Replay, index: number, keys: Iterable<ObjectKey>): void {
  const all = replay.dirty.get(index) ?? new Set<ObjectKey>();
  for (const key of keys) all.add(key);
  replay.dirty.set(index, all);
}
