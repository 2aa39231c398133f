import type { Impact, RelationLock } from '../../../../model/impact.ts';
import type { Table } from '../../../../schema/catalog.ts';
import type { ChangeOf } from '../../../../schema/change.ts';
import { postgresqlOptions, type TableOption } from '../options.ts';
import { alterImpact, alterTarget, type Handler, lockOf, onlyTarget, rewriteParts, workOn } from './alter.ts';
import { impactOf, lock } from './build.ts';
import { indexOf, renameMode } from './indexes.ts';
import { locksOn, type Relation, relationOf, type Scene } from './reach.ts';
import type { RowKey } from './rows.ts';

const ROW_OF: Readonly<Record<TableOption, RowKey>> = {
  logged: 'set-logged',
  unlogged: 'set-logged',
  tablespace: 'set-tablespace',
  'access-method': 'set-access-method',
  'storage-parameters': 'set-storage-parameters',
  'column-parameters': 'set-column-parameters',
  statistics: 'set-statistics',
  storage: 'set-storage',
  compression: 'set-storage',
  'cluster-on': 'set-cluster-index',
  'without-cluster': 'set-cluster-index',
  'without-oids': 'set-table-option',
  owner: 'set-owner',
  'row-security': 'set-row-security',
  'replica-identity': 'set-replica-identity',
  rule: 'set-rule',
  'of-type': 'set-table-option',
  'attach-index': 'attach-index',
  other: 'set-table-option',
};

const REWRITES: ReadonlySet<RowKey> = new Set<RowKey>(['set-logged', 'set-access-method']);

/** Everything else that ALTER TABLE, ALTER INDEX and ALTER VIEW set. */
export const setTableOption: Handler<'SetTableOption'> = (change, scene) => {
  const { relation } = postgresqlOptions(change);
  if (relation === 'index') return onIndex(change, scene);
  if (relation === 'view' || relation === 'materialized-view') {
    const row =
      relation === 'materialized-view' && isLight(change.option) ? 'set-materialized-view-option' : 'set-view-option';
    return impactOf(row, { locks: [lock(relationOf(scene, change.table).display, 'target', lockOf(row))] });
  }
  const reached = alterTarget(scene, change);
  const row = rowOf(change, reached.target);
  const own = follows(change.option) ? reached : onlyTarget(reached);
  if (row === 'set-tablespace') return alterImpact(row, own, { work: workOn(own.stored, 'rewrite') });
  return alterImpact(row, own, REWRITES.has(row) ? rewriteParts(scene, own) : { locks: indexLock(change, scene) });
};

/** The index that CLUSTER ON or REPLICA IDENTITY USING INDEX names. */
function indexLock(change: ChangeOf<'SetTableOption'>, scene: Scene): readonly RelationLock[] {
  const { value } = postgresqlOptions(change);
  if (value === undefined) return [];
  const { schema, span } = change.table;
  const { display } = indexOf(scene, { name: value, span, ...(schema === undefined ? {} : { schema }) });
  if (change.option === 'cluster-on') return [lock(display, 'index', 'SHARE UPDATE EXCLUSIVE')];
  return change.option === 'replica-identity' ? [lock(display, 'index', 'SHARE')] : [];
}

function onIndex(change: ChangeOf<'SetTableOption'>, scene: Scene): Impact {
  const index = indexOf(scene, change.table);
  if (change.option === 'attach-index') return attachIndex(change, scene);
  const row = isLight(change.option) ? 'set-index-option' : 'set-index-exclusive';
  return impactOf(row, {
    locks: [lock(index.display, 'target', lockOf(row))],
    work: change.option === 'tablespace' ? [{ relation: index.display, kind: 'index-rebuild' }] : [],
  });
}

function attachIndex(change: ChangeOf<'SetTableOption'>, scene: Scene): Impact {
  const parent = indexOf(scene, change.table);
  const { value } = postgresqlOptions(change);
  const part = value === undefined ? undefined : indexOf(scene, { ...change.table, name: value });
  const tables = [parent.table, part?.table].filter((one) => one !== undefined);
  return impactOf('attach-index', {
    locks: [
      lock(parent.display, 'target', renameMode(scene)),
      ...(part === undefined ? [] : [lock(part.display, 'index', 'ACCESS EXCLUSIVE')]),
      ...locksOn(tables, 'parent', 'ACCESS SHARE'),
    ],
  });
}

/** Options that only the planner and VACUUM read. */
function isLight(option: string): boolean {
  return option === 'storage-parameters' || option === 'column-parameters' || option === 'statistics';
}

function rowOf(change: ChangeOf<'SetTableOption'>, { table }: Relation): RowKey {
  const row = (ROW_OF as Readonly<Record<string, RowKey>>)[change.option] ?? 'set-table-option';
  if (row === 'set-logged') return isSoAlready(change.option, table) ? 'set-logged-noop' : row;
  const { value } = postgresqlOptions(change);
  return row === 'set-access-method' && isAccessMethodOf(value, table) ? 'set-access-method-same' : row;
}

/** What earlier statements said of the table is kept under their option's name; after both nobody knows which was last. */
function isSoAlready(wanted: string, table: Table | undefined): boolean {
  if (table === undefined) return false;
  const said = ['unlogged', 'logged'].filter((option) => option in table.options);
  return said.length === 0 ? wanted === 'logged' : said.length === 1 && said[0] === wanted;
}

function isAccessMethodOf(value: string | undefined, table: Table | undefined): boolean {
  const known = table !== undefined && !('access-method' in table.options);
  return known && (value === 'heap' || value === 'default');
}

/** Options that go on to partitions and children. */
function follows(option: string): boolean {
  return option === 'statistics' || option === 'storage';
}
