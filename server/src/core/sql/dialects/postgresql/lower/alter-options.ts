import type { AlterTableCmd } from '@pgsql/types';
import type { SchemaChange } from '../../../../schema/change.ts';
import type { TableOption } from '../options.ts';
import { ident } from '../source.ts';
import { itemsOf, type PgNode } from '../tree.ts';
import { typeNamed } from '../types.ts';
import { type AlterCommand, type Commands, subjectAt } from './alter-command.ts';
import { withOptions } from './base.ts';
import { settingsOption } from './settings.ts';

/** Subcommands that set what no reader and no writer sees. */
export const optionCommands: Commands = {
  AT_SetLogged: (alter) => setOption(alter, 'logged'),
  AT_SetUnLogged: (alter) => setOption(alter, 'unlogged'),
  AT_SetTableSpace: (alter) => setOption(alter, 'tablespace', alter.command.name),
  AT_SetAccessMethod: (alter) => setOption(alter, 'access-method', alter.command.name ?? 'default'),
  AT_SetRelOptions: (alter) => setOption(alter, 'storage-parameters'),
  AT_ResetRelOptions: (alter) => setOption(alter, 'storage-parameters', undefined, 'reset'),
  AT_ReplaceRelOptions: (alter) => setOption(alter, 'storage-parameters'),
  AT_SetOptions: (alter) => setOption(alter, 'column-parameters'),
  AT_ResetOptions: (alter) => setOption(alter, 'column-parameters'),
  AT_SetStatistics: (alter) => setOption(alter, 'statistics', undefined, textIn(alter)),
  AT_SetStorage: (alter) => setOption(alter, 'storage', undefined, textIn(alter)),
  AT_SetCompression: (alter) => setOption(alter, 'compression', undefined, textIn(alter)),
  AT_ClusterOn: (alter) => setOption(alter, 'cluster-on', alter.command.name),
  AT_DropCluster: (alter) => setOption(alter, 'without-cluster'),
  AT_DropOids: (alter) => setOption(alter, 'without-oids'),
  AT_ChangeOwner: (alter) => setOption(alter, 'owner', undefined, alter.command.newowner?.rolename),
  AT_EnableRowSecurity: (alter) => setOption(alter, 'row-security', undefined, 'enable'),
  AT_DisableRowSecurity: (alter) => setOption(alter, 'row-security', undefined, 'disable'),
  AT_ForceRowSecurity: (alter) => setOption(alter, 'row-security', undefined, 'force'),
  AT_NoForceRowSecurity: (alter) => setOption(alter, 'row-security', undefined, 'no-force'),
  AT_ReplicaIdentity: replicaIdentity,
  AT_EnableRule: (alter) => setOption(alter, 'rule', alter.command.name, 'enable'),
  AT_EnableAlwaysRule: (alter) => setOption(alter, 'rule', alter.command.name, 'always'),
  AT_EnableReplicaRule: (alter) => setOption(alter, 'rule', alter.command.name, 'replica'),
  AT_DisableRule: (alter) => setOption(alter, 'rule', alter.command.name, 'disable'),
  AT_AddOf: ofType,
  AT_DropOf: (alter) => setOption(alter, 'of-type'),
};

/** `OF c` */
function ofType(alter: AlterCommand): SchemaChange {
  const node: PgNode | undefined = alter.command.def;
  const change = setOption(alter, 'of-type');
  return { ...change, options: { ...change.options, type: typeNamed(node?.TypeName) } };
}

function replicaIdentity(alter: AlterCommand): SchemaChange {
  const node: PgNode | undefined = alter.command.def;
  const { name, identity_type = 'd' } = node?.ReplicaIdentityStmt ?? {};
  return setOption(alter, 'replica-identity', name, IDENTITIES[identity_type]);
}

/** `REPLICA_IDENTITY_*` of pg_class.h. */
const IDENTITIES: Readonly<Record<string, string>> = { d: 'default', n: 'nothing', f: 'full', i: 'index' };

/** A number, a word. */
function textIn({ command }: AlterCommand): string | undefined {
  const node: PgNode | undefined = command.def;
  return node?.Integer === undefined ? node?.String?.sval : String(node.Integer.ival ?? 0);
}

/**
 * @param value new access method, tablespace; name of an index or a rule
 * @param setting what it is set to, in a word
 */
export function setOption(alter: AlterCommand, option: TableOption, value?: string, setting?: string): SchemaChange {
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
      ...(setting === undefined ? {} : { setting }),
      ...(parameters.length === 0 ? {} : { parameters, ...settingsOption(itemsOf(command.def)) }),
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
