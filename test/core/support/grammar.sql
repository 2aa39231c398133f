CREATE SCHEMA s;
--> CreateSchema s
CREATE SCHEMA IF NOT EXISTS s2 AUTHORIZATION CURRENT_USER;
--> CreateSchema s2
CREATE ROLE r NOLOGIN;
--> ChangeObject create role r
CREATE USER "R two" PASSWORD 'x';
--> ChangeObject create role R two <- "R two"
CREATE GROUP g ROLE r;
--> ChangeObject create role g
ALTER ROLE r WITH NOINHERIT;
--> ChangeObject alter role r
ALTER GROUP g ADD USER "R two";
--> ChangeObject alter role g
ALTER ROLE r SET work_mem = '8MB';
--> ChangeObject alter role r
ALTER ROLE ALL RESET work_mem;
--> ChangeObject alter role all <- ALL
ALTER ROLE g RENAME TO h;
--> ChangeObject rename role g
ALTER DATABASE postgres SET work_mem = '8MB';
--> ChangeObject alter database postgres
ALTER DATABASE postgres CONNECTION LIMIT 50;
--> ChangeObject alter database postgres
ALTER DATABASE postgres REFRESH COLLATION VERSION;
--> ChangeObject alter database postgres
CREATE DATABASE d;
--> ChangeObject create database d
ALTER DATABASE d RENAME TO e;
--> ChangeObject rename database d
ALTER DATABASE e OWNER TO r;
--> ChangeObject alter database e
DROP DATABASE IF EXISTS e WITH (FORCE);
--> ChangeObject drop database e
ALTER SYSTEM SET work_mem = '8MB';
--> ChangeObject alter system setting work_mem = '8MB'
ALTER SYSTEM RESET ALL;
--> ChangeObject alter system setting ALL
CREATE TABLE s.t (id int PRIMARY KEY, a int, b text, c int NOT NULL, d date, p point);
--> CreateTable s.t
CREATE TABLE s.parent (LIKE s.t);
--> CreateTable s.parent
CREATE UNLOGGED TABLE s.u (id int GENERATED ALWAYS AS IDENTITY, n int GENERATED ALWAYS AS (1) STORED);
--> CreateTable s.u
CREATE TYPE s.comp AS (x int, y text);
--> CreateType s.comp
CREATE TABLE s.typed OF s.comp (x PRIMARY KEY);
--> CreateTable s.typed
CREATE TABLE s.parts (id int, k int) PARTITION BY RANGE (id);
--> CreateTable s.parts
CREATE TABLE s.part1 PARTITION OF s.parts FOR VALUES FROM (0) TO (10);
--> CreateTable s.part1
CREATE TABLE s.rest PARTITION OF s.parts DEFAULT;
--> CreateTable s.rest
CREATE TABLE s.part2 (id int, k int);
--> CreateTable s.part2
CREATE TABLE s.made AS SELECT id, a FROM s.t WITH NO DATA;
--> CreateTable s.made
CREATE TABLE s.attrs (id int NULL CONSTRAINT at_ck CHECK (id > 0) ENFORCED, e int CHECK (e > 0) NOT ENFORCED, k int UNIQUE DEFERRABLE INITIALLY DEFERRED, l int UNIQUE NOT DEFERRABLE INITIALLY IMMEDIATE, f int REFERENCES s.t ON DELETE CASCADE, g int DEFAULT 5);
--> CreateTable s.attrs
CREATE TABLE s.hashed (id int) PARTITION BY HASH (id);
--> CreateTable s.hashed
CREATE TABLE s.hashed0 PARTITION OF s.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
--> CreateTable s.hashed0
CREATE TABLE s.listed (id int, k text) PARTITION BY LIST (lower(k));
--> CreateTable s.listed
CREATE TABLE s.listed_a PARTITION OF s.listed (id NOT NULL) FOR VALUES IN ('a', NULL) PARTITION BY RANGE (id);
--> CreateTable s.listed_a
CREATE TEMP TABLE drops (id int) ON COMMIT DROP;
--> CreateTable drops
CREATE TEMP TABLE keeps (id int) ON COMMIT PRESERVE ROWS;
--> CreateTable keeps
CREATE TEMP TABLE deletes (id int) ON COMMIT DELETE ROWS;
--> CreateTable deletes
CREATE TABLE s.kid (extra int) INHERITS (s.parent);
--> CreateTable s.kid
DROP TABLE s.kid;
--> DropTable s.kid
CREATE TABLE s.booking (room int4range, at tsrange, PRIMARY KEY (room, at WITHOUT OVERLAPS));
--> CreateTable s.booking
CREATE TABLE s.stay (room int4range, at tsrange, FOREIGN KEY (room, PERIOD at) REFERENCES s.booking (room, PERIOD at));
--> CreateTable s.stay
SELECT id INTO s.made2 FROM s.t;
--> CreateTable s.made2
PREPARE q AS SELECT 1 AS one;
--> nothing
CREATE TABLE IF NOT EXISTS s.made3 AS EXECUTE q;
--> CreateTable s.made3
CREATE INDEX i ON s.t (a);
--> CreateIndex s.t
CREATE UNIQUE INDEX c_u ON s.t (c);
--> CreateIndex s.t
CREATE INDEX part_i ON ONLY s.parts (k);
--> CreateIndex s.parts
CREATE INDEX part1_i ON s.part1 (k);
--> CreateIndex s.part1
ALTER INDEX s.part_i ATTACH PARTITION s.part1_i;
--> SetTableOption attach-index s.part_i
ALTER INDEX s.i SET (fillfactor = 70);
--> SetTableOption storage-parameters s.i
CREATE INDEX ix ON s.t ((a + 1));
--> CreateIndex s.t
ALTER INDEX s.ix ALTER COLUMN 1 SET STATISTICS 100;
--> SetTableOption statistics s.ix 1
DROP INDEX s.ix;
--> DropIndex
ALTER INDEX s.i SET TABLESPACE pg_default;
--> SetTableOption tablespace s.i
ALTER INDEX ALL IN TABLESPACE pg_default SET TABLESPACE pg_default;
--> ChangeObject alter tablespace pg_default
ALTER INDEX s.i RENAME TO ii;
--> RenameIndex
ALTER INDEX s.ii DEPENDS ON EXTENSION plpgsql;
--> ChangeObject alter index s.ii
ALTER INDEX s.ii NO DEPENDS ON EXTENSION plpgsql;
--> ChangeObject alter index s.ii
DROP INDEX s.ii;
--> DropIndex
ALTER TABLE s.t ADD COLUMN e int;
--> AddColumn s.t
ALTER TABLE s.t ADD COLUMN IF NOT EXISTS vg int GENERATED ALWAYS AS (a + 1) VIRTUAL;
--> AddColumn s.t
ALTER TABLE s.t ALTER a SET DEFAULT 1;
--> SetDefault s.t a
ALTER TABLE s.t ALTER a DROP DEFAULT;
--> DropDefault s.t a
ALTER TABLE s.t ALTER b SET NOT NULL;
--> SetNotNull s.t b
ALTER TABLE s.t ALTER b DROP NOT NULL;
--> DropNotNull s.t b
ALTER TABLE s.u ALTER n SET EXPRESSION AS (2);
--> SetGenerated s.u n
ALTER TABLE s.u ALTER n DROP EXPRESSION IF EXISTS;
--> SetGenerated s.u n
ALTER TABLE s.t ALTER a SET STATISTICS 200;
--> SetTableOption statistics s.t a
ALTER TABLE s.t ALTER a SET (n_distinct = 5);
--> SetTableOption column-parameters s.t a
ALTER TABLE s.t ALTER a RESET (n_distinct);
--> SetTableOption column-parameters s.t a
ALTER TABLE s.t ALTER b SET STORAGE EXTERNAL;
--> SetTableOption storage s.t b
ALTER TABLE s.t ALTER b SET COMPRESSION pglz;
--> SetTableOption compression s.t b
ALTER TABLE s.t DROP COLUMN vg;
--> DropColumn s.t vg
ALTER TABLE s.t ALTER a TYPE bigint USING a + 1;
--> ChangeColumnType s.t a
ALTER TABLE s.t ADD CONSTRAINT k CHECK (a > 0) NOT VALID;
--> AddConstraint s.t [object Object]
ALTER TABLE s.t VALIDATE CONSTRAINT k;
--> ValidateConstraint s.t k
ALTER TABLE s.t ADD CONSTRAINT nn NOT NULL d NOT VALID;
--> AddConstraint s.t [object Object]
ALTER TABLE s.t ADD NOT NULL e;
--> AddConstraint s.t
ALTER TABLE s.t ALTER CONSTRAINT nn NO INHERIT;
--> AlterConstraint s.t nn
ALTER TABLE s.t ADD CONSTRAINT uk UNIQUE USING INDEX c_u;
--> AddConstraint s.t [object Object]
ALTER TABLE s.t ADD CONSTRAINT ex EXCLUDE USING gist (p WITH ~=);
--> AddConstraint s.t [object Object]
ALTER TABLE s.t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES s.t (id) NOT VALID;
--> AddConstraint s.t [object Object]
ALTER TABLE s.t ALTER CONSTRAINT fk DEFERRABLE INITIALLY DEFERRED;
--> AlterConstraint s.t fk
ALTER TABLE s.t ALTER CONSTRAINT fk NOT ENFORCED;
--> AlterConstraint s.t fk
ALTER TABLE s.t RENAME CONSTRAINT fk TO fk2;
--> RenameConstraint s.t fk
ALTER TABLE s.t DROP CONSTRAINT IF EXISTS fk2 CASCADE;
--> DropConstraint s.t fk2
ALTER TABLE s.t RENAME COLUMN e TO f;
--> RenameColumn s.t e
ALTER TABLE s.t OWNER TO CURRENT_USER;
--> SetTableOption owner s.t
ALTER TABLE s.t CLUSTER ON t_pkey;
--> SetTableOption cluster-on s.t
ALTER TABLE s.t SET WITHOUT CLUSTER;
--> SetTableOption without-cluster s.t
ALTER TABLE s.t SET WITHOUT OIDS;
--> SetTableOption without-oids s.t
ALTER TABLE s.u SET LOGGED;
--> SetTableOption logged s.u
ALTER TABLE s.u SET UNLOGGED;
--> SetTableOption unlogged s.u
ALTER TABLE s.t SET ACCESS METHOD heap;
--> SetTableOption access-method s.t
ALTER TABLE s.t SET TABLESPACE pg_default;
--> SetTableOption tablespace s.t
ALTER TABLE ALL IN TABLESPACE pg_default OWNED BY r SET TABLESPACE pg_default;
--> ChangeObject alter tablespace pg_default
ALTER TABLE s.t SET (fillfactor = 70);
--> SetTableOption storage-parameters s.t
ALTER TABLE s.t RESET (fillfactor);
--> SetTableOption storage-parameters s.t
ALTER TABLE s.t REPLICA IDENTITY USING INDEX t_pkey;
--> SetTableOption replica-identity s.t
ALTER TABLE s.t REPLICA IDENTITY FULL;
--> SetTableOption replica-identity s.t
ALTER TABLE s.t ENABLE ROW LEVEL SECURITY;
--> SetTableOption row-security s.t
ALTER TABLE s.t FORCE ROW LEVEL SECURITY;
--> SetTableOption row-security s.t
ALTER TABLE s.t NO FORCE ROW LEVEL SECURITY;
--> SetTableOption row-security s.t
ALTER TABLE s.t DISABLE ROW LEVEL SECURITY;
--> SetTableOption row-security s.t
CREATE TABLE s.child (LIKE s.parent);
--> CreateTable s.child
ALTER TABLE s.child INHERIT s.parent;
--> SetInheritance s.child s.parent
ALTER TABLE s.child NO INHERIT s.parent;
--> SetInheritance s.child s.parent
CREATE TABLE s.plain (x int, y text);
--> CreateTable s.plain
ALTER TABLE s.plain OF s.comp;
--> SetTableOption of-type s.plain
ALTER TABLE s.plain NOT OF;
--> SetTableOption of-type s.plain
ALTER TABLE s.parts ATTACH PARTITION s.part2 FOR VALUES FROM (10) TO (20);
--> AttachPartition s.parts s.part2
ALTER TABLE s.parts DETACH PARTITION s.part2;
--> DetachPartition s.parts s.part2
DROP TABLE s.rest;
--> DropTable s.rest
ALTER TABLE s.parts DETACH PARTITION s.part1 CONCURRENTLY;
--> DetachPartition s.parts s.part1
ALTER TABLE s.parts DETACH PARTITION s.part1 FINALIZE; -- not run: only a detach that was broken off can be finished
--> DetachPartition s.parts s.part1
ALTER TABLE s.plain ALTER x SET NOT NULL, ALTER x ADD GENERATED BY DEFAULT AS IDENTITY;
--> SetNotNull s.plain x; SetIdentity s.plain x
ALTER TABLE s.plain ALTER x SET GENERATED ALWAYS;
--> SetIdentity s.plain x
ALTER TABLE s.plain ALTER x SET INCREMENT 2 RESTART 5;
--> SetTableOption other s.plain x
ALTER TABLE s.plain ALTER x DROP IDENTITY IF EXISTS;
--> SetIdentity s.plain x
ALTER TABLE s.plain RENAME TO plain2;
--> RenameTable s.plain
ALTER TABLE s.plain2 SET SCHEMA s2;
--> SetTableSchema s.plain2 s2
ALTER TABLE IF EXISTS s.nothing ADD x int;
--> AddColumn s.nothing
CREATE SEQUENCE s.q AS int START 5 OWNED BY NONE;
--> CreateSequence s.q
ALTER SEQUENCE s.q INCREMENT 2 RESTART;
--> AlterSequence s.q
ALTER SEQUENCE s.q SET LOGGED;
--> AlterSequence s.q
ALTER SEQUENCE s.q OWNER TO CURRENT_USER;
--> AlterSequence s.q
ALTER SEQUENCE s.q SET SCHEMA s2;
--> SetTableSchema s.q s2
ALTER SEQUENCE s2.q RENAME TO qq;
--> RenameSequence s2.q
DROP SEQUENCE s2.qq;
--> DropSequence s2.qq
CREATE VIEW s.v AS SELECT id, a FROM s.t;
--> CreateView s.v
CREATE VIEW s.local AS SELECT id FROM s.t WHERE id > 0 WITH LOCAL CHECK OPTION;
--> CreateView s.local
CREATE VIEW s.cascaded WITH (security_invoker) AS SELECT id FROM s.local WITH CASCADED CHECK OPTION;
--> CreateView s.cascaded
DROP VIEW s.cascaded, s.local;
--> DropView s.cascaded; DropView s.local
CREATE OR REPLACE RECURSIVE VIEW rec (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM rec WHERE n < 3;
--> CreateView rec
ALTER VIEW s.v ALTER COLUMN a SET DEFAULT 5;
--> SetTableOption other s.v
ALTER VIEW s.v ALTER a DROP DEFAULT;
--> SetTableOption other s.v
ALTER VIEW s.v SET (security_barrier);
--> SetTableOption storage-parameters s.v
ALTER VIEW s.v RESET (security_barrier);
--> SetTableOption storage-parameters s.v
ALTER VIEW s.v OWNER TO CURRENT_USER;
--> SetTableOption owner s.v
ALTER VIEW s.v RENAME COLUMN a TO aa;
--> RenameViewColumn s.v a
ALTER VIEW s.v SET SCHEMA s2;
--> SetTableSchema s.v s2
ALTER VIEW s2.v RENAME TO vv;
--> RenameView s2.v
DROP VIEW s2.vv;
--> DropView s2.vv
CREATE MATERIALIZED VIEW s.mv AS SELECT id, a FROM s.t;
--> CreateView s.mv
ALTER MATERIALIZED VIEW s.mv ALTER a SET STATISTICS 50;
--> SetTableOption statistics s.mv a
CREATE INDEX mv_i ON s.mv (a);
--> CreateIndex s.mv
ALTER MATERIALIZED VIEW s.mv CLUSTER ON mv_i;
--> SetTableOption cluster-on s.mv
ALTER MATERIALIZED VIEW s.mv SET ACCESS METHOD heap;
--> SetTableOption access-method s.mv
ALTER MATERIALIZED VIEW ALL IN TABLESPACE pg_default SET TABLESPACE pg_default;
--> ChangeObject alter tablespace pg_default
REFRESH MATERIALIZED VIEW s.mv;
--> RefreshView s.mv
ALTER MATERIALIZED VIEW s.mv SET SCHEMA s2;
--> SetTableSchema s.mv s2
ALTER MATERIALIZED VIEW s2.mv DEPENDS ON EXTENSION plpgsql;
--> ChangeObject alter materialized view s2.mv
DROP MATERIALIZED VIEW s2.mv;
--> DropView s2.mv
CREATE RULE ru AS ON UPDATE TO s.t DO ALSO NOTHING;
--> ChangeObject create rule ru on s.t
ALTER TABLE s.t DISABLE RULE ru;
--> SetTableOption rule s.t
ALTER TABLE s.t ENABLE RULE ru;
--> SetTableOption rule s.t
ALTER TABLE s.t ENABLE ALWAYS RULE ru;
--> SetTableOption rule s.t
ALTER TABLE s.t ENABLE REPLICA RULE ru;
--> SetTableOption rule s.t
ALTER RULE ru ON s.t RENAME TO ru2;
--> ChangeObject rename rule ru on s.t
COMMENT ON RULE ru2 ON s.t IS 'x';
--> Comment rule s.t
DROP RULE ru2 ON s.t;
--> ChangeObject drop rule ru2 on s.t
CREATE POLICY po ON s.t FOR SELECT TO r USING (a > 0);
--> ChangeObject create policy po on s.t
ALTER POLICY po ON s.t USING (a > 1);
--> ChangeObject alter policy po on s.t
ALTER POLICY po ON s.t RENAME TO po2;
--> ChangeObject rename policy po on s.t
COMMENT ON POLICY po2 ON s.t IS 'x';
--> Comment policy s.t
DROP POLICY IF EXISTS po2 ON s.t;
--> ChangeObject drop policy po2 on s.t
CREATE FUNCTION s.f(x int DEFAULT 1, OUT y int) LANGUAGE sql BEGIN ATOMIC SELECT id FROM s.t WHERE a = x; END;
--> CreateFunction s.f
CREATE FUNCTION s.trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
--> CreateFunction s.trg
CREATE FUNCTION s.evt() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
--> CreateFunction s.evt
CREATE OR REPLACE PROCEDURE s.pr(x int) LANGUAGE sql AS 'DELETE FROM s.t WHERE id = x';
--> CreateFunction s.pr
ALTER FUNCTION s.f(int) STABLE;
--> ChangeObject alter function s.f
ALTER PROCEDURE s.pr(int) SECURITY DEFINER;
--> ChangeObject alter procedure s.pr
ALTER ROUTINE s.f(int) RENAME TO ff;
--> ChangeObject rename routine s.f
ALTER FUNCTION s.ff OWNER TO CURRENT_USER;
--> ChangeObject alter function s.ff
ALTER FUNCTION s.ff SET SCHEMA s2;
--> ChangeObject alter function s.ff
ALTER FUNCTION s2.ff(int) DEPENDS ON EXTENSION plpgsql;
--> ChangeObject alter function s2.ff
DROP ROUTINE s2.ff(int);
--> DropFunction s2.ff
CREATE FUNCTION s.one() RETURNS int LANGUAGE sql RETURN (SELECT max(id) FROM s.t);
--> CreateFunction s.one
CALL s.pr(1);
--> RunSql schema: calls s.pr, which may do anything
DROP PROCEDURE s.pr;
--> DropFunction s.pr
CREATE TRIGGER tr BEFORE INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION s.trg();
--> CreateTrigger s.t s.trg tr
CREATE CONSTRAINT TRIGGER ctr AFTER INSERT ON s.t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION s.trg();
--> CreateTrigger s.t s.trg ctr
ALTER TABLE s.t DISABLE TRIGGER tr;
--> SetTrigger s.t tr
ALTER TABLE s.t ENABLE TRIGGER tr;
--> SetTrigger s.t tr
ALTER TABLE s.t ENABLE REPLICA TRIGGER tr;
--> SetTrigger s.t tr
ALTER TABLE s.t ENABLE ALWAYS TRIGGER tr;
--> SetTrigger s.t tr
ALTER TABLE s.t DISABLE TRIGGER ALL;
--> SetTrigger s.t all <- ALL
ALTER TABLE s.t ENABLE TRIGGER ALL;
--> SetTrigger s.t all <- ALL
ALTER TABLE s.t DISABLE TRIGGER USER;
--> SetTrigger s.t user <- USER
ALTER TABLE s.t ENABLE TRIGGER USER;
--> SetTrigger s.t user <- USER
ALTER TRIGGER tr ON s.t RENAME TO tr2;
--> RenameTrigger s.t tr
ALTER TRIGGER tr2 ON s.t DEPENDS ON EXTENSION plpgsql;
--> ChangeObject alter trigger tr2 on s.t
COMMENT ON TRIGGER tr2 ON s.t IS 'x';
--> Comment trigger s.t
DROP TRIGGER tr2 ON s.t;
--> DropTrigger s.t tr2
CREATE EVENT TRIGGER et ON ddl_command_end EXECUTE FUNCTION s.evt();
--> ChangeObject create event trigger et
ALTER EVENT TRIGGER et DISABLE;
--> ChangeObject alter event trigger et
ALTER EVENT TRIGGER et OWNER TO CURRENT_USER;
--> ChangeObject alter event trigger et
ALTER EVENT TRIGGER et RENAME TO et2;
--> ChangeObject rename event trigger et
COMMENT ON EVENT TRIGGER et2 IS 'x';
--> Comment event trigger et2
DROP EVENT TRIGGER et2;
--> ChangeObject drop event trigger et2
CREATE TYPE s.shell;
--> CreateType s.shell
CREATE TYPE s.mood AS ENUM ('sad');
--> CreateEnum s.mood
CREATE TYPE s.rng AS RANGE (subtype = int);
--> CreateType s.rng
ALTER TYPE s.mood ADD VALUE 'ok' AFTER 'sad';
--> AddEnumValue s.mood
ALTER TYPE s.mood RENAME VALUE 'sad' TO 'blue';
--> RenameEnumValue s.mood
ALTER TYPE s.mood RENAME TO mood2;
--> RenameType s.mood
ALTER TYPE s.mood2 OWNER TO CURRENT_USER;
--> ChangeObject alter type s.mood2
ALTER TYPE s.mood2 SET SCHEMA s2;
--> ChangeObject alter type s.mood2
ALTER TYPE s.comp ADD ATTRIBUTE z int CASCADE;
--> ChangeObject alter type s.comp
ALTER TYPE s.comp ALTER ATTRIBUTE z TYPE bigint CASCADE;
--> ChangeObject alter type s.comp
ALTER TYPE s.comp RENAME ATTRIBUTE z TO zz CASCADE;
--> ChangeObject rename attribute s.comp
ALTER TYPE s.comp DROP ATTRIBUTE zz CASCADE;
--> ChangeObject alter type s.comp
CREATE TYPE s.base;
--> CreateType s.base
CREATE FUNCTION s.base_in(cstring) RETURNS s.base LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
--> CreateFunction s.base_in
CREATE FUNCTION s.base_out(s.base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
--> CreateFunction s.base_out
CREATE TYPE s.base (input = s.base_in, output = s.base_out, like = int);
--> CreateType s.base
ALTER TYPE s.base SET (storage = plain);
--> ChangeObject alter type s.base
DROP TYPE s.shell, s2.mood2 CASCADE;
--> DropType s.shell; DropType s2.mood2
CREATE DOMAIN s.dom AS int DEFAULT 5 CONSTRAINT dc CHECK (VALUE > 0);
--> CreateDomain s.dom
ALTER DOMAIN s.dom SET DEFAULT 3;
--> AlterDomain set-default s.dom
ALTER DOMAIN s.dom DROP DEFAULT;
--> AlterDomain drop-default s.dom
ALTER DOMAIN s.dom SET NOT NULL;
--> AlterDomain set-not-null s.dom
ALTER DOMAIN s.dom DROP NOT NULL;
--> AlterDomain drop-not-null s.dom
ALTER DOMAIN s.dom ADD CONSTRAINT dd CHECK (VALUE > 1) NOT VALID;
--> AlterDomain add-constraint s.dom dd
ALTER DOMAIN s.dom VALIDATE CONSTRAINT dd;
--> AlterDomain validate-constraint s.dom dd
ALTER DOMAIN s.dom RENAME CONSTRAINT dd TO de;
--> AlterDomain rename-constraint s.dom dd
COMMENT ON CONSTRAINT de ON DOMAIN s.dom IS 'x';
--> Comment domain constraint s.dom
ALTER DOMAIN s.dom DROP CONSTRAINT de;
--> AlterDomain drop-constraint s.dom de
ALTER DOMAIN s.dom OWNER TO CURRENT_USER;
--> AlterDomain owner s.dom
ALTER DOMAIN s.dom RENAME TO dom2;
--> RenameType s.dom
ALTER DOMAIN s.dom2 SET SCHEMA s2;
--> AlterDomain schema s.dom2
DROP DOMAIN s2.dom2;
--> DropType s2.dom2
CREATE COLLATION s.coll (provider = icu, locale = 'und');
--> ChangeObject create collation s.coll
CREATE COLLATION IF NOT EXISTS s.coll2 FROM "C";
--> ChangeObject create collation s.coll2
ALTER COLLATION s.coll REFRESH VERSION;
--> ChangeObject alter collation s.coll
ALTER COLLATION s.coll OWNER TO CURRENT_USER;
--> ChangeObject alter collation s.coll
ALTER COLLATION s.coll RENAME TO colla;
--> ChangeObject rename collation s.coll
ALTER COLLATION s.colla SET SCHEMA s2;
--> ChangeObject alter collation s.colla
DROP COLLATION s2.colla;
--> ChangeObject drop collation s2.colla
CREATE STATISTICS s.st (ndistinct) ON a, c FROM s.t;
--> ChangeObject create statistics s.st on s.t
CREATE STATISTICS ON a, d FROM s.t;
--> ChangeObject create statistics ON a, d FROM s.t on s.t
ALTER STATISTICS s.st SET STATISTICS 100;
--> ChangeObject alter statistics s.st
ALTER STATISTICS s.st OWNER TO CURRENT_USER;
--> ChangeObject alter statistics s.st
ALTER STATISTICS s.st RENAME TO st2;
--> ChangeObject rename statistics s.st
ALTER STATISTICS s.st2 SET SCHEMA s2;
--> ChangeObject alter statistics s.st2
COMMENT ON STATISTICS s2.st2 IS 'x';
--> Comment statistics s2.st2
DROP STATISTICS s2.st2;
--> ChangeObject drop statistics s2.st2
CREATE AGGREGATE s.agg(int) (sfunc = int4pl, stype = int);
--> ChangeObject create aggregate s.agg
ALTER AGGREGATE s.agg(int) OWNER TO CURRENT_USER;
--> ChangeObject alter aggregate s.agg
ALTER AGGREGATE s.agg(int) RENAME TO agg2;
--> ChangeObject rename aggregate s.agg
ALTER AGGREGATE s.agg2(int) SET SCHEMA s2;
--> ChangeObject alter aggregate s.agg2
COMMENT ON AGGREGATE s2.agg2(int) IS 'x';
--> Comment aggregate s2.agg2
DROP AGGREGATE s2.agg2(int);
--> ChangeObject drop aggregate s2.agg2
CREATE OPERATOR s.=== (leftarg = int, rightarg = int, function = int4eq);
--> ChangeObject create operator s.===
ALTER OPERATOR s.=== (int, int) SET (restrict = eqsel);
--> ChangeObject alter operator s.===
ALTER OPERATOR s.=== (int, int) OWNER TO CURRENT_USER;
--> ChangeObject alter operator s.===
ALTER OPERATOR s.=== (int, int) SET SCHEMA s2;
--> ChangeObject alter operator s.===
COMMENT ON OPERATOR s2.=== (int, int) IS 'x';
--> Comment operator s2.===
DROP OPERATOR s2.=== (int, int);
--> ChangeObject drop operator s2.===
CREATE OPERATOR FAMILY s.opf USING btree;
--> ChangeObject create operator family s.opf
ALTER OPERATOR FAMILY s.opf USING btree ADD FUNCTION 1 (int, int) btint4cmp(int, int);
--> ChangeObject alter operator family s.opf
ALTER OPERATOR FAMILY s.opf USING btree RENAME TO opf2;
--> ChangeObject rename operator family s.opf
ALTER OPERATOR FAMILY s.opf2 USING btree OWNER TO CURRENT_USER;
--> ChangeObject alter operator family s.opf2
ALTER OPERATOR FAMILY s.opf2 USING btree SET SCHEMA s2;
--> ChangeObject alter operator family s.opf2
COMMENT ON OPERATOR FAMILY s2.opf2 USING btree IS 'x';
--> Comment operator family s2.opf2
DROP OPERATOR FAMILY s2.opf2 USING btree;
--> ChangeObject drop operator family s2.opf2
CREATE OPERATOR CLASS s.opc FOR TYPE int USING btree AS OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
--> ChangeObject create operator class s.opc
ALTER OPERATOR CLASS s.opc USING btree RENAME TO opc2;
--> ChangeObject rename operator class s.opc
ALTER OPERATOR CLASS s.opc2 USING btree OWNER TO CURRENT_USER;
--> ChangeObject alter operator class s.opc2
ALTER OPERATOR CLASS s.opc2 USING btree SET SCHEMA s2;
--> ChangeObject alter operator class s.opc2
COMMENT ON OPERATOR CLASS s2.opc2 USING btree IS 'x';
--> Comment operator class s2.opc2
DROP OPERATOR CLASS s2.opc2 USING btree;
--> ChangeObject drop operator class s2.opc2
CREATE FUNCTION s.cast_it(s.comp) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
--> CreateFunction s.cast_it
CREATE CAST (s.comp AS int) WITH FUNCTION s.cast_it(s.comp);
--> ChangeObject create cast (s.comp AS int)
COMMENT ON CAST (s.comp AS int) IS 'x';
--> Comment cast (s.comp AS int)
DROP CAST (s.comp AS int);
--> ChangeObject drop cast (s.comp AS int)
CREATE CONVERSION s.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
--> ChangeObject create conversion s.conv
ALTER CONVERSION s.conv OWNER TO CURRENT_USER;
--> ChangeObject alter conversion s.conv
ALTER CONVERSION s.conv RENAME TO conv2;
--> ChangeObject rename conversion s.conv
ALTER CONVERSION s.conv2 SET SCHEMA s2;
--> ChangeObject alter conversion s.conv2
COMMENT ON CONVERSION s2.conv2 IS 'x';
--> Comment conversion s2.conv2
DROP CONVERSION s2.conv2;
--> ChangeObject drop conversion s2.conv2
CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler;
--> ChangeObject create access method am
COMMENT ON ACCESS METHOD am IS 'x';
--> Comment access method am
DROP ACCESS METHOD am;
--> ChangeObject drop access method am
CREATE TEXT SEARCH CONFIGURATION s.tsc (COPY = simple);
--> ChangeObject create text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc ALTER MAPPING FOR word WITH simple;
--> ChangeObject alter text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc ALTER MAPPING REPLACE simple WITH english_stem;
--> ChangeObject alter text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc ALTER MAPPING FOR word REPLACE english_stem WITH simple;
--> ChangeObject alter text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc DROP MAPPING FOR word;
--> ChangeObject alter text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc ADD MAPPING FOR word WITH simple;
--> ChangeObject alter text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc OWNER TO CURRENT_USER;
--> ChangeObject alter text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc RENAME TO tsc2;
--> ChangeObject rename text search configuration s.tsc
ALTER TEXT SEARCH CONFIGURATION s.tsc2 SET SCHEMA s2;
--> ChangeObject alter text search configuration s.tsc2
COMMENT ON TEXT SEARCH CONFIGURATION s2.tsc2 IS 'x';
--> Comment text search configuration s2.tsc2
DROP TEXT SEARCH CONFIGURATION s2.tsc2;
--> ChangeObject drop text search configuration s2.tsc2
CREATE TEXT SEARCH DICTIONARY s.tsd (TEMPLATE = simple);
--> ChangeObject create text search dictionary s.tsd
ALTER TEXT SEARCH DICTIONARY s.tsd (accept = false);
--> ChangeObject alter text search dictionary s.tsd
ALTER TEXT SEARCH DICTIONARY s.tsd OWNER TO CURRENT_USER;
--> ChangeObject alter text search dictionary s.tsd
ALTER TEXT SEARCH DICTIONARY s.tsd RENAME TO tsd2;
--> ChangeObject rename text search dictionary s.tsd
ALTER TEXT SEARCH DICTIONARY s.tsd2 SET SCHEMA s2;
--> ChangeObject alter text search dictionary s.tsd2
COMMENT ON TEXT SEARCH DICTIONARY s2.tsd2 IS 'x';
--> Comment text search dictionary s2.tsd2
DROP TEXT SEARCH DICTIONARY s2.tsd2;
--> ChangeObject drop text search dictionary s2.tsd2
CREATE TEXT SEARCH PARSER s.tsp (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
--> ChangeObject create text search parser s.tsp
ALTER TEXT SEARCH PARSER s.tsp RENAME TO tsp2;
--> ChangeObject rename text search parser s.tsp
ALTER TEXT SEARCH PARSER s.tsp2 SET SCHEMA s2;
--> ChangeObject alter text search parser s.tsp2
COMMENT ON TEXT SEARCH PARSER s2.tsp2 IS 'x';
--> Comment text search parser s2.tsp2
DROP TEXT SEARCH PARSER s2.tsp2;
--> ChangeObject drop text search parser s2.tsp2
CREATE TEXT SEARCH TEMPLATE s.tst (lexize = dsimple_lexize);
--> ChangeObject create text search template s.tst
ALTER TEXT SEARCH TEMPLATE s.tst RENAME TO tst2;
--> ChangeObject rename text search template s.tst
ALTER TEXT SEARCH TEMPLATE s.tst2 SET SCHEMA s2;
--> ChangeObject alter text search template s.tst2
COMMENT ON TEXT SEARCH TEMPLATE s2.tst2 IS 'x';
--> Comment text search template s2.tst2
DROP TEXT SEARCH TEMPLATE s2.tst2;
--> ChangeObject drop text search template s2.tst2
CREATE LANGUAGE lang HANDLER plpgsql_call_handler;
--> ChangeObject create language lang
ALTER LANGUAGE lang RENAME TO lang2;
--> ChangeObject rename language lang
ALTER LANGUAGE lang2 OWNER TO CURRENT_USER;
--> ChangeObject alter language lang2
COMMENT ON LANGUAGE lang2 IS 'x';
--> Comment language lang2
DROP LANGUAGE lang2;
--> ChangeObject drop language lang2
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
--> ChangeObject create transform FOR int LANGUAGE sql
COMMENT ON TRANSFORM FOR int LANGUAGE sql IS 'x';
--> Comment transform FOR int LANGUAGE sql
DROP TRANSFORM FOR int LANGUAGE sql;
--> ChangeObject drop transform FOR int LANGUAGE sql
CREATE TABLESPACE spc LOCATION '/nowhere'; -- not run: the folder would have to be there
--> ChangeObject create tablespace spc
ALTER TABLESPACE spare SET (seq_page_cost = 2);
--> ChangeObject alter tablespace spare
ALTER TABLESPACE spare RENAME TO spare2;
--> ChangeObject rename tablespace spare
ALTER TABLESPACE spare2 OWNER TO CURRENT_USER;
--> ChangeObject alter tablespace spare2
COMMENT ON TABLESPACE spare2 IS 'x';
--> Comment tablespace spare2
DROP TABLESPACE IF EXISTS spare3;
--> ChangeObject drop tablespace spare3
CREATE FOREIGN DATA WRAPPER fdw;
--> ChangeObject create foreign data wrapper fdw
ALTER FOREIGN DATA WRAPPER fdw OPTIONS (ADD debug 'true');
--> ChangeObject alter foreign data wrapper fdw
ALTER FOREIGN DATA WRAPPER fdw OWNER TO CURRENT_USER;
--> ChangeObject alter foreign data wrapper fdw
ALTER FOREIGN DATA WRAPPER fdw RENAME TO fdw2;
--> ChangeObject rename foreign data wrapper fdw
COMMENT ON FOREIGN DATA WRAPPER fdw2 IS 'x';
--> Comment foreign data wrapper fdw2
CREATE SERVER srv FOREIGN DATA WRAPPER fdw2;
--> ChangeObject create server srv
ALTER SERVER srv VERSION '2';
--> ChangeObject alter server srv
ALTER SERVER srv OWNER TO CURRENT_USER;
--> ChangeObject alter server srv
ALTER SERVER srv RENAME TO srv2;
--> ChangeObject rename server srv
COMMENT ON SERVER srv2 IS 'x';
--> Comment server srv2
CREATE USER MAPPING FOR CURRENT_USER SERVER srv2;
--> ChangeObject create user mapping FOR CURRENT_USER SERVER srv2
ALTER USER MAPPING FOR CURRENT_USER SERVER srv2 OPTIONS (ADD x 'y');
--> ChangeObject alter user mapping FOR CURRENT_USER SERVER srv2
DROP USER MAPPING FOR CURRENT_USER SERVER srv2;
--> ChangeObject drop user mapping FOR CURRENT_USER SERVER srv2
CREATE FOREIGN TABLE s.ft (a int OPTIONS (x 'y')) SERVER srv2;
--> CreateTable s.ft
ALTER FOREIGN TABLE s.ft OPTIONS (ADD z '1');
--> SetTableOption other s.ft
ALTER FOREIGN TABLE s.ft ALTER a OPTIONS (SET x 'z');
--> SetTableOption other s.ft a
ALTER FOREIGN TABLE s.ft ADD COLUMN b int;
--> AddColumn s.ft
ALTER FOREIGN TABLE s.ft RENAME COLUMN b TO bb;
--> RenameColumn s.ft b
ALTER FOREIGN TABLE s.ft OWNER TO CURRENT_USER;
--> SetTableOption owner s.ft
ALTER FOREIGN TABLE s.ft RENAME TO ft2;
--> RenameTable s.ft
ALTER FOREIGN TABLE s.ft2 SET SCHEMA s2;
--> SetTableSchema s.ft2 s2
COMMENT ON FOREIGN TABLE s2.ft2 IS 'x';
--> Comment foreign table s2.ft2
DROP FOREIGN TABLE s2.ft2;
--> DropTable s2.ft2
IMPORT FOREIGN SCHEMA far FROM SERVER srv2 INTO s; -- not run: needs a second server
--> RunSql schema: makes tables that another database describes
IMPORT FOREIGN SCHEMA far LIMIT TO (one, two) FROM SERVER srv2 INTO s; -- not run: needs a second server
--> RunSql schema: makes tables that another database describes
IMPORT FOREIGN SCHEMA far EXCEPT (one) FROM SERVER srv2 INTO s; -- not run: needs a second server
--> RunSql schema: makes tables that another database describes
DROP SERVER srv2;
--> ChangeObject drop server srv2
DROP FOREIGN DATA WRAPPER fdw2;
--> ChangeObject drop foreign data wrapper fdw2
CREATE PUBLICATION pub FOR TABLE s.t, TABLES IN SCHEMA s2;
--> ChangeObject create publication pub
ALTER PUBLICATION pub ADD TABLE s.parent WHERE (a > 0);
--> ChangeObject alter publication pub
ALTER PUBLICATION pub DROP TABLE ONLY s.parent;
--> ChangeObject alter publication pub
ALTER PUBLICATION pub SET TABLES IN SCHEMA CURRENT_SCHEMA, s;
--> ChangeObject alter publication pub
ALTER PUBLICATION pub SET TABLE s.t (id), s.parent;
--> ChangeObject alter publication pub
CREATE PUBLICATION everything FOR ALL TABLES;
--> ChangeObject create publication everything
DROP PUBLICATION everything;
--> ChangeObject drop publication everything
ALTER PUBLICATION pub SET (publish = 'insert');
--> ChangeObject alter publication pub
ALTER PUBLICATION pub OWNER TO CURRENT_USER;
--> ChangeObject alter publication pub
ALTER PUBLICATION pub RENAME TO pub2;
--> ChangeObject rename publication pub
COMMENT ON PUBLICATION pub2 IS 'x';
--> Comment publication pub2
DROP PUBLICATION pub2;
--> ChangeObject drop publication pub2
CREATE SUBSCRIPTION sub CONNECTION 'host=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
--> ChangeObject create subscription sub
ALTER SUBSCRIPTION sub SET PUBLICATION p2 WITH (refresh = false);
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub SET (binary);
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub CONNECTION 'host=y';
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub ADD PUBLICATION p3 WITH (refresh = false);
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub DROP PUBLICATION p3 WITH (refresh = false);
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub REFRESH PUBLICATION; -- not run: needs a second server
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub ENABLE; -- not run: needs a slot on a second server
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub SKIP (lsn = '0/16B3748');
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub OWNER TO CURRENT_USER;
--> ChangeObject alter subscription sub
ALTER SUBSCRIPTION sub RENAME TO sub2;
--> ChangeObject rename subscription sub
COMMENT ON SUBSCRIPTION sub2 IS 'x';
--> Comment subscription sub2
DROP SUBSCRIPTION sub2;
--> ChangeObject drop subscription sub2
CREATE EXTENSION IF NOT EXISTS citext SCHEMA s;
--> ChangeObject create extension citext
ALTER EXTENSION citext SET SCHEMA s2;
--> ChangeObject alter extension citext
ALTER EXTENSION citext UPDATE;
--> ChangeObject alter extension citext
ALTER EXTENSION citext ADD TABLE s.typed;
--> ChangeObject alter extension citext
ALTER EXTENSION citext DROP TABLE s.typed;
--> ChangeObject alter extension citext
COMMENT ON EXTENSION citext IS 'x';
--> Comment extension citext
DROP EXTENSION citext;
--> ChangeObject drop extension citext
COMMENT ON TABLE s.t IS 'x';
--> Comment table s.t
COMMENT ON COLUMN s.t.a IS 'x';
--> Comment column s.t
COMMENT ON COLUMN s.comp.x IS NULL;
--> Comment column s.comp
COMMENT ON CONSTRAINT k ON s.t IS 'x';
--> Comment constraint s.t
COMMENT ON INDEX s.uk IS 'x';
--> Comment index s.uk
COMMENT ON SCHEMA s IS 'x';
--> Comment schema s
COMMENT ON TYPE s.comp IS 'x';
--> Comment type s.comp
COMMENT ON FUNCTION s.trg() IS 'x';
--> Comment function s.trg
COMMENT ON ROLE r IS 'x';
--> Comment role r
COMMENT ON DATABASE postgres IS 'x';
--> Comment database postgres
SELECT lo_create(5);
--> nothing
COMMENT ON LARGE OBJECT 5 IS 'x';
--> Comment large object 5
ALTER LARGE OBJECT 5 OWNER TO r;
--> ChangeObject alter large object 5
SECURITY LABEL FOR dummy ON TABLE s.t IS 'x'; -- not run: no provider of labels is loaded
--> Comment table s.t
SECURITY LABEL ON COLUMN s.t.a IS 'x'; -- not run: no provider of labels is loaded
--> Comment column s.t
SECURITY LABEL ON ROLE r IS NULL; -- not run: no provider of labels is loaded
--> Comment role r
GRANT SELECT (a), UPDATE ON s.t TO r WITH GRANT OPTION;
--> Grant s.t
GRANT USAGE ON SCHEMA s TO r;
--> Grant 
GRANT SELECT ON ALL TABLES IN SCHEMA s TO r;
--> Grant 
GRANT EXECUTE ON FUNCTION s.trg() TO r;
--> Grant 
GRANT USAGE ON TYPE s.comp TO r;
--> Grant 
GRANT SET ON PARAMETER work_mem TO r;
--> Grant 
GRANT CONNECT ON DATABASE postgres TO r;
--> Grant 
GRANT pg_monitor TO h WITH ADMIN OPTION;
--> Grant 
REVOKE h FROM "R two";
--> Grant 
REVOKE GRANT OPTION FOR UPDATE ON TABLE s.t FROM r CASCADE;
--> Grant s.t
REVOKE ALL ON ALL TABLES IN SCHEMA s FROM r;
--> Grant 
ALTER DEFAULT PRIVILEGES FOR ROLE r IN SCHEMA s GRANT SELECT ON TABLES TO h;
--> Grant 
ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
--> Grant 
REASSIGN OWNED BY r TO CURRENT_USER;
--> ChangeObject alter owner OWNED BY r TO CURRENT_USER
DROP OWNED BY h CASCADE;
--> RunSql schema: drops everything that a role owns
INSERT INTO s.t (id, c, d, f) SELECT 1, 2, now(), 4;
--> WriteRows insert s.t
UPDATE s.t SET a = 2 WHERE id = 1;
--> WriteRows update s.t
DELETE FROM s.t WHERE id = 1;
--> WriteRows delete s.t
MERGE INTO s.t USING s.parent ON t.id = parent.id WHEN MATCHED THEN DELETE;
--> WriteRows merge s.t, reads s.parent(id)
MERGE INTO s.t USING s.parent AS p ON t.id = p.id WHEN MATCHED AND p.a > 0 THEN UPDATE SET a = p.a WHEN NOT MATCHED THEN INSERT (id, c, d, f) VALUES (p.id, p.c, p.d, 0) WHEN NOT MATCHED BY SOURCE THEN DO NOTHING;
--> WriteRows merge s.t, reads s.parent(id a c d)
WITH gone AS (DELETE FROM s.parent WHERE id = 1 RETURNING id, a) INSERT INTO s.t (id, c, d, f) SELECT id, a, now(), 0 FROM gone ON CONFLICT (id) DO UPDATE SET a = excluded.c RETURNING old.a, new.a;
--> WriteRows delete s.parent; WriteRows insert s.t
UPDATE s.t SET (a, b) = (SELECT p.a, p.b FROM s.parent AS p WHERE p.id = t.id) FROM s.child AS ch WHERE ch.id = t.id;
--> WriteRows update s.t, reads s.child(id), reads s.parent(a b id)
DELETE FROM s.t USING s.child WHERE t.id = child.id RETURNING t.id;
--> WriteRows delete s.t, reads s.child(id)
SELECT 1;
--> nothing
VALUES (1);
--> nothing
TABLE s.t;
--> nothing, reads s.t(*)
COPY s.t (id, c) FROM STDIN; -- not run: it waits for data
--> WriteRows copy s.t
COPY s.t TO STDOUT; -- not run: it answers with data
--> nothing, reads s.t()
EXECUTE q;
--> RunSql data: runs a prepared statement
DEALLOCATE q;
--> nothing
EXPLAIN SELECT 1;
--> nothing
EXPLAIN ANALYZE UPDATE s.t SET a = 1;
--> WriteRows update s.t
EXPLAIN (ANALYZE false) DELETE FROM s.t;
--> nothing
EXPLAIN ANALYZE CREATE TABLE s.explained AS SELECT 1 AS one;
--> CreateTable s.explained
DECLARE cur CURSOR WITH HOLD FOR SELECT id FROM s.t;
--> nothing, reads s.t(id)
FETCH 1 FROM cur;
--> nothing
MOVE 1 IN cur;
--> nothing
CLOSE cur;
--> nothing
LISTEN ch;
--> nothing
NOTIFY ch, 'x';
--> nothing
UNLISTEN ch;
--> nothing
LOAD 'plpgsql';
--> nothing
CHECKPOINT;
--> nothing
SHOW work_mem;
--> nothing
SET work_mem = '4MB';
--> SetSession work_mem
SET work_mem FROM CURRENT; -- not run: only inside CREATE FUNCTION
--> nothing
SET LOCAL statement_timeout = 0;
--> SetSession statement_timeout
SET search_path TO s, public;
--> SetSession search_path
SET CONSTRAINTS ALL DEFERRED;
--> SetSession constraints
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE;
--> SetSession session characteristics
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
--> SetSession transaction
SET ROLE r;
--> SetSession role
SET SESSION AUTHORIZATION DEFAULT;
--> SetSession session_authorization
SET TIME ZONE 'UTC';
--> SetSession timezone
RESET ROLE;
--> SetSession role
RESET ALL;
--> SetSession all
DISCARD PLANS;
--> nothing
DISCARD SEQUENCES;
--> nothing
DISCARD TEMP;
--> DiscardTemporary
DISCARD ALL;
--> SetSession all; DiscardTemporary
BEGIN;
--> Transaction begin
SAVEPOINT a;
--> Transaction savepoint
ROLLBACK TO a;
--> Transaction rollback-to
RELEASE a;
--> Transaction release
COMMIT;
--> Transaction commit
START TRANSACTION READ ONLY;
--> Transaction begin
ROLLBACK;
--> Transaction rollback
BEGIN;
--> Transaction begin
PREPARE TRANSACTION 'x'; -- not run: needs max_prepared_transactions
--> Transaction commit
ROLLBACK;
--> Transaction rollback
COMMIT PREPARED 'x'; -- not run: needs max_prepared_transactions
--> nothing
ROLLBACK PREPARED 'x'; -- not run: needs max_prepared_transactions
--> nothing
BEGIN;
--> Transaction begin
LOCK TABLE s.t IN SHARE MODE;
--> LockTable s.t
COMMIT;
--> Transaction commit
TRUNCATE s.t, s.parent RESTART IDENTITY CASCADE;
--> Truncate s.t, s.parent
VACUUM (FULL) s.t;
--> Maintain s.t
VACUUM;
--> Maintain
VACUUM ANALYZE s.t, s.parent (a);
--> Maintain s.t; Maintain s.parent
ANALYZE s.t (a);
--> Maintain s.t
CLUSTER s.t USING t_pkey;
--> Maintain s.t
CLUSTER;
--> Maintain
REINDEX INDEX s.uk;
--> Maintain s.uk
REINDEX TABLE CONCURRENTLY s.t;
--> Maintain s.t
REINDEX SCHEMA s;
--> Maintain s
REINDEX DATABASE postgres;
--> Maintain postgres
REINDEX SYSTEM;
--> Maintain
DO 'BEGIN PERFORM 1; END';
--> nothing
ALTER SCHEMA s OWNER TO CURRENT_USER;
--> ChangeObject alter schema s
ALTER SCHEMA s2 RENAME TO s3;
--> RenameSchema s2
DROP TABLE s.t, s.parent CASCADE;
--> DropTable s.t; DropTable s.parent
DROP SCHEMA s3, s CASCADE;
--> DropSchema s3; DropSchema s
DROP ROLE h;
--> ChangeObject drop role h
DROP USER IF EXISTS "R two";
--> ChangeObject drop role R two <- "R two"
