import type { AlterTableCmd, AlterTableStmt } from '@pgsql/types';
import type { DialectOptions, SchemaChange } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { spanOf, splitCommas, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { dataType } from '../types.ts';
import { columnCommands } from './alter-column.ts';
import type { AlterCommand, Commands } from './alter-command.ts';
import { attachPartition, constraintCommands } from './alter-constraint.ts';
import { optionCommands, setOption } from './alter-options.ts';
import { passOf } from './alter-passes.ts';
import { certain, type Lower, withOptions } from './base.ts';
import { relationName } from './names.ts';

/** ALTER TABLE, INDEX, VIEW, MATERIALIZED VIEW, SEQUENCE, FOREIGN TABLE and TYPE: one change per subcommand, in the server's order. */
export const alterTable: Lower<AlterTableStmt> = (source, node, words) => {
  const table = relationName(source, node.relation, words);
  const pieces = splitCommas(subcommands(words, table));
  const objtype = node.objtype ?? 'OBJECT_TABLE';
  const only = objtype === 'OBJECT_TABLE' && node.relation?.inh !== true;
  return ((node.cmds ?? []) as readonly PgNode[])
    .map(({ AlterTableCmd: command = {} }, i) => {
      const own = pieces[i] ?? words;
      const missing = node.missing_ok ? { skipsMissing: true } : {};
      const base = { ...certain(spanOf(own)), ...missing, ...withOptions(only ? { only } : {}) };
      return { pass: passOf(command), change: lowerCommand({ source, base, table, words: own, command }, objtype) };
    })
    .sort((a, b) => a.pass - b.pass)
    .map(({ change }) => change);
};

/** Behind the name, and the `*` that once was ONLY's opposite. */
function subcommands(words: Words, table: ObjectName): Words {
  const at = words.findIndex(({ start }) => start >= table.span.end);
  return at === -1 ? [] : words.slice(words[at]?.text === '*' ? at + 1 : at);
}

/** What an index or a view shares with tables. */
const INDEX_COMMANDS: Commands = { ...optionCommands, AT_AttachPartition: attachPartition };

const TABLE_COMMANDS: Commands = { ...columnCommands, ...constraintCommands, ...optionCommands };

function lowerCommand(alter: AlterCommand, objtype: NonNullable<AlterTableStmt['objtype']>) {
  const { base, command } = alter;
  switch (objtype) {
    case 'OBJECT_TYPE':
      return attribute(alter);
    case 'OBJECT_SEQUENCE':
      return sequenceOption(alter, command);
    case 'OBJECT_INDEX':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW': {
      const relation = RELATIONS[objtype];
      return (INDEX_COMMANDS[subtypeOf(command)] ?? otherOption)({
        ...alter,
        base: { ...base, options: { relation } },
      });
    }
    default:
      return (TABLE_COMMANDS[subtypeOf(command)] ?? otherOption)(alter);
  }
}

/** `ALTER TYPE t ADD | DROP | ALTER ATTRIBUTE a` */
function attribute({ base, table, command }: AlterCommand): SchemaChange {
  const definition: PgNode | undefined = command.def;
  const column = definition?.ColumnDef;
  const name = command.name ?? column?.colname;
  return {
    kind: 'ChangeObject',
    ...base,
    verb: 'alter',
    objectKind: 'type',
    object: table,
    ...withOptions({
      ...base.options,
      ...(ATTRIBUTE_ACTIONS[command.subtype ?? ''] ?? {}),
      ...(command.behavior === 'DROP_CASCADE' ? { cascade: true } : {}),
      ...(command.missing_ok ? { ifExists: true } : {}),
      ...(name === undefined ? {} : { attribute: name }),
      ...(column?.typeName === undefined ? {} : { type: dataType(column.typeName) }),
    }),
  };
}

const ATTRIBUTE_ACTIONS: Readonly<Record<string, DialectOptions>> = {
  AT_AddColumn: { action: 'add' },
  AT_DropColumn: { action: 'drop' },
  AT_AlterColumnType: { action: 'type' },
};

const RELATIONS = { OBJECT_INDEX: 'index', OBJECT_VIEW: 'view', OBJECT_MATVIEW: 'materialized-view' } as const;

function subtypeOf({ subtype = 'AT_GenericOptions' }: AlterTableCmd): NonNullable<AlterTableCmd['subtype']> {
  return subtype;
}

function otherOption(alter: AlterCommand) {
  return setOption(alter, 'other');
}

function sequenceOption({ base, table }: AlterCommand, { subtype, missing_ok, newowner }: AlterTableCmd) {
  const role = newowner?.rolename;
  const options = subtype === 'AT_ChangeOwner' ? { owner: true, ...(role === undefined ? {} : { role }) } : {};
  const ifExists = base.skipsMissing === true || missing_ok === true;
  return { kind: 'AlterSequence', ...base, sequence: table, ifExists, ...withOptions(options) } as const;
}
