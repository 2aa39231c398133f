import type { AlterTableCmd } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import type { TableOption } from '../options.ts';
import { ident } from '../source.ts';
import { itemsOf, type PgNode } from '../tree.ts';
import { type AlterCommand, type Commands, subjectAt } from './alter-command.ts';
import { withOptions } from './base.ts';

/** Subcommands that set what no reader and no writer sees. */
export const optionCommands: Commands = {
  AT_SetLogged: (alter) => setOption(alter, 'logged'),
  AT_SetUnLogged: (alter) => setOption(alter, 'unlogged'),
  AT_SetTableSpace: (alter) => setOption(alter, 'tablespace', alter.command.name),
  AT_SetAccessMethod: (alter) => setOption(alter, 'access-method', alter.command.name ?? 'default'),
  AT_SetRelOptions: (alter) => setOption(alter, 'storage-parameters'),
  AT_ResetRelOptions: (alter) => setOption(alter, 'storage-parameters'),
  AT_ReplaceRelOptions: (alter) => setOption(alter, 'storage-parameters'),
  AT_SetOptions: (alter) => setOption(alter, 'column-parameters'),
  AT_ResetOptions: (alter) => setOption(alter, 'column-parameters'),
  AT_SetStatistics: (alter) => setOption(alter, 'statistics'),
  AT_SetStorage: (alter) => setOption(alter, 'storage'),
  AT_SetCompression: (alter) => setOption(alter, 'compression'),
  AT_ClusterOn: (alter) => setOption(alter, 'cluster-on', alter.command.name),
  AT_DropCluster: (alter) => setOption(alter, 'without-cluster'),
  AT_DropOids: (alter) => setOption(alter, 'without-oids'),
  AT_ChangeOwner: (alter) => setOption(alter, 'owner'),
  AT_EnableRowSecurity: (alter) => setOption(alter, 'row-security'),
  AT_DisableRowSecurity: (alter) => setOption(alter, 'row-security'),
  AT_ForceRowSecurity: (alter) => setOption(alter, 'row-security'),
  AT_NoForceRowSecurity: (alter) => setOption(alter, 'row-security'),
  AT_ReplicaIdentity: replicaIdentity,
  AT_EnableRule: (alter) => setOption(alter, 'rule'),
  AT_EnableAlwaysRule: (alter) => setOption(alter, 'rule'),
  AT_EnableReplicaRule: (alter) => setOption(alter, 'rule'),
  AT_DisableRule: (alter) => setOption(alter, 'rule'),
  AT_AddOf: (alter) => setOption(alter, 'of-type'),
  AT_DropOf: (alter) => setOption(alter, 'of-type'),
};

function replicaIdentity(alter: AlterCommand): SchemaChange {
  const node: PgNode | undefined = alter.command.def;
  return setOption(alter, 'replica-identity', node?.ReplicaIdentityStmt?.name);
}

/** @param value new access method, tablespace, index */
export function setOption(alter: AlterCommand, option: TableOption, value?: string): SchemaChange {
  const { base, table, words, command } = alter;
  const parameters = itemsOf(command.def).flatMap(({ DefElem }) => DefElem?.defname ?? []);
  const column = COLUMN_COMMANDS.has(command.subtype) ? ident(words, subjectAt(words), command.name) : undefined;
  return {
    kind: 'SetTableOption',
    ...base,
    table,
    option,
    ...(column === undefined ? {} : { column }),
    ...withOptions({
      ...base.options,
      ...(value === undefined ? {} : { value }),
      ...(parameters.length === 0 ? {} : { parameters }),
    }),
  };
}

const COLUMN_COMMANDS: ReadonlySet<AlterTableCmd['subtype']> = new Set<AlterTableCmd['subtype']>([
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_SetIdentity',
  'AT_AlterColumnGenericOptions',
]);
