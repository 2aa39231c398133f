/**
 * An immutable map with cheap neighbours: every version is a value, and all versions of one family share one table. The
 * table holds the version that was asked last; the others know in what they differ from the next one towards it
 * (H. Baker, "Shallow binding makes functional arrays fast", 1991). A replay asks versions in order, so that reading
 * and writing cost what a plain map costs; going back costs one step per change in between.
 */
export class Versions<V> implements Iterable<[string, V]> {
  #state: Map<string, V> | Difference<V>;

  private constructor(state: Map<string, V>) {
    this.#state = state;
  }

  static empty<V>(): Versions<V> {
    return new Versions(new Map<string, V>());
  }

  get(key: string): V | undefined {
    return this.#table().get(key);
  }

  has(key: string): boolean {
    return this.#table().has(key);
  }

  /** @param value `undefined` removes */
  with(key: string, value: V | undefined): Versions<V> {
    return this.withAll([key, value]);
  }

  /** @param changes key, value, key, value, ...; `undefined` removes, the last value of a key counts */
  withAll(changes: Changes<V>): Versions<V> {
    const table = this.#table();
    const undo = exchange(table, changes);
    if (undo.length === 0) return this;
    const next = new Versions(table);
    this.#state = { undo, next };
    return next;
  }

  /** In the order of the keys, which no path through the versions changes. */
  [Symbol.iterator](): Iterator<[string, V]> {
    return [...this.#table()].sort(([a], [b]) => (a < b ? -1 : 1)).values();
  }

  #table(): Map<string, V> {
    if (this.#state instanceof Map) return this.#state;
    const path: Versions<V>[] = [];
    let at: Versions<V> = this;
    while (!(at.#state instanceof Map)) {
      path.push(at);
      at = at.#state.next;
    }
    const table = at.#state;
    for (let version = path.pop(); version !== undefined; version = path.pop()) {
      const { undo } = version.#state as Difference<V>;
      at.#state = { undo: exchange(table, undo), next: version };
      version.#state = table;
      at = version;
    }
    return table;
  }
}

/** Key, value, key, value, ... */
type Changes<V> = readonly (string | V | undefined)[];

/** Applied to the table of `next`, the changes give this version. */
interface Difference<V> {
  readonly undo: Changes<V>;
  readonly next: Versions<V>;
}

/** Makes the changes, and answers those that take them back. */
function exchange<V>(table: Map<string, V>, changes: Changes<V>): Changes<V> {
  const undo: (string | V | undefined)[] = [];
  for (let at = 0; at < changes.length; at += 2) {
    const key = changes[at] as string;
    const value = changes[at + 1] as V | undefined;
    const old = table.get(key);
    if (old === value) continue;
    if (value === undefined) table.delete(key);
    else table.set(key, value);
    undo.push(old, key);
  }
  return undo.reverse();
}
