import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply } from '#core/schema/apply.ts';
import type { Catalog } from '#core/schema/catalog.ts';
import { emptyCatalog } from '#core/schema/empty.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { postgresqlNames, postgresqlSemantics } from '#core/sql/dialects/postgresql/semantics.ts';
import { splitScript } from '#core/sql/split.ts';
import { catalogFacts } from '../../oracles/catalog/ours.ts';
import { rulesOf } from '../support/engine.ts';
import { reader } from '../support/read.ts';

/**
 * What a history leaves behind, in the lines that the oracle compares with `pg_catalog`; `undefined`: no such thing. Each
 * case once differed from the server.
 */
type Case = readonly [
  title: string,
  sql: string,
  facts: Readonly<Record<string, string | undefined>>,
  version?: number,
];

function replays(cases: readonly Case[]): void {
  for (const [title, sql, facts, version] of cases)
    test(title, async () => {
      const found = catalogFacts(await replayed(sql, version), version ?? 18);
      const asked = Object.keys(facts).map((fact) => [fact, found.get(fact)] as const);
      assert.deepEqual(Object.fromEntries(asked), facts, [...found].map((each) => each.join(': ')).join('\n'));
    });
}

async function replayed(sql: string, version = 18): Promise<Catalog> {
  const read = await reader();
  const semantics = postgresqlSemantics({ version, versionKnown: true });
  let catalog = emptyCatalog({ complete: true, semantics: postgresqlNames });
  for (const { id } of splitScript(sql, postgresqlLexical)) {
    const { changes, problem } = read.read(id.text);
    assert.equal(problem, undefined, id.text);
    for (const [nth, change] of changes.entries())
      catalog = apply(catalog, change, { migration: 'V1', statement: id, nth, span: change.span }, semantics);
  }
  return catalog;
}

describe('columns', () => {
  replays([
    [
      'drops run before additions',
      'CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN a text, DROP COLUMN a',
      { 'column public.t.a': 'at=1 type=text' },
    ],
    ['numeric has a scale', 'CREATE TABLE t (a decimal(5))', { 'column public.t.a': 'at=1 type=numeric(5,0)' }],
    ['DEFAULT NULL is none', 'CREATE TABLE t (a int DEFAULT NULL)', { 'column public.t.a': 'at=1 type=integer' }],
    [
      'a generated column goes with what it is made of',
      'CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a + 1) STORED); ALTER TABLE t DROP COLUMN a CASCADE',
      { 'column public.t.a': undefined, 'column public.t.g': undefined },
    ],
    [
      'LIKE stands where it is written',
      'CREATE TABLE s (b int); CREATE TABLE t (a int, LIKE s, c int)',
      {
        'column public.t.a': 'at=1 type=integer',
        'column public.t.b': 'at=2 type=integer',
        'column public.t.c': 'at=3 type=integer',
      },
    ],
    [
      'an identity brings and takes its sequence',
      'CREATE TABLE t (a int NOT NULL, b int GENERATED ALWAYS AS IDENTITY); ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY, ALTER b DROP IDENTITY',
      { 'sequence public.t_a_seq': 'ownedBy=public.t.a', 'sequence public.t_b_seq': undefined },
    ],
    [
      'a default follows its sequence, and goes with it',
      "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s')); ALTER SEQUENCE s RENAME TO r; DROP SEQUENCE r CASCADE",
      { 'column public.t.a': 'at=1 type=integer', 'sequence public.r': undefined },
    ],
    [
      'a column of a table that is known in part can be dropped with its key',
      'CREATE TABLE s (a int); CREATE TABLE t AS SELECT a FROM s; ALTER TABLE t ADD PRIMARY KEY (a); ALTER TABLE t DROP COLUMN a',
      { 'constraint public.t.t_pkey key': undefined, 'index public.t_pkey': undefined },
    ],
  ]);
});

describe('routines', () => {
  replays([
    [
      'a trigger follows its function',
      "CREATE SCHEMA app; CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER ROUTINE f RENAME TO g; ALTER FUNCTION g SET SCHEMA app; DROP FUNCTION app.g() CASCADE",
      { 'trigger public.t.tr': undefined },
    ],
    [
      'EXPLAIN ANALYZE runs what it explains, EXPLAIN and PREPARE do not',
      'CREATE TABLE t (a int); EXPLAIN ANALYZE CREATE TABLE u AS SELECT a FROM t; EXPLAIN CREATE TABLE w AS SELECT a FROM t',
      { 'table public.u': '', 'table public.w': undefined },
    ],
  ]);
});

describe('types', () => {
  replays([
    [
      'a column follows its type',
      "CREATE SCHEMA app; CREATE TYPE m AS ENUM ('a'); CREATE TABLE t (a m); ALTER TYPE m RENAME TO n; ALTER TYPE n SET SCHEMA app",
      { 'column public.t.a': 'at=1 type=app.n', 'type app.n': 'form=enum values=a' },
    ],
    [
      'and so does one that was copied or inherited',
      "CREATE TYPE m AS ENUM ('a'); CREATE TABLE s (a m); CREATE TABLE t (LIKE s); CREATE TABLE c () INHERITS (s); ALTER TYPE m RENAME TO n",
      { 'column public.t.a': 'at=1 type=public.n', 'column public.c.a': 'at=1 type=public.n inherited=true' },
    ],
    [
      'CASCADE drops the columns of a type, and nothing else of the table',
      "CREATE TYPE m AS ENUM ('a'); CREATE TABLE t (a m, b int); DROP TYPE m CASCADE",
      { 'column public.t.a': undefined, 'column public.t.b': 'at=1 type=integer' },
    ],
    [
      'a domain that lost its last check takes everything again',
      'CREATE DOMAIN d AS int CHECK (VALUE > 0); ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE < 9); ALTER DOMAIN d DROP CONSTRAINT c; ALTER DOMAIN d DROP CONSTRAINT d_check',
      { 'type public.d': 'form=domain base=integer' },
    ],
  ]);
});

describe('statistics and row types', () => {
  replays([
    [
      'statistics go with their columns, and follow new names',
      'CREATE TABLE t (a int, b int, c int); CREATE STATISTICS s (mcv) ON a, b FROM t; CREATE STATISTICS ON c, (a + b) FROM t; CREATE STATISTICS gone ON a, c FROM t; ALTER TABLE t RENAME a TO x; ALTER STATISTICS s SET STATISTICS 5; DROP STATISTICS gone; ALTER TABLE t DROP b',
      {
        'statistics public.s': undefined,
        'statistics public.t_c_expr_stat': undefined,
        'statistics public.gone': undefined,
      },
    ],
    [
      'LIKE copies them under made-up names',
      'CREATE TABLE t (a int, b int); CREATE STATISTICS s (mcv) ON a, b FROM t; CREATE TABLE u (LIKE t INCLUDING STATISTICS); ALTER TABLE u RENAME b TO c; ALTER STATISTICS u_a_b_stat RENAME TO us',
      { 'statistics public.us': 'on=public.u columns=a,c kinds=mcv' },
    ],
    [
      'a column of a row type is called as the table is, and goes with it',
      'CREATE TABLE t (a int); CREATE TABLE u (r t, s t[], k int); ALTER TABLE t RENAME TO v; CREATE VIEW w AS SELECT 1 AS x; ALTER TABLE u ADD z w; DROP VIEW w CASCADE',
      {
        'column public.u.r': 'at=1 type=public.v',
        'column public.u.s': 'at=2 type=public.v[]',
        'column public.u.z': undefined,
      },
    ],
    [
      'what is temporary is found first, unless the search path says when',
      'CREATE TABLE t (a int); CREATE TEMP TABLE t (b int); ALTER TABLE t ADD c int; SET search_path TO public, pg_temp; ALTER TABLE t ADD d int',
      { 'column pg_temp.t.c': 'at=2 type=integer', 'column public.t.d': 'at=2 type=integer' },
    ],
    [
      'a new type builds indexes anew, and parts are called by the names of today',
      'CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE INDEX i ON p (b); CREATE TABLE c PARTITION OF p DEFAULT; ALTER TABLE p RENAME b TO z; ALTER TABLE p ALTER z TYPE bigint',
      { 'index public.c_b_idx': undefined, 'index public.c_z_idx': 'on=public.c method=btree keys=z valid=true' },
    ],
  ]);
});

describe('constraints and indexes', () => {
  replays([
    [
      'two that ask for one index are one',
      'CREATE TABLE t (a int UNIQUE, CONSTRAINT c UNIQUE (a))',
      {
        'constraint public.t.c key': 'kind=unique columns=a validated=true index=public.c',
        'index public.t_a_key': undefined,
      },
    ],
    [
      'a made-up name avoids those of all tables in the schema',
      'CREATE TABLE t (a int CHECK (a > 0)); ALTER TABLE t RENAME TO old; CREATE TABLE t (a int CHECK (a > 0))',
      { 'constraint public.t.t_a_check1': 'kind=check columns=a validated=true local=true' },
    ],
    [
      'a repeated column gets a number in the name',
      'CREATE TABLE t (a int); CREATE INDEX ON t (a) INCLUDE (a)',
      { 'index public.t_a_a1_idx': 'on=public.t method=btree keys=a includes=a valid=true' },
    ],
    [
      'EXCLUDE keeps its method and its condition',
      'CREATE TABLE t (a int, EXCLUDE USING hash (a WITH =) WHERE (a > 0))',
      { 'index public.t_a_excl': 'on=public.t method=hash keys=a partial=true valid=true' },
    ],
    [
      'a unique key keeps INCLUDE and NULLS NOT DISTINCT, copied too',
      'CREATE TABLE s (a int, b int, UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)); CREATE TABLE t (LIKE s INCLUDING INDEXES)',
      {
        'index public.t_a_b_key':
          'on=public.t unique=true method=btree keys=a includes=b nullsNotDistinct=true valid=true',
      },
    ],
    [
      'a foreign key leans on the index that was there first',
      'CREATE TABLE s (a int UNIQUE); CREATE UNIQUE INDEX i ON s (a); CREATE TABLE t (a int REFERENCES s (a)); DROP INDEX i; ALTER TABLE s DROP CONSTRAINT s_a_key CASCADE',
      { 'index public.i': undefined, 'constraint public.t.t_a_fkey': undefined },
    ],
    [
      'DEFERRABLE INITIALLY DEFERRED',
      'CREATE TABLE s (a int PRIMARY KEY); CREATE TABLE t (a int REFERENCES s); ALTER TABLE t ALTER CONSTRAINT t_a_fkey DEFERRABLE INITIALLY DEFERRED',
      {
        'constraint public.t.t_a_fkey':
          'kind=foreign-key columns=a references=public.s to=a validated=true deferrable=true deferred=true',
      },
    ],
  ]);
});

describe('views', () => {
  replays([
    [
      'a star is the columns of that moment',
      'CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t; ALTER TABLE t ADD b int; ALTER TABLE t DROP COLUMN b',
      { 'column public.t.b': undefined, 'view public.v': 'columns=a', 'reads public.v of public.t': 'columns=a' },
    ],
    [
      'a count holds no column',
      'CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT count(*) AS n FROM t; ALTER TABLE t DROP COLUMN b',
      { 'column public.t.b': undefined },
    ],
    [
      "a column of its table's own name",
      'CREATE TABLE b (a int, b int); CREATE VIEW v AS SELECT b FROM b',
      { 'reads public.v of public.b': 'columns=b' },
    ],
    [
      'a view over a temporary table is temporary',
      'CREATE TEMP TABLE t (a int); CREATE VIEW v AS SELECT a FROM t',
      { 'view pg_temp.v': 'columns=a', 'view public.v': undefined },
    ],
    [
      "ALTER TABLE renames a view's column, and views over it follow",
      'CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; ALTER TABLE v RENAME a TO b',
      { 'view public.v': 'columns=b', 'view public.w': 'columns=a', 'reads public.w of public.v': 'columns=b' },
    ],
  ]);
});

describe('inheritance and partitions', () => {
  replays([
    [
      'what a child declared stays when its parent drops it',
      'CREATE TABLE p (a int, b int); CREATE TABLE c (a int) INHERITS (p); ALTER TABLE p DROP COLUMN a, DROP COLUMN b',
      { 'column public.c.a': 'at=1 type=integer', 'column public.c.b': undefined },
    ],
    [
      'children get the checks of their parent, under its names, and lose them with it',
      'CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); ALTER TABLE p ADD CHECK (a > 0), ADD CONSTRAINT k CHECK (a < 9); ALTER TABLE p RENAME CONSTRAINT k TO l; ALTER TABLE p DROP CONSTRAINT p_a_check',
      {
        'constraint public.c.l': 'kind=check columns=a validated=true inherited=true',
        'constraint public.c.p_a_check': undefined,
      },
    ],
    [
      'NO INHERIT is of the parent alone',
      'CREATE TABLE p (a int, CONSTRAINT k CHECK (a > 0) NO INHERIT); CREATE TABLE c () INHERITS (p)',
      { 'constraint public.c.k': undefined },
    ],
    [
      'a primary key forbids NULL in the children',
      'CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); ALTER TABLE p ADD PRIMARY KEY (a)',
      { 'column public.c.a': 'at=1 type=integer notNull=true inherited=true' },
    ],
    [
      "a partition takes its own index for its parent's",
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE INDEX i ON p (a); CREATE TABLE c (a int); CREATE INDEX j ON c (a); ALTER TABLE p ATTACH PARTITION c DEFAULT; DROP INDEX i',
      { 'index public.c_a_idx': undefined, 'index public.j': undefined },
    ],
    [
      'an index ON ONLY is valid with its last part',
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE INDEX i ON ONLY p (a); CREATE INDEX j ON c (a); ALTER INDEX i ATTACH PARTITION j',
      { 'index public.i': 'on=public.p method=btree keys=a valid=true' },
    ],
    [
      'the part of an index is called by the names of its making',
      'CREATE TABLE p (a int UNIQUE) PARTITION BY LIST (a); ALTER TABLE p RENAME a TO b; CREATE TABLE c PARTITION OF p DEFAULT',
      { 'constraint public.c.c_a_key key': 'kind=unique columns=b validated=true index=public.c_a_key' },
    ],
    [
      'a part that a constraint has goes with the index of the whole',
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; ALTER TABLE c ADD UNIQUE (a); CREATE UNIQUE INDEX i ON p (a); DROP INDEX i',
      {
        'index public.c_a_key': undefined,
        'constraint public.c.c_a_key key': undefined,
        'index public.c_a_idx': undefined,
      },
    ],
    [
      'an index ON ONLY stays invalid when a partition is attached to its table',
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE INDEX i ON ONLY p (a); ALTER TABLE p DETACH PARTITION c; ALTER TABLE p ATTACH PARTITION c DEFAULT',
      { 'index public.i': 'on=public.p method=btree keys=a' },
    ],
    [
      'a default that partitions have goes with its sequence too',
      "CREATE SEQUENCE s; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; ALTER TABLE p ALTER a SET DEFAULT nextval('s'); DROP SEQUENCE s CASCADE",
      { 'column public.c.a': 'at=1 type=integer inherited=true' },
    ],
    [
      'a detached partition still has its foreign key to what it was a part of',
      'CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; ALTER TABLE c ADD FOREIGN KEY (a) REFERENCES p; ALTER TABLE p DETACH PARTITION c; ALTER TABLE p RENAME a TO b',
      { 'constraint public.c.c_a_fkey': 'kind=foreign-key columns=a references=public.p to=b validated=true' },
    ],
    [
      'a foreign key that leans on a part goes with the whole',
      'CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TABLE t (a int REFERENCES c (a)); ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE',
      { 'constraint public.t.t_a_fkey': undefined },
    ],
    [
      'a partition that has partitions brings them the indexes of the whole',
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE INDEX ON p (a); CREATE TABLE q (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF q DEFAULT; ALTER TABLE p ATTACH PARTITION q DEFAULT',
      { 'index public.c_a_idx': 'on=public.c method=btree keys=a valid=true' },
    ],
    [
      'what one statement drops is no obstacle to the rest of it',
      'CREATE TABLE s (a int PRIMARY KEY); CREATE TABLE t (a int REFERENCES s); DROP TABLE s, t',
      { 'table public.s': undefined, 'table public.t': undefined },
    ],
    [
      'a new partition has the row triggers, and a detached one loses them',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TABLE d PARTITION OF p FOR VALUES IN (1); ALTER TABLE p DETACH PARTITION d',
      { 'trigger public.c.x': 'fn=public.f enabled=true', 'trigger public.d.x': undefined },
    ],
    [
      'a foreign key to a partitioned table keeps each partition, and goes with it by CASCADE',
      'CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TABLE d PARTITION OF p FOR VALUES IN (1); CREATE TABLE r (a int REFERENCES p, b int REFERENCES d); DROP TABLE d; DROP TABLE c CASCADE',
      {
        'table public.d': 'parent=public.p bound=IN (1)',
        'table public.c': undefined,
        'constraint public.r.r_a_fkey': undefined,
        'constraint public.r.r_b_fkey': 'kind=foreign-key columns=b references=public.d to=a validated=true',
      },
    ],
    [
      'the index of an exclusion constraint is no part of a plain one',
      'CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; ALTER TABLE c ADD EXCLUDE USING btree (a WITH =); CREATE INDEX ON p (a)',
      { 'index public.c_a_idx': 'on=public.c method=btree keys=a valid=true' },
    ],
    [
      'an index with other operators or another collation is no part of the partitioned table’s',
      'CREATE TABLE p (a int, b text) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE INDEX i ON c (b text_pattern_ops); CREATE INDEX j ON c (b COLLATE "C"); CREATE INDEX ON p (b)',
      {
        'index public.i': 'on=public.c method=btree keys=b text_pattern_ops valid=true',
        'index public.j': 'on=public.c method=btree keys=b in C valid=true',
        'index public.c_b_idx': 'on=public.c method=btree keys=b valid=true',
      },
    ],
    [
      'the copies of a foreign key are altered with it',
      'CREATE TABLE r (a int PRIMARY KEY); CREATE TABLE p (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES r) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT PARTITION BY LIST (a); CREATE TABLE d PARTITION OF c DEFAULT; ALTER TABLE p ALTER CONSTRAINT f DEFERRABLE',
      {
        'constraint public.c.f': 'kind=foreign-key columns=a references=public.r to=a validated=true deferrable=true',
        'constraint public.d.f': 'kind=foreign-key columns=a references=public.r to=a validated=true deferrable=true',
      },
    ],
    [
      'the collation that an index says may be the column’s own',
      'CREATE TABLE p (a int, b text COLLATE "C") PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE INDEX i ON c (b COLLATE "C"); CREATE INDEX ON p (b)',
      { 'index public.i': 'on=public.c method=btree keys=b valid=true', 'index public.c_b_idx': undefined },
    ],
  ]);
});

describe('what versions make of the same statement', () => {
  replays([
    [
      'from 17 on a partition has the identity of its table',
      'CREATE TABLE p (a int, i int GENERATED ALWAYS AS IDENTITY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT',
      { 'column public.c.i': 'at=2 type=integer notNull=true identity=always inherited=true' },
      17,
    ],
    [
      'before, it has the NOT NULL alone',
      'CREATE TABLE p (a int, i int GENERATED ALWAYS AS IDENTITY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT',
      { 'column public.c.i': 'at=2 type=integer notNull=true inherited=true' },
      16,
    ],
    [
      'from 18 on a child keeps the NOT NULL that it declares',
      'CREATE TABLE p (a int NOT NULL); CREATE TABLE c (a int NOT NULL) INHERITS (p); CREATE TABLE d () INHERITS (p); ALTER TABLE p ALTER a DROP NOT NULL',
      {
        'column public.c.a': 'at=1 type=integer notNull=true inherited=true',
        'column public.d.a': 'at=1 type=integer inherited=true',
      },
      18,
    ],
    [
      'and one that was said of it later',
      'CREATE TABLE p (a int NOT NULL); CREATE TABLE c () INHERITS (p); ALTER TABLE c ALTER a SET NOT NULL; ALTER TABLE p ALTER a DROP NOT NULL',
      { 'column public.c.a': 'at=1 type=integer notNull=true inherited=true' },
      18,
    ],
    [
      'and one that another parent has',
      'CREATE TABLE p (a int NOT NULL); CREATE TABLE q (a int NOT NULL); CREATE TABLE c () INHERITS (p, q); ALTER TABLE p ALTER a DROP NOT NULL',
      { 'column public.c.a': 'at=1 type=integer notNull=true inherited=true' },
      18,
    ],
    [
      'before, the parent takes all of them',
      'CREATE TABLE p (a int NOT NULL); CREATE TABLE c (a int NOT NULL) INHERITS (p); CREATE TABLE d () INHERITS (p); ALTER TABLE p ALTER a DROP NOT NULL',
      {
        'column public.c.a': 'at=1 type=integer inherited=true',
        'column public.d.a': 'at=1 type=integer inherited=true',
      },
      17,
    ],
    [
      'from 15 on copies of a trigger follow its new name',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); ALTER TRIGGER x ON p RENAME TO y',
      { 'trigger public.c.x': undefined, 'trigger public.c.y': 'fn=public.f enabled=true' },
      15,
    ],
    [
      'before, they keep theirs',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); ALTER TRIGGER x ON p RENAME TO y',
      { 'trigger public.c.x': 'fn=public.f enabled=true', 'trigger public.p.y': 'fn=public.f enabled=true' },
      14,
    ],
    [
      'and stay copies: they go with it',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); ALTER TRIGGER x ON p RENAME TO y; DROP TRIGGER y ON p',
      { 'trigger public.c.x': undefined },
      14,
    ],
    [
      'from 18 on each NOT NULL is a constraint, and a child has it under the name of its parent',
      'CREATE TABLE p (a int NOT NULL, b int CONSTRAINT nb NOT NULL NO INHERIT); CREATE TABLE c (k int PRIMARY KEY) INHERITS (p); ALTER TABLE p RENAME TO q; ALTER TABLE q ADD d int NOT NULL; ALTER TABLE q ALTER a DROP NOT NULL',
      {
        'constraint public.q.p_a_not_null': undefined,
        'constraint public.c.p_a_not_null': undefined,
        'constraint public.q.nb': 'kind=not-null columns=b validated=true noInherit=true local=true',
        'constraint public.c.nb': undefined,
        'constraint public.c.c_k_not_null': 'kind=not-null columns=k validated=true local=true',
        'constraint public.c.q_d_not_null': 'kind=not-null columns=d validated=true inherited=true',
      },
    ],
    [
      'one that waits is validated, and dropped, by its name',
      'CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID, ADD NOT NULL b; ALTER TABLE t VALIDATE CONSTRAINT n; ALTER TABLE t DROP CONSTRAINT t_b_not_null',
      {
        'constraint public.t.n': 'kind=not-null columns=a validated=true local=true',
        'column public.t.a': 'at=1 type=integer notNull=true',
        'column public.t.b': 'at=2 type=integer',
      },
    ],
    [
      'from 17 on a primary key does not stand for a unique one of the table that it is attached to',
      'CREATE TABLE p (a int, UNIQUE (a)) PARTITION BY RANGE (a); CREATE TABLE d (a int, PRIMARY KEY (a)); ALTER TABLE p ATTACH PARTITION d DEFAULT',
      {
        'constraint public.d.d_pkey key': 'kind=primary-key columns=a validated=true index=public.d_pkey',
        'constraint public.d.d_a_key key': 'kind=unique columns=a validated=true index=public.d_a_key',
      },
      17,
    ],
    [
      'before, it does',
      'CREATE TABLE p (a int, UNIQUE (a)) PARTITION BY RANGE (a); CREATE TABLE d (a int, PRIMARY KEY (a)); ALTER TABLE p ATTACH PARTITION d DEFAULT',
      { 'constraint public.d.d_a_key key': undefined },
      16,
    ],
    [
      'from 17 on a table that is attached gets the identity',
      'CREATE TABLE p (a int, i int GENERATED ALWAYS AS IDENTITY) PARTITION BY LIST (a); CREATE TABLE c (a int, i int NOT NULL); ALTER TABLE p ATTACH PARTITION c DEFAULT',
      { 'column public.c.i': 'at=2 type=integer notNull=true identity=always inherited=true' },
      17,
    ],
    [
      'a copy of a trigger can have a name of its own',
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f(); ALTER TRIGGER x ON c RENAME TO y; ALTER TRIGGER x ON p RENAME TO z',
      { 'trigger public.c.y': 'fn=public.f enabled=true', 'trigger public.p.z': 'fn=public.f enabled=true' },
      14,
    ],
    [
      'a NOT NULL that is not validated forbids the NULLs of a new partition',
      'CREATE TABLE p (a int) PARTITION BY LIST (a); ALTER TABLE p ADD CONSTRAINT n NOT NULL a NOT VALID; CREATE TABLE c PARTITION OF p DEFAULT',
      {
        'column public.p.a': 'at=1 type=integer',
        'column public.c.a': 'at=1 type=integer notNull=true inherited=true',
      },
    ],
    [
      'a key stands for a deferrable one of the partitioned table',
      'CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE c PARTITION OF p (PRIMARY KEY (a)) DEFAULT; ALTER TABLE p ADD PRIMARY KEY (a) DEFERRABLE',
      {
        'constraint public.c.c_pkey key': 'kind=primary-key columns=a validated=true index=public.c_pkey',
        'constraint public.c.c_pkey1 key': undefined,
      },
    ],
  ]);
});

test('a project is replayed as its target version does', () => {
  const given =
    'CREATE TABLE p (a int NOT NULL); CREATE TABLE c (a int NOT NULL) INHERITS (p); ALTER TABLE p ALTER a DROP NOT NULL;';
  const isScanned = (version: number) =>
    rulesOf('ALTER TABLE c ALTER a SET NOT NULL;', given, version).includes('lock/set-not-null-scan');
  assert.deepEqual([17, 18].map(isScanned), [true, false]);
});

describe('names beyond 63 bytes', () => {
  const long = 'x'.repeat(62);
  const wide = 'ü'.repeat(31);
  replays([
    [
      'are cut, at a whole character',
      `CREATE TABLE ${long}éa (${wide}b int, ${wide}é int); ALTER TABLE ${long} RENAME ${wide}é TO c`,
      { [`column public.${long}.${wide}b`]: 'at=1 type=integer', [`column public.${long}.c`]: 'at=2 type=integer' },
    ],
    [
      'wherever they are read',
      `CREATE SCHEMA s${long}x; SET search_path = 's${long}y'; CREATE SEQUENCE q${long}x; CREATE TABLE t (a int DEFAULT nextval('q${long}y')); DROP SEQUENCE "q${long}z" CASCADE`,
      { [`column s${long}.t.a`]: 'at=1 type=integer' },
    ],
    [
      'and those that are made up fit',
      `CREATE TABLE ${wide}b (${wide}b int UNIQUE)`,
      {
        [`constraint public.${wide}b.${'ü'.repeat(14)}_${'ü'.repeat(14)}_key key`]: `kind=unique columns=${wide}b validated=true index=public.${'ü'.repeat(14)}_${'ü'.repeat(14)}_key`,
      },
    ],
  ]);
});
