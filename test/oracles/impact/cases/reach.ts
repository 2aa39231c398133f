import { BASE, CHILD, type ImpactCase, NO_DEFAULT, PARTITIONED } from './case.ts';

const one = (row: string, setup: string, sql: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup,
  sql,
  ...(setup.startsWith(P_KEY) ? { from: 12 } : {}),
  ...more,
});

const TOUCH = 'CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;';
const P_FK = `${PARTITIONED} ALTER TABLE p ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES par (id);`;
const P_KEY = `${PARTITIONED} ALTER TABLE p ADD PRIMARY KEY (k); CREATE TABLE child (id int PRIMARY KEY, k int REFERENCES p (k)); INSERT INTO child SELECT g, g FROM generate_series(1, 20) g;`;
const P_INDEX = `${PARTITIONED} CREATE INDEX p_a ON p (a);`;
const P_TRIGGER = `${PARTITIONED} ${TOUCH} CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch();`;
const TRIGGER = `${BASE} ${TOUCH} CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();`;
const CASCADES = `
  CREATE TABLE par (id int PRIMARY KEY, x int); INSERT INTO par SELECT g, g FROM generate_series(1, 5) g;
  CREATE TABLE c (id int PRIMARY KEY, par_id int REFERENCES par ON DELETE CASCADE ON UPDATE SET NULL);
  CREATE TABLE d (id int PRIMARY KEY, par_id int REFERENCES par);
  INSERT INTO c VALUES (1, 1); INSERT INTO d VALUES (2, 2);`;
const VIEWS = `${BASE} CREATE VIEW w AS SELECT id, a FROM t; CREATE VIEW ww AS SELECT id FROM w; CREATE MATERIALIZED VIEW mv AS SELECT id FROM ww; CREATE UNIQUE INDEX mv_id ON mv (id);`;
const INHERITED = `${BASE} CREATE TABLE kid (k int) INHERITS (t); INSERT INTO kid SELECT g, g, g::text, g, g::text, g FROM generate_series(1, 5) g;`;
const DOMAINS = `CREATE DOMAIN small AS int; CREATE DOMAIN smaller AS small; CREATE TABLE dom (x small, y int); CREATE TABLE nest (x smaller);`;
const CANDIDATE =
  'CREATE TABLE cand (k int NOT NULL, a int, b varchar(50)); INSERT INTO cand SELECT g, 1, g::text FROM generate_series(100, 110) g;';
const SEQUENCE_DEFAULT = `CREATE SEQUENCE q; CREATE TABLE sq (id int DEFAULT nextval('q'), a int);`;

/** How far a statement reaches: what hangs on the relation that it names. */
export const REACH_CASES: readonly ImpactCase[] = [
  one('write-rows', CASCADES, 'DELETE FROM par WHERE id = 4', { planned: true }),
  one('write-rows', CASCADES, 'UPDATE par SET x = 1 WHERE id = 4', { planned: true }),
  one('write-rows', CASCADES, 'UPDATE c SET par_id = 3', { planned: true }),
  one('write-rows', CASCADES, 'UPDATE c SET id = 7', { planned: true }),
  one('write-rows', CASCADES, 'INSERT INTO c VALUES (9, 3)', { planned: true }),
  one('write-rows', BASE, "COPY t FROM PROGRAM 'true'", { planned: true }),
  one('write-rows', BASE, 'INSERT INTO t SELECT id + 100, 1, NULL, 1, NULL FROM par', { planned: true }),

  one('drop-table', P_FK, 'DROP TABLE p'),
  one('drop-table', P_FK, 'DROP TABLE p1'),
  one('drop-table', P_KEY, 'DROP TABLE p CASCADE'),
  one('drop-table', P_KEY, 'DROP TABLE child'),
  one('drop-table', INHERITED, 'DROP TABLE t CASCADE'),
  one('drop-table', INHERITED, 'DROP TABLE kid'),
  one('drop-table', P_INDEX, 'DROP TABLE p2'),
  one('truncate', INHERITED, 'TRUNCATE t', { emptied: true }),
  one('truncate', INHERITED, 'TRUNCATE ONLY t', { emptied: true }),
  one('lock-table', INHERITED, 'LOCK TABLE t IN SHARE MODE'),
  one('lock-table', INHERITED, 'LOCK TABLE ONLY t IN SHARE MODE'),
  one('drop-column', P_INDEX, 'ALTER TABLE p DROP COLUMN a'),
  one('drop-column', INHERITED, 'ALTER TABLE ONLY t DROP COLUMN a'),
  one('add-column', INHERITED, 'ALTER TABLE kid ADD COLUMN own int'),
  one('drop-column', VIEWS, 'ALTER TABLE t DROP COLUMN a CASCADE'),
  one('drop-column', VIEWS, 'ALTER TABLE t DROP COLUMN d CASCADE'),
  one('drop-constraint', P_KEY, 'ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE'),
  one('drop-constraint', INHERITED, 'ALTER TABLE t DROP CONSTRAINT t_pkey'),
  one('drop-foreign-key', P_KEY, 'ALTER TABLE child DROP CONSTRAINT child_k_fkey'),
  one('rename-constraint', P_KEY, 'ALTER TABLE p RENAME CONSTRAINT p_pkey TO p_key'),
  one('drop-view', VIEWS, 'DROP VIEW w CASCADE'),
  one('create-view', VIEWS, 'CREATE VIEW v3 AS SELECT id FROM ww'),
  one('create-materialized-view', VIEWS, 'CREATE MATERIALIZED VIEW m2 AS SELECT id FROM t'),
  one('create-materialized-view', VIEWS, 'CREATE MATERIALIZED VIEW m2 AS SELECT id FROM ww'),
  one('create-materialized-view', VIEWS, 'CREATE MATERIALIZED VIEW m2 AS SELECT id FROM ww WITH NO DATA'),
  one('create-table-as', VIEWS, 'CREATE TABLE copied AS SELECT id FROM ww'),
  one('refresh-view', VIEWS, 'REFRESH MATERIALIZED VIEW mv'),
  one('refresh-view-concurrently', VIEWS, 'REFRESH MATERIALIZED VIEW CONCURRENTLY mv'),
  one('rename-table', VIEWS, 'ALTER TABLE w RENAME TO other'),
  one('rename-table', SEQUENCE_DEFAULT, 'ALTER TABLE q RENAME TO other'),
  one('rename-table', BASE, 'ALTER TABLE t_b RENAME TO other'),
  one('drop-sequence', SEQUENCE_DEFAULT, 'DROP SEQUENCE q CASCADE'),

  one(
    'create-trigger',
    `${PARTITIONED} ${TOUCH}`,
    'CREATE TRIGGER tr AFTER INSERT ON p FOR EACH STATEMENT EXECUTE FUNCTION touch()',
  ),
  one(
    'create-trigger',
    `${INHERITED} ${TOUCH}`,
    'CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch()',
  ),
  one('set-trigger', P_TRIGGER, 'ALTER TABLE p DISABLE TRIGGER tr'),
  one('set-trigger', P_TRIGGER, 'ALTER TABLE p DISABLE TRIGGER ALL'),
  one('set-trigger', P_TRIGGER, 'ALTER TABLE p1 DISABLE TRIGGER tr'),
  one('set-trigger', CHILD, 'ALTER TABLE child DISABLE TRIGGER ALL'),
  one('drop-trigger', P_TRIGGER, 'DROP TRIGGER tr ON p'),
  one('rename-trigger', P_TRIGGER, 'ALTER TRIGGER tr ON p RENAME TO trr'),
  one('drop-function', TRIGGER, 'DROP FUNCTION touch() CASCADE'),

  one('attach-partition', `${P_FK} ${CANDIDATE}`, 'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)'),
  one(
    'attach-partition',
    `${P_INDEX} ${CANDIDATE} CREATE INDEX cand_a ON cand (a);`,
    'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)',
  ),
  one(
    'attach-partition',
    `${P_TRIGGER} ${CANDIDATE}`,
    'ALTER TABLE p ATTACH PARTITION cand FOR VALUES FROM (100) TO (200)',
  ),
  one('create-partition', P_KEY, 'CREATE TABLE p9 PARTITION OF p FOR VALUES FROM (100) TO (200)'),
  one('create-partition', P_INDEX, 'CREATE TABLE p9 PARTITION OF p FOR VALUES FROM (100) TO (200)'),
  one('create-partition', P_TRIGGER, 'CREATE TABLE p9 PARTITION OF p FOR VALUES FROM (100) TO (200)'),
  one('detach-partition', P_INDEX, 'ALTER TABLE p DETACH PARTITION p1'),
  one('detach-partition', P_TRIGGER, 'ALTER TABLE p DETACH PARTITION p1'),
  one('create-table-references', P_KEY, 'CREATE TABLE another (id int, k int REFERENCES p (k))'),
  one('vacuum', PARTITIONED, 'VACUUM p', { outside: true }),
  one('vacuum-full', P_INDEX, 'VACUUM FULL p', { outside: true }),
  one('analyze', P_INDEX, 'ANALYZE p', { planned: true }),
  one('cluster', `${BASE} ALTER TABLE t CLUSTER ON t_b;`, 'CLUSTER t'),
  one('reindex-index', P_INDEX, 'REINDEX INDEX p1_a_idx'),
  one('set-storage-parameters', NO_DEFAULT, 'ALTER TABLE p1 SET (fillfactor = 70)'),
  one('set-table-schema', `${P_INDEX} CREATE SCHEMA other;`, 'ALTER TABLE p SET SCHEMA other'),
  one('set-table-schema', `${INHERITED} CREATE SCHEMA other;`, 'ALTER TABLE t SET SCHEMA other'),

  one('alter-domain-scan', DOMAINS, 'ALTER DOMAIN small ADD CONSTRAINT pos CHECK (VALUE > 0)'),
  one('drop-type', DOMAINS, 'DROP DOMAIN smaller CASCADE'),
  one('add-foreign-key', P_KEY, 'ALTER TABLE child ADD FOREIGN KEY (id) REFERENCES p (k)'),
  one(
    'validate-foreign-key',
    `${P_KEY} ALTER TABLE child ADD CONSTRAINT late FOREIGN KEY (id) REFERENCES p (k) NOT VALID;`,
    'ALTER TABLE child VALIDATE CONSTRAINT late',
  ),
  one('alter-constraint', P_KEY, 'ALTER TABLE child ALTER CONSTRAINT child_k_fkey DEFERRABLE'),
  one('grant', SEQUENCE_DEFAULT, 'GRANT USAGE ON SEQUENCE q TO PUBLIC'),
  one('grant', BASE, 'GRANT USAGE ON SCHEMA public TO PUBLIC'),
];
