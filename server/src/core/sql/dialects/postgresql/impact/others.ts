import type { RelationLock } from '../../../../model/impact.ts';
import type { ChangeOf } from '../../../../schema/change.ts';
import { droppedKind, routineNamed } from '../../../../schema/routines.ts';
import { postgresqlOptions } from '../options.ts';
import { type Handler, lockOf } from './alter.ts';
import { impactOf, lock } from './build.ts';
import { isLockMode } from './modes.ts';
import {
  below,
  foreignKeysOf,
  locksOn,
  partitionsOf,
  type Relation,
  referencingOf,
  relationAt,
  relationOf,
  type Scene,
} from './reach.ts';
import type { RowKey } from './rows.ts';

/**
 * DML makes nobody wait who reads or writes other rows; it keeps schema changes and index builds out, also on the tables
 * that its foreign keys look into.
 */
export const writeRows: Handler<'WriteRows'> = (change, scene) => {
  const target = relationOf(scene, change.table);
  const moves = change.verb !== 'insert' && change.verb !== 'copy';
  const partitions = moves ? partitionsOf(scene, target) : [];
  return impactOf('write-rows', {
    locks: [
      lock(target.display, 'target', lockOf('write-rows')),
      ...locksOn(partitions, 'partition', lockOf('write-rows')),
      ...lookedUp(change, target, scene),
      ...(moves ? lookedInto(change, target, scene) : []),
    ],
    ...(moves ? {} : { rollback: 'trivial' }),
  });
};

/** A new value of a foreign key is looked up in the other table. */
function lookedUp(change: ChangeOf<'WriteRows'>, target: Relation, scene: Scene): readonly RelationLock[] {
  if (change.verb === 'delete') return [];
  const keys = foreignKeysOf(target.table).filter(
    ({ columns, enforced }) => enforced && (change.verb !== 'update' || columns.some((name) => sets(change, name))),
  );
  return keys.flatMap(({ references }) =>
    references === undefined || references.table === target.key
      ? []
      : [lock(relationAt(scene, references.table).display, 'referenced', 'ROW SHARE')],
  );
}

/** An old key that goes away is looked for in the tables that refer to it, or changed there. */
function lookedInto(change: ChangeOf<'WriteRows'>, target: Relation, scene: Scene): readonly RelationLock[] {
  return referencingOf(scene, target).flatMap(({ relation, constraint: { references, enforced } }) => {
    if (references === undefined || !enforced) return [];
    if (change.verb === 'update' && !references.columns.some((name) => sets(change, name))) return [];
    const action = change.verb === 'update' ? references.onUpdate : references.onDelete;
    const looks = action === 'no-action' || action === 'restrict';
    return [lock(relation.display, 'dependent', looks ? 'ROW SHARE' : 'ROW EXCLUSIVE')];
  });
}

function sets({ columns }: ChangeOf<'WriteRows'>, name: string): boolean {
  return columns.some((column) => column.name === name);
}

export const lockTable: Handler<'LockTable'> = (change, scene) => {
  const mode = change.mode.toUpperCase().replace(/ MODE$/, '');
  const strength = isLockMode(mode) ? mode : 'ACCESS EXCLUSIVE';
  const tables = change.tables.map((name) => relationOf(scene, name));
  const only = postgresqlOptions(change).only === true;
  return impactOf('lock-table', {
    locks: [
      ...locksOn(tables, 'target', strength),
      ...locksOn(only ? [] : tables.flatMap((one) => below(scene, one)), 'partition', strength),
    ],
    certain: isLockMode(mode),
  });
};

/** A body in SQL is looked through when it is made, and opens what it names. */
export const createFunction: Handler<'CreateFunction'> = (change, scene) => {
  const checked = change.bound === true || postgresqlOptions(change).settings?.language === 'sql';
  const opened = (checked ? (change.reads ?? []) : []).flatMap(({ relation, written }) =>
    locksOn([relationOf(scene, relation)], 'source', written === true ? 'ROW EXCLUSIVE' : 'ACCESS SHARE'),
  );
  return impactOf(change.replace ? 'replace-function' : 'create-function', { locks: opened });
};

/** DROP FUNCTION CASCADE drops the triggers that call it. */
export const dropFunction: Handler<'DropFunction'> = (change, scene) => {
  if (!change.cascade) return impactOf('drop-function');
  const fn = routineNamed(scene.before, change.fn, change.argTypes, droppedKind(change));
  const users = fn === undefined ? [] : (scene.before.dependents.get(fn) ?? []);
  const tables = users.map((key) => relationAt(scene, key)).filter(({ table }) => table !== undefined);
  return impactOf('drop-function', { locks: locksOn(tables, 'dependent', 'ACCESS EXCLUSIVE') });
};

export const setSession: Handler<'SetSession'> = () => impactOf('set-session');
/** Nobody else sees what is temporary. */
export const discardTemporary: Handler<'DiscardTemporary'> = () => impactOf('set-session');
export const transaction: Handler<'Transaction'> = () => impactOf('transaction');

const RELATION_KINDS = new Set(['table', 'column', 'view', 'materialized view', 'index', 'sequence', 'foreign table']);
const PART_KINDS = new Set(['constraint', 'trigger', 'rule', 'policy']);

export const comment: Handler<'Comment'> = (change, scene) => {
  const kind = change.objectKind.toLowerCase().replaceAll('-', ' ');
  const row: RowKey = RELATION_KINDS.has(kind) ? 'comment' : PART_KINDS.has(kind) ? 'comment-part' : 'comment-other';
  if (row === 'comment-other') return impactOf(row);
  return impactOf(row, { locks: [lock(relationOf(scene, change.object).display, 'target', lockOf(row))] });
};

/** From 18 on it opens the relation, which nobody waits for. */
export const grant: Handler<'Grant'> = (change, scene) => {
  const opened = scene.version < 18 ? [] : change.objects.map((name) => relationOf(scene, name));
  return impactOf(change.revoke ? 'revoke' : 'grant', {
    locks: locksOn(
      opened.filter(({ found }) => found === 'known'),
      'target',
      'ACCESS SHARE',
    ),
  });
};

const OBJECT_ROWS: Readonly<Record<string, RowKey>> = {
  policy: 'change-policy',
  rule: 'change-rule',
  statistics: 'change-statistics',
  publication: 'change-publication',
};

/** Objects that hang on a table lock it; the others lock none. */
export const changeObject: Handler<'ChangeObject'> = (change, scene) => {
  const row = OBJECT_ROWS[change.objectKind.toLowerCase()] ?? 'change-object';
  // Every table of a tablespace is written again: which these are, only the server knows.
  if (postgresqlOptions(change).moves !== undefined) return impactOf('change-object', { certain: false });
  if (row === 'change-object')
    return impactOf(row, NO_TRANSACTION.has(`${change.verb} ${change.objectKind}`) ? { transaction: 'forbidden' } : {});
  const named = postgresqlOptions(change).tables ?? (change.table === undefined ? undefined : [change.table]);
  const tables = (named ?? []).map((name) => relationOf(scene, name));
  const own = tables.map(({ display }) => display);
  const used = (change.reads ?? []).flatMap(({ relation, written }) => {
    const found = relationOf(scene, relation);
    return own.includes(found.display) ? [] : locksOn([found], 'source', written ? 'ROW EXCLUSIVE' : 'ACCESS SHARE');
  });
  return impactOf(row, {
    locks: [...locksOn(tables, 'target', lockOf(row)), ...used],
    certain: named !== undefined,
  });
};

/** Refused inside a transaction block (`PreventInTransactionBlock`). */
const NO_TRANSACTION: ReadonlySet<string> = new Set([
  'create database',
  'drop database',
  'create tablespace',
  'drop tablespace',
  'create subscription',
  'drop subscription',
  'alter system setting',
]);

export const runSql: Handler<'RunSql'> = () => impactOf('opaque', { certain: false });
