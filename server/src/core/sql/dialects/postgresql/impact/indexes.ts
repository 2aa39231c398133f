import type { Impact } from '../../../../model/impact.ts';
import type { Index, ObjectKey } from '../../../../schema/catalog.ts';
import type { ChangeOf } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { type Handler, lockOf, workOn } from './alter.ts';
import { impactOf, lock } from './build.ts';
import type { LockMode } from './modes.ts';
import {
  displayOf,
  findRelation,
  indexesOf,
  type KnownIndex,
  locksOn,
  partitionsOf,
  type Relation,
  relationAt,
  relationOf,
  type Scene,
  withRows,
} from './reach.ts';

/** CREATE INDEX: SHARE keeps writers out while it reads the table; CONCURRENTLY lets them in and reads it twice. */
export const createIndex: Handler<'CreateIndex'> = (change, scene) => {
  const target = relationOf(scene, change.table);
  if (change.ifNotExists && isPresent(change, scene))
    return impactOf('create-index-present', {
      locks: [lock(target.display, 'target', change.concurrently ? 'SHARE UPDATE EXCLUSIVE' : 'SHARE')],
    });
  const partitions = change.only ? [] : partitionsOf(scene, target);
  const row = rowOf(change);
  return impactOf(row, {
    locks: [lock(target.display, 'target', lockOf(row)), ...locksOn(partitions, 'partition', lockOf(row))],
    work: workOn(withRows([target, ...partitions]), 'index-build'),
  });
};

function rowOf({ concurrently, index }: ChangeOf<'CreateIndex'>) {
  if (concurrently) return index.unique ? 'create-unique-index-concurrently' : 'create-index-concurrently';
  return index.unique ? 'create-unique-index' : 'create-index';
}

function isPresent({ index, table }: ChangeOf<'CreateIndex'>, scene: Scene): boolean {
  if (index.name === undefined) return false;
  const name = table.schema === undefined ? index.name : { ...index.name, schema: table.schema };
  return findRelation(scene, name).kind === 'known';
}

/** DROP INDEX takes the strongest lock on the table, not only on the index; of a partitioned index, on every partition. */
export const dropIndex: Handler<'DropIndex'> = (change, scene) => {
  const found = indexOf(scene, change.index);
  if (change.ifExists && found.absent) return impactOf('if-exists-missing');
  const row = change.concurrently ? 'drop-index-concurrently' : 'drop-index';
  const mode = lockOf(row);
  const below = found.key === undefined ? [] : partitionIndexes(scene, found.key);
  return impactOf(row, {
    locks: [
      lock(tableOf(found), 'target', mode),
      lock(found.display, 'index', mode),
      ...below.flatMap(({ display, index }) => [
        lock(displayOf(scene, index.table), 'partition', mode),
        lock(display, 'index', mode),
      ]),
    ],
    ...(found.index?.unique === true ? { compat: 'breaking' } : {}),
  });
};

/** Indexes of partitions that belong to a partitioned index: those over the same keys. */
function partitionIndexes(scene: Scene, key: ObjectKey): readonly KnownIndex[] {
  const value = scene.before.objects.get(key);
  if (value?.kind !== 'index') return [];
  return partitionsOf(scene, relationAt(scene, value.table)).flatMap((partition) =>
    indexesOf(scene, partition).filter(({ index }) => isLike(index, value)),
  );
}

/** Over the same keys, with the same condition: one can be a part of the other. */
export function isLike(a: Index, b: Index): boolean {
  const keysOf = ({ keys }: Index): string => keys.map((key) => key.column ?? key.expression?.text ?? '').join();
  return a.unique === b.unique && a.method === b.method && keysOf(a) === keysOf(b) && a.where?.text === b.where?.text;
}

/** ALTER INDEX RENAME holds back schema changes of the index only. */
export const renameIndex: Handler<'RenameIndex'> = (change, scene): Impact => {
  const found = indexOf(scene, change.index);
  if (change.ifExists && found.absent) return impactOf('if-exists-missing');
  return impactOf('rename-index', { locks: [lock(found.display, 'target', renameMode(scene))] });
};

/** The lock on an index that gets another name: before 12 as on a table. */
export function renameMode({ version }: Scene): LockMode {
  return version < 12 ? 'ACCESS EXCLUSIVE' : lockOf('rename-index');
}

export interface FoundIndex {
  readonly display: string;
  readonly absent: boolean;
  readonly key?: ObjectKey;
  readonly index?: Index;
  readonly table?: Relation;
}

export function indexOf(scene: Scene, name: ObjectName): FoundIndex {
  const display = name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
  const found = findRelation(scene, name);
  if (found.kind !== 'known' || found.value.kind !== 'index') return { display, absent: found.kind === 'absent' };
  return { display, absent: false, key: found.key, index: found.value, table: relationAt(scene, found.value.table) };
}

/** An index that the catalog does not know stands on a table all the same. */
export function tableOf({ display, table }: FoundIndex): string {
  return table?.display ?? `the table of ${display}`;
}
