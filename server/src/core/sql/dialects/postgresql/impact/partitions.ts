import type { Table } from '../../../../schema/catalog.ts';
import { postgresqlOptions } from '../options.ts';
import { type Handler, workOn } from './alter.ts';
import { impactOf, lock } from './build.ts';
import { isLike } from './indexes.ts';
import type { LockMode } from './modes.ts';
import {
  below,
  defaultPartitionOf,
  foreignKeysOf,
  indexesOf,
  locksOn,
  type Relation,
  referencedBy,
  relationAt,
  relationOf,
  type Scene,
  withRows,
} from './reach.ts';

/** ATTACH PARTITION reads the new partition unless its CHECKs prove the bound, and the default one for rows that belong there. */
export const attachPartition: Handler<'AttachPartition'> = (change, scene) => {
  const parent = relationOf(scene, change.table);
  const partition = relationOf(scene, change.partition);
  const old = scene.version < 12;
  const others = change.isDefault ? [] : defaultOf(scene, parent);
  const mayBeProven = hasBoundCheck(partition.table, parent.table);
  const maySpareOthers = others.some(({ table }) => hasBoundCheck(table, parent.table));
  return impactOf(mayBeProven ? 'attach-partition-checked' : 'attach-partition', {
    locks: [
      lock(parent.display, 'target', old ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'),
      ...locksOn([partition, ...below(scene, partition)], 'partition', 'ACCESS EXCLUSIVE'),
      ...locksOn(others, 'partition', 'ACCESS EXCLUSIVE'),
      ...referencedOf(scene, parent, old ? 'ROW SHARE' : 'SHARE ROW EXCLUSIVE'),
      ...(old ? [] : indexesOf(scene, parent)).map(({ display }) => lock(display, 'index', 'SHARE UPDATE EXCLUSIVE')),
    ],
    work: [
      ...workOn(
        withRows([partition, ...below(scene, partition), ...others, ...newlyReferenced(scene, parent, partition)]),
        'scan',
      ),
      ...workOn(
        missesIndex(scene, parent, partition) ? withRows([partition, ...below(scene, partition)]) : [],
        'index-build',
      ),
    ],
    certain: parent.found === 'known' && partition.found === 'known' && !mayBeProven && !maySpareOthers,
  });
};

function defaultOf(scene: Scene, parent: Relation): readonly Relation[] {
  const found = defaultPartitionOf(scene, parent);
  return found === undefined ? [] : [found, ...below(scene, found)];
}

/** A validated CHECK on every key column may imply the bound: whether it does is PostgreSQL's proof to make. */
export function hasBoundCheck(partition: Table | undefined, parent: Table | undefined): boolean {
  const keys = (parent?.partitionBy?.keys ?? []).flatMap(({ column }) => column ?? []);
  const checked = (partition?.constraints ?? [])
    .filter((one) => one.kind === 'check' && one.validated && one.enforced)
    .flatMap(({ columns, expression }) => [...columns, ...(expression?.columns ?? [])]);
  return keys.length > 0 && keys.every((key) => checked.includes(key));
}

/** The partition gets every index of its parent: one that it has already is taken over, another one is built. */
function missesIndex(scene: Scene, parent: Relation, partition: Relation): boolean {
  const own = indexesOf(scene, partition);
  return indexesOf(scene, parent).some(({ index }) => !own.some((one) => isLike(one.index, index)));
}

/** The partition gets the foreign keys of its parent, and its rows are checked against those that it had not. */
function newlyReferenced(scene: Scene, parent: Relation, partition: Relation): readonly Relation[] {
  const own = foreignKeysOf(partition.table).map(({ references }) => references?.table);
  return referencedBy(scene, parent).filter(({ key }) => !own.includes(key));
}

function referencedOf(scene: Scene, parent: Relation, mode: LockMode) {
  return (parent.table?.constraints ?? []).flatMap(({ references }) =>
    references === undefined || references.table === parent.key
      ? []
      : [lock(relationAt(scene, references.table).display, 'referenced', mode)],
  );
}

export const detachPartition: Handler<'DetachPartition'> = (change, scene) => {
  const parent = relationOf(scene, change.table);
  const partition = relationOf(scene, change.partition);
  if (postgresqlOptions(change).finalize === true || change.concurrently)
    return impactOf(change.concurrently ? 'detach-partition-concurrently' : 'detach-partition-finalize', {
      locks: [
        lock(parent.display, 'target', 'SHARE UPDATE EXCLUSIVE'),
        lock(partition.display, 'partition', 'ACCESS EXCLUSIVE'),
      ],
    });
  return impactOf('detach-partition', {
    locks: [
      lock(parent.display, 'target', 'ACCESS EXCLUSIVE'),
      lock(partition.display, 'partition', detachedMode(scene, parent)),
      ...inheritedIndexes(scene, parent, partition).map((name) => lock(name, 'index', 'ACCESS EXCLUSIVE')),
      ...locksOn(defaultOf(scene, parent), 'partition', 'ACCESS EXCLUSIVE'),
      ...referencedOf(scene, parent, 'SHARE ROW EXCLUSIVE'),
    ],
  });
};

/** Until 13 the partition is locked less, unless its copies of triggers are dropped. */
function detachedMode({ version }: Scene, { table }: Relation): LockMode {
  return version < 14 && (table?.triggers.length ?? 0) === 0 ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
}

function inheritedIndexes(scene: Scene, parent: Relation, partition: Relation): readonly string[] {
  const theirs = indexesOf(scene, parent);
  return indexesOf(scene, partition)
    .filter(({ index }) => theirs.some((one) => isLike(one.index, index)))
    .map(({ display }) => display);
}

export const setInheritance: Handler<'SetInheritance'> = (change, scene) => {
  const child = relationOf(scene, change.table);
  const parent = relationOf(scene, change.parent);
  return impactOf(change.inherit ? 'inherit' : 'no-inherit', {
    locks: [
      lock(child.display, 'target', 'ACCESS EXCLUSIVE'),
      lock(parent.display, 'parent', change.inherit ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS SHARE'),
    ],
  });
};
