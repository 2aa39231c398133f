import type { Impact } from '../../../model/impact.ts';
import type { ChangeKind, SchemaChange } from '../../../schema/change.ts';
import type { CatalogView } from '../../../schema/view.ts';
import type { SqlTarget } from '../../dialect.ts';
import { addColumn } from './impact/add-column.ts';
import type { Handler } from './impact/alter.ts';
import { impactOf } from './impact/build.ts';
import { changeColumnType } from './impact/column-type.ts';
import * as columns from './impact/columns.ts';
import * as constraints from './impact/constraints.ts';
import * as indexes from './impact/indexes.ts';
import { maintain } from './impact/maintenance.ts';
import * as others from './impact/others.ts';
import * as partitions from './impact/partitions.ts';
import { relationOf, type Scene } from './impact/reach.ts';
import * as sequences from './impact/sequences.ts';
import { setTableOption } from './impact/table-options.ts';
import * as tables from './impact/tables.ts';
import * as triggers from './impact/triggers.ts';
import * as types from './impact/types.ts';
import * as views from './impact/views.ts';

/**
 * What one change does to a running PostgreSQL of the target's major version: locks on every relation that the catalog
 * knows it reaches, work that grows with the table, transaction rule, compatibility. Measured on 10 to 18 by
 * test/oracles/impact.test.ts; docs/impact/postgresql.md lists the rows.
 */
export function postgresqlImpact(change: SchemaChange, before: CatalogView, target: SqlTarget): Impact {
  const scene: Scene = { before, version: target.version };
  if (change.skipsMissing === true && isMissing(change, scene)) return impactOf('if-exists-missing');
  const handler = HANDLERS[change.kind] as (change: SchemaChange, scene: Scene) => Impact;
  return handler(change, scene);
}

/** `ALTER TABLE IF EXISTS` of a relation that is surely not there. */
function isMissing(change: SchemaChange, scene: Scene): boolean {
  if ('table' in change && change.table !== undefined) return relationOf(scene, change.table).found === 'absent';
  return 'view' in change && relationOf(scene, change.view).found === 'absent';
}

/** Every kind, for tests that must see each one measured. */
export function impactKinds(): readonly ChangeKind[] {
  return Object.keys(HANDLERS) as ChangeKind[];
}

const HANDLERS: { readonly [K in ChangeKind]: Handler<K> } = {
  CreateSchema: tables.createSchema,
  DropSchema: tables.dropSchema,
  RenameSchema: tables.renameSchema,
  CreateTable: tables.createTable,
  DropTable: tables.dropTable,
  RenameTable: tables.renameTable,
  SetTableSchema: tables.setTableSchema,
  AddColumn: addColumn,
  DropColumn: columns.dropColumn,
  RenameColumn: columns.renameColumn,
  ChangeColumnType: changeColumnType,
  SetNotNull: columns.setNotNull,
  DropNotNull: columns.dropNotNull,
  SetDefault: columns.setDefault,
  DropDefault: columns.dropDefault,
  SetIdentity: columns.setIdentity,
  SetGenerated: columns.setGenerated,
  AddConstraint: constraints.addConstraint,
  DropConstraint: constraints.dropConstraint,
  RenameConstraint: constraints.renameConstraint,
  ValidateConstraint: constraints.validateConstraint,
  AlterConstraint: constraints.alterConstraint,
  CreateIndex: indexes.createIndex,
  DropIndex: indexes.dropIndex,
  RenameIndex: indexes.renameIndex,
  AttachPartition: partitions.attachPartition,
  DetachPartition: partitions.detachPartition,
  SetInheritance: partitions.setInheritance,
  SetTableOption: setTableOption,
  SetTrigger: triggers.setTrigger,
  CreateView: views.createView,
  DropView: views.dropView,
  RenameView: views.renameView,
  RenameViewColumn: views.renameViewColumn,
  RefreshView: views.refreshView,
  CreateSequence: sequences.createSequence,
  AlterSequence: sequences.alterSequence,
  DropSequence: sequences.dropSequence,
  RenameSequence: sequences.renameSequence,
  CreateEnum: types.createEnum,
  AddEnumValue: types.addEnumValue,
  RenameEnumValue: types.renameEnumValue,
  CreateType: types.createType,
  CreateDomain: types.createDomain,
  AlterDomain: types.alterDomain,
  DropType: types.dropType,
  RenameType: types.renameType,
  CreateFunction: others.createFunction,
  DropFunction: others.dropFunction,
  CreateTrigger: triggers.createTrigger,
  DropTrigger: triggers.dropTrigger,
  RenameTrigger: triggers.renameTrigger,
  Maintain: maintain,
  Truncate: tables.truncate,
  WriteRows: others.writeRows,
  LockTable: others.lockTable,
  SetSession: others.setSession,
  Transaction: others.transaction,
  DiscardTemporary: others.discardTemporary,
  Comment: others.comment,
  Grant: others.grant,
  ChangeObject: others.changeObject,
  RunSql: others.runSql,
};
