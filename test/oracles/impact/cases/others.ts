import { BASE, CHILD, type ImpactCase, PARTITIONED } from './case.ts';

const one = (row: string, sql: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup: BASE,
  sql,
  ...more,
});

const VIEWS = `${BASE} CREATE VIEW w AS SELECT id, a FROM t; CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t; CREATE UNIQUE INDEX mv_id ON mv (id);`;
const FUNCTION = `${BASE} CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`;
const TRIGGER = `${FUNCTION} CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();`;
const SEQUENCE = `${BASE} CREATE SEQUENCE q;`;
const ENUM = `${BASE} CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE e (m mood); INSERT INTO e VALUES ('ok');`;
const DOMAIN = `${BASE} CREATE DOMAIN positive AS int CHECK (VALUE > 0); ALTER DOMAIN positive ADD CONSTRAINT big CHECK (VALUE < 100) NOT VALID; CREATE TABLE dom (x positive, y int); INSERT INTO dom SELECT 1, 1 FROM generate_series(1, 5);`;

export const OTHER_CASES: readonly ImpactCase[] = [
  one('create-view', 'CREATE VIEW fresh AS SELECT id FROM t'),
  one('create-view', 'CREATE OR REPLACE VIEW fresh AS SELECT t.id FROM t JOIN par ON par.id = t.a'),
  one('replace-view', 'CREATE OR REPLACE VIEW w AS SELECT id, a, n FROM t', { setup: VIEWS }),
  one('create-materialized-view', 'CREATE MATERIALIZED VIEW fresh AS SELECT id FROM t'),
  one('create-materialized-view', 'CREATE MATERIALIZED VIEW fresh AS SELECT id FROM t WITH NO DATA'),
  one('drop-view', 'DROP VIEW w', { setup: VIEWS }),
  one('drop-view', 'DROP VIEW w CASCADE', { setup: `${VIEWS} CREATE VIEW ww AS SELECT a FROM w;` }),
  one('drop-materialized-view', 'DROP MATERIALIZED VIEW mv', { setup: VIEWS }),
  one('rename-view', 'ALTER VIEW w RENAME TO ww', { setup: VIEWS }),
  one('rename-view', 'ALTER MATERIALIZED VIEW mv RENAME TO mm', { setup: VIEWS }),
  one('rename-view-column', 'ALTER VIEW w RENAME COLUMN a TO aa', { setup: VIEWS, from: 13 }),
  one('set-view-option', 'ALTER VIEW w SET (security_barrier = true)', { setup: VIEWS }),
  one('set-materialized-view-option', 'ALTER MATERIALIZED VIEW mv SET (autovacuum_enabled = off)', { setup: VIEWS }),
  one('refresh-view', 'REFRESH MATERIALIZED VIEW mv', { setup: VIEWS }),
  one('refresh-view-no-data', 'REFRESH MATERIALIZED VIEW mv WITH NO DATA', { setup: VIEWS }),
  one('refresh-view-concurrently', 'REFRESH MATERIALIZED VIEW CONCURRENTLY mv', { setup: VIEWS }),

  one('create-sequence', 'CREATE SEQUENCE fresh'),
  one('create-sequence', 'CREATE SEQUENCE fresh OWNED BY t.a'),
  one('alter-sequence', 'ALTER SEQUENCE q RESTART WITH 10', { setup: SEQUENCE }),
  one('alter-sequence', 'ALTER SEQUENCE q INCREMENT BY 2', { setup: SEQUENCE }),
  one('alter-sequence', 'ALTER SEQUENCE q OWNED BY t.a', { setup: SEQUENCE }),
  one('alter-sequence', 'ALTER SEQUENCE q AS bigint', { setup: SEQUENCE }),
  one('alter-sequence-owner', 'ALTER SEQUENCE q OWNER TO CURRENT_USER', { setup: SEQUENCE }),
  one('drop-sequence', 'DROP SEQUENCE q', { setup: SEQUENCE }),
  one('rename-sequence', 'ALTER SEQUENCE q RENAME TO qq', { setup: SEQUENCE }),

  one('create-enum', "CREATE TYPE fresh AS ENUM ('a', 'b')"),
  one('create-type', 'CREATE TYPE fresh AS (a int, b text)'),
  one('create-domain', 'CREATE DOMAIN fresh AS int CHECK (VALUE > 0)'),
  one('add-enum-value', "ALTER TYPE mood ADD VALUE 'happy'", { setup: ENUM, from: 12 }),
  one('add-enum-value', "ALTER TYPE mood ADD VALUE 'happy'", { setup: ENUM, to: 11, outside: true }),
  one('rename-enum-value', "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'", { setup: ENUM }),
  one('rename-type', 'ALTER TYPE mood RENAME TO feeling', { setup: ENUM }),
  one('drop-type', 'DROP TYPE lone', { setup: "CREATE TYPE lone AS ENUM ('a');" }),
  one('drop-type', 'DROP TYPE mood CASCADE', { setup: ENUM }),
  one('alter-domain', 'ALTER DOMAIN positive SET DEFAULT 3', { setup: DOMAIN }),
  one('alter-domain', 'ALTER DOMAIN positive DROP CONSTRAINT positive_check', { setup: DOMAIN }),
  one('alter-domain-scan', 'ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 50)', { setup: DOMAIN }),
  one('alter-domain-scan', 'ALTER DOMAIN positive SET NOT NULL', { setup: DOMAIN }),
  one('alter-domain-scan', 'ALTER DOMAIN positive VALIDATE CONSTRAINT big', { setup: DOMAIN }),
  one('alter-domain-not-valid', 'ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 50) NOT VALID', {
    setup: DOMAIN,
  }),

  one('create-function', 'CREATE FUNCTION fresh() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$'),
  one(
    'create-function',
    'CREATE FUNCTION fresh() RETURNS bigint LANGUAGE sql AS $$ SELECT t.id::bigint FROM t JOIN par ON par.id = t.a $$',
  ),
  one(
    'create-function',
    'CREATE FUNCTION fresh() RETURNS void LANGUAGE sql AS $$ DELETE FROM t USING par WHERE par.id = t.a $$',
  ),
  one('create-function', 'CREATE FUNCTION fresh() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; END $$'),
  one(
    'create-function',
    'CREATE FUNCTION fresh() RETURNS void BEGIN ATOMIC INSERT INTO t (id) SELECT par.id FROM par; END',
    {
      from: 14,
    },
  ),
  one(
    'replace-function',
    'CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
    { setup: FUNCTION },
  ),
  one('drop-function', 'DROP FUNCTION touch()', { setup: FUNCTION }),
  one('create-trigger', 'CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch()', {
    setup: FUNCTION,
  }),
  one('create-trigger', 'CREATE OR REPLACE TRIGGER tr AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION touch()', {
    setup: TRIGGER,
    from: 14,
  }),
  one('create-trigger', 'CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch()', {
    setup: `${PARTITIONED} CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`,
  }),
  one('drop-trigger', 'DROP TRIGGER tr ON t', { setup: TRIGGER }),
  one('rename-trigger', 'ALTER TRIGGER tr ON t RENAME TO trr', { setup: TRIGGER }),
  one('set-trigger', 'ALTER TABLE t DISABLE TRIGGER tr', { setup: TRIGGER }),
  one('set-trigger', 'ALTER TABLE t ENABLE TRIGGER ALL', { setup: TRIGGER }),

  one('write-rows', 'INSERT INTO t (id, n) VALUES (100, 1)', { planned: true }),
  one('write-rows', 'UPDATE t SET d = NULL WHERE id = 1', { planned: true }),
  one('write-rows', 'DELETE FROM t WHERE a > 5', { planned: true }),
  one('write-rows', 'UPDATE p SET b = NULL', { setup: PARTITIONED, planned: true }),
  one('write-rows', 'MERGE INTO t USING par ON t.id = par.id WHEN MATCHED THEN UPDATE SET a = 1', {
    from: 15,
    planned: true,
  }),
  one('lock-table', 'LOCK TABLE t'),
  one('lock-table', 'LOCK TABLE t, par IN SHARE MODE'),
  one('lock-table', 'LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE'),
  one('lock-table', 'LOCK TABLE p IN EXCLUSIVE MODE', { setup: PARTITIONED }),

  one('set-session', "SET lock_timeout = '5s'"),
  one('set-session', 'DISCARD TEMP'),
  one('set-session', "SET LOCAL statement_timeout = '5s'"),
  one('transaction', 'SAVEPOINT a'),
  one('comment', "COMMENT ON TABLE t IS 'x'"),
  one('comment', "COMMENT ON COLUMN t.a IS 'x'"),
  one('comment', "COMMENT ON INDEX t_b IS 'x'"),
  one('comment', "COMMENT ON VIEW w IS 'x'", { setup: VIEWS }),
  one('comment', "COMMENT ON SEQUENCE q IS 'x'", { setup: SEQUENCE }),
  one('comment-part', "COMMENT ON CONSTRAINT t_pkey ON t IS 'x'"),
  one('comment-part', "COMMENT ON TRIGGER tr ON t IS 'x'", { setup: TRIGGER }),
  one('comment-other', "COMMENT ON SCHEMA public IS 'x'"),
  one('comment-other', "COMMENT ON TYPE mood IS 'x'", { setup: ENUM }),
  one('grant', 'GRANT SELECT ON t TO PUBLIC'),
  one('revoke', 'REVOKE SELECT ON t FROM PUBLIC'),
  one('change-policy', 'CREATE POLICY po ON t USING (a > 0)'),
  one('change-policy', 'DROP POLICY po ON t', { setup: `${BASE} CREATE POLICY po ON t USING (a > 0);` }),
  one('change-rule', 'CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING'),
  one('change-rule', 'DROP RULE r ON t', { setup: `${BASE} CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING;` }),
  one('change-statistics', 'CREATE STATISTICS st ON a, n FROM t'),
  one('change-publication', 'CREATE PUBLICATION pu FOR TABLE t'),
  one('change-publication', 'ALTER PUBLICATION pu ADD TABLE t', { setup: `${BASE} CREATE PUBLICATION pu;` }),
  one('change-object', 'CREATE EXTENSION IF NOT EXISTS hstore'),
  one('write-rows', 'INSERT INTO child (id, par_id) VALUES (100, 1)', { setup: CHILD, planned: true }),
];
