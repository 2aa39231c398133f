import { hasStandIn } from '../../text/stand-in.ts';
import type { Catalog, CatalogObject, Index, ObjectKey, Origin, Table, View } from '../catalog.ts';
import { equalData } from '../equal.ts';
import { parentsOf } from '../family.ts';
import {
  candidateKeys,
  departedKey,
  dependentsKey,
  isTemporary,
  type Space,
  searchPathKey,
  standInKey,
  taintKey,
} from '../keys.ts';
import type { ObjectName, QualifiedName } from '../names.ts';
import { type Named, namesake } from '../namesake.ts';
import { typeKeyNamed } from '../row-types.ts';
import type { SchemaSemantics } from '../semantics.ts';
import { usesBehind, usesOf } from '../uses.ts';
import { type CatalogView, trackedView } from '../view.ts';

/**
 * The catalog while one change is applied: reads and writes are noted, so that the replay knows what the change
 * depended on and what it made.
 */
export interface Editor {
  readonly semantics: SchemaSemantics;
  readonly origin: Origin;
  readonly reads: Set<ObjectKey>;
  readonly writes: Set<ObjectKey>;
  /** As it is at this moment; whatever is looked at is noted. */
  readonly catalog: CatalogView;
  /** The same, as the value that it is. */
  result(): Catalog;
  get(key: ObjectKey): CatalogObject | undefined;
  set(key: ObjectKey, value: CatalogObject | undefined): void;
  /** Key of the existing object that a name means. */
  resolve(space: Space, name: ObjectName): ObjectKey | undefined;
  dependents(key: ObjectKey): readonly ObjectKey[];
  taint(key: ObjectKey): void;
  untaint(key: ObjectKey): void;
  setSearchPath(path: readonly string[]): void;
}

export function createEditor(
  start: Catalog,
  origin: Origin,
  semantics: SchemaSemantics,
  reads: Set<ObjectKey>,
): Editor {
  return new CatalogEditor(start, origin, semantics, reads);
}

/** A class, because every change that is applied makes one. */
class CatalogEditor implements Editor {
  readonly semantics: SchemaSemantics;
  readonly origin: Origin;
  readonly reads: Set<ObjectKey>;
  readonly writes = new Set<ObjectKey>();
  #catalog: Catalog;
  #viewed: Catalog | undefined;
  #view: CatalogView | undefined;

  constructor(start: Catalog, origin: Origin, semantics: SchemaSemantics, reads: Set<ObjectKey>) {
    this.#catalog = start;
    this.origin = origin;
    this.semantics = semantics;
    this.reads = reads;
  }

  get catalog(): CatalogView {
    if (this.#view === undefined || this.#viewed !== this.#catalog) this.#view = trackedView(this.#catalog, this.reads);
    this.#viewed = this.#catalog;
    return this.#view;
  }

  result(): Catalog {
    return this.#catalog;
  }

  get(key: ObjectKey): CatalogObject | undefined {
    this.reads.add(key);
    return this.#catalog.objects.get(key);
  }

  set(key: ObjectKey, value: CatalogObject | undefined): void {
    // What is there already is not written: that depends on what is there.
    this.reads.add(key);
    const catalog = this.#catalog;
    const old = catalog.objects.get(key);
    if (old === value || (old !== undefined && value !== undefined && equalData(old, value))) return;
    this.writes.add(key);
    const hasTemporary = catalog.hasTemporary || (value !== undefined && isTemporary(key));
    this.#catalog = { ...catalog, objects: catalog.objects.with(key, value), hasTemporary };
    if (old === undefined || value === undefined) this.#depart(key, value === undefined ? old : undefined);
    this.#linkUses(key, old, value);
    if (value !== undefined && hasStandIn(key)) this.taint(standInKey);
  }

  resolve(space: Space, name: ObjectName): ObjectKey | undefined {
    if (space === 'type') return typeKeyNamed(this.catalog, name);
    if (name.schema === undefined) this.reads.add(searchPathKey);
    for (const key of candidateKeys(this.#catalog, space, name)) {
      this.reads.add(key);
      if (this.#catalog.objects.has(key)) return key;
    }
    if (hasStandIn(name.schema) || this.catalog.tainted.has(standInKey)) this.#blurNamesakes(name);
    return undefined;
  }

  dependents(key: ObjectKey): readonly ObjectKey[] {
    this.reads.add(dependentsKey(key));
    return this.#catalog.dependents.get(key) ?? [];
  }

  taint(key: ObjectKey): void {
    this.reads.add(key);
    if (!this.#catalog.tainted.has(key)) this.#setTaint(key, true);
  }

  untaint(key: ObjectKey): void {
    this.reads.add(key);
    if (this.#catalog.tainted.has(key)) this.#setTaint(key, undefined);
  }

  setSearchPath(path: readonly string[]): void {
    this.writes.add(searchPathKey);
    this.#catalog = { ...this.#catalog, searchPath: path };
  }

  #setTaint(key: ObjectKey, taint: true | undefined): void {
    this.writes.add(taintKey(key));
    this.#catalog = { ...this.#catalog, tainted: this.#catalog.tainted.with(key, taint) };
  }

  /** A schema of a name that nobody knows may be any other: whatever may be meant is not known from here on. */
  #blurNamesakes({ schema, name }: ObjectName): void {
    for (const [key, object] of this.catalog.objects)
      if (object.name.name === name && hasStandIn(object.name.schema) !== hasStandIn(schema)) this.taint(key);
  }

  /** What leaves is kept while nothing takes its name: whoever was granted something may still come for it. */
  #depart(key: ObjectKey, object: CatalogObject | undefined): void {
    const { origin } = this;
    const left = object !== undefined && !isTemporary(key) && isGuarded(object) ? { object, origin } : undefined;
    if (left === undefined && !this.#catalog.departed.has(key)) return;
    this.writes.add(departedKey(key));
    this.#catalog = { ...this.#catalog, departed: this.#catalog.departed.with(key, left) };
  }

  /** Whoever depends on something is in its list of dependents, whatever is set. */
  #linkUses(key: ObjectKey, old: CatalogObject | undefined, value: CatalogObject | undefined): void {
    const before = old === undefined ? none : usesOf(old);
    const after = value === undefined ? none : old === undefined ? usesOf(value) : usesBehind(old, value);
    if (before === after) return;
    for (const on of before)
      if (!after.has(on))
        this.#setDependents(
          on,
          this.dependents(on).filter((each) => each !== key),
        );
    for (const on of after) if (!before.has(on)) this.#setDependents(on, [...this.dependents(on), key]);
  }

  #setDependents(key: ObjectKey, list: readonly ObjectKey[]): void {
    this.writes.add(dependentsKey(key));
    const dependents = this.#catalog.dependents.with(key, list.length === 0 ? undefined : list);
    this.#catalog = { ...this.#catalog, dependents };
  }
}

/** Has it something that a new object of its name would not have: privileges, row security, options of a view? */
function isGuarded(object: CatalogObject): boolean {
  if ((object.privileges ?? []).length > 0) return true;
  if (object.kind === 'table') return object.policies.length > 0 || object.rowSecurity.enabled;
  return object.kind === 'view' && Object.keys(object.options).length > 0;
}

const none: ReadonlySet<ObjectKey> = new Set();

/** The table of a name, when it is one. */
export function tableOf(
  editor: Editor,
  name: ObjectName,
): { readonly key: ObjectKey; readonly table: Table } | undefined {
  const key = editor.resolve('rel', name);
  const object = key === undefined ? undefined : editor.get(key);
  return key === undefined || object?.kind !== 'table' ? undefined : { key, table: object };
}

export function tableAt(editor: Editor, key: ObjectKey): Table | undefined {
  const object = editor.get(key);
  return object?.kind === 'table' ? object : undefined;
}

export function indexAt(editor: Editor, key: ObjectKey): Index | undefined {
  const object = editor.get(key);
  return object?.kind === 'index' ? object : undefined;
}

/** Something of this name stands in the way of what would be made. */
export function isTaken({ catalog, semantics }: Editor, name: QualifiedName, made: Named): boolean {
  return namesake(catalog, semantics.habits, name, made) !== undefined;
}

/** A table or a view: what has indexes, triggers and rules. */
export function relationWithIndexes(editor: Editor, key: ObjectKey): Table | View | undefined {
  const object = editor.get(key);
  return object?.kind === 'table' || object?.kind === 'view' ? object : undefined;
}

/** Undefined: not all of them are known. */
export function columnNames(object: CatalogObject): readonly string[] | undefined {
  if (object.kind === 'table') return object.partial ? undefined : object.columns.map(({ name }) => name);
  if (object.kind !== 'view' || object.columns.includes('*')) return undefined;
  return object.columns;
}

/** Those right below. */
export function partitionsOf(editor: Editor, key: ObjectKey): readonly ObjectKey[] {
  return editor.dependents(key).filter((each) => tableAt(editor, each)?.partitionOf?.parent === key);
}

/** Partitions and inheriting tables right below. */
export function childrenAt(editor: Editor, key: ObjectKey): readonly ObjectKey[] {
  return editor.dependents(key).filter((each) => parentsOf(tableAt(editor, each)).includes(key));
}

/** Partitions and inheriting tables, all the way down, each once. */
export function childrenOf(editor: Editor, key: ObjectKey): readonly ObjectKey[] {
  const found = new Set<ObjectKey>();
  const visit = (parent: ObjectKey): void => {
    for (const child of childrenAt(editor, parent)) {
      if (found.has(child)) continue;
      found.add(child);
      visit(child);
    }
  };
  visit(key);
  return [...found];
}
