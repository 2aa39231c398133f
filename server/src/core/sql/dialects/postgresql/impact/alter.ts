import type { Impact, RelationLock, Work } from '../../../../model/impact.ts';
import type { ChangeKind, ChangeOf } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { postgresqlOptions } from '../options.ts';
import { impactOf, lock, type Parts } from './build.ts';
import type { LockMode } from './modes.ts';
import { below, indexLocks, locksOn, type Relation, relationOf, type Scene, withRows } from './reach.ts';
import { IMPACT_ROWS, type RowKey } from './rows.ts';

export type Handler<K extends ChangeKind> = (change: ChangeOf<K>, scene: Scene) => Impact;

/** The table of an ALTER TABLE and what the statement follows it to. */
export interface AlterTarget {
  readonly target: Relation;
  /** Partitions and children, none with ONLY. */
  readonly under: readonly Relation[];
  /** Those of all these that hold rows. */
  readonly stored: readonly Relation[];
}

export function alterTarget(
  scene: Scene,
  change: {
    readonly kind: ChangeKind;
    readonly table: ObjectName;
    readonly options?: Readonly<Record<string, unknown>>;
  },
): AlterTarget {
  const target = relationOf(scene, change.table);
  const under = postgresqlOptions(change).only === true ? [] : below(scene, target);
  return { target, under, stored: withRows([target, ...under]) };
}

/** A form that stays on the table it names. */
export function onlyTarget(reached: AlterTarget): AlterTarget {
  return { ...reached, under: [], stored: withRows([reached.target]) };
}

/** A form that goes on to partitions, not to children that inherit. */
export function onlyPartitions(reached: AlterTarget): AlterTarget {
  const under = reached.under.filter(({ table }) => table?.partitionOf !== undefined);
  return { ...reached, under, stored: withRows([reached.target, ...under]) };
}

/** The row's lock on the table and on everything under it. */
export function alterLocks({ target, under }: AlterTarget, mode: LockMode): readonly RelationLock[] {
  return [lock(target.display, 'target', mode), ...locksOn(under, 'partition', mode)];
}

/** An ALTER TABLE form that does nothing but hold the row's lock for a moment. */
export function alterImpact(key: RowKey, reached: AlterTarget, parts: Parts = {}): Impact {
  return impactOf(key, { ...parts, locks: [...alterLocks(reached, lockOf(key)), ...(parts.locks ?? [])] });
}

/** The lock of a row on the relation that the statement names. */
export function lockOf(key: RowKey): LockMode {
  const row = IMPACT_ROWS[key];
  return 'lock' in row ? row.lock : 'ACCESS EXCLUSIVE';
}

/** Writes every row again, and every index: the indexes are locked as the table is. */
export function rewriteParts(scene: Scene, { stored }: AlterTarget): Required<Pick<Parts, 'locks' | 'work'>> {
  return { locks: indexLocks(scene, stored, 'ACCESS EXCLUSIVE'), work: workOn(stored, 'rewrite') };
}

export function workOn(relations: readonly Relation[], kind: Work['kind']): Required<Parts>['work'] {
  return relations.map(({ display }) => ({ relation: display, kind }));
}

/** For forms with IF EXISTS: a relation that is surely not there takes no lock. */
export function missing(relation: Relation, ifExists: boolean): Impact | undefined {
  return ifExists && relation.found === 'absent' ? impactOf('if-exists-missing') : undefined;
}
