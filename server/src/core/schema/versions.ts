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
    const table = this.#table();
    const old = table.get(key);
    if (old === value) return this;
    put(table, key, value);
    const next = new Versions(table);
    this.#state = { key, value: old, next };
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
      const { key, value } = version.#state as Difference<V>;
      at.#state = { key, value: table.get(key), next: version };
      put(table, key, value);
      version.#state = table;
      at = version;
    }
    return table;
  }
}

/** This version has `value` at `key`, and else what `next` has. */
interface Difference<V> {
  readonly key: string;
  readonly value: V | undefined;
  readonly next: Versions<V>;
}

function put<V>(table: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) table.delete(key);
  else table.set(key, value);
}
