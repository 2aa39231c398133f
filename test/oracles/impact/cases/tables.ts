import { BASE, CHILD, type ImpactCase, NO_DEFAULT, PARTITIONED } from './case.ts';

const one = (row: string, sql: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup: BASE,
  sql,
  ...more,
});
const inParts = (row: string, sql: string, more: Partial<ImpactCase> = {}): ImpactCase =>
  one(row, sql, { setup: PARTITIONED, ...more });

const CANDIDATE =
  'CREATE TABLE cand (k int NOT NULL, a int, b varchar(50)); INSERT INTO cand SELECT g, g, g::text FROM generate_series(100, 110) g;';
const CHECKED_CANDIDATE = `${CANDIDATE} ALTER TABLE cand ADD CONSTRAINT bound CHECK (k >= 100 AND k < 200);`;
/** No row of the default partition can belong to the new one. */
const SPARED = `${PARTITIONED} ALTER TABLE pd ADD CONSTRAINT elsewhere CHECK (k < 100 OR k >= 200);`;
const UNLOGGED = `CREATE UNLOGGED TABLE u (id int PRIMARY KEY, a int); INSERT INTO u SELECT g, g FROM generate_series(1, 5) g;`;
const WITH_FK = `${PARTITIONED} ALTER TABLE p ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES par (id);`;
const SECOND_SCHEMA = `${BASE} CREATE SCHEMA other; CREATE TABLE owned (id serial PRIMARY KEY, a int);`;

export const TABLE_CASES: readonly ImpactCase[] = [
  one('create-schema', 'CREATE SCHEMA other'),
  one('drop-schema', 'DROP SCHEMA other', { setup: 'CREATE SCHEMA other;' }),
  one('drop-schema', 'DROP SCHEMA other CASCADE', {
    setup: `${BASE} CREATE SCHEMA other; CREATE TABLE other.x (id int PRIMARY KEY, par_id int REFERENCES par (id)); CREATE VIEW other.w AS SELECT id FROM other.x;`,
  }),
  one('rename-schema', 'ALTER SCHEMA other RENAME TO another', {
    setup: 'CREATE SCHEMA other; CREATE TABLE other.x (id int);',
  }),
  one('create-table', 'CREATE TABLE fresh (id int PRIMARY KEY, a int CHECK (a > 0))'),
  one('create-table', 'CREATE TABLE fresh (LIKE t INCLUDING ALL)'),
  one('create-table', 'CREATE TABLE fresh (id int, up int) PARTITION BY LIST (id)'),
  one('create-table', 'CREATE TEMPORARY TABLE fresh (id int)'),
  one('create-table-references', 'CREATE TABLE fresh (id int PRIMARY KEY, par_id int REFERENCES par (id))'),
  one(
    'create-table-references',
    'CREATE TABLE fresh (id int PRIMARY KEY, par_id int, FOREIGN KEY (par_id) REFERENCES par (id))',
  ),
  one('create-table-references', 'CREATE TABLE fresh (id int PRIMARY KEY, up int REFERENCES fresh (id))'),
  one('create-table-inherits', 'CREATE TABLE fresh (extra int) INHERITS (t)'),
  one('create-table-as', 'CREATE TABLE fresh AS SELECT id, a FROM t'),
  one('create-table-as', 'SELECT id, a INTO fresh FROM t'),
  one('if-not-exists-present', 'CREATE TABLE IF NOT EXISTS t (id int)'),
  inParts('create-partition', 'CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (100) TO (200)'),
  inParts('create-partition', 'CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (100) TO (200)', { setup: NO_DEFAULT }),
  inParts('create-partition', 'CREATE TABLE p3 PARTITION OF p DEFAULT', { setup: NO_DEFAULT }),
  inParts('create-partition', 'CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (100) TO (200)', { setup: WITH_FK }),
  inParts('create-partition', 'CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (100) TO (200)', {
    setup: SPARED,
    worst: true,
  }),
  one('drop-table', 'DROP TABLE t'),
  one('drop-table', 'DROP TABLE IF EXISTS t'),
  one('drop-table', 'DROP TABLE child', { setup: CHILD }),
  one('drop-table', 'DROP TABLE par CASCADE', { setup: CHILD }),
  one('drop-table', 'DROP TABLE t CASCADE', {
    setup: `${BASE} CREATE VIEW w AS SELECT a FROM t; CREATE MATERIALIZED VIEW mv AS SELECT a FROM w;`,
  }),
  one('drop-table', 'DROP TABLE owned', { setup: SECOND_SCHEMA }),
  inParts('drop-table', 'DROP TABLE p1'),
  inParts('drop-table', 'DROP TABLE p1', { setup: NO_DEFAULT }),
  inParts('drop-table', 'DROP TABLE p'),
  one('if-exists-missing', 'DROP TABLE IF EXISTS nothing'),
  one('rename-table', 'ALTER TABLE t RENAME TO tt'),
  one('rename-table', 'ALTER TABLE IF EXISTS t RENAME TO tt'),
  one('set-table-schema', 'ALTER TABLE t SET SCHEMA other', { setup: SECOND_SCHEMA }),
  one('set-table-schema', 'ALTER TABLE owned SET SCHEMA other', { setup: SECOND_SCHEMA }),

  inParts('attach-partition', 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)', {
    setup: `${PARTITIONED} ${CANDIDATE}`,
  }),
  inParts('attach-partition', 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)', {
    setup: `${NO_DEFAULT} ${CANDIDATE}`,
  }),
  inParts('attach-partition', 'ALTER TABLE p ATTACH PARTITION cand DEFAULT', { setup: `${NO_DEFAULT} ${CANDIDATE}` }),
  inParts('attach-partition', 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)', {
    from: 11,
    setup: `${NO_DEFAULT} CREATE INDEX p_a ON p (a); ${CANDIDATE}`,
  }),
  inParts('attach-partition-checked', 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)', {
    setup: `${NO_DEFAULT} ${CHECKED_CANDIDATE}`,
    worst: true,
  }),
  inParts('attach-partition-checked', 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)', {
    setup: `${PARTITIONED} ${CHECKED_CANDIDATE}`,
    worst: true,
  }),
  inParts('attach-partition-checked', 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)', {
    setup: `${SPARED} ${CHECKED_CANDIDATE}`,
    worst: true,
  }),
  inParts('detach-partition', 'ALTER TABLE p DETACH PARTITION p1'),
  inParts('detach-partition', 'ALTER TABLE p DETACH PARTITION p1', { setup: NO_DEFAULT }),
  inParts('detach-partition', 'ALTER TABLE p DETACH PARTITION p1', { setup: WITH_FK }),
  inParts('detach-partition-concurrently', 'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY', {
    setup: NO_DEFAULT,
    from: 14,
    outside: true,
  }),
  one('inherit', 'ALTER TABLE kid INHERIT t', { setup: `${BASE} CREATE TABLE kid (LIKE t);` }),
  one('no-inherit', 'ALTER TABLE kid NO INHERIT t', { setup: `${BASE} CREATE TABLE kid () INHERITS (t);` }),

  one('set-logged', 'ALTER TABLE u SET LOGGED', { setup: UNLOGGED }),
  one('set-logged', 'ALTER TABLE t SET UNLOGGED'),
  one('set-logged-noop', 'ALTER TABLE t SET LOGGED'),
  one('set-tablespace', 'ALTER TABLE t SET TABLESPACE spare', { planned: true }),
  one('set-access-method', 'ALTER TABLE t SET ACCESS METHOD heap2', {
    from: 15,
    setup: `${BASE} CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;`,
  }),
  one('set-access-method-same', 'ALTER TABLE t SET ACCESS METHOD heap', { from: 15 }),
  one('set-storage-parameters', 'ALTER TABLE t SET (fillfactor = 70)'),
  one('set-storage-parameters', 'ALTER TABLE t SET (autovacuum_enabled = off)'),
  one('set-storage-parameters', 'ALTER TABLE t RESET (fillfactor)'),
  one('set-column-parameters', 'ALTER TABLE t ALTER COLUMN a SET (n_distinct = 5)'),
  one('set-statistics', 'ALTER TABLE t ALTER COLUMN a SET STATISTICS 500'),
  one('set-cluster-index', 'ALTER TABLE t CLUSTER ON t_b'),
  one('set-cluster-index', 'ALTER TABLE t SET WITHOUT CLUSTER'),
  one('set-storage', 'ALTER TABLE t ALTER COLUMN d SET STORAGE EXTERNAL'),
  one('set-storage', 'ALTER TABLE t ALTER COLUMN d SET COMPRESSION pglz', { from: 14 }),
  one('set-owner', 'ALTER TABLE t OWNER TO CURRENT_USER'),
  one('set-row-security', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY'),
  one('set-row-security', 'ALTER TABLE t FORCE ROW LEVEL SECURITY'),
  one('set-replica-identity', 'ALTER TABLE t REPLICA IDENTITY FULL'),
  one('set-replica-identity', 'ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey'),
  one('set-rule', 'ALTER TABLE t DISABLE RULE r', {
    setup: `${BASE} CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING;`,
  }),
  one('set-table-option', 'ALTER TABLE t OF tt', {
    setup: 'CREATE TYPE tt AS (id int, a int); CREATE TABLE t (id int, a int);',
  }),
  inParts('set-owner', 'ALTER TABLE p OWNER TO CURRENT_USER'),
  inParts('set-statistics', 'ALTER TABLE p ALTER COLUMN a SET STATISTICS 500'),
  inParts('set-row-security', 'ALTER TABLE p ENABLE ROW LEVEL SECURITY'),

  one('truncate', 'TRUNCATE t', { emptied: true }),
  one('truncate', 'TRUNCATE par CASCADE', { setup: CHILD, emptied: true }),
  one('truncate', 'TRUNCATE owned RESTART IDENTITY', { setup: SECOND_SCHEMA, emptied: true }),
  inParts('truncate', 'TRUNCATE p', { emptied: true }),
];
