import type { Impact, RelationLock } from '../../../../model/impact.ts';
import type { Constraint } from '../../../../schema/catalog.ts';
import type { ConstraintSpec } from '../../../../schema/change.ts';
import { type AlterTarget, alterImpact, workOn } from './alter.ts';
import { lock } from './build.ts';
import type { LockMode } from './modes.ts';
import { below, locksOn, type Relation, relationAt, relationOf, type Scene, withRows } from './reach.ts';

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

function locksOnOther(other: Relation, { target }: AlterTarget, scene: Scene, mode: LockMode): readonly RelationLock[] {
  if (other.display === target.display || (other.key !== undefined && other.key === target.key)) return [];
  const partitions = other.table?.partitionBy === undefined ? [] : below(scene, other);
  return [lock(other.display, 'referenced', mode), ...locksOn(partitions, 'referenced', mode)];
}
