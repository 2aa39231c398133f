/**
 * A map that is a former map with a few entries changed, so that an edit costs what it changes and not what there is. Patches lie
 * on patches, the upper ones small; one that has grown is laid into the one below, and at last everything is folded into a map of
 * its own. What differs between two maps that grew from one is found in their patches (`differing`).
 * @param changes `undefined`: taken away
 */
export function patched<K, V>(former: ReadonlyMap<K, V>, changes: ReadonlyMap<K, V | undefined>): ReadonlyMap<K, V> {
  if (changes.size === 0) return former;
  if (changes.size > former.size) return whole(former, changes);
  let { size } = former;
  for (const [key, value] of changes) size += (value === undefined ? 0 : 1) - (former.has(key) ? 1 : 0);
  let base = former;
  let all = changes;
  // What lies above is merged while it is small beside what it would lie on.
  while (base instanceof Patched && all.size * steep > base.changes.size) {
    all = merged(base.changes, all);
    ({ base } = base);
  }
  if (!(base instanceof Patched) && all.size > smallest && all.size * 4 > base.size) return whole(base, all);
  return new Patched(base, all, size);
}

/** Keys whose values are not the same in both maps, with the later one's value. Costs what differs where one grew from the other. */
export function differing<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>): ReadonlyMap<K, V | undefined> {
  const changes = new Map<K, V | undefined>();
  const meet = (key: K): void => {
    const value = after.get(key);
    if (before.get(key) !== value) changes.set(key, value);
  };
  const common = commonBase(before, after);
  if (common === undefined) {
    for (const key of before.keys()) if (!after.has(key)) changes.set(key, undefined);
    for (const key of after.keys()) meet(key);
  } else
    for (const map of [before, after])
      for (const layer of layersAbove(map, common)) for (const key of layer.keys()) meet(key);
  return changes;
}

/**
 * A function of every entry: of a map that grew from another one only its patches are gone through. The same map gives the same one.
 * @param of `undefined`: the entry has none
 */
export function entrywise<K, V, R>(
  of: (value: V, key: K) => R | undefined,
): (map: ReadonlyMap<K, V>) => ReadonlyMap<K, R> {
  const known = new WeakMap<ReadonlyMap<K, V>, ReadonlyMap<K, R>>();
  const work = (map: ReadonlyMap<K, V>): ReadonlyMap<K, R> => {
    if (map instanceof Patched) {
      const changes = new Map<K, R | undefined>();
      const { base, changes: own } = map as Patched<K, V>;
      const below = all(base);
      for (const [key, value] of own) {
        const result = value === undefined ? undefined : of(value, key);
        if (result !== undefined || below.has(key)) changes.set(key, result);
      }
      return patched(below, changes);
    }
    const results = new Map<K, R>();
    for (const [key, value] of map) {
      const result = of(value, key);
      if (result !== undefined) results.set(key, result);
    }
    return results;
  };
  const all = (map: ReadonlyMap<K, V>): ReadonlyMap<K, R> => {
    const found = known.get(map) ?? work(map);
    known.set(map, found);
    return found;
  };
  return all;
}

export function hasSameKeys<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  if (a.size !== b.size) return false;
  for (const key of differing(a, b).keys()) if (!a.has(key) || !b.has(key)) return false;
  return true;
}

function commonBase<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): ReadonlyMap<K, V> | undefined {
  for (let of = a; ; of = of.base) {
    for (let other = b; ; other = other.base) {
      if (of === other) return of;
      if (!(other instanceof Patched)) break;
    }
    if (!(of instanceof Patched)) return undefined;
  }
}

function* layersAbove<K, V>(map: ReadonlyMap<K, V>, base: ReadonlyMap<K, V>): Iterable<ReadonlyMap<K, V | undefined>> {
  for (let at = map; at !== base && at instanceof Patched; at = at.base) yield at.changes;
}

function merged<K, V>(below: ReadonlyMap<K, V>, above: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  const all = new Map(below);
  for (const [key, value] of above) all.set(key, value);
  return all;
}

function whole<K, V>(base: ReadonlyMap<K, V>, changes: ReadonlyMap<K, V | undefined>): ReadonlyMap<K, V> {
  const map = new Map(base);
  for (const [key, value] of changes) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  return map;
}

/** Patches up to this size are not worth folding. */
const smallest = 1000;

/** How many times as large a patch is as the one on it, at least. */
const steep = 8;

class Patched<K, V> implements ReadonlyMap<K, V> {
  readonly base: ReadonlyMap<K, V>;
  /** `undefined`: taken away. */
  readonly changes: ReadonlyMap<K, V | undefined>;
  readonly size: number;

  constructor(base: ReadonlyMap<K, V>, changes: ReadonlyMap<K, V | undefined>, size: number) {
    this.base = base;
    this.changes = changes;
    this.size = size;
  }

  get(key: K): V | undefined {
    const changed = this.changes.get(key);
    return changed !== undefined || this.changes.has(key) ? changed : this.base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  /** In the order of the base, what is new at the end. */
  *entries(): MapIterator<[K, V]> {
    for (const entry of this.base) {
      if (!this.changes.has(entry[0])) yield entry;
      else {
        const value = this.changes.get(entry[0]);
        if (value !== undefined) yield [entry[0], value];
      }
    }
    for (const [key, value] of this.changes) if (value !== undefined && !this.base.has(key)) yield [key, value];
    return undefined;
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
    return undefined;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(each: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) each(value, key, this);
  }
}
