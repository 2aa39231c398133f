import type { RelationLock } from '../../../../model/impact.ts';
import type {
  CatalogObject,
  Constraint,
  Index,
  Lookup,
  ObjectKey,
  Table,
  UserType,
  View,
} from '../../../../schema/catalog.ts';
import { lookup, lookupType } from '../../../../schema/lookup.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import type { CatalogView } from '../../../../schema/view.ts';
import { postgresqlNames } from '../semantics.ts';
import { lock } from './build.ts';
import type { LockMode } from './modes.ts';

/** Where a change happens: the schema before it, and the server's major version. */
export interface Scene {
  readonly before: CatalogView;
  readonly version: number;
}

/** A table as far as the catalog knows it. */
export interface Relation {
  /** As people read it: qualified where the statement did, or where its schema is not on the search path. */
  readonly display: string;
  readonly found: Lookup<unknown>['kind'];
  readonly key?: ObjectKey;
  readonly table?: Table;
}

/** Any relation: table, view, index, sequence. */
export function findRelation({ before }: Scene, name: ObjectName): Lookup<CatalogObject> {
  return lookup(before, postgresqlNames, name);
}

export function findType({ before }: Scene, name: ObjectName): Lookup<UserType> {
  return lookupType(before, postgresqlNames, name);
}

/** The relation that a statement names. */
export function relationOf(scene: Scene, name: ObjectName): Relation {
  const display = name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
  const found = findRelation(scene, name);
  if (found.kind !== 'known') return { display, found: found.kind };
  const { key, value } = found;
  return value.kind === 'table' ? { display, found: 'known', key, table: value } : { display, found: 'known', key };
}

/** A relation that the catalog names by its key. */
export function relationAt(scene: Scene, key: ObjectKey): Relation {
  const display = displayOf(scene, key);
  const value = scene.before.objects.get(key);
  if (value === undefined) return { display, found: 'unknown', key };
  return value.kind === 'table' ? { display, found: 'known', key, table: value } : { display, found: 'known', key };
}

/** What is opened to run a query: what it names, and beneath views whatever those read. Each once. */
export function openedBy(scene: Scene, named: readonly Relation[]): readonly Relation[] {
  const opened = new Map<string, Relation>();
  const open = (relation: Relation) => {
    if (opened.has(relation.display)) return;
    opened.set(relation.display, relation);
    if (isPlainView(scene, relation))
      for (const { relation: key } of viewAt(scene, relation)?.reads ?? []) open(relationAt(scene, key));
  };
  named.forEach(open);
  return [...opened.values()];
}

/** It has no rows of its own to read. */
export function isPlainView(scene: Scene, relation: Relation): boolean {
  return viewAt(scene, relation)?.materialized === false;
}

function viewAt(scene: Scene, { key }: Relation): View | undefined {
  const value = key === undefined ? undefined : scene.before.objects.get(key);
  return value?.kind === 'view' ? value : undefined;
}

export function displayOf(scene: Scene, key: ObjectKey): string {
  const value = scene.before.objects.get(key);
  if (value === undefined) return key.slice(key.indexOf(':') + 1).replace(/^public\./, '');
  const { schema, name } = value.name;
  return scene.before.searchPath.includes(schema) ? name : `${schema}.${name}`;
}

/** Partitions and inheritance children, all the way down. A statement that says ONLY reaches none. */
export function below(scene: Scene, relation: Relation): readonly Relation[] {
  if (relation.key === undefined) return [];
  const seen = new Set<ObjectKey>([relation.key]);
  const all: Relation[] = [];
  const visit = (parent: ObjectKey): void => {
    for (const key of scene.before.dependents.get(parent) ?? []) {
      const child = scene.before.objects.get(key);
      if (child?.kind !== 'table' || seen.has(key) || !isChild(child, parent)) continue;
      seen.add(key);
      all.push(relationAt(scene, key));
      visit(key);
    }
  };
  visit(relation.key);
  return all;
}

function isChild(child: Table, parent: ObjectKey): boolean {
  return child.partitionOf?.parent === parent || child.inherits.includes(parent);
}

/** Partitions only: what index and trigger statements follow. */
export function partitionsOf(scene: Scene, relation: Relation): readonly Relation[] {
  if (relation.table?.partitionBy === undefined) return [];
  return below(scene, relation);
}

/** Those that hold rows themselves: a partitioned table has none. */
export function withRows(relations: readonly Relation[]): readonly Relation[] {
  return relations.filter((one) => one.table?.partitionBy === undefined);
}

export function parentOf(scene: Scene, relation: Relation): Relation | undefined {
  const parent = relation.table?.partitionOf?.parent;
  return parent === undefined ? undefined : relationAt(scene, parent);
}

/** The default partition directly under a partitioned table. */
export function defaultPartitionOf(scene: Scene, parent: Relation): Relation | undefined {
  return below(scene, parent).find(
    ({ table }) => table?.partitionOf?.isDefault === true && table.partitionOf.parent === parent.key,
  );
}

export interface KnownIndex {
  readonly display: string;
  readonly key: ObjectKey;
  readonly index: Index;
}

export function indexesOf(scene: Scene, relation: Relation): readonly KnownIndex[] {
  return (relation.table?.indexes ?? []).flatMap((key) => {
    const index = scene.before.objects.get(key);
    return index?.kind === 'index' ? [{ display: displayOf(scene, key), key, index }] : [];
  });
}

/** The strongest lock on every index of the relations: what a rewrite, a truncation or a drop takes. */
export function indexLocks(scene: Scene, relations: readonly Relation[], mode: LockMode): readonly RelationLock[] {
  return relations.flatMap((one) => indexesOf(scene, one).map(({ display }) => lock(display, 'index', mode)));
}

/** Foreign keys of a table that point to another one. */
export function foreignKeysOf(table: Table | undefined): readonly Constraint[] {
  return (table?.constraints ?? []).filter((one) => one.kind === 'foreign-key' && one.references !== undefined);
}

/** Tables that the table's own foreign keys point to, itself left out. What a partition has from its parent is the parent's. */
export function referencedBy(scene: Scene, relation: Relation): readonly Relation[] {
  const parent = parentOf(scene, relation);
  const inherited = foreignKeysOf(parent?.table).map(({ references }) => references?.table);
  return foreignKeysOf(relation.table).flatMap(({ references }) =>
    references === undefined || references.table === relation.key || inherited.includes(references.table)
      ? []
      : [relationAt(scene, references.table)],
  );
}

export interface Referencing {
  readonly relation: Relation;
  readonly constraint: Constraint;
}

/** Foreign keys of other tables that point to this one. */
export function referencingOf(scene: Scene, relation: Relation): readonly Referencing[] {
  const { key } = relation;
  if (key === undefined) return [];
  return (scene.before.dependents.get(key) ?? []).flatMap((dependent) => {
    const other = relationAt(scene, dependent);
    return dependent === key
      ? []
      : foreignKeysOf(other.table)
          .filter(({ references }) => references?.table === key)
          .map((constraint) => ({ relation: other, constraint }));
  });
}

/** Sequences that columns of the table own; `column` narrows it to one. Those of serial and identity stand under their made-up name. */
export function ownedSequences(scene: Scene, { key, table }: Relation, column?: string): readonly string[] {
  if (key === undefined || table === undefined) return [];
  const { schema, name } = table.name;
  const madeUp = table.columns.map((one) => `rel:${schema}.${name}_${one.name}_seq`);
  return [...new Set([...(scene.before.dependents.get(key) ?? []), ...madeUp])].flatMap((candidate) => {
    const value = scene.before.objects.get(candidate);
    const owned = value?.kind === 'sequence' ? value.ownedBy : undefined;
    const meant = owned?.table === key && (column === undefined || owned.column === column);
    return meant ? [displayOf(scene, candidate)] : [];
  });
}

/** Locks on the views that read the relation (or one column of it), on those that read them, and on their indexes: CASCADE drops them. */
export function viewLocks(scene: Scene, key: ObjectKey, column?: string): readonly RelationLock[] {
  const seen = new Map<ObjectKey, View>();
  const visit = (read: ObjectKey, by: string | undefined): void => {
    for (const dependent of scene.before.dependents.get(read) ?? []) {
      const view = scene.before.objects.get(dependent);
      if (view?.kind !== 'view' || seen.has(dependent) || !readsColumn(view, read, by)) continue;
      seen.set(dependent, view);
      visit(dependent, undefined);
    }
  };
  visit(key, column);
  return [...seen].flatMap(([view, { indexes }]) => [
    lock(displayOf(scene, view), 'dependent', 'ACCESS EXCLUSIVE'),
    ...indexes.map((index) => lock(displayOf(scene, index), 'index', 'ACCESS EXCLUSIVE')),
  ]);
}

function readsColumn({ reads }: View, key: ObjectKey, column: string | undefined): boolean {
  return reads.some(
    ({ relation, columns }) =>
      relation === key && (column === undefined || columns.includes('*') || columns.includes(column)),
  );
}

export function locksOn(
  relations: readonly Relation[],
  role: RelationLock['role'],
  mode: LockMode,
): readonly RelationLock[] {
  return relations.map(({ display }) => lock(display, role, mode));
}
