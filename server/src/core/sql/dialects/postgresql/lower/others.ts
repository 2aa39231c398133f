import type { AlterTableMoveAllStmt } from '@pgsql/types';
import type { ChangeOf, SchemaChange } from '../../../../schema/change.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import type { Names } from '../../../../schema/types.ts';
import type { Token } from '../../../tokens.ts';
import {
  afterIfExists,
  indexOfWord,
  isWord,
  objectName,
  spanOf,
  splitCommas,
  type Words,
  wholeName,
} from '../source.ts';
import { itemsOf, type PgNode, textsOf } from '../tree.ts';
import { dataType } from '../types.ts';
import { certain, headTo, type Lower, withOptions } from './base.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { nameAt } from './routines.ts';

/** Statements that are known and named, and change nothing that rules look up. Kind as many words as are written. */
export const OTHER_OBJECTS: Readonly<Partial<Record<keyof PgNode, string>>> = {
  AlterCollationStmt: 'collation',
  AlterDatabaseRefreshCollStmt: 'database',
  AlterDatabaseStmt: 'database',
  AlterEventTrigStmt: 'event trigger',
  AlterExtensionContentsStmt: 'extension',
  AlterExtensionStmt: 'extension',
  AlterFdwStmt: 'foreign data wrapper',
  AlterForeignServerStmt: 'server',
  AlterOpFamilyStmt: 'operator family',
  AlterOperatorStmt: 'operator',
  AlterRoleStmt: 'role',
  AlterSubscriptionStmt: 'subscription',
  AlterSystemStmt: 'system setting',
  AlterTableSpaceOptionsStmt: 'tablespace',
  AlterTSConfigurationStmt: 'text search configuration',
  AlterTSDictionaryStmt: 'text search dictionary',
  AlterTypeStmt: 'type',
  AlterUserMappingStmt: 'user mapping',
  CreateAmStmt: 'access method',
  CreateCastStmt: 'cast',
  CreateConversionStmt: 'conversion',
  CreateEventTrigStmt: 'event trigger',
  CreateExtensionStmt: 'extension',
  CreateFdwStmt: 'foreign data wrapper',
  CreateForeignServerStmt: 'server',
  CreateOpClassStmt: 'operator class',
  CreateOpFamilyStmt: 'operator family',
  CreatePLangStmt: 'language',
  CreateRoleStmt: 'role',
  CreateSubscriptionStmt: 'subscription',
  CreateTableSpaceStmt: 'tablespace',
  CreateTransformStmt: 'transform',
  CreateUserMappingStmt: 'user mapping',
  CreatedbStmt: 'database',
  DropRoleStmt: 'role',
  DropSubscriptionStmt: 'subscription',
  DropTableSpaceStmt: 'tablespace',
  DropUserMappingStmt: 'user mapping',
  DropdbStmt: 'database',
  ReassignOwnedStmt: 'owner',
};

/** `CREATE POLICY p ON t ...`: verb and name from the words, table from what stands behind ON. */
export function changeObject(kind: string, words: Words): SchemaChange {
  const at = afterIfExists(words, nameAt(words, kind.split(' ').length));
  const object = NAMELESS.has(kind) ? wholeName(described(kind, words, at)) : namedAt(words, at);
  const table = tableOf(kind, words, at);
  return {
    kind: 'ChangeObject',
    ...certain(headTo(words, object)),
    verb: verbOf(words[0]),
    objectKind: kind,
    object,
    ...(table === undefined ? {} : { table }),
    ...(kind === 'extension' && !isWord(words[0], 'drop') && !ONLY_FUNCTIONS.has(object.name)
      ? { bringsMore: true }
      : {}),
    ...withOptions(kind === 'publication' ? { tables: publishedTables(words, at) } : {}),
  };
}

/** Extensions that make no table, and no view but those that start with `pg_`. */
const ONLY_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'plpgsql uuid-ossp pgcrypto citext hstore ltree pg_trgm btree_gin btree_gist unaccent fuzzystrmatch intarray tablefunc cube ' +
    'earthdistance isn lo seg dict_int dict_xsyn intagg tcn tsm_system_rows tsm_system_time pgrowlocks pgstattuple pageinspect amcheck bloom ' +
    'pg_stat_statements pg_buffercache pg_freespacemap pg_prewarm pg_visibility dblink postgres_fdw file_fdw sslinfo xml2 vector ' +
    'auto_explain autoinc insert_username moddatetime refint hypopg pg_uuidv7 pgjwt rum plpython3u plperl plv8 jsonb_plperl'
  ).split(' '),
);

/** Their statements name other things: a cast's two types, a mapping's role and server. */
const NAMELESS = new Set(['cast', 'transform', 'user mapping', 'system setting', 'owner']);

/** `(int AS text)` of a cast, `FOR u SERVER s` of a user mapping: behind the kind, and without what is said of it. */
function described(kind: string, words: Words, at: number): Words {
  const end = indexOfWord(words, ['with', 'without', 'options']);
  const language = kind === 'transform' ? indexOfWord(words, 'language') + 2 : -1;
  return words.slice(kind === 'owner' ? 1 : at, language > 1 ? language : end === -1 ? words.length : end);
}

/** Statistics may have no name: they are known by what they are made of. */
function namedAt(words: Words, at: number): ObjectName {
  return isWord(words[at], 'on') ? wholeName(words.slice(at)) : objectName(words, Math.min(at, words.length - 1));
}

function tableOf(kind: string, words: Words, from: number): ChangeOf<'ChangeObject'>['table'] {
  const before = TABLE_BEHIND[kind];
  const on = before === undefined ? -1 : indexOfWord(words, before, from);
  return on === -1 ? undefined : objectName(words, on + 1);
}

/** The word before the table that an object hangs on. */
const TABLE_BEHIND: Readonly<Record<string, string>> = {
  policy: 'on',
  rule: 'to',
  statistics: 'from',
  trigger: 'on',
};

/** `FOR TABLE a, b (x) WHERE (...), TABLES IN SCHEMA s`, `ADD TABLE a`. */
function publishedTables(words: Words, from: number): readonly ObjectName[] {
  const at = indexOfWord(words, 'table', from);
  if (at === -1) return [];
  return splitCommas(words.slice(at + 1)).flatMap((piece) => {
    const rest = piece.slice(piece.findIndex((word) => !isWord(word, ['table', 'only'])));
    return rest.length === 0 || isWord(rest[0], 'tables') ? [] : [objectName(rest, 0)];
  });
}

function verbOf(first: Token | undefined): ChangeOf<'ChangeObject'>['verb'] {
  if (isWord(first, 'create')) return 'create';
  return isWord(first, 'drop') ? 'drop' : 'alter';
}

/** CREATE TYPE t (base or shell), CREATE AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH. */
export function define(node: NonNullable<PgNode['DefineStmt']>, kind: string, words: Words): SchemaChange {
  if (node.kind === 'OBJECT_AGGREGATE') return aggregate(node, words);
  if (node.kind !== 'OBJECT_TYPE') return changeObject(kind, words);
  const type = objectName(words, 2);
  return { kind: 'CreateType', ...certain(headTo(words, type)), type, form: 'base' };
}

/** Its functions stand as if they were types. The old style gives the one type by name. */
function aggregate({ args, definition }: NonNullable<PgNode['DefineStmt']>, words: Words): SchemaChange {
  const settings = ((definition ?? []) as readonly PgNode[]).flatMap(({ DefElem }) => DefElem ?? []);
  const typeAt = (name: string) =>
    (settings.find(({ defname }) => defname === name)?.arg as PgNode | undefined)?.TypeName;
  const parameters = itemsOf((args as readonly PgNode[] | undefined)?.[0]).flatMap(
    ({ FunctionParameter }) => FunctionParameter?.argType ?? [],
  );
  const base = typeAt('basetype');
  const types = args === undefined && base !== undefined ? [base] : parameters;
  const calls = Object.entries(AGGREGATE_FUNCTIONS).flatMap(([name, takes]): Names['calls'] => {
    const [fn, schema] = textsOf(typeAt(name)?.names).toReversed();
    const state = typeAt(name.startsWith('m') ? 'mstype' : 'stype');
    const given = takes === 'state and row' ? [state, ...types] : Array.from({ length: takes }, () => state);
    const called = { count: given.length, types: given.map((type) => dataType(type)) };
    return fn === undefined ? [] : [{ name: fn, ...called, ...(schema === undefined ? {} : { schema }) }];
  });
  const change = changeObject('aggregate', words);
  if (change.kind !== 'ChangeObject') return change;
  return { ...change, argTypes: types.map((type) => dataType(type)), names: { calls, types: [] } };
}

/** How many arguments each of them is given. */
const AGGREGATE_FUNCTIONS = {
  sfunc: 'state and row',
  finalfunc: 1,
  combinefunc: 2,
  serialfunc: 1,
  deserialfunc: 2,
  msfunc: 'state and row',
  minvfunc: 'state and row',
  mfinalfunc: 1,
} as const;

/** `ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b`: which tables stand there, only the server knows. */
export const moveAll: Lower<AlterTableMoveAllStmt> = (_source, node, words) => {
  const object = objectName(words, indexOfWord(words, 'in') + 2);
  const options = { moves: OBJECT_KINDS[node.objtype ?? 'OBJECT_TABLE'] ?? 'table' };
  return [
    { kind: 'ChangeObject', ...certain(spanOf(words)), verb: 'alter', objectKind: 'tablespace', object, options },
  ];
};

/** DROP OWNED drops whatever a role has; IMPORT FOREIGN SCHEMA makes tables that stand in another database. */
export function opaque(reason: string, taint: 'schema' | 'data', words: Words): SchemaChange {
  return { kind: 'RunSql', ...certain(spanOf(words)), reason, taint };
}
