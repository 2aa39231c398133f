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
  taintKey,
} from '../keys.ts';
import type { ObjectName, QualifiedName } from '../names.ts';
import { type Named, namesake } from '../namesake.ts';
import { typeKeyNamed } from '../row-types.ts';
import type { SchemaSemantics } from '../semantics.ts';
import { usesOf } from '../uses.ts';
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
  let catalog = start;
  let viewed = start;
  let view: CatalogView | undefined;
  const writes = new Set<ObjectKey>();
  const editor: Editor = {
    semantics,
    origin,
    reads,
    writes,
    get catalog() {
      if (view === undefined || viewed !== catalog) view = trackedView(catalog, reads);
      viewed = catalog;
      return view;
    },
    result: () => catalog,
    get(key) {
      reads.add(key);
      return catalog.objects.get(key);
    },
    set(key, value) {
      // What is there already is not written: that depends on what is there.
      reads.add(key);
      const old = catalog.objects.get(key);
      if (old === value || (old !== undefined && value !== undefined && equalData(old, value))) return;
      writes.add(key);
      const hasTemporary = catalog.hasTemporary || (value !== undefined && isTemporary(key));
      catalog = { ...catalog, objects: catalog.objects.with(key, value), hasTemporary };
      if (old === undefined || value === undefined) depart(key, value === undefined ? old : undefined);
      linkUses(key, old, value);
    },
    resolve(space, name) {
      if (space === 'type') return typeKeyNamed(editor.catalog, name);
      if (name.schema === undefined) reads.add(searchPathKey);
      for (const key of candidateKeys(catalog, space, name)) {
        reads.add(key);
        if (catalog.objects.has(key)) return key;
      }
      return undefined;
    },
    dependents(key) {
      reads.add(dependentsKey(key));
      return catalog.dependents.get(key) ?? [];
    },
    taint(key) {
      reads.add(key);
      if (catalog.tainted.has(key)) return;
      writes.add(taintKey(key));
      catalog = { ...catalog, tainted: catalog.tainted.with(key, true) };
    },
    untaint(key) {
      reads.add(key);
      if (!catalog.tainted.has(key)) return;
      writes.add(taintKey(key));
      catalog = { ...catalog, tainted: catalog.tainted.with(key, undefined) };
    },
    setSearchPath(path) {
      writes.add(searchPathKey);
      catalog = { ...catalog, searchPath: path };
    },
  };
  /** What leaves is kept while nothing takes its name: whoever was granted something may still come for it. */
  const depart = (key: ObjectKey, object: CatalogObject | undefined) => {
    const left = object !== undefined && !isTemporary(key) && isGuarded(object) ? { object, origin } : undefined;
    if (left === undefined && !catalog.departed.has(key)) return;
    writes.add(departedKey(key));
    catalog = { ...catalog, departed: catalog.departed.with(key, left) };
  };
  /** Whoever depends on something is in its list of dependents, whatever is set. */
  const linkUses = (key: ObjectKey, old: CatalogObject | undefined, value: CatalogObject | undefined) => {
    const [before, after] = [old === undefined ? none : usesOf(old), value === undefined ? none : usesOf(value)];
    for (const on of before)
      if (!after.has(on))
        setDependents(
          on,
          editor.dependents(on).filter((each) => each !== key),
        );
    for (const on of after) if (!before.has(on)) setDependents(on, [...editor.dependents(on), key]);
  };
  const setDependents = (key: ObjectKey, list: readonly ObjectKey[]) => {
    writes.add(dependentsKey(key));
    catalog = {
      ...catalog,
      dependents: catalog.dependents.with(key, list.length === 0 ? undefined : list),
    };
  };
  return editor;
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
