/**
 * A map that is a former map with a few entries changed, so that an edit costs what it changes and not what there is.
 * Patches on patches are merged; a patch that has grown is folded into a map of its own.
 */
export function patched<K, V>(former: ReadonlyMap<K, V>, changes: ReadonlyMap<K, V | undefined>): ReadonlyMap<K, V> {
  if (changes.size === 0) return former;
  if (changes.size > former.size) return whole(former, changes);
  const base = former instanceof Patched ? (former.base as ReadonlyMap<K, V>) : former;
  const older = former instanceof Patched ? (former.changes as ReadonlyMap<K, V | undefined>) : undefined;
  const all = older === undefined ? changes : new Map([...older, ...changes]);
  if (all.size > smallest && all.size * 4 > base.size) return whole(base, all);
  let { size } = former;
  for (const [key, value] of changes) size += (value === undefined ? 0 : 1) - (former.has(key) ? 1 : 0);
  return new Patched(base, all, size);
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
