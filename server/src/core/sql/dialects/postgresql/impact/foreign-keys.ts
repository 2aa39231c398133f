import type { Impact, RelationLock } from '../../../../model/impact.ts';
import type { Constraint } from '../../../../schema/catalog.ts';
import type { ConstraintSpec } from '../../../../schema/change.ts';
import { type AlterTarget, alterImpact, workOn } from './alter.ts';
import { lock } from './build.ts';
import type { LockMode } from './modes.ts';
import { below, locksOn, partitionsOf, type Relation, relationAt, relationOf, type Scene, withRows } from './reach.ts';

/** ADD FOREIGN KEY: both tables refuse writes; without NOT VALID both are read under it. */
export function addForeignKey(constraint: ConstraintSpec, reached: AlterTarget, scene: Scene): Impact {
  if (constraint.references === undefined) return alterImpact('add-foreign-key', reached, { certain: false });
  const other = relationOf(scene, constraint.references.table);
  const locks = locksOnOther(other, reached, scene, 'SHARE ROW EXCLUSIVE');
  if (!constraint.enforced) return alterImpact('add-foreign-key-not-enforced', reached, { locks });
  if (constraint.notValid) return alterImpact('add-foreign-key-not-valid', reached, { locks });
  const read = [...reached.stored, ...withRows([other, ...below(scene, other)])];
  return alterImpact('add-foreign-key', reached, { locks, work: workOn(read, 'scan') });
}

/** The lock on the table that a foreign key points to, and on its partitions. */
export function referencedKeys(
  constraint: Constraint,
  reached: AlterTarget,
  scene: Scene,
  mode: LockMode,
): readonly RelationLock[] {
  return constraint.references === undefined
    ? []
    : locksOnOther(relationAt(scene, constraint.references.table), reached, scene, mode);
}

/** The referenced tables' locks when a table with foreign keys is made: partitions are locked with the table. */
export function lockReferenced(others: readonly Relation[], scene: Scene, mode: LockMode): readonly RelationLock[] {
  return others.flatMap((other) => [
    lock(other.display, 'referenced', mode),
    ...locksOn(partitionsOf(scene, other), 'referenced', mode),
  ]);
}

/** The referenced tables' locks when a foreign key goes with its table or column; until 14 a partitioned one itself is spared. */
export function lockUnreferenced(others: readonly Relation[], scene: Scene): readonly RelationLock[] {
  return others.flatMap((other) => {
    const partitions = partitionsOf(scene, other);
    const spared = scene.version < 15 && partitions.length > 0;
    return [
      ...(spared ? [] : [lock(other.display, 'referenced', 'ACCESS EXCLUSIVE')]),
      ...locksOn(partitions, 'referenced', 'ACCESS EXCLUSIVE'),
    ];
  });
}

function locksOnOther(other: Relation, { target }: AlterTarget, scene: Scene, mode: LockMode): readonly RelationLock[] {
  const same = other.display === target.display || (other.key !== undefined && other.key === target.key);
  return same ? [] : lockReferenced([other], scene, mode);
}
