import type { Catalog, CatalogObject, Departed, ObjectKey } from './catalog.ts';
import { departedKey, dependentsKey, searchPathKey } from './keys.ts';

interface Entries<V> extends Iterable<[ObjectKey, V]> {
  get(key: ObjectKey): V | undefined;
  has(key: ObjectKey): boolean;
}

/** A catalog to look at. */
export interface CatalogView {
  readonly objects: Entries<CatalogObject>;
  /** Key of an object -> keys of those that depend on it. */
  readonly dependents: Entries<readonly ObjectKey[]>;
  readonly tainted: Entries<true>;
  readonly departed: Entries<Departed>;
  readonly searchPath: readonly string[];
  /** What a new session starts with. */
  readonly initialSearchPath: readonly string[];
}

/** Read by whoever walks over all objects: every change of the schema may change what they found. */
export const everything: ObjectKey = 'every:object';

/**
 * The same catalog, noting in `reads` each key that is asked for. An object and its taint share one key: who looks for
 * one asks for both.
 */
export function trackedView(catalog: Catalog, reads: Set<ObjectKey>): CatalogView {
  return new TrackedView(catalog, reads);
}

/** A class, because every change that is applied or judged makes one or two. */
class TrackedView implements CatalogView {
  readonly objects: Entries<CatalogObject>;
  readonly dependents: Entries<readonly ObjectKey[]>;
  readonly tainted: Entries<true>;
  readonly departed: CatalogView['departed'];
  readonly #catalog: Catalog;
  readonly #reads: Set<ObjectKey>;

  constructor(catalog: Catalog, reads: Set<ObjectKey>) {
    this.objects = new Tracked(catalog.objects, reads, same);
    this.dependents = new Tracked(catalog.dependents, reads, dependentsKey);
    this.tainted = new Tracked(catalog.tainted, reads, same);
    this.departed = new Tracked(catalog.departed, reads, departedKey);
    this.#catalog = catalog;
    this.#reads = reads;
  }

  get initialSearchPath(): readonly string[] {
    return this.#catalog.initialSearchPath;
  }

  get searchPath(): readonly string[] {
    this.#reads.add(searchPathKey);
    return this.#catalog.searchPath;
  }
}

const same = (key: ObjectKey): ObjectKey => key;

class Tracked<V> implements Entries<V> {
  readonly #entries: Entries<V>;
  readonly #reads: Set<ObjectKey>;
  readonly #keyOf: (key: ObjectKey) => ObjectKey;

  constructor(entries: Entries<V>, reads: Set<ObjectKey>, keyOf: (key: ObjectKey) => ObjectKey) {
    this.#entries = entries;
    this.#reads = reads;
    this.#keyOf = keyOf;
  }

  get(key: ObjectKey): V | undefined {
    this.#reads.add(this.#keyOf(key));
    return this.#entries.get(key);
  }

  has(key: ObjectKey): boolean {
    this.#reads.add(this.#keyOf(key));
    return this.#entries.has(key);
  }

  [Symbol.iterator](): Iterator<[ObjectKey, V]> {
    this.#reads.add(everything);
    return this.#entries[Symbol.iterator]();
  }
}
