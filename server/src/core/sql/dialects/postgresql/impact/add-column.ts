import type { RelationLock } from '../../../../model/impact.ts';
import type { UserType } from '../../../../schema/catalog.ts';
import type { ChangeOf, ColumnSpec, ConstraintSpec } from '../../../../schema/change.ts';
import { type AlterTarget, alterImpact, alterLocks, alterTarget, type Handler, rewriteParts, workOn } from './alter.ts';
import { impactOf, lock, type Parts } from './build.ts';
import { type Relation, relationOf, type Scene, withRows } from './reach.ts';
import type { RowKey } from './rows.ts';
import { domainOf } from './user-types.ts';
import { volatilityAt } from './volatility-at.ts';

/**
 * ADD COLUMN: free unless a value must be computed for each row or a constraint checked against the rows there are. Before 11
 * every default is written into every row.
 */
export const addColumn: Handler<'AddColumn'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  if (isPresent(change, reached.target)) return alterImpact('add-column-present', reached);
  const store = storeOf(change.spec, scene);
  const checks = constraintParts(change, scene, reached);
  const rewrite = store.rewrites ? rewriteParts(scene, reached) : { locks: [], work: [] };
  return impactOf(rowOf(store, change), {
    locks: [...alterLocks(reached, 'ACCESS EXCLUSIVE'), ...rewrite.locks, ...checks.locks],
    work: [
      ...rewrite.work,
      ...checks.work.filter((one) => !(store.rewrites && one.kind === 'scan' && isOwn(one.relation, reached))),
    ],
    certain: store.certain,
    ...(isRequired(change.spec, store) ? { compat: 'breaking' as const } : {}),
  });
};

interface Store {
  readonly row: RowKey | undefined;
  readonly rewrites: boolean;
  readonly certain: boolean;
}

const METADATA: Store = { row: undefined, rewrites: false, certain: true };

/** Must every row be written to hold the new value? */
function storeOf(spec: ColumnSpec, scene: Scene): Store {
  if (spec.serial === true) return { row: 'add-column-serial', rewrites: true, certain: true };
  if (spec.identity !== undefined) return { row: 'add-column-identity', rewrites: true, certain: true };
  if (spec.generated !== undefined)
    return spec.generated.stored
      ? { row: 'add-column-generated-stored', rewrites: true, certain: true }
      : { ...METADATA, row: 'add-column-generated-virtual' };
  const domain = domainOf(scene, spec.type);
  if (domain.kind === 'known' && isConstrained(domain.value))
    return { row: 'add-column-constrained-domain', rewrites: true, certain: true };
  const volatility = spec.defaultTo === undefined ? 'immutable' : volatilityAt(scene, spec.defaultTo);
  if (volatility === 'volatile') return { row: 'add-column-volatile-default', rewrites: true, certain: true };
  if (volatility === 'unknown') return { row: 'add-column-volatile-default', rewrites: true, certain: false };
  if (scene.version < 11 && isFilled(spec)) return { row: 'add-column', rewrites: true, certain: true };
  if (domain.kind === 'unknown') return { row: 'add-column-constrained-domain', rewrites: true, certain: false };
  return METADATA;
}

function isConstrained(domain: UserType): boolean {
  return domain.constrained || domain.notNull;
}

function isFilled({ defaultTo }: ColumnSpec): boolean {
  return defaultTo !== undefined && !defaultTo.isNull;
}

/** NOT NULL and nothing to fill it with. */
function isRequired(spec: ColumnSpec, store: Store): boolean {
  return (
    spec.notNull &&
    !isFilled(spec) &&
    store.row !== 'add-column-serial' &&
    spec.identity === undefined &&
    spec.generated === undefined
  );
}

function rowOf(store: Store, { spec, constraints }: ChangeOf<'AddColumn'>): RowKey {
  if (store.row !== undefined && store.rewrites && store.row !== 'add-column') return store.row;
  if (constraints.some(isKey)) return 'add-column-unique';
  if (constraints.some((one) => one.kind === 'check' && one.enforced)) return 'add-column-check';
  if (constraints.some((one) => one.kind === 'foreign-key'))
    return spec.defaultTo === undefined ? 'add-column-references' : 'add-column-references-default';
  return isRequired(spec, store) ? 'add-column-required' : (store.row ?? 'add-column');
}

const isKey = ({ kind }: ConstraintSpec): boolean => kind === 'unique' || kind === 'primary-key' || kind === 'exclude';

function isPresent(change: ChangeOf<'AddColumn'>, { table }: Relation): boolean {
  return change.ifNotExists && (table?.columns ?? []).some(({ name }) => name === change.spec.column.name);
}

function isOwn(relation: string, { stored }: AlterTarget): boolean {
  return stored.some(({ display }) => display === relation);
}

interface Reached {
  readonly locks: readonly RelationLock[];
  readonly work: Required<Parts>['work'];
}

/** What inline constraints lock and check, and a NOT NULL that nothing fills. */
function constraintParts(change: ChangeOf<'AddColumn'>, scene: Scene, reached: AlterTarget): Reached {
  const parts = change.constraints.map((one) => inlineParts(one, change.spec, scene, reached));
  const checked = isRequired(change.spec, METADATA) ? workOn(reached.stored, 'scan') : [];
  return { locks: parts.flatMap(({ locks }) => locks), work: [...parts.flatMap(({ work }) => work), ...checked] };
}

function inlineParts(one: ConstraintSpec, spec: ColumnSpec, scene: Scene, { target, stored }: AlterTarget): Reached {
  if (isKey(one)) return { locks: [], work: workOn(stored, 'index-build') };
  if (one.kind === 'check' && one.enforced) return { locks: [], work: workOn(stored, 'scan') };
  if (one.references === undefined) return { locks: [], work: [] };
  const other = relationOf(scene, one.references.table);
  const filled = spec.defaultTo !== undefined || spec.serial === true || spec.generated !== undefined;
  const copies = scene.version < 12 ? stored.filter(({ table }) => table?.partitionOf !== undefined) : [];
  return {
    locks:
      other.key !== undefined && other.key === target.key
        ? []
        : [lock(other.display, 'referenced', 'SHARE ROW EXCLUSIVE')],
    work:
      !filled || !one.enforced
        ? workOn(copies, 'scan')
        : workOn(spec.defaultTo?.isNull === true ? stored : [...stored, ...withRows([other])], 'scan'),
  };
}
