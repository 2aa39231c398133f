import type { Catalog, CatalogObject, Index, ObjectKey, Origin, Table, View } from '../catalog.ts';
import { equalData } from '../equal.ts';
import {
  candidateKeys,
  constraintNameKey,
  dependentsKey,
  isTemporary,
  type Space,
  searchPathKey,
  taintKey,
} from '../keys.ts';
import type { ObjectName } from '../names.ts';
import type { SchemaSemantics } from '../semantics.ts';
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
  depend(on: ObjectKey, by: ObjectKey): void;
  independ(on: ObjectKey, by: ObjectKey): void;
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
  const writes = new Set<ObjectKey>();
  const editor: Editor = {
    semantics,
    origin,
    reads,
    writes,
    get catalog() {
      return trackedView(catalog, reads);
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
      noteConstraintNames(editor, key, old, value);
    },
    resolve(space, name) {
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
    depend(on, by) {
      const list = editor.dependents(on);
      if (!list.includes(by)) setDependents(on, [...list, by]);
    },
    independ(on, by) {
      const list = editor.dependents(on);
      if (list.includes(by))
        setDependents(
          on,
          list.filter((each) => each !== by),
        );
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
  const setDependents = (key: ObjectKey, list: readonly ObjectKey[]) => {
    writes.add(dependentsKey(key));
    catalog = {
      ...catalog,
      dependents: catalog.dependents.with(key, list.length === 0 ? undefined : list),
    };
  };
  return editor;
}

/** Made-up names avoid those of every constraint in the schema: who has which is noted as a dependency. */
function noteConstraintNames(
  editor: Editor,
  key: ObjectKey,
  old: CatalogObject | undefined,
  value: CatalogObject | undefined,
): void {
  const [before, after] = [namesOf(old), namesOf(value)];
  if (before === after) return;
  for (const name of before) if (!after.includes(name)) editor.independ(name, key);
  for (const name of after) if (!before.includes(name)) editor.depend(name, key);
}

const none: readonly ObjectKey[] = [];

function namesOf(object: CatalogObject | undefined): readonly ObjectKey[] {
  if (object?.kind !== 'table' || object.constraints.length === 0) return none;
  return object.constraints.map(({ name }) => constraintNameKey(object.name.schema, name));
}

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

/** A table or a materialized view. */
export function relationWithIndexes(editor: Editor, key: ObjectKey): Table | View | undefined {
  const object = editor.get(key);
  return object?.kind === 'table' || object?.kind === 'view' ? object : undefined;
}

/** What a table has columns from: the partitioned table, or those that it INHERITS. */
export function parentsOf(table: Table | undefined): readonly ObjectKey[] {
  if (table === undefined) return [];
  return table.partitionOf === undefined ? table.inherits : [table.partitionOf.parent];
}

/** The table does not depend on it any more, unless it still does in another way. */
export function release(editor: Editor, on: ObjectKey, by: ObjectKey): void {
  const table = tableAt(editor, by);
  const isUsed =
    parentsOf(table).includes(on) || table?.constraints.some(({ references }) => references?.table === on) === true;
  if (!isUsed) editor.independ(on, by);
}

/** Partitions and inheriting tables, all the way down, each once. */
export function childrenOf(editor: Editor, key: ObjectKey): readonly ObjectKey[] {
  const found = new Set<ObjectKey>();
  const visit = (parent: ObjectKey): void => {
    for (const child of editor.dependents(parent)) {
      if (found.has(child) || !parentsOf(tableAt(editor, child)).includes(parent)) continue;
      found.add(child);
      visit(child);
    }
  };
  visit(key);
  return [...found];
}
