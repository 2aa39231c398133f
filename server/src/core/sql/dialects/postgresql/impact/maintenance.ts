import type { Impact } from '../../../../model/impact.ts';
import type { ChangeOf } from '../../../../schema/change.ts';
import { type Handler, lockOf, workOn } from './alter.ts';
import { impactOf, lock, type Parts } from './build.ts';
import { indexOf, tableOf } from './indexes.ts';
import {
  indexesOf,
  indexLocks,
  locksOn,
  partitionsOf,
  type Relation,
  relationAt,
  relationOf,
  type Scene,
  withRows,
} from './reach.ts';
import type { RowKey } from './rows.ts';

/** VACUUM, CLUSTER, REINDEX, ANALYZE. */
export const maintain: Handler<'Maintain'> = (change, scene) => {
  switch (change.operation) {
    case 'vacuum':
      return onTable('vacuum', change, scene);
    case 'vacuum-full':
      return onTable('vacuum-full', change, scene);
    case 'cluster':
      return change.target === undefined
        ? impactOf('cluster-all', { certain: false })
        : onTable('cluster', change, scene);
    case 'analyze':
      return onTable('analyze', change, scene);
    case 'reindex':
      return reindex(change, scene);
    default:
      return change.operation satisfies never;
  }
};

function onTable(row: RowKey, change: ChangeOf<'Maintain'>, scene: Scene): Impact {
  if (change.target === undefined) return impactOf(row, { certain: false });
  const target = relationOf(scene, change.target);
  const partitions = partitionsOf(scene, target);
  const stored = withRows([target, ...partitions]);
  const rewrites = row === 'vacuum-full' || row === 'cluster';
  return impactOf(row, {
    locks: [
      lock(target.display, 'target', lockOf(row)),
      ...locksOn(partitions, 'partition', lockOf(row)),
      ...(rewrites ? indexLocks(scene, stored, 'ACCESS EXCLUSIVE') : []),
    ],
    work: rewrites ? workOn(stored, 'rewrite') : [],
  });
}

function reindex(change: ChangeOf<'Maintain'>, scene: Scene): Impact {
  if (change.target === undefined || change.scope === 'schema' || change.scope === 'database')
    return reindexAll(change, scene);
  return change.scope === 'index'
    ? reindexIndex(change, change.target, scene)
    : reindexTable(change, change.target, scene);
}

/** REINDEX SCHEMA, DATABASE: one table after the other, each as REINDEX TABLE does it. */
function reindexAll(change: ChangeOf<'Maintain'>, scene: Scene): Impact {
  const schema = change.scope === 'schema' ? change.target?.name : undefined;
  const tables = [...scene.before.objects]
    .filter(([, one]) => one.kind === 'table' && (schema === undefined || one.name.schema === schema))
    .map(([key]) => relationAt(scene, key));
  const stored = withRows(tables);
  return impactOf(change.concurrently ? 'reindex-concurrently' : 'reindex-all', {
    locks: [
      ...locksOn(stored, 'dependent', change.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE'),
      ...indexLocks(scene, stored, change.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
    ],
    work: rebuilds(scene, stored),
  });
}

function rebuilds(scene: Scene, relations: readonly Relation[]): Required<Parts>['work'] {
  return relations.flatMap((one) =>
    indexesOf(scene, one).map(({ display }) => ({ relation: display, kind: 'index-rebuild' as const })),
  );
}

type Target = NonNullable<ChangeOf<'Maintain'>['target']>;

function reindexIndex(change: ChangeOf<'Maintain'>, name: Target, scene: Scene): Impact {
  const found = indexOf(scene, name);
  const row = change.concurrently ? 'reindex-concurrently' : 'reindex-index';
  const onTableMode = change.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE';
  return impactOf(row, {
    locks: [lock(found.display, 'target', lockOf(row)), lock(tableOf(found), 'parent', onTableMode)],
    work: [
      {
        relation: found.display,
        kind: 'index-rebuild',
        under: change.concurrently ? 'schema-changes' : 'reads-and-writes',
      },
    ],
  });
}

/** A partitioned table: until 13 nothing but itself, from 14 on every partition in its own transaction. */
function reindexTable(change: ChangeOf<'Maintain'>, name: Target, scene: Scene): Impact {
  const target = relationOf(scene, name);
  const partitions = partitionsOf(scene, target);
  const reached = scene.version < 14 ? [] : partitions;
  const row = change.concurrently ? 'reindex-concurrently' : 'reindex-table';
  const stored = withRows([target, ...reached]);
  return impactOf(row, {
    locks: [
      lock(target.display, 'target', lockOf(row)),
      ...locksOn(reached, 'partition', lockOf(row)),
      ...indexLocks(scene, stored, change.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
    ],
    work: rebuilds(scene, stored),
    ...(reached.length > 0 ? { transaction: 'forbidden' } : {}),
  });
}
