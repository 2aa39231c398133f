import type {
  AlterPolicyStmt,
  CreatePolicyStmt,
  ExplainStmt,
  ImportForeignSchemaStmt,
  RuleStmt,
  VariableSetStmt,
} from '@pgsql/types';
import type { DialectOptions, Reads, SchemaChange } from '../../../../schema/change.ts';
import { namesIn, namesOption } from '../names-in.ts';
import { between, indexOfWord, type Source, type Words } from '../source.ts';
import type { PgNode } from '../tree.ts';
import { alterTable } from './alter-table.ts';
import { type Lower, withOptions } from './base.ts';
import { workedOn } from './bodies.ts';
import { comment, defaultPrivileges, grant, grantRole, roleText, securityLabel } from './comments.ts';
import { createTable } from './create-table.ts';
import { drop } from './drop.ts';
import { policyReads, readsOption, ruleReads, statisticsReads } from './expression-reads.ts';
import { createIndex } from './indexes.ts';
import { cluster, reindex, truncate, vacuum } from './maintenance.ts';
import { relationName } from './names.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { changeObject, define, moveAll, OTHER_OBJECTS, opaque } from './others.ts';
import { publication } from './publications.ts';
import { rename } from './rename.ts';
import { createFunction, createTrigger, withArguments } from './routines.ts';
import { copy, lowerWrite } from './rows.ts';
import { createSchema, qualified, setOwner, setSchema } from './schemas.ts';
import { lowerSelect } from './select.ts';
import { alterSequence, createSequence } from './sequences.ts';
import { call, discard, lockTable, setConstraints, setSession, settingSaid, transaction } from './session.ts';
import { settingsOption } from './settings.ts';
import { statisticsOf, targetOf } from './statistics.ts';
import { alterDomain, alterEnum, createComposite, createDomain, createEnum, createRange } from './types.ts';
import { createTableAs, createView, refreshView } from './views.ts';

/** What one parsed statement says. */
export interface Lowered {
  readonly changes: readonly SchemaChange[];
  readonly reads: readonly Reads[];
}

type Lowerings = { readonly [K in keyof PgNode]?: Lower<NonNullable<PgNode[K]>> };

/** One line per statement of PostgreSQL's grammar that changes something. */
const LOWERINGS: Lowerings = {
  AlterDatabaseSetStmt: (_source, { setstmt }, words) => [settingOf('database', setstmt, words)],
  AlterDefaultPrivilegesStmt: defaultPrivileges,
  AlterDomainStmt: alterDomain,
  AlterEnumStmt: alterEnum,
  AlterFunctionStmt: (_source, node, words) => [
    withArguments(
      withOptionsOf(
        changeObject(OBJECT_KINDS[node.objtype ?? 'OBJECT_FUNCTION'] ?? 'function', words),
        settingsOption(node.actions, ['set']),
      ),
      { ObjectWithArgs: node.func ?? {} },
    ),
  ],
  AlterObjectDependsStmt: (_source, node, words) => [
    changeObject(OBJECT_KINDS[node.objectType ?? 'OBJECT_FUNCTION'] ?? 'object', words),
  ],
  AlterObjectSchemaStmt: setSchema,
  AlterOwnerStmt: setOwner,
  AlterPolicyStmt: policy,
  AlterPublicationStmt: (source, node, words) => [publication(source, node, words)],
  AlterRoleSetStmt: (_source, { setstmt }, words) => [settingOf('role', setstmt, words)],
  AlterSeqStmt: alterSequence,
  AlterTableMoveAllStmt: moveAll,
  AlterStatsStmt: (_source, node, words) => [
    withOptionsOf(changeObject('statistics', words), { target: targetOf(node) }),
  ],
  AlterTableStmt: alterTable,
  CallStmt: call,
  ClusterStmt: cluster,
  CommentStmt: comment,
  CompositeTypeStmt: createComposite,
  ConstraintsSetStmt: setConstraints,
  CreateDomainStmt: createDomain,
  CreateEnumStmt: createEnum,
  CreateForeignTableStmt: (source, { base = {} }, words) => [foreign(createTable(source, base, words))],
  CreateFunctionStmt: createFunction,
  CreatePolicyStmt: policy,
  CreatePublicationStmt: (source, node, words) => [publication(source, node, words)],
  CreateRangeStmt: createRange,
  CreateSchemaStmt: (source, node, words) => [
    ...createSchema(source, node, words),
    ...schemaElements(source, node, words),
  ],
  CreateSeqStmt: createSequence,
  CreateStatsStmt: (source, node, words) => [
    withOptionsOf(withReads(changeObject('statistics', words), statisticsReads(source, node, words)), {
      statistics: statisticsOf(source, node, words),
    }),
  ],
  CreateStmt: (source, node, words) => [createTable(source, node, words)],
  CreateTableAsStmt: createTableAs,
  CreateTrigStmt: createTrigger,
  DefineStmt: (_source, node, words) => [define(node, OBJECT_KINDS[node.kind ?? 'OBJECT_TYPE'] ?? 'object', words)],
  DiscardStmt: discard,
  DropOwnedStmt: (_source, _node, words) => [opaque('drops everything that a role owns', 'schema', words)],
  DropStmt: drop,
  ExecuteStmt: (_source, _node, words) => [opaque('runs a prepared statement', 'data', words)],
  GrantRoleStmt: grantRole,
  GrantStmt: grant,
  ImportForeignSchemaStmt: importSchema,
  IndexStmt: (source, node, words) => [createIndex(source, node, words)],
  LockStmt: lockTable,
  RefreshMatViewStmt: refreshView,
  ReindexStmt: reindex,
  RenameStmt: rename,
  RuleStmt: (source, node, words) => [
    {
      ...withOptionsOf(
        withReads(changeObject('rule', words), [
          ...ruleReads(source, node, words),
          ...actionReads(source, node, words),
        ]),
        node.replace === true ? { replace: true } : {},
      ),
      ...namesOption(node.whereClause, ...((node.actions ?? []) as readonly PgNode[])),
    },
  ],
  SecLabelStmt: securityLabel,
  TransactionStmt: transaction,
  TruncateStmt: truncate,
  VacuumStmt: vacuum,
  VariableSetStmt: setSession,
  ViewStmt: createView,
};

/** @param words the statement's own words; of a statement inside another one, a stretch of that one's */
export function lowerStatement(source: Source, node: PgNode, words: Words): Lowered {
  if (node.SelectStmt !== undefined) return lowerSelect(source, node.SelectStmt, words);
  if (node.CopyStmt?.query !== undefined) return lowerStatement(source, node.CopyStmt.query, words);
  if (node.CopyStmt !== undefined) return copy(source, node.CopyStmt, words);
  if (node.InsertStmt ?? node.UpdateStmt ?? node.DeleteStmt ?? node.MergeStmt) return lowerWrite(source, node, words);
  const held = heldQuery(node);
  if (held !== undefined) return embedded(source, held, words);
  return { changes: changesOf(source, node, words), reads: [] };
}

interface HeldQuery {
  readonly query: PgNode;
  readonly runs: boolean;
}

/** EXPLAIN runs its statement with ANALYZE only, a cursor when it is read, PREPARE never. */
function heldQuery({ ExplainStmt, DeclareCursorStmt, PrepareStmt }: PgNode): HeldQuery | undefined {
  if (ExplainStmt?.query !== undefined) return { query: ExplainStmt.query, runs: analyzes(ExplainStmt) };
  if (DeclareCursorStmt?.query !== undefined) return { query: DeclareCursorStmt.query, runs: true };
  return PrepareStmt?.query === undefined ? undefined : { query: PrepareStmt.query, runs: false };
}

function analyzes({ options }: ExplainStmt): boolean {
  const said = ((options ?? []) as readonly PgNode[]).findLast(
    ({ DefElem }) => DefElem?.defname === 'analyze',
  )?.DefElem;
  const value = said?.arg as PgNode | undefined;
  const text = value?.Integer === undefined ? value?.String?.sval : String(value.Integer.ival ?? 0);
  return said !== undefined && !/^(false|off|0)$/i.test(text ?? 'true');
}

function embedded(source: Source, { query, runs }: HeldQuery, words: Words): Lowered {
  const own = words.slice(firstOfQuery(words));
  const { changes, reads } = lowerStatement(source, query, own);
  return { changes: runs ? changes : [], reads };
}

/** The first word of the statement that EXPLAIN, PREPARE and DECLARE hold: behind options and AS or FOR. */
function firstOfQuery(words: Words): number {
  return Math.max(indexOfWord(words, STATEMENT_WORDS, 1), 0);
}

const STATEMENT_WORDS = [
  'select',
  'with',
  'values',
  'table',
  'insert',
  'update',
  'delete',
  'merge',
  'create',
  'refresh',
  'declare',
  'execute',
] as const;

function changesOf(source: Source, node: PgNode, words: Words): readonly SchemaChange[] {
  for (const kind of Object.keys(node) as (keyof PgNode)[]) {
    const lower = LOWERINGS[kind] as Lower<unknown> | undefined;
    if (lower !== undefined) return lower(source, node[kind], words);
    const other = OTHER_OBJECTS[kind];
    if (other !== undefined) return [changeObject(other, words)];
  }
  return [];
}

function withOptionsOf(change: SchemaChange, options: DialectOptions): SchemaChange {
  return { ...change, ...withOptions({ ...change.options, ...options }) };
}

/** `ALTER ROLE r SET name = value`: what new sessions of the role, or of the database, begin with. */
function settingOf(kind: 'role' | 'database', setting: VariableSetStmt | undefined, words: Words): SchemaChange {
  const said = setting === undefined ? undefined : settingSaid(setting);
  return withOptionsOf(changeObject(kind, words), said === undefined ? {} : { begins: said });
}

function policy(source: Source, node: CreatePolicyStmt | AlterPolicyStmt, words: Words): readonly SchemaChange[] {
  const checkNames = namesIn(node.with_check);
  const change = {
    ...withReads(changeObject('policy', words), policyReads(source, node, words)),
    ...namesOption(node.qual),
    ...(checkNames === undefined ? {} : { checkNames }),
  };
  const roles = ((node.roles ?? []) as readonly PgNode[]).map(roleText);
  const { cmd_name: command, permissive } = 'cmd_name' in node ? node : { cmd_name: undefined, permissive: true };
  return [
    withOptionsOf(change, {
      ...(command === undefined ? {} : { command, restrictive: permissive !== true }),
      ...(node.qual === undefined ? {} : { using: true }),
      ...(node.with_check === undefined ? {} : { check: true }),
      ...(roles.length === 0 ? {} : { roles }),
    }),
  ];
}

function withReads(change: SchemaChange, reads: readonly Reads[]): SchemaChange {
  return change.kind === 'ChangeObject' ? { ...change, ...readsOption(reads) } : change;
}

/** What a rule does instead or besides. */
function actionReads(source: Source, { relation, actions }: RuleStmt, words: Words): readonly Reads[] {
  const inside: Source = relation === undefined ? source : { ...source, ruled: relation };
  return ((actions ?? []) as readonly PgNode[]).flatMap((action) => workedOn(lowerStatement(inside, action, words)));
}

function foreign<Change extends SchemaChange>(change: Change): Change {
  return { ...change, options: { ...change.options, foreign: true } };
}

/** LIMIT TO says which tables there will be, but not what is in them. */
function importSchema(source: Source, node: ImportForeignSchemaStmt, words: Words): readonly SchemaChange[] {
  const change = opaque('makes tables that another database describes', 'schema', words);
  if (node.list_type !== 'FDW_IMPORT_SCHEMA_LIMIT_TO' || change.kind !== 'RunSql') return [change];
  const mayTouch = ((node.table_list ?? []) as readonly PgNode[]).map(({ RangeVar }) => ({
    ...relationName(source, RangeVar, words),
    schema: node.local_schema ?? '',
  }));
  return [{ ...change, mayTouch }];
}

/** `CREATE SCHEMA s CREATE TABLE t (...) CREATE VIEW v AS ...` */
function schemaElements(
  source: Source,
  node: NonNullable<PgNode['CreateSchemaStmt']>,
  words: Words,
): readonly SchemaChange[] {
  const elements = (node.schemaElts ?? []) as readonly PgNode[];
  const starts = elementStarts(words);
  return elements.flatMap((element, i) => {
    const own = between(words, starts[i] ?? 0, starts[i + 1]);
    const { changes } = lowerStatement(source, element, own);
    return changes.map((change) => (node.schemaname === undefined ? change : qualified(change, node.schemaname)));
  });
}

/** Where each CREATE or GRANT inside CREATE SCHEMA starts: none of the two words occurs bare anywhere else. */
function elementStarts(words: Words): readonly number[] {
  let depth = 0;
  return words.flatMap((word, i) => {
    if (word.text === '(') depth++;
    if (word.text === ')') depth--;
    const starts = word.kind === 'word' && (word.value === 'create' || word.value === 'grant');
    return i > 0 && depth === 0 && starts ? [word.start] : [];
  });
}
