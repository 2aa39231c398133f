import { entry, sameEntry } from '../schema/apply.ts';
import type { Catalog, ObjectKey } from '../schema/catalog.ts';
import { subjectOf } from '../schema/keys.ts';
import { everything } from '../schema/view.ts';
import type { Entry } from './slot.ts';

/** In what the schema at some point differs from the one that the same point was judged with before. */
export type Differences = Map<ObjectKey, Difference>;

interface Difference {
  readonly subject: ObjectKey;
  readonly then: unknown;
  readonly now: unknown;
}

export function differ(differs: Differences, key: ObjectKey, then: unknown, now: unknown): void {
  if (sameEntry(then, now)) differs.delete(key);
  else differs.set(key, { subject: subjectOf(key), then, now });
}

/**
 * Moves over something that was made anew: its old changes are what comes next was judged with.
 * @param before the schema before it, as it is now
 */
export function compare(differs: Differences, before: Catalog, then: readonly Entry[], now: readonly Entry[]): void {
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

/** Moves over something that changes the same entries to the same values. */
export function pass(differs: Differences, delta: readonly Entry[]): void {
  if (differs.size > 0) for (const [key] of delta) differs.delete(key);
}

/** Would something that read these keys find anything else? */
export function meets(reads: { has(key: ObjectKey): boolean }, differs: Differences): boolean {
  if (differs.size === 0) return false;
  for (const { subject } of differs.values()) if (reads.has(subject)) return true;
  return reads.has(everything);
}
