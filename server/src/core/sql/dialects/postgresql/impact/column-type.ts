import type { Impact, RelationLock } from '../../../../model/impact.ts';
import type { Column, Constraint } from '../../../../schema/catalog.ts';
import type { ChangeOf, IndexKey } from '../../../../schema/change.ts';
import { type AlterTarget, alterLocks, alterTarget, type Handler, rewriteParts, workOn } from './alter.ts';
import { impactOf, lock, type Parts } from './build.ts';
import {
  foreignKeysOf,
  indexesOf,
  type KnownIndex,
  type Relation,
  referencingOf,
  relationAt,
  type Scene,
  withRows,
} from './reach.ts';
import type { RowKey } from './rows.ts';
import { isPlainUsing, needsNewIndex, type TypeChange, typeChange } from './type-change.ts';
import { WIDENINGS } from './type-facts.ts';

/** ALTER COLUMN TYPE: writes every row again unless the stored bytes stay good; indexes and constraints on it are remade. */
export const changeColumnType: Handler<'ChangeColumnType'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const facts = factsOf(change, scene, reached.target);
  const indexes = indexParts(change, scene, reached, facts);
  const checked = facts.rewrites ? [] : checkedAgain(reached, change.column.name);
  const keys = foreignKeyParts(scene, reached, change.column.name, facts);
  const rewrite = facts.rewrites ? rewriteParts(scene, reached) : { locks: [], work: [] };
  return impactOf(rowOf(facts, indexes, checked), {
    locks: [...alterLocks(reached, 'ACCESS EXCLUSIVE'), ...rewrite.locks, ...indexes.locks, ...keys.locks],
    work: [...rewrite.work, ...(facts.rewrites ? [] : indexes.work), ...workOn(checked, 'scan'), ...keys.work],
    certain: facts.kind !== 'unknown' && facts.kind !== 'timezone',
    ...compatOf(facts, change),
  });
};

interface Facts {
  readonly column: Column | undefined;
  readonly kind: TypeChange;
  readonly rewrites: boolean;
  /** Another collation, or the type's own again. */
  readonly recollated: boolean;
  readonly newIndex: boolean;
}

function factsOf(change: ChangeOf<'ChangeColumnType'>, scene: Scene, { table }: Relation): Facts {
  const column = table?.columns.find((one) => one.name === change.column.name);
  const kind = kindOf(change, scene, column);
  const recollated = column !== undefined && (column.collation ?? 'default') !== (change.collation ?? 'default');
  return {
    column,
    kind,
    rewrites: kind === 'rewrite' || kind === 'unknown' || kind === 'timezone',
    recollated,
    newIndex: recollated || (column !== undefined && needsNewIndex(scene, column.type, change.type)),
  };
}

function kindOf(change: ChangeOf<'ChangeColumnType'>, scene: Scene, column: Column | undefined): TypeChange {
  if (!isPlainUsing(change.using, change.column.name, change.type)) return 'rewrite';
  return column === undefined ? 'unknown' : typeChange(scene, column.type, change.type);
}

function rowOf({ kind, recollated }: Facts, indexes: Remade, checked: readonly Relation[]): RowKey {
  if (kind === 'timezone') return 'column-type-timezone';
  if (kind === 'rewrite' || kind === 'unknown') return 'column-type-rewrite';
  if (recollated) return 'column-collation';
  if (indexes.work.length > 0) return 'column-type-index';
  return checked.length > 0 ? 'column-type-check' : 'column-type-free';
}

function compatOf(
  { kind, column, recollated }: Facts,
  { type }: ChangeOf<'ChangeColumnType'>,
): Partial<Pick<Impact, 'compat' | 'rollback'>> {
  if (kind === 'same' && !recollated) return { compat: 'none', rollback: 'trivial' };
  if (kind !== 'rewrite' || column === undefined) return {};
  return WIDENINGS.has(`${column.type.name}>${type.name}`) ? { compat: 'additive' } : { rollback: 'lossy' };
}

interface Remade {
  readonly locks: readonly RelationLock[];
  readonly work: Required<Parts>['work'];
}

/** Indexes over the column are taken over as they are, unless collation, operators, an expression or a condition stand against it. */
function indexParts(
  { column }: ChangeOf<'ChangeColumnType'>,
  scene: Scene,
  { target, under }: AlterTarget,
  { newIndex }: Facts,
): Remade {
  const over = (one: Relation): readonly KnownIndex[] =>
    indexesOf(scene, one).filter((index) => isOver(index, column.name));
  const rebuilt = withRows([target, ...under])
    .flatMap(over)
    .filter((one) => newIndex || isComputed(one));
  return {
    locks: [target, ...under].flatMap(over).map(({ display }) => lock(display, 'index', 'ACCESS EXCLUSIVE')),
    work: rebuilt.map(({ display }) => ({ relation: display, kind: 'index-rebuild' })),
  };
}

function isOver({ index }: KnownIndex, column: string): boolean {
  const inKey = (key: IndexKey): boolean =>
    key.column === column || (key.expression?.columns.includes(column) ?? false);
  return index.keys.some(inKey) || index.includes.includes(column) || (index.where?.columns.includes(column) ?? false);
}

function isComputed({ index }: KnownIndex): boolean {
  return index.where !== undefined || index.keys.some(({ expression }) => expression !== undefined);
}

/** Tables with a validated CHECK on the column: it is made again and tested against every row. */
function checkedAgain({ stored }: AlterTarget, column: string): readonly Relation[] {
  return stored.filter(({ table }) => table?.constraints.some((one) => isCheckOn(one, column)) === true);
}

function isCheckOn(one: Constraint, column: string): boolean {
  if (one.kind !== 'check' || !one.validated || !one.enforced) return false;
  return one.columns.includes(column) || (one.expression?.columns.includes(column) ?? false);
}

/** Foreign keys over the column, from here and to here, are dropped and made again; checked again when values may differ. */
function foreignKeyParts(scene: Scene, { target, stored }: AlterTarget, column: string, { kind }: Facts): Remade {
  const out = foreignKeysOf(target.table).filter(({ columns }) => columns.includes(column));
  const others = out.flatMap(({ references }) =>
    references === undefined ? [] : [relationAt(scene, references.table)],
  );
  const into = referencingOf(scene, target).filter(({ constraint }) => isTo(constraint, column));
  const joined = [...others.filter(({ key }) => key !== target.key), ...into.map(({ relation }) => relation)];
  const checksAgain = joined.length > 0 && (kind === 'rewrite' || kind === 'unknown');
  return {
    locks: joined.map(({ display }) => lock(display, 'referenced', 'ACCESS EXCLUSIVE')),
    work: checksAgain ? workOn([...stored, ...withRows(joined)], 'scan') : [],
  };
}

function isTo({ references }: Constraint, column: string): boolean {
  return references?.columns.includes(column) ?? false;
}
