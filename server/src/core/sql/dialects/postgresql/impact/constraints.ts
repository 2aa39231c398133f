import type { Impact, RelationLock } from '../../../../model/impact.ts';
import type { Constraint } from '../../../../schema/catalog.ts';
import type { ConstraintSpec } from '../../../../schema/change.ts';
import { postgresqlOptions } from '../options.ts';
import {
  type AlterTarget,
  alterImpact,
  alterTarget,
  type Handler,
  lockOf,
  onlyPartitions,
  onlyTarget,
  workOn,
} from './alter.ts';
import { impactOf, lock } from './build.ts';
import { addForeignKey, referencedKeys } from './foreign-keys.ts';
import { isLike, renameMode } from './indexes.ts';
import type { LockMode } from './modes.ts';
import {
  displayOf,
  indexesOf,
  locksOn,
  partitionsOf,
  type Relation,
  referencingOf,
  relationAt,
  type Scene,
  withRows,
} from './reach.ts';
import type { RowKey } from './rows.ts';

/** ADD CONSTRAINT: by kind, and by whether the rows there are must be read. */
export const addConstraint: Handler<'AddConstraint'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const { constraint } = change;
  switch (constraint.kind) {
    case 'foreign-key':
      return addForeignKey(constraint, ofOneTable(reached, scene), scene);
    case 'check':
      return addCheck(constraint, reached);
    case 'not-null':
      return addNotNull(constraint, reached);
    case 'unique':
    case 'primary-key':
      return constraint.usingIndex === undefined
        ? addKey(constraint, reached, scene)
        : addKeyOverIndex(constraint, reached, scene);
    case 'exclude':
      return addExclude(ofOneTable(reached, scene));
    default:
      return constraint.kind satisfies never;
  }
};

function addExclude(reached: AlterTarget): Impact {
  return alterImpact('add-exclude', reached, { work: workOn(reached.stored, 'index-build') });
}

function addCheck(constraint: ConstraintSpec, reached: AlterTarget): Impact {
  if (!constraint.enforced) return alterImpact('add-check-not-enforced', reached);
  if (constraint.notValid) return alterImpact('add-check-not-valid', reached);
  return alterImpact('add-check', reached, { work: workOn(reached.stored, 'scan') });
}

function addNotNull(constraint: ConstraintSpec, reached: AlterTarget): Impact {
  return constraint.notValid
    ? alterImpact('add-not-null-not-valid', reached)
    : alterImpact('add-not-null', reached, { work: workOn(reached.stored, 'scan') });
}

/** Keys and foreign keys belong to one table and its partitions; from 18 on children that inherit are locked with it. */
function ofOneTable(reached: AlterTarget, scene: Scene): AlterTarget {
  const parts = onlyPartitions(reached);
  return scene.version < 18 ? parts : { ...parts, under: reached.under };
}

function addKey(constraint: ConstraintSpec, all: AlterTarget, scene: Scene): Impact {
  const row = constraint.kind === 'unique' ? 'add-unique' : 'add-primary-key';
  const reached = ofOneTable(all, scene);
  const columns = constraint.columns.map(({ name }) => name);
  const toCheck = row === 'add-unique' ? [] : reached.stored.filter((one) => hasNullable(one, columns) !== false);
  const onParts = partitionMode(constraint, toCheck.length > 0, scene);
  return impactOf(row, {
    locks: [lock(reached.target.display, 'target', lockOf(row)), ...locksOn(reached.under, 'partition', onParts)],
    work: [...workOn(reached.stored, 'index-build'), ...workOn(toCheck, 'scan')],
  });
}

/** Until 17 partitions are locked as by CREATE INDEX, and by CREATE TRIGGER for a deferrable key; from 18 on as the table. */
function partitionMode({ deferrable }: ConstraintSpec, checks: boolean, { version }: Scene): LockMode {
  if (checks || version >= 18) return 'ACCESS EXCLUSIVE';
  return deferrable ? 'SHARE ROW EXCLUSIVE' : 'SHARE';
}

/** Undefined: the columns are not known. */
function hasNullable({ table }: Relation, columns: readonly string[]): boolean | undefined {
  if (table === undefined || columns.length === 0) return undefined;
  const found = table.columns.filter(({ name }) => columns.includes(name));
  return found.length < columns.length ? undefined : found.some(({ nullable }) => nullable);
}

/** The index becomes the constraint's; a primary key still reads the table for columns that may be null. */
function addKeyOverIndex(constraint: ConstraintSpec, reached: AlterTarget, scene: Scene): Impact {
  const index = (reached.target.table?.indexes ?? []).find(
    (key) => scene.before.objects.get(key)?.name.name === constraint.usingIndex?.name,
  );
  const name = index === undefined ? (constraint.usingIndex?.name ?? '') : displayOf(scene, index);
  const renamed = constraint.name !== undefined && constraint.name.name !== constraint.usingIndex?.name;
  const locks = renamed ? [lock(name, 'index', renameMode(scene))] : [];
  if (constraint.kind === 'unique') return alterImpact('add-unique-using-index', reached, { locks });
  const value = index === undefined ? undefined : scene.before.objects.get(index);
  const columns = value?.kind === 'index' ? value.keys.flatMap(({ column }) => column ?? []) : [];
  const nullable = hasNullable(reached.target, columns);
  return nullable === false
    ? alterImpact('add-primary-key-using-index', reached, { locks })
    : alterImpact('add-primary-key-using-index-nullable', reached, {
        locks,
        work: workOn(reached.stored, 'scan'),
        certain: nullable !== undefined,
      });
}

export const validateConstraint: Handler<'ValidateConstraint'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const constraint = constraintOf(reached.target, change.constraint.name);
  if (constraint === undefined)
    return alterImpact('validate-check', reached, { work: workOn(reached.stored, 'scan'), certain: false });
  if (constraint.validated) return alterImpact('validate-validated', reached);
  if (constraint.references !== undefined) {
    const other = relationAt(scene, constraint.references.table);
    const parts = partitionsOf(scene, other);
    const own = other.key === reached.target.key;
    return alterImpact('validate-foreign-key', reached, {
      locks: own
        ? []
        : [lock(other.display, 'referenced', 'ROW SHARE'), ...locksOn(parts, 'referenced', 'ACCESS SHARE')],
      work: workOn([...reached.stored, ...withRows([other, ...parts])], 'scan'),
    });
  }
  const row: RowKey = constraint.kind === 'not-null' ? 'validate-not-null' : 'validate-check';
  return alterImpact(row, reached, { work: workOn(reached.stored, 'scan') });
};

function constraintOf({ table }: Relation, name: string): Constraint | undefined {
  return table?.constraints.find((one) => one.name === name);
}

/** DROP CONSTRAINT: a foreign key takes the strongest lock on the other table as well. */
export const dropConstraint: Handler<'DropConstraint'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const constraint = constraintOf(reached.target, change.constraint.name);
  const inherits = constraint === undefined ? !change.ifExists : !isOfOneTable(constraint);
  const own = inherits ? reached : onlyPartitions(reached);
  if (constraint?.kind === 'foreign-key')
    return alterImpact('drop-foreign-key', own, {
      locks: referencedKeys(constraint, own, scene, 'ACCESS EXCLUSIVE'),
    });
  return alterImpact('drop-constraint', own, {
    locks: [...ownIndexes(constraint, own, scene), ...(change.cascade ? cascaded(constraint, own, scene) : [])],
    certain: constraint !== undefined || change.ifExists,
    ...(isKey(constraint) ? { compat: 'breaking' } : {}),
  });
};

/** Only CHECK and NOT NULL are inherited. */
function isOfOneTable({ kind }: Constraint): boolean {
  return kind !== 'check' && kind !== 'not-null';
}

function isKey(constraint: Constraint | undefined): boolean {
  return constraint?.kind === 'unique' || constraint?.kind === 'primary-key';
}

/** The index of the constraint, and those of the partitions' copies. */
function ownIndexes(constraint: Constraint | undefined, { under }: AlterTarget, scene: Scene): readonly RelationLock[] {
  if (constraint?.index === undefined) return [];
  const index = scene.before.objects.get(constraint.index);
  const copies = under.flatMap((one) =>
    indexesOf(scene, one).filter((own) => index?.kind === 'index' && isLike(own.index, index)),
  );
  return [displayOf(scene, constraint.index), ...copies.map(({ display }) => display)].map((name) =>
    lock(name, 'index', 'ACCESS EXCLUSIVE'),
  );
}

function cascaded(constraint: Constraint | undefined, { target }: AlterTarget, scene: Scene) {
  if (constraint === undefined || !isKey(constraint)) return [];
  return locksOn(
    referencingOf(scene, target).map(({ relation }) => relation),
    'dependent',
    'ACCESS EXCLUSIVE',
  );
}

export const renameConstraint: Handler<'RenameConstraint'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const constraint = constraintOf(reached.target, change.constraint.name);
  const index = constraint?.index;
  const locks = index === undefined ? [] : [lock(displayOf(scene, index), 'index', renameMode(scene))];
  const inherits = constraint === undefined || !isOfOneTable(constraint);
  return alterImpact('rename-constraint', inherits ? reached : onlyTarget(reached), { locks });
};

/** ALTER CONSTRAINT ENFORCED (18) checks every row; NOT ENFORCED drops the triggers on the other table as well. */
export const alterConstraint: Handler<'AlterConstraint'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const constraint = constraintOf(reached.target, change.constraint.name);
  const { enforced } = postgresqlOptions(change);
  const onOther = (mode: LockMode): readonly RelationLock[] =>
    constraint === undefined ? [] : referencedKeys(constraint, reached, scene, mode);
  if (enforced === undefined || enforced === constraint?.enforced) return alterImpact('alter-constraint', reached);
  if (!enforced) return alterImpact('alter-constraint-not-enforced', reached, { locks: onOther('ACCESS EXCLUSIVE') });
  const other = constraint?.references === undefined ? [] : [relationAt(scene, constraint.references.table)];
  return alterImpact('alter-constraint-enforced', reached, {
    locks: onOther('SHARE ROW EXCLUSIVE'),
    work: workOn([...reached.stored, ...withRows(other)], 'scan'),
    certain: constraint !== undefined,
  });
};
