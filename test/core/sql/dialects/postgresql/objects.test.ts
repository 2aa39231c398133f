import { describe } from 'node:test';
import { lowers } from '../../../support/lowering.ts';

describe('indexes', () => {
  lowers([
    [
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I x" ON s.t USING btree (a, lower(b) DESC, (c || d) text_ops, e COLLATE "C" NULLS FIRST) INCLUDE (f) NULLS NOT DISTINCT WHERE g IS NOT NULL',
      {
        kind: 'CreateIndex',
        span: 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I x"',
        table: 's.t',
        concurrently: true,
        ifNotExists: true,
        only: false,
        index: {
          name: 'I x <- "I x"',
          unique: true,
          method: 'btree',
          keys: [
            { column: 'a', descending: false, nullsFirst: false },
            { expression: 'lower(b)', descending: true, nullsFirst: true },
            { expression: 'c || d', opclass: 'text_ops' },
            { column: 'e', collation: 'C', nullsFirst: true },
          ],
          includes: ['f'],
          where: 'g IS NOT NULL',
          nullsNotDistinct: true,
        },
      },
    ],
    [
      'CREATE INDEX ON ONLY t USING gin (a jsonb_path_ops) WITH (fastupdate = off) TABLESPACE z',
      {
        kind: 'CreateIndex',
        span: 'CREATE INDEX ON ONLY t',
        only: true,
        index: { method: 'gin', keys: [{ column: 'a', opclass: 'jsonb_path_ops' }] },
        options: { parameters: ['fastupdate'], tablespace: 'z' },
      },
    ],
    [
      'DROP INDEX CONCURRENTLY IF EXISTS i, s.j CASCADE',
      {
        kind: 'DropIndex',
        span: 'DROP INDEX CONCURRENTLY IF EXISTS i',
        index: 'i',
        concurrently: true,
        ifExists: true,
        cascade: true,
      },
      { kind: 'DropIndex', span: 's.j', index: 's.j' },
    ],
  ]);
});

describe('DROP', () => {
  lowers([
    [
      'DROP TABLE IF EXISTS a, "B c".d CASCADE',
      { kind: 'DropTable', span: 'DROP TABLE IF EXISTS a', table: 'a', ifExists: true, cascade: true },
      { kind: 'DropTable', span: '"B c".d', table: 'B c.d <- "B c".d' },
    ],
    ['DROP TABLE a RESTRICT', { kind: 'DropTable', span: 'DROP TABLE a', cascade: false, ifExists: false }],
    ['DROP FOREIGN TABLE f', { kind: 'DropTable', table: 'f' }],
    ['DROP VIEW v', { kind: 'DropView', view: 'v', materialized: false }],
    ['DROP MATERIALIZED VIEW IF EXISTS s.v', { kind: 'DropView', view: 's.v', materialized: true, ifExists: true }],
    ['DROP SEQUENCE s', { kind: 'DropSequence', sequence: 's' }],
    ['DROP TYPE a.b', { kind: 'DropType', type: 'a.b', domain: false }],
    ['DROP DOMAIN d CASCADE', { kind: 'DropType', type: 'd', domain: true, cascade: true }],
    ['DROP SCHEMA a, b', { kind: 'DropSchema', schema: 'a' }, { kind: 'DropSchema', span: 'b', schema: 'b' }],
    [
      'DROP FUNCTION s.f(int, text[]), g',
      { kind: 'DropFunction', fn: 's.f', procedure: false, argTypes: ['integer', 'text[]'] },
      { kind: 'DropFunction', fn: 'g' },
    ],
    ['DROP PROCEDURE IF EXISTS p()', { kind: 'DropFunction', fn: 'p', procedure: true, argTypes: [], ifExists: true }],
    ['DROP TRIGGER IF EXISTS tr ON s.t CASCADE', { kind: 'DropTrigger', trigger: 'tr', table: 's.t', ifExists: true }],
    ['DROP POLICY p ON s.t', { kind: 'ChangeObject', verb: 'drop', objectKind: 'policy', object: 'p', table: 's.t' }],
    [
      'DROP EXTENSION IF EXISTS "uuid-ossp"',
      { kind: 'ChangeObject', objectKind: 'extension', object: 'uuid-ossp <- "uuid-ossp"' },
    ],
    [
      'DROP TEXT SEARCH CONFIGURATION c',
      { kind: 'ChangeObject', objectKind: 'text search configuration', object: 'c' },
    ],
    ['DROP OPERATOR CLASS oc USING btree', { kind: 'ChangeObject', objectKind: 'operator class', object: 'oc' }],
    ['DROP CAST (int AS text)', { kind: 'ChangeObject', objectKind: 'cast', object: '(int AS text)' }],
    ['DROP ROLE r', { kind: 'ChangeObject', verb: 'drop', objectKind: 'role', object: 'r' }],
    [
      'IMPORT FOREIGN SCHEMA far LIMIT TO (one, two) FROM SERVER x INTO app',
      { kind: 'RunSql', taint: 'schema', mayTouch: ['app.one <- one', 'app.two <- two'] },
    ],
    ['DROP OWNED BY r', { kind: 'RunSql', taint: 'schema' }],
  ]);
});

describe('views and sequences', () => {
  lowers([
    [
      'CREATE OR REPLACE VIEW s.v (a) AS SELECT x, y AS b FROM t',
      {
        kind: 'CreateView',
        span: 'CREATE OR REPLACE VIEW s.v',
        view: 's.v',
        replace: true,
        materialized: false,
        columns: ['a', 'b'],
        reads: [{ relation: 't', columns: ['x', 'y'] }],
      },
    ],
    [
      'CREATE VIEW v AS SELECT * FROM t',
      { kind: 'CreateView', columns: ['*'], reads: [{ relation: 't', columns: ['*'] }] },
    ],
    [
      'CREATE VIEW v AS SELECT coalesce(a, b), greatest(a, b), current_date, a::int, (x).f, array[1], case when a then 1 else c end, exists(select 1), (select z from w) FROM t',
      { kind: 'CreateView', columns: ['coalesce', 'greatest', 'current_date', 'a', 'f', 'array', 'c', 'exists', 'z'] },
    ],
    [
      'CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT 1 WITH NO DATA',
      { kind: 'CreateView', materialized: true, ifNotExists: true, withData: false, columns: ['?column?'] },
    ],
    [
      'REFRESH MATERIALIZED VIEW CONCURRENTLY s.v',
      { kind: 'RefreshView', view: 's.v', concurrently: true, withData: true },
    ],
    ['REFRESH MATERIALIZED VIEW v WITH NO DATA', { kind: 'RefreshView', concurrently: false, withData: false }],
    [
      'CREATE SEQUENCE IF NOT EXISTS s.q OWNED BY a.t.c',
      {
        kind: 'CreateSequence',
        span: 'CREATE SEQUENCE IF NOT EXISTS s.q',
        sequence: 's.q',
        ifNotExists: true,
        ownedBy: { table: 'a.t', column: 'c' },
      },
    ],
    ['CREATE SEQUENCE q OWNED BY NONE', { kind: 'CreateSequence', sequence: 'q' }],
  ]);
});

describe('types', () => {
  lowers([
    [
      "CREATE TYPE s.mood AS ENUM ('sad', 'it''s')",
      { kind: 'CreateEnum', span: 'CREATE TYPE s.mood', type: 's.mood', values: ["sad <- 'sad'", "it's <- 'it''s'"] },
    ],
    [
      "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' BEFORE 'sad'",
      {
        kind: 'AddEnumValue',
        span: "ADD VALUE IF NOT EXISTS 'ok' BEFORE 'sad'",
        type: 'mood',
        value: "ok <- 'ok'",
        ifNotExists: true,
        options: { before: 'sad' },
      },
    ],
    ["ALTER TYPE mood ADD VALUE 'ok' AFTER 'sad'", { kind: 'AddEnumValue', options: { after: 'sad' } }],
    ["ALTER TYPE mood RENAME VALUE 'a' TO 'b'", { kind: 'RenameEnumValue', value: "a <- 'a'", newName: "b <- 'b'" }],
    [
      'ALTER TYPE mood RENAME TO temper',
      { kind: 'RenameType', span: 'RENAME TO temper', type: 'mood', newName: 'temper' },
    ],
    ['CREATE TYPE c AS (a int, b text)', { kind: 'CreateType', type: 'c', form: 'composite' }],
    ['CREATE TYPE r AS RANGE (subtype = int4)', { kind: 'CreateType', type: 'r', form: 'range' }],
    ['CREATE TYPE b (INPUT = f, OUTPUT = g)', { kind: 'CreateType', type: 'b', form: 'base' }],
    [
      "CREATE DOMAIN s.d AS varchar(5) CONSTRAINT x DEFAULT 'a' NOT NULL CHECK (VALUE > 'a')",
      {
        kind: 'CreateDomain',
        span: 'CREATE DOMAIN s.d',
        type: 's.d',
        base: 'character varying(5)',
        notNull: true,
        checks: [{}],
        defaultTo: "'a'",
      },
    ],
    ['CREATE DOMAIN d AS int', { kind: 'CreateDomain', notNull: false, checks: [] }],
    [
      'ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID',
      {
        kind: 'AlterDomain',
        span: 'ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID',
        action: 'add-constraint',
        notValid: true,
      },
    ],
    ['ALTER DOMAIN d VALIDATE CONSTRAINT c', { kind: 'AlterDomain', action: 'validate-constraint' }],
    ['ALTER DOMAIN d DROP CONSTRAINT c', { kind: 'AlterDomain', action: 'drop-constraint' }],
    ['ALTER DOMAIN d SET NOT NULL', { kind: 'AlterDomain', action: 'set-not-null' }],
    ['ALTER DOMAIN d DROP NOT NULL', { kind: 'AlterDomain', action: 'drop-not-null' }],
    ['ALTER DOMAIN d SET DEFAULT 5', { kind: 'AlterDomain', action: 'set-default' }],
    ['ALTER DOMAIN d DROP DEFAULT', { kind: 'AlterDomain', action: 'drop-default' }],
    ['ALTER DOMAIN d RENAME CONSTRAINT a TO b', { kind: 'AlterDomain', type: 'd', action: 'rename-constraint' }],
    ['ALTER DOMAIN d RENAME TO e', { kind: 'RenameType', type: 'd', newName: 'e' }],
    ['ALTER DOMAIN d OWNER TO me', { kind: 'AlterDomain', type: 'd', action: 'owner' }],
    ['ALTER DOMAIN d SET SCHEMA s', { kind: 'AlterDomain', type: 'd', action: 'schema' }],
    ['ALTER TYPE t SET SCHEMA s', { kind: 'ChangeObject', objectKind: 'type', object: 't', options: { schema: 's' } }],
  ]);
});

describe('routines and triggers', () => {
  lowers([
    [
      "CREATE OR REPLACE FUNCTION s.f(a int, OUT b text, VARIADIC c text[], d app.ty DEFAULT 5) LANGUAGE sql AS 'DROP TABLE x'",
      {
        kind: 'CreateFunction',
        span: 'CREATE OR REPLACE FUNCTION s.f',
        fn: 's.f',
        procedure: false,
        replace: true,
        argTypes: ['integer', 'text[]', 'app.ty'],
      },
    ],
    [
      'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$',
      { kind: 'CreateFunction', fn: 'p', procedure: true, replace: false },
    ],
    [
      'CREATE OR REPLACE TRIGGER tr BEFORE UPDATE OF a, b ON s.t FOR EACH ROW WHEN (OLD.a <> NEW.a) EXECUTE FUNCTION app.f()',
      {
        kind: 'CreateTrigger',
        span: 'CREATE OR REPLACE TRIGGER tr',
        table: 's.t',
        trigger: 'tr',
        fn: 'app.f',
        replace: true,
        columns: ['a', 'b'],
      },
    ],
    [
      'CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE PROCEDURE f()',
      { kind: 'CreateTrigger', trigger: 'tr', fn: 'f', columns: [] },
    ],
    [
      'ALTER TRIGGER a ON s.t RENAME TO b',
      { kind: 'RenameTrigger', span: 'RENAME TO b', table: 's.t', trigger: 'a', newName: 'b' },
    ],
    ['CALL p(1)', { kind: 'RunSql', taint: 'schema', span: 'CALL p(1)' }],
  ]);
});

describe('everything else', () => {
  lowers([
    [
      'COMMENT ON COLUMN a.b.c IS NULL',
      {
        kind: 'Comment',
        span: 'COMMENT ON COLUMN a.b.c',
        object: 'a.b',
        objectKind: 'column',
        options: { column: 'c' },
      },
    ],
    ["COMMENT ON CONSTRAINT c ON s.t IS 'is'", { kind: 'Comment', object: 's.t', objectKind: 'constraint' }],
    ["COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'", { kind: 'Comment', object: 'd', objectKind: 'domain constraint' }],
    ["COMMENT ON MATERIALIZED VIEW v IS 'x'", { kind: 'Comment', object: 'v', objectKind: 'materialized view' }],
    ['GRANT SELECT ON a.b, c TO x', { kind: 'Grant', objects: ['a.b', 'c'], revoke: false }],
    ['REVOKE ALL ON ALL TABLES IN SCHEMA s FROM y', { kind: 'Grant', objects: [], revoke: true }],
    [
      'CREATE POLICY p ON s.t USING (true)',
      {
        kind: 'ChangeObject',
        verb: 'create',
        objectKind: 'policy',
        object: 'p',
        table: 's.t',
        span: 'CREATE POLICY p',
      },
    ],
    [
      'ALTER POLICY p ON t RENAME TO q',
      { kind: 'ChangeObject', verb: 'rename', objectKind: 'policy', object: 'p', table: 't' },
    ],
    [
      'CREATE RULE r AS ON INSERT TO s.t DO NOTHING',
      { kind: 'ChangeObject', objectKind: 'rule', object: 'r', table: 's.t' },
    ],
    [
      'CREATE EXTENSION IF NOT EXISTS citext',
      { kind: 'ChangeObject', verb: 'create', objectKind: 'extension', object: 'citext' },
    ],
    ['ALTER SCHEMA a RENAME TO b', { kind: 'RenameSchema', schema: 'a', newName: 'b' }],
    [
      'ALTER FUNCTION f(int) RENAME TO g',
      { kind: 'ChangeObject', verb: 'rename', objectKind: 'function', object: 'f' },
    ],
    ['ALTER ROLE r SET search_path = a', { kind: 'ChangeObject', verb: 'alter', objectKind: 'role', object: 'r' }],
    [
      'CREATE AGGREGATE a (int) (sfunc = f, stype = int)',
      { kind: 'ChangeObject', verb: 'create', objectKind: 'aggregate', object: 'a' },
    ],
    ['CREATE PUBLICATION p FOR TABLE t', { kind: 'ChangeObject', objectKind: 'publication', object: 'p' }],
    ['IMPORT FOREIGN SCHEMA s FROM SERVER x INTO y', { kind: 'RunSql', taint: 'schema' }],
    ['LISTEN a'],
    ['SHOW search_path'],
  ]);
});

describe('what each option is set to', () => {
  lowers([
    [
      'ALTER TABLE t SET (fillfactor = 70, toast.autovacuum_enabled = off, user_catalog_table), ALTER a SET STATISTICS 5, ALTER b SET STORAGE external, OWNER TO x, REPLICA IDENTITY FULL, FORCE ROW LEVEL SECURITY, DISABLE RULE ru',
      {
        kind: 'SetTableOption',
        options: {
          settings: { fillfactor: '70', 'toast.autovacuum_enabled': 'off', user_catalog_table: 'true' },
        },
      },
      { kind: 'SetTableOption', option: 'statistics', column: 'a', options: { setting: '5' } },
      { kind: 'SetTableOption', option: 'storage', column: 'b', options: { setting: 'external' } },
      { kind: 'SetTableOption', option: 'owner', options: { setting: 'x' } },
      { kind: 'SetTableOption', option: 'replica-identity', options: { setting: 'full' } },
      { kind: 'SetTableOption', option: 'row-security', options: { setting: 'force' } },
      { kind: 'SetTableOption', option: 'rule', options: { value: 'ru', setting: 'disable' } },
    ],
    [
      'CREATE SEQUENCE q AS int INCREMENT BY -2 CYCLE OWNED BY NONE',
      { kind: 'CreateSequence', options: { settings: { as: 'pg_catalog.int4', increment: '-2', cycle: 'true' } } },
    ],
    [
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER STRICT AS $$ SELECT 1 $$',
      { kind: 'CreateFunction', options: { settings: { language: 'sql', security: 'true', strict: 'true' } } },
    ],
    [
      'ALTER PROCEDURE f(int) SECURITY INVOKER',
      { kind: 'ChangeObject', objectKind: 'procedure', options: { settings: { security: 'false' } } },
    ],
    [
      'CREATE TYPE c AS (x int, y app.mood[])',
      { kind: 'CreateType', form: 'composite', options: { attributes: [{ name: 'x' }, { name: 'y' }] } },
    ],
    ['CREATE TYPE r AS RANGE (subtype = int4)', { kind: 'CreateType', options: { settings: { subtype: 'int4' } } }],
    [
      'ALTER TYPE c ADD ATTRIBUTE z bigint, DROP ATTRIBUTE x CASCADE',
      { kind: 'ChangeObject', object: 'c', options: { attribute: 'x' } },
      { kind: 'ChangeObject', object: 'c', options: { attribute: 'z', type: 'bigint' } },
    ],
    [
      'ALTER TYPE c RENAME ATTRIBUTE x TO y',
      { kind: 'ChangeObject', verb: 'rename', object: 'c', newName: 'y', options: { attribute: 'x' } },
    ],
    [
      'CREATE PUBLICATION p FOR TABLE a, TABLES IN SCHEMA s WITH (publish = insert)',
      { kind: 'ChangeObject', options: { tables: ['a'], schemas: ['s'], settings: { publish: 'insert' } } },
    ],
    ['CREATE PUBLICATION p FOR ALL TABLES', { kind: 'ChangeObject', options: { allTables: true } }],
    [
      'CREATE POLICY p ON t AS RESTRICTIVE FOR SELECT TO r, PUBLIC USING (true)',
      { kind: 'ChangeObject', options: { command: 'select', restrictive: true, roles: ['r', 'public'] } },
    ],
    [
      'GRANT SELECT (a, b), UPDATE ON s.t TO r, CURRENT_USER',
      {
        kind: 'Grant',
        objects: ['s.t'],
        options: { on: 'table', privileges: ['select(a, b)', 'update'], roles: ['r', 'current_user'] },
      },
    ],
    [
      'REVOKE ALL ON FUNCTION s.f(int) FROM PUBLIC',
      { kind: 'Grant', objects: [], options: { on: 'function', others: ['s.f'], privileges: [], roles: ['public'] } },
    ],
    [
      'GRANT SELECT ON ALL TABLES IN SCHEMA s TO r',
      { kind: 'Grant', objects: [], options: { on: 'all in schema', others: ['s'] } },
    ],
    ['GRANT a, b TO c', { kind: 'Grant', options: { on: 'role', others: ['a', 'b'], roles: ['c'] } }],
    [
      'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r',
      { kind: 'Grant', options: { on: 'default', roles: ['r'] } },
    ],
    [
      "SECURITY LABEL FOR p ON COLUMN t.a IS 'x'",
      { kind: 'Comment', object: 't', options: { column: 'a', securityLabel: 'p' } },
    ],
  ]);
});
