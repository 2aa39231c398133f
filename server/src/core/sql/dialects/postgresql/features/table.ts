import { itemsOf, textsOf } from '../tree.ts';
import { type Rewrite, stored, words } from './rewrites.ts';
import {
  command,
  constraint,
  either,
  hasOption,
  isKind,
  isPartitioned,
  oldOrNew,
  on,
  option,
  publication,
  type Test,
} from './tests.ts';

/** Something that servers before a version refuse. */
export interface Feature {
  /** The major version that brought it. */
  readonly since: number;
  /** Its name in a sentence. */
  readonly what: string;
  /** Words that stand one behind another where it is used: where to look, and what to show. */
  readonly words: string;
  /** It runs from `since` on and not before, in the schema of test/oracles/features.test.ts. */
  readonly example: string;
  /** Is it this what the words mean? Undefined: they mean nothing else. */
  readonly is?: Test;
  /** A sentence: what to write for older servers. */
  readonly instead?: string;
  /** The same in words that older servers take. */
  readonly older?: Rewrite;
}

/** In the order of their versions. What an older grammar takes for something else is not here. */
// biome-ignore format: one line each
export const FEATURES: readonly Feature[] = [
  { since: 11, what: 'CREATE PROCEDURE', words: 'procedure', is: on('CreateFunctionStmt', ({ is_procedure }) => is_procedure === true), example: "CREATE PROCEDURE f9() LANGUAGE sql AS 'SELECT 1'", instead: 'Write a function.' },
  { since: 11, what: 'CALL', words: 'call', is: on('CallStmt'), example: 'CALL proc()', instead: 'Write a function and SELECT it.' },
  { since: 11, what: 'EXECUTE FUNCTION of a trigger', words: 'execute function', example: 'CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trig()', instead: 'Write EXECUTE PROCEDURE.', older: words('EXECUTE PROCEDURE') },
  { since: 11, what: 'INCLUDE of an index', words: 'include', is: either(on('IndexStmt', ({ indexIncludingParams }) => indexIncludingParams !== undefined), constraint(({ including }) => including !== undefined)), example: 'CREATE UNIQUE INDEX ON t (a) INCLUDE (b)' },
  { since: 11, what: 'A default partition', words: 'default', is: either(on('CreateStmt', ({ partbound }) => partbound?.is_default === true), command('AT_AttachPartition', ({ PartitionCmd: cmd }) => cmd?.bound?.is_default === true)), example: 'CREATE TABLE p9 PARTITION OF p DEFAULT' },
  { since: 11, what: 'PARTITION BY HASH', words: 'hash', is: on('CreateStmt', ({ partspec }) => partspec?.strategy === 'PARTITION_STRATEGY_HASH'), example: 'CREATE TABLE n (a int) PARTITION BY HASH (a)' },
  { since: 11, what: 'A key of a partitioned table', words: 'partition by', is: isPartitioned(isKind('CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_FOREIGN')), example: 'CREATE TABLE n (a int PRIMARY KEY) PARTITION BY RANGE (a)', instead: 'Give each partition its own.' },
  { since: 11, what: 'ALTER INDEX ... ATTACH PARTITION', words: 'attach partition', is: on('AlterTableStmt', ({ objtype, cmds = [] }) => objtype === 'OBJECT_INDEX' && cmds.some(command('AT_AttachPartition'))), example: 'ALTER INDEX pi ATTACH PARTITION p1i' },
  { since: 12, what: 'A generated column', words: 'generated always as', is: constraint(({ contype }) => contype === 'CONSTR_GENERATED'), example: 'CREATE TABLE n (a int, g int GENERATED ALWAYS AS (a + 1) STORED)', instead: 'Keep the column by a trigger.' },
  { since: 12, what: 'REINDEX CONCURRENTLY', words: 'concurrently', is: option('ReindexStmt', 'concurrently'), example: 'REINDEX TABLE CONCURRENTLY t', instead: 'Create a second index CONCURRENTLY, drop the old one, and rename the new one.' },
  { since: 12, what: 'MATERIALIZED of WITH', words: 'materialized', is: on('CommonTableExpr', ({ ctematerialized }) => ctematerialized !== 'CTEMaterializeDefault'), example: 'WITH w AS NOT MATERIALIZED (SELECT 1) SELECT * FROM w' },
  { since: 12, what: 'COPY FROM ... WHERE', words: 'where', is: on('CopyStmt', ({ whereClause, is_from }) => is_from === true && whereClause !== undefined), example: "COPY t FROM '/dev/null' WHERE a > 1" },
  { since: 12, what: 'USING of CREATE TABLE', words: 'using', is: on('CreateStmt', ({ accessMethod }) => accessMethod !== undefined), example: 'CREATE TABLE n (a int) USING heap' },
  { since: 12, what: 'AND CHAIN', words: 'and chain', is: on('TransactionStmt', ({ chain }) => chain === true), example: 'BEGIN; COMMIT AND CHAIN; COMMIT' },
  { since: 13, what: 'DROP EXPRESSION', words: 'drop expression', is: command('AT_DropExpression'), example: 'ALTER TABLE gen ALTER COLUMN g DROP EXPRESSION', instead: 'Add a plain column, copy the values, and drop the generated one.' },
  { since: 13, what: 'DROP DATABASE ... WITH (FORCE)', words: 'force', is: option('DropdbStmt', 'force'), example: 'DROP DATABASE IF EXISTS nothing_here WITH (FORCE)' },
  { since: 13, what: 'WITH TIES', words: 'with ties', example: 'SELECT * FROM t ORDER BY a FETCH FIRST 1 ROWS WITH TIES' },
  { since: 13, what: 'VACUUM (PARALLEL)', words: 'parallel', is: option('VacuumStmt', 'parallel'), example: 'VACUUM (PARALLEL 1) t' },
  { since: 13, what: 'ALTER VIEW ... RENAME COLUMN', words: 'alter view', is: on('RenameStmt', ({ renameType, relationType }) => renameType === 'OBJECT_COLUMN' && relationType === 'OBJECT_VIEW'), example: 'ALTER VIEW v RENAME COLUMN a TO z', instead: 'Write ALTER TABLE: it takes views too.', older: words('ALTER TABLE') },
  { since: 13, what: 'ALTER STATISTICS ... SET STATISTICS', words: 'set statistics', is: on('AlterStatsStmt'), example: 'ALTER STATISTICS st SET STATISTICS 10' },
  { since: 13, what: 'IS NORMALIZED', words: 'normalized', is: on('FuncCall', ({ funcname, funcformat }) => funcformat === 'COERCE_SQL_SYNTAX' && textsOf(funcname).includes('is_normalized')), example: "SELECT 'a' IS NORMALIZED" },
  { since: 14, what: 'CREATE OR REPLACE TRIGGER', words: 'or replace', is: on('CreateTrigStmt', ({ replace }) => replace === true), example: 'CREATE OR REPLACE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trig()', instead: 'Drop the trigger with IF EXISTS, and create it.' },
  { since: 14, what: 'DETACH PARTITION FINALIZE', words: 'finalize', is: command('AT_DetachPartitionFinalize'), example: 'ALTER TABLE p DETACH PARTITION p1 FINALIZE' },
  { since: 14, what: 'DETACH PARTITION CONCURRENTLY', words: 'concurrently', is: command('AT_DetachPartition', ({ PartitionCmd: cmd }) => cmd?.concurrent === true), example: 'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY', instead: 'Detach it without, with lock_timeout set.' },
  { since: 14, what: 'BEGIN ATOMIC', words: 'begin atomic', is: on('CreateFunctionStmt', ({ sql_body }) => sql_body !== undefined), example: 'CREATE FUNCTION f9() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END', instead: 'Write the body as a string: AS $$ ... $$.' },
  { since: 14, what: 'A function body without quotes', words: 'return', is: on('CreateFunctionStmt', ({ sql_body }) => sql_body !== undefined && on('ReturnStmt')(sql_body)), example: 'CREATE FUNCTION f9(a int) RETURNS int LANGUAGE sql RETURN a + 1', instead: 'Write the body as a string: AS $$ SELECT ... $$.' },
  { since: 14, what: 'An OUT parameter of a procedure', words: 'out', is: on('CreateFunctionStmt', ({ is_procedure, parameters = [] }) => is_procedure === true && parameters.some(on('FunctionParameter', ({ mode }) => mode === 'FUNC_PARAM_OUT'))), example: "CREATE PROCEDURE f9(OUT a int) LANGUAGE plpgsql AS 'BEGIN a := 1; END'", instead: 'Write INOUT.', older: words('INOUT') },
  { since: 14, what: 'COMPRESSION of a column', words: 'compression', is: either(on('ColumnDef', ({ compression }) => compression !== undefined), command('AT_SetCompression')), example: 'ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz' },
  { since: 14, what: 'LIKE ... INCLUDING COMPRESSION', words: 'including compression', example: 'CREATE TABLE n (LIKE t INCLUDING COMPRESSION)' },
  { since: 14, what: 'SEARCH of a recursive query', words: 'search', is: on('CommonTableExpr', ({ search_clause }) => search_clause !== undefined), example: 'WITH RECURSIVE w(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM w WHERE a < 3) SEARCH DEPTH FIRST BY a SET o SELECT * FROM w' },
  { since: 14, what: 'CYCLE of a recursive query', words: 'cycle', is: on('CommonTableExpr', ({ cycle_clause }) => cycle_clause !== undefined), example: 'WITH RECURSIVE w(a) AS (SELECT 1 UNION ALL SELECT 1 FROM w) CYCLE a SET c USING q SELECT * FROM w' },
  { since: 14, what: 'GROUP BY DISTINCT', words: 'group by distinct', example: 'SELECT a FROM t GROUP BY DISTINCT a' },
  { since: 14, what: 'An alias of JOIN ... USING', words: 'as', is: on('JoinExpr', ({ join_using_alias }) => join_using_alias !== undefined), example: 'SELECT * FROM t JOIN t t2 USING (a) AS j' },
  { since: 14, what: 'GRANTED BY of privileges', words: 'granted by', is: on('GrantStmt', ({ grantor }) => grantor !== undefined), example: 'GRANT SELECT ON t TO r GRANTED BY CURRENT_USER' },
  { since: 14, what: 'ALTER SUBSCRIPTION ... ADD PUBLICATION', words: 'publication', is: on('AlterSubscriptionStmt', ({ kind }) => kind === 'ALTER_SUBSCRIPTION_ADD_PUBLICATION' || kind === 'ALTER_SUBSCRIPTION_DROP_PUBLICATION'), example: 'ALTER SUBSCRIPTION s ADD PUBLICATION w WITH (refresh = false)', instead: 'Write SET PUBLICATION with the whole list.' },
  { since: 14, what: 'Statistics on an expression', words: 'create statistics', is: on('CreateStatsStmt', ({ exprs = [] }) => exprs.some(on('StatsElem', ({ expr }) => expr !== undefined))), example: 'CREATE STATISTICS n ON (a + 1) FROM t' },
  { since: 14, what: 'REINDEX (TABLESPACE)', words: 'tablespace', is: option('ReindexStmt', 'tablespace'), example: 'REINDEX (TABLESPACE pg_default) TABLE t' },
  { since: 14, what: 'CREATE TYPE ... AS RANGE (MULTIRANGE_TYPE_NAME)', words: 'multirange_type_name', is: on('CreateRangeStmt'), example: 'CREATE TYPE n AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = ns)' },
  { since: 15, what: 'MERGE', words: 'merge', is: on('MergeStmt'), example: 'MERGE INTO t USING t s ON t.id = s.id WHEN MATCHED THEN DO NOTHING', instead: 'Write INSERT ... ON CONFLICT, or UPDATE and INSERT.' },
  { since: 15, what: 'NULLS NOT DISTINCT', words: 'nulls not distinct', example: 'CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT', instead: 'Add a second unique index WHERE the column IS NULL.' },
  { since: 15, what: 'NULLS DISTINCT', words: 'nulls distinct', example: 'ALTER TABLE t ADD UNIQUE NULLS DISTINCT (a)', instead: 'Leave the words out: that is how older versions do it.', older: words('') },
  { since: 15, what: 'security_invoker of a view', words: 'security_invoker', is: either(option('ViewStmt', 'security_invoker'), command('AT_SetRelOptions', (def) => hasOption(itemsOf(def), 'security_invoker'))), example: 'CREATE VIEW n WITH (security_invoker = true) AS SELECT 1 AS a' },
  { since: 15, what: 'A publication of TABLES IN SCHEMA', words: 'tables in schema', is: publication(({ PublicationObjSpec: each }) => each?.pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA' || each?.pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA'), example: 'CREATE PUBLICATION n FOR TABLES IN SCHEMA public' },
  { since: 15, what: "WHERE of a publication's table", words: 'where', is: publication(({ PublicationObjSpec: each }) => each?.pubtable?.whereClause !== undefined), example: 'CREATE PUBLICATION n FOR TABLE t WHERE (id > 1)' },
  { since: 15, what: "Columns of a publication's table", words: 'publication', is: publication(({ PublicationObjSpec: each }) => each?.pubtable?.columns !== undefined), example: 'CREATE PUBLICATION n FOR TABLE t (id, a)' },
  { since: 15, what: 'SET ACCESS METHOD', words: 'access method', is: command('AT_SetAccessMethod'), example: 'ALTER TABLE t SET ACCESS METHOD heap' },
  { since: 15, what: 'Columns of ON DELETE SET NULL', words: 'on delete set', is: constraint(({ fk_del_set_cols }) => fk_del_set_cols !== undefined), example: 'CREATE TABLE n (a int, b int REFERENCES t ON DELETE SET NULL (b))' },
  { since: 15, what: 'An unlogged sequence', words: 'unlogged', is: on('CreateSeqStmt', ({ sequence }) => sequence?.relpersistence === 'u'), example: 'CREATE UNLOGGED SEQUENCE n' },
  { since: 15, what: 'ALTER DATABASE ... REFRESH COLLATION VERSION', words: 'refresh collation version', is: on('AlterDatabaseRefreshCollStmt'), example: 'ALTER DATABASE postgres REFRESH COLLATION VERSION' },
  { since: 15, what: 'A privilege ON PARAMETER', words: 'on parameter', is: on('GrantStmt', ({ objtype }) => objtype === 'OBJECT_PARAMETER_ACL'), example: 'GRANT SET ON PARAMETER work_mem TO r' },
  { since: 15, what: 'COPY (HEADER MATCH)', words: 'match', is: option('CopyStmt', 'header', 'match'), example: "COPY t FROM '/dev/null' (FORMAT csv, HEADER MATCH)" },
  { since: 15, what: 'ALTER SUBSCRIPTION ... SKIP', words: 'skip', is: on('AlterSubscriptionStmt', ({ kind }) => kind === 'ALTER_SUBSCRIPTION_SKIP'), example: "ALTER SUBSCRIPTION s SKIP (lsn = '1/1')" },
  { since: 16, what: 'STORAGE of CREATE TABLE', words: 'storage', is: on('ColumnDef', ({ storage_name }) => storage_name !== undefined), example: 'CREATE TABLE n (b text STORAGE external)', instead: 'Say it in ALTER TABLE ... ALTER COLUMN ... SET STORAGE.' },
  { since: 16, what: 'GRANT of a role WITH INHERIT or SET', words: 'with', is: on('GrantRoleStmt', ({ opt }) => hasOption(opt, 'inherit') || hasOption(opt, 'set')), example: 'GRANT r TO r2 WITH INHERIT TRUE, SET FALSE' },
  { since: 16, what: 'A subquery in FROM without an alias', words: '( select', is: on('RangeSubselect', ({ alias }) => alias === undefined), example: 'SELECT * FROM (SELECT 1)', instead: 'Give it a name.' },
  { since: 16, what: 'JSON_ARRAY', words: 'json_array', is: either(on('JsonArrayConstructor'), on('JsonArrayQueryConstructor')), example: 'SELECT JSON_ARRAY(1, 2)', instead: 'Write json_build_array.' },
  { since: 16, what: 'JSON_ARRAYAGG', words: 'json_arrayagg', is: on('JsonArrayAgg'), example: 'SELECT JSON_ARRAYAGG(a) FROM t', instead: 'Write json_agg.' },
  { since: 16, what: 'JSON_OBJECT with keys and values', words: 'json_object', is: on('JsonObjectConstructor'), example: "SELECT JSON_OBJECT('a': 1)", instead: 'Write json_build_object.' },
  { since: 16, what: 'JSON_OBJECTAGG', words: 'json_objectagg', is: on('JsonObjectAgg'), example: 'SELECT JSON_OBJECTAGG(b: a) FROM t', instead: 'Write json_object_agg.' },
  { since: 16, what: 'IS JSON', words: 'is', is: on('JsonIsPredicate'), example: "SELECT '1' IS JSON" },
  { since: 16, what: 'COPY (DEFAULT)', words: 'default', is: option('CopyStmt', 'default'), example: "COPY t FROM '/dev/null' (DEFAULT 'x')" },
  { since: 16, what: 'VACUUM (BUFFER_USAGE_LIMIT)', words: 'buffer_usage_limit', is: option('VacuumStmt', 'buffer_usage_limit'), example: "VACUUM (BUFFER_USAGE_LIMIT '1MB') t" },
  { since: 16, what: 'CREATE STATISTICS without a name', words: 'statistics on', is: on('CreateStatsStmt', ({ defnames = [] }) => defnames.length === 0), example: 'CREATE STATISTICS ON a, id FROM t', instead: 'Give it a name.' },
  { since: 17, what: 'SET EXPRESSION', words: 'set expression', is: command('AT_SetExpression'), example: 'ALTER TABLE gen ALTER COLUMN g SET EXPRESSION AS (a * 3)', instead: 'Drop the column and add it again.' },
  { since: 17, what: 'MERGE ... RETURNING', words: 'returning', is: on('MergeStmt', ({ returningClause }) => returningClause !== undefined), example: 'MERGE INTO t USING t s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id' },
  { since: 17, what: 'WHEN NOT MATCHED BY', words: 'not matched by', is: on('MergeStmt'), example: 'MERGE INTO t USING t s ON t.id = s.id WHEN NOT MATCHED BY SOURCE THEN DELETE' },
  { since: 17, what: 'COPY (ON_ERROR)', words: 'on_error', is: option('CopyStmt', 'on_error'), example: "COPY t FROM '/dev/null' (ON_ERROR ignore)" },
  { since: 17, what: 'JSON_TABLE', words: 'json_table', is: on('JsonTable'), example: "SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (a int PATH '$'))", instead: 'Write jsonb_to_recordset or jsonb_path_query.' },
  { since: 17, what: 'JSON_EXISTS', words: 'json_exists', is: on('JsonFuncExpr'), example: "SELECT JSON_EXISTS(jsonb '1', '$')", instead: 'Write jsonb_path_exists.' },
  { since: 17, what: 'JSON_VALUE', words: 'json_value', is: on('JsonFuncExpr'), example: "SELECT JSON_VALUE(jsonb '1', '$')", instead: 'Write jsonb_path_query_first.' },
  { since: 17, what: 'JSON_QUERY', words: 'json_query', is: on('JsonFuncExpr'), example: "SELECT JSON_QUERY(jsonb '1', '$')", instead: 'Write jsonb_path_query_first.' },
  { since: 17, what: 'JSON_SCALAR', words: 'json_scalar', is: on('JsonScalarExpr'), example: 'SELECT JSON_SCALAR(1)', instead: 'Write to_json.' },
  { since: 17, what: 'JSON_SERIALIZE', words: 'json_serialize', is: on('JsonSerializeExpr'), example: "SELECT JSON_SERIALIZE('1')" },
  { since: 17, what: 'JSON() WITH UNIQUE KEYS', words: 'json', is: on('JsonParseExpr', ({ unique_keys }) => unique_keys === true), example: "SELECT JSON('{}' WITH UNIQUE KEYS)", instead: 'Write a cast to json.' },
  { since: 17, what: 'AT LOCAL', words: 'at local', example: 'SELECT now() AT LOCAL', instead: "Write AT TIME ZONE current_setting('TimeZone')." },
  { since: 17, what: 'The privilege MAINTAIN', words: 'maintain', is: on('GrantStmt', ({ privileges = [] }) => privileges.some(on('AccessPriv', ({ priv_name }) => priv_name === 'maintain'))), example: 'GRANT MAINTAIN ON t TO r' },
  { since: 17, what: 'EXCLUDE of a partitioned table', words: 'partition by', is: isPartitioned(isKind('CONSTR_EXCLUSION')), example: 'CREATE TABLE n (a int, EXCLUDE USING btree (a WITH =)) PARTITION BY RANGE (a)' },
  { since: 17, what: 'SET ACCESS METHOD DEFAULT', words: 'access method default', example: 'ALTER TABLE t SET ACCESS METHOD DEFAULT' },
  { since: 17, what: 'FORCE_NULL of every column', words: 'force_null *', is: on('CopyStmt'), example: "COPY t FROM '/dev/null' (FORMAT csv, FORCE_NULL *)" },
  { since: 18, what: 'A virtual generated column', words: 'generated always as', is: constraint(({ contype, generated_kind }) => contype === 'CONSTR_GENERATED' && generated_kind === 'v'), example: 'CREATE TABLE n (a int, g int GENERATED ALWAYS AS (a + 1))', instead: 'Write STORED behind it.', older: stored },
  { since: 18, what: 'NOT ENFORCED', words: 'not enforced', example: 'ALTER TABLE t ADD CHECK (a > 0) NOT ENFORCED', instead: 'NOT VALID looks at new rows only.' },
  { since: 18, what: 'ALTER CONSTRAINT ... ENFORCED', words: 'enforced', is: on('ATAlterConstraint', ({ alterEnforceability, is_enforced }) => alterEnforceability === true && is_enforced === true), example: 'ALTER TABLE c ALTER CONSTRAINT cf ENFORCED' },
  { since: 18, what: 'ALTER CONSTRAINT ... INHERIT', words: 'inherit', is: on('ATAlterConstraint', ({ alterInheritability }) => alterInheritability === true), example: 'ALTER TABLE c ALTER CONSTRAINT c_nn NO INHERIT' },
  { since: 18, what: 'WITHOUT OVERLAPS', words: 'without overlaps', example: 'CREATE TABLE n (q int4range, r int4range, PRIMARY KEY (q, r WITHOUT OVERLAPS))', instead: 'Write EXCLUDE USING gist with &&.' },
  { since: 18, what: 'PERIOD of a foreign key', words: 'period', is: constraint(({ fk_with_period }) => fk_with_period === true), example: 'CREATE TABLE n (q int4range, r int4range, FOREIGN KEY (q, PERIOD r) REFERENCES spans (q, PERIOD r))' },
  { since: 18, what: 'NOT NULL as a constraint of the table', words: 'not null', is: constraint(({ contype, keys }) => contype === 'CONSTR_NOTNULL' && keys !== undefined), example: 'ALTER TABLE t ADD CONSTRAINT nn NOT NULL a NOT VALID', instead: 'Add CHECK (column IS NOT NULL) NOT VALID, validate it, and then SET NOT NULL.' },
  { since: 18, what: 'OLD and NEW in RETURNING', words: 'returning', is: oldOrNew, example: 'UPDATE t SET a = 1 RETURNING old.a, new.a' },
  { since: 18, what: 'COPY (REJECT_LIMIT)', words: 'reject_limit', is: option('CopyStmt', 'reject_limit'), example: "COPY t FROM '/dev/null' (ON_ERROR ignore, REJECT_LIMIT 3)" },
  { since: 18, what: 'VACUUM ONLY', words: 'only', is: on('VacuumStmt', ({ rels = [] }) => rels.some(on('VacuumRelation', ({ relation }) => relation?.inh === undefined))), example: 'ANALYZE ONLY t' },
  { since: 18, what: 'LIKE of a foreign table', words: 'like', is: on('CreateForeignTableStmt', ({ base }) => (base?.tableElts ?? []).some(on('TableLikeClause'))), example: 'CREATE FOREIGN TABLE n (LIKE t) SERVER srv' },
];

/** Functions that every database has since a version. Names that an extension has too are not here. */
export const FUNCTIONS: Readonly<Record<number, string>> = {
  11: 'websearch_to_tsquery sha224 sha256 sha384 sha512 jsonb_to_tsvector starts_with',
  12: 'jsonb_path_exists jsonb_path_match jsonb_path_query jsonb_path_query_array jsonb_path_query_first pg_partition_root pg_partition_tree',
  13: 'gcd lcm min_scale trim_scale jsonb_set_lax normalize pg_current_snapshot pg_current_xact_id',
  14: 'date_bin string_to_table bit_count trim_array unistr range_agg pg_get_catalog_foreign_keys',
  15: 'regexp_count regexp_instr regexp_like regexp_substr has_parameter_privilege',
  16: 'any_value array_sample array_shuffle date_add date_subtract random_normal pg_input_is_valid pg_input_error_info json_object_agg_strict',
  17: 'uuid_extract_timestamp uuid_extract_version to_bin to_oct xmltext unicode_version unicode_assigned pg_basetype',
  18: 'uuidv7 uuidv4 array_sort array_reverse casefold crc32 crc32c pg_get_acl',
};

/** Types that every database has since a version. */
export const TYPES: Readonly<Record<number, string>> = {
  12: 'jsonpath',
  13: 'xid8',
  14: 'int4multirange int8multirange nummultirange datemultirange tsmultirange tstzmultirange',
};

/** Settings that SET knows since a version. */
export const SETTINGS: Readonly<Record<number, string>> = {
  12: 'plan_cache_mode default_table_access_method',
  13: 'hash_mem_multiplier maintenance_io_concurrency enable_incremental_sort',
  14: 'idle_session_timeout default_toast_compression client_connection_check_interval enable_memoize',
  15: 'recursive_worktable_factor stats_fetch_consistency',
  16: 'createrole_self_grant enable_presorted_aggregate vacuum_buffer_usage_limit',
  17: 'transaction_timeout event_triggers enable_group_by_reordering',
  18: 'vacuum_truncate enable_self_join_elimination file_copy_method',
};

/** What the next version's grammar has and the parser here has not: words at which it stumbles. */
// biome-ignore format: one line each
export const TOO_NEW: readonly Omit<Feature, 'example' | 'is'>[] = [
  { since: 19, what: 'REPACK', words: 'repack', instead: 'Use VACUUM FULL or CLUSTER, or pg_repack.' },
  { since: 19, what: 'CREATE PROPERTY GRAPH', words: 'property graph' },
  { since: 19, what: 'WAIT FOR LSN', words: 'wait for' },
  { since: 19, what: 'MERGE PARTITIONS', words: 'merge partitions' },
  { since: 19, what: 'SPLIT PARTITION', words: 'split partition' },
  { since: 19, what: 'FOR PORTION OF', words: 'for portion of' },
  { since: 19, what: 'ON CONFLICT DO SELECT', words: 'do select' },
  { since: 19, what: 'GROUP BY ALL', words: 'group by all' },
];
