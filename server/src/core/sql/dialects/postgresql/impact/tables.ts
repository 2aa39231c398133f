import type { RelationLock } from '../../../../model/impact.ts';
import type { ObjectKey } from '../../../../schema/catalog.ts';
import type { ChangeOf } from '../../../../schema/change.ts';
import { postgresqlOptions } from '../options.ts';
import { type Handler, missing, workOn } from './alter.ts';
import { impactOf, lock } from './build.ts';
import { lockReferenced, lockUnreferenced } from './foreign-keys.ts';
import { hasBoundCheck } from './partitions.ts';
import {
  below,
  defaultPartitionOf,
  displayOf,
  indexLocks,
  isPlainView,
  locksOn,
  openedBy,
  ownedSequences,
  parentOf,
  type Relation,
  referencedBy,
  referencingOf,
  relationAt,
  relationOf,
  type Scene,
  viewLocks,
  withRows,
} from './reach.ts';
import type { RowKey } from './rows.ts';

/** CREATE TABLE locks only what it hangs on: referenced tables, the partitioned table, parents, the tables it reads. */
export const createTable: Handler<'CreateTable'> = (change, scene) => {
  const own = relationOf(scene, change.table);
  if (change.ifNotExists && own.found === 'known') return impactOf('if-not-exists-present');
  const parent = change.partitionOf === undefined ? undefined : relationOf(scene, change.partitionOf.parent);
  const fallback =
    parent === undefined || change.partitionOf?.isDefault === true ? undefined : defaultPartitionOf(scene, parent);
  const read = openedBy(scene, change.asQuery?.map(({ relation }) => relationOf(scene, relation)) ?? []);
  return impactOf(createRow(change), {
    locks: [
      ...referencedLocks(change, scene),
      ...(parent === undefined
        ? []
        : [lock(parent.display, 'parent', 'ACCESS EXCLUSIVE'), ...inheritedLocks(scene, parent)]),
      ...(fallback === undefined ? [] : [lock(fallback.display, 'partition', 'ACCESS EXCLUSIVE')]),
      ...locksOn(
        change.inherits.map((name) => relationOf(scene, name)),
        'parent',
        'SHARE UPDATE EXCLUSIVE',
      ),
      ...locksOn([...change.like.map(({ table }) => relationOf(scene, table)), ...read], 'source', 'ACCESS SHARE'),
    ],
    work: [
      ...workOn(fallback === undefined ? [] : withRows([fallback]), 'scan'),
      ...workOn(
        read.filter((each) => !isPlainView(scene, each)),
        'scan',
      ),
    ],
    certain: fallback === undefined || !hasBoundCheck(fallback.table, parent?.table),
  });
};

function createRow(change: ChangeOf<'CreateTable'>): RowKey {
  if (change.partitionOf !== undefined) return 'create-partition';
  if (change.asQuery !== undefined) return 'create-table-as';
  if (change.inherits.length > 0) return 'create-table-inherits';
  return change.constraints.some(({ references }) => references !== undefined)
    ? 'create-table-references'
    : 'create-table';
}

function referencedLocks(change: ChangeOf<'CreateTable'>, scene: Scene): readonly RelationLock[] {
  return change.constraints.flatMap(({ references }) => {
    if (references === undefined || isSame(references.table, change.table)) return [];
    return lockReferenced([relationOf(scene, references.table)], scene, 'SHARE ROW EXCLUSIVE');
  });
}

function isSame(a: ChangeOf<'CreateTable'>['table'], b: ChangeOf<'CreateTable'>['table']): boolean {
  return a.name === b.name && a.schema === b.schema;
}

/** A new partition gets the foreign keys and indexes of its parent; those that point to the parent point to it as well. */
function inheritedLocks(scene: Scene, parent: Relation): readonly RelationLock[] {
  const pointing = referencingOf(scene, parent).map(({ relation }) => relation);
  if (scene.version < 12) return locksOn(referencedBy(scene, parent), 'referenced', 'ACCESS SHARE');
  return [
    ...locksOn(referencedBy(scene, parent), 'referenced', 'SHARE ROW EXCLUSIVE'),
    ...locksOn(pointing, 'dependent', scene.version < 15 ? 'ACCESS SHARE' : 'SHARE ROW EXCLUSIVE'),
    ...indexLocks(scene, [parent], 'SHARE UPDATE EXCLUSIVE'),
  ];
}

/** DROP TABLE takes the strongest lock on every table that its foreign keys tie it to, and on what CASCADE drops. */
export const dropTable: Handler<'DropTable'> = (change, scene) => {
  const target = relationOf(scene, change.table);
  const gone = missing(target, change.ifExists);
  if (gone !== undefined) return gone;
  const dropped = [target, ...below(scene, target)];
  const parent = parentOf(scene, target);
  const fallback = parent === undefined ? undefined : defaultPartitionOf(scene, parent);
  return impactOf('drop-table', {
    locks: [
      lock(target.display, 'target', 'ACCESS EXCLUSIVE'),
      ...locksOn(dropped.slice(1), 'partition', 'ACCESS EXCLUSIVE'),
      ...lockUnreferenced(
        dropped.flatMap((one) => referencedBy(scene, one)),
        scene,
      ),
      ...indexLocks(scene, dropped, 'ACCESS EXCLUSIVE'),
      ...sequenceLocks(scene, dropped),
      ...(parent === undefined ? [] : [lock(parent.display, 'parent', 'ACCESS EXCLUSIVE')]),
      ...(fallback === undefined ? [] : [lock(fallback.display, 'partition', 'ACCESS EXCLUSIVE')]),
      ...(change.cascade ? cascaded(scene, dropped) : []),
    ],
  });
};

function sequenceLocks(scene: Scene, relations: readonly Relation[]): readonly RelationLock[] {
  return relations.flatMap((one) =>
    ownedSequences(scene, one).map((name) => lock(name, 'sequence', 'ACCESS EXCLUSIVE')),
  );
}

function cascaded(scene: Scene, dropped: readonly Relation[]): readonly RelationLock[] {
  return dropped.flatMap((one) => [
    ...locksOn(
      referencingOf(scene, one).map(({ relation }) => relation),
      'dependent',
      'ACCESS EXCLUSIVE',
    ),
    ...(one.key === undefined ? [] : viewLocks(scene, one.key)),
  ]);
}

export const renameTable: Handler<'RenameTable'> = (change, scene) => {
  const target = relationOf(scene, change.table);
  return (
    missing(target, change.ifExists) ??
    impactOf('rename-table', {
      locks: [lock(target.display, 'target', 'ACCESS EXCLUSIVE')],
      ...(isIndex(scene, target) ? { compat: 'none' } : {}),
    })
  );
};

/** `ALTER TABLE i RENAME` works on an index as well, and no application names one. */
function isIndex(scene: Scene, { key }: Relation): boolean {
  return key !== undefined && scene.before.objects.get(key)?.kind === 'index';
}

export const setTableSchema: Handler<'SetTableSchema'> = (change, scene) => {
  const target = relationOf(scene, change.table);
  return (
    missing(target, change.ifExists) ??
    impactOf('set-table-schema', {
      locks: [lock(target.display, 'target', 'ACCESS EXCLUSIVE'), ...sequenceLocks(scene, [target])],
    })
  );
};

/** TRUNCATE: every table it empties, their indexes, and with CASCADE those that refer to them. */
export const truncate: Handler<'Truncate'> = (change, scene) => {
  const named = change.tables.map((name) => relationOf(scene, name));
  const only = postgresqlOptions(change).only === true;
  const own = only ? named : named.flatMap((one) => [one, ...below(scene, one)]);
  const others = change.cascade ? referencingAll(scene, own) : [];
  return impactOf('truncate', {
    locks: [
      ...locksOn(named, 'target', 'ACCESS EXCLUSIVE'),
      ...locksOn(own, 'partition', 'ACCESS EXCLUSIVE'),
      ...locksOn(others, 'dependent', 'ACCESS EXCLUSIVE'),
      ...indexLocks(scene, withRows([...own, ...others]), 'ACCESS EXCLUSIVE'),
      ...(postgresqlOptions(change).restartIdentity === true ? sequenceLocks(scene, [...own, ...others]) : []),
    ],
  });
};

function referencingAll(scene: Scene, relations: readonly Relation[]): readonly Relation[] {
  const seen = new Set<ObjectKey>(relations.flatMap(({ key }) => key ?? []));
  const found: Relation[] = [];
  const visit = (one: Relation): void => {
    for (const { relation } of referencingOf(scene, one)) {
      if (relation.key === undefined || seen.has(relation.key)) continue;
      seen.add(relation.key);
      found.push(relation);
      visit(relation);
    }
  };
  relations.forEach(visit);
  return found;
}

export const createSchema: Handler<'CreateSchema'> = () => impactOf('create-schema');
export const renameSchema: Handler<'RenameSchema'> = () => impactOf('rename-schema');

/** DROP SCHEMA CASCADE drops, and locks, everything that stands in it. */
export const dropSchema: Handler<'DropSchema'> = (change, scene) => {
  if (!change.cascade) return impactOf('drop-schema');
  const keys = [...scene.before.objects]
    .filter(([key, { name }]) => key.startsWith('rel:') && name.schema === change.schema.name)
    .map(([key]) => key);
  return impactOf('drop-schema', {
    locks: keys.flatMap((key) => [
      lock(displayOf(scene, key), 'dependent', 'ACCESS EXCLUSIVE'),
      ...lockUnreferenced(referencedBy(scene, relationAt(scene, key)), scene),
    ]),
  });
};
