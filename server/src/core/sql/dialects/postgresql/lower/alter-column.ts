import type { SchemaChange } from '../../../../schema/change.ts';
import { expressionOf } from '../expressions.ts';
import { between, indexOfWord, inParentheses, isWord, type Source, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { dataType, typeSpan } from '../types.ts';
import { type AlterCommand, type Commands, isCascade, subject, subjectAt } from './alter-command.ts';
import { setOption } from './alter-options.ts';
import { columnSpec } from './columns.ts';

/** Subcommands about one column. */
export const columnCommands: Commands = {
  AT_AddColumn: addColumn,
  AT_DropColumn: (alter) => ({
    kind: 'DropColumn',
    ...alter.base,
    table: alter.table,
    column: subject(alter),
    ifExists: alter.command.missing_ok === true,
    cascade: isCascade(alter),
  }),
  AT_AlterColumnType: changeType,
  AT_SetNotNull: (alter) => ({ kind: 'SetNotNull', ...alter.base, table: alter.table, column: subject(alter) }),
  AT_DropNotNull: (alter) => ({ kind: 'DropNotNull', ...alter.base, table: alter.table, column: subject(alter) }),
  AT_ColumnDefault: setDefault,
  AT_AddIdentity: setIdentity,
  AT_SetIdentity: setIdentity,
  AT_DropIdentity: (alter) => ({
    kind: 'SetIdentity',
    ...alter.base,
    table: alter.table,
    column: subject(alter),
    identity: 'none',
    ifExists: alter.command.missing_ok === true,
  }),
  AT_SetExpression: (alter) => ({
    kind: 'SetGenerated',
    ...alter.base,
    table: alter.table,
    column: subject(alter),
    expression: expressionOf(alter.source, alter.command.def, inParentheses(alter.words)),
  }),
  AT_DropExpression: (alter) => ({
    kind: 'SetGenerated',
    ...alter.base,
    table: alter.table,
    column: subject(alter),
    ...(alter.command.missing_ok === true ? { ifExists: true } : {}),
  }),
};

function addColumn({ source, base, table, words, command }: AlterCommand): SchemaChange {
  const node: PgNode | undefined = command.def;
  const definition = node?.ColumnDef ?? {};
  const own = between(words, source.offset(definition.location));
  return {
    kind: 'AddColumn',
    ...base,
    table,
    ...columnSpec(source, definition, own),
    ifNotExists: command.missing_ok === true,
  };
}

/** `ALTER [COLUMN] c [SET DATA] TYPE t [COLLATE x] [USING expression]` */
function changeType(alter: AlterCommand): SchemaChange {
  const { source, base, table, words, command } = alter;
  const node: PgNode | undefined = command.def;
  const definition = node?.ColumnDef ?? {};
  const typeAt = indexOfWord(words, 'type', subjectAt(words) + 1) + 1;
  const collateAt = indexOfWord(words, 'collate', typeAt);
  const using = usingOf(source, definition.raw_default, words, typeAt);
  return {
    kind: 'ChangeColumnType',
    ...base,
    table,
    column: subject(alter),
    type: dataType(definition.typeName),
    typeSpan: typeSpan(words, typeAt),
    ...(using === undefined ? {} : { using }),
    ...(definition.collClause === undefined ? {} : { collation: words[collateAt + 1]?.value ?? '' }),
  };
}

function usingOf(source: Source, node: PgNode | undefined, words: Words, from: number) {
  const at = indexOfWord(words, 'using', from);
  return node === undefined || at === -1 ? undefined : expressionOf(source, node, words.slice(at + 1));
}

function setDefault(alter: AlterCommand): SchemaChange {
  const { source, base, table, words, command } = alter;
  const column = subject(alter);
  if (command.def === undefined) return { kind: 'DropDefault', ...base, table, column };
  const at = indexOfWord(words, 'default', subjectAt(words) + 1);
  return {
    kind: 'SetDefault',
    ...base,
    table,
    column,
    expression: expressionOf(source, command.def, words.slice(at + 1)),
  };
}

/** `ADD GENERATED ... AS IDENTITY`, `SET GENERATED ...`; what only sets the sequence behind it is an option. */
function setIdentity(alter: AlterCommand): SchemaChange {
  const { base, table, words } = alter;
  const at = indexOfWord(words, 'generated', subjectAt(words) + 1);
  if (at === -1) return setOption(alter, 'other');
  const identity = isWord(words[at + 1], 'always') ? 'always' : 'by-default';
  const added = alter.command.subtype === 'AT_AddIdentity' ? ({ added: true } as const) : {};
  return { kind: 'SetIdentity', ...base, table, column: subject(alter), identity, ...added, ifExists: false };
}
