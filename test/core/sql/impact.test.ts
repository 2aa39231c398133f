import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Impact } from '#core/model/impact.ts';
import { IMPACT_ROWS } from '#core/sql/dialects/postgresql/impact/rows.ts';
import { impactWords } from '#core/sql/dialects/postgresql/impact/words.ts';
import { impactKinds } from '#core/sql/dialects/postgresql/impact.ts';
import { predict } from '../../oracles/impact/replay.ts';

const ORDERS = `
  CREATE TABLE customers (id bigint PRIMARY KEY);
  CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10,2), code varchar(50), note text, short char(5), placed timestamp,
                       n int NOT NULL, span interval(3), addr cidr, bits varbit(8));
  CREATE INDEX orders_code ON orders (code);
  CREATE DOMAIN plain AS int; CREATE DOMAIN positive AS int CHECK (VALUE > 0);
`;

/** `mode relation` per lock and `kind relation` per work, indexes left out. */
function facts(setup: string, sql: string, version = 15): string {
  const { impacts } = predict(setup, sql, version);
  return impacts.map(lineOf).join(' / ');
}

function lineOf({ locks, work, certain }: Impact): string {
  const held = locks.filter(({ role }) => role !== 'index').map(({ mode, relation }) => `${mode} ${relation}`);
  const done = work.map(({ kind, relation }) => `${kind} ${relation}`);
  return [...held, ...done, ...(certain ? [] : ['?'])].join(', ');
}

function each(setup: string, cases: Readonly<Record<string, string>>, version?: number): void {
  const actual = Object.fromEntries(Object.keys(cases).map((sql) => [sql, facts(setup, sql, version)]));
  assert.deepEqual(actual, cases);
}

const BRIEF = 'ACCESS EXCLUSIVE orders';

test('statements that peers flag and that are free', () => {
  each(ORDERS, {
    'ALTER TABLE orders ADD COLUMN c timestamptz NOT NULL DEFAULT now()': BRIEF,
    'ALTER TABLE orders ADD COLUMN c int NOT NULL DEFAULT 0': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(100)': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE text': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar': BRIEF,
    'ALTER TABLE orders ALTER COLUMN note TYPE varchar': BRIEF,
    'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)': BRIEF,
    'ALTER TABLE orders ALTER COLUMN total TYPE numeric': BRIEF,
    'ALTER TABLE orders ALTER COLUMN span TYPE interval(6)': BRIEF,
    'ALTER TABLE orders ALTER COLUMN addr TYPE inet': BRIEF,
    'ALTER TABLE orders ALTER COLUMN bits TYPE varbit(16)': BRIEF,
    'ALTER TABLE orders ALTER COLUMN n TYPE oid': BRIEF,
    'ALTER TABLE orders ALTER COLUMN n TYPE plain': BRIEF,
    'ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers (id)': `${BRIEF}, SHARE ROW EXCLUSIVE customers`,
    'ALTER TABLE orders ALTER COLUMN note SET DEFAULT random()': BRIEF,
    'ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES customers (id) NOT VALID':
      'SHARE ROW EXCLUSIVE orders, SHARE ROW EXCLUSIVE customers',
  });
});

test('what is measured, and others say otherwise', () => {
  const setup = `${ORDERS} CREATE UNIQUE INDEX orders_n ON orders (n); ALTER TABLE orders ADD CONSTRAINT of_customer FOREIGN KEY (id) REFERENCES customers (id);
    CREATE VIEW seen AS SELECT code FROM orders; CREATE MATERIALIZED VIEW kept AS SELECT n FROM orders; CREATE UNIQUE INDEX kept_n ON kept (n);
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TABLE p (k int NOT NULL) PARTITION BY RANGE (k); CREATE TABLE apart (k int NOT NULL);`;
  each(setup, {
    'ALTER TABLE orders ADD CHECK (n > 0)': `${BRIEF}, scan orders`,
    'ALTER TABLE orders ADD UNIQUE USING INDEX orders_n': BRIEF,
    'ALTER TABLE orders ALTER COLUMN short TYPE text': `${BRIEF}, rewrite orders`,
    'ALTER TABLE orders ALTER COLUMN n TYPE text': `${BRIEF}, rewrite orders`,
    'ALTER TABLE orders ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY': `${BRIEF}, rewrite orders`,
    'ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES customers':
      'SHARE ROW EXCLUSIVE orders, SHARE ROW EXCLUSIVE customers, scan orders, scan customers',
    'ALTER TABLE orders DROP CONSTRAINT of_customer': `${BRIEF}, ACCESS EXCLUSIVE customers`,
    'CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()':
      'SHARE ROW EXCLUSIVE orders',
    'REFRESH MATERIALIZED VIEW CONCURRENTLY kept': 'EXCLUSIVE kept, ACCESS SHARE orders, scan kept, scan orders',
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(50) COLLATE "C"': `${BRIEF}, index-rebuild orders_code`,
    'ALTER TABLE p ATTACH PARTITION apart FOR VALUES FROM (1) TO (9)':
      'SHARE UPDATE EXCLUSIVE p, ACCESS EXCLUSIVE apart, scan apart',
    'ALTER TABLE orders ALTER COLUMN note SET NOT NULL': `${BRIEF}, scan orders`,
  });
});

test('type changes that write every row again', () => {
  const rewrite = `${BRIEF}, rewrite orders`;
  each(ORDERS, {
    'ALTER TABLE orders ALTER COLUMN n TYPE bigint': rewrite,
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(20)': rewrite,
    'ALTER TABLE orders ALTER COLUMN note TYPE varchar(100)': rewrite,
    'ALTER TABLE orders ALTER COLUMN short TYPE text': rewrite,
    'ALTER TABLE orders ALTER COLUMN short TYPE char(10)': rewrite,
    'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,3)': rewrite,
    'ALTER TABLE orders ALTER COLUMN total TYPE numeric(8,2)': rewrite,
    'ALTER TABLE orders ALTER COLUMN n TYPE positive': rewrite,
    'ALTER TABLE orders ALTER COLUMN code TYPE text USING lower(code)': rewrite,
    'ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz': `${rewrite}, ?`,
  });
});

test('USING that says nothing new stays free', () => {
  each(ORDERS, {
    'ALTER TABLE orders ALTER COLUMN code TYPE text USING code': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE text USING code::text': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE text USING (code)::text': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(80) USING "code"::character varying(80)': BRIEF,
    'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2) USING total::decimal(12, 2)': BRIEF,
    'ALTER TABLE orders ALTER COLUMN code TYPE text USING CAST(code AS text)': BRIEF,
  });
});

test('defaults that are computed per row', () => {
  const rewrite = `${BRIEF}, rewrite orders`;
  each(ORDERS, {
    'ALTER TABLE orders ADD COLUMN c float8 DEFAULT random()': rewrite,
    'ALTER TABLE orders ADD COLUMN c uuid DEFAULT gen_random_uuid()': rewrite,
    'ALTER TABLE orders ADD COLUMN c int DEFAULT my_own()': `${rewrite}, ?`,
    'ALTER TABLE orders ADD COLUMN c serial': rewrite,
    'ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS IDENTITY': rewrite,
    'ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (n + 1) STORED': rewrite,
    'ALTER TABLE orders ADD COLUMN c positive': rewrite,
    'ALTER TABLE orders ADD COLUMN c plain': BRIEF,
    'ALTER TABLE orders ADD COLUMN c geometry(Point, 4326)': BRIEF,
    'ALTER TABLE orders ADD COLUMN c somebodys_type': `${rewrite}, ?`,
  });
});

test('SET NOT NULL with a proof and without', () => {
  const proof = (form: string): string => `${ORDERS} ALTER TABLE orders ADD CONSTRAINT proof CHECK (${form});`;
  const set = 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL';
  assert.equal(facts(ORDERS, set), `${BRIEF}, scan orders`);
  assert.equal(facts(proof('note IS NOT NULL'), set), BRIEF);
  assert.equal(facts(proof('note IS NOT NULL AND n > 0'), set), BRIEF);
  assert.equal(facts(proof('note IS NOT NULL OR n > 0'), set), `${BRIEF}, scan orders`);
  const unvalidated = `${ORDERS} ALTER TABLE orders ADD CONSTRAINT proof CHECK (note IS NOT NULL) NOT VALID;`;
  assert.equal(facts(unvalidated, set), `${BRIEF}, scan orders`);
  assert.equal(facts(`${unvalidated} ALTER TABLE orders VALIDATE CONSTRAINT proof;`, set), BRIEF);
  assert.equal(facts(ORDERS, 'ALTER TABLE orders ALTER COLUMN n SET NOT NULL'), BRIEF);
});

test('constraints and indexes', () => {
  each(ORDERS, {
    'ALTER TABLE orders ADD CHECK (n > 0)': `${BRIEF}, scan orders`,
    'ALTER TABLE orders ADD CHECK (n > 0) NOT VALID': BRIEF,
    'ALTER TABLE orders ADD UNIQUE (n)': `${BRIEF}, index-build orders`,
    'ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES customers (id)':
      'SHARE ROW EXCLUSIVE orders, SHARE ROW EXCLUSIVE customers, scan orders, scan customers',
    'CREATE INDEX ON orders (n)': 'SHARE orders, index-build orders',
    'CREATE INDEX CONCURRENTLY ON orders (n)': 'SHARE UPDATE EXCLUSIVE orders, index-build orders',
    'DROP INDEX orders_code': BRIEF,
    'DROP INDEX CONCURRENTLY orders_code': 'SHARE UPDATE EXCLUSIVE orders',
    'DROP INDEX IF EXISTS nothing': '',
    'ALTER TABLE IF EXISTS nothing ADD COLUMN c int': '',
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(50) COLLATE "C"': `${BRIEF}, index-rebuild orders_code`,
  });
});

test('a check on the column is tested again although the type change is free', () => {
  const setup = `${ORDERS} ALTER TABLE orders ADD CHECK (length(code) > 2);`;
  assert.equal(facts(setup, 'ALTER TABLE orders ALTER COLUMN code TYPE text'), `${BRIEF}, scan orders`);
});

test('USING INDEX scans for a primary key over a nullable column only', () => {
  const setup = `CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX ta ON t (a); CREATE UNIQUE INDEX tb ON t (b);`;
  each(setup, {
    'ALTER TABLE t ADD PRIMARY KEY USING INDEX ta': 'ACCESS EXCLUSIVE t',
    'ALTER TABLE t ADD PRIMARY KEY USING INDEX tb': 'ACCESS EXCLUSIVE t, scan t',
    'ALTER TABLE t ADD UNIQUE USING INDEX tb': 'ACCESS EXCLUSIVE t',
  });
});

test('partitions are locked and worked on one by one', () => {
  const setup = `CREATE TABLE p (k int NOT NULL, a int) PARTITION BY RANGE (k);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (5); CREATE TABLE pd PARTITION OF p DEFAULT;`;
  each(setup, {
    'ALTER TABLE p ADD COLUMN c int': 'ACCESS EXCLUSIVE p, ACCESS EXCLUSIVE p1, ACCESS EXCLUSIVE pd',
    'ALTER TABLE ONLY p ADD COLUMN c int': 'ACCESS EXCLUSIVE p',
    'ALTER TABLE p ALTER COLUMN a TYPE bigint':
      'ACCESS EXCLUSIVE p, ACCESS EXCLUSIVE p1, ACCESS EXCLUSIVE pd, rewrite p1, rewrite pd',
    'CREATE INDEX ON p (a)': 'SHARE p, SHARE p1, SHARE pd, index-build p1, index-build pd',
    'CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (5) TO (9)': 'ACCESS EXCLUSIVE p, ACCESS EXCLUSIVE pd, scan pd',
    'DROP TABLE p1': 'ACCESS EXCLUSIVE p1, ACCESS EXCLUSIVE p, ACCESS EXCLUSIVE pd',
  });
});

test('what changed between majors', () => {
  const setup = `CREATE TABLE p (k int NOT NULL) PARTITION BY RANGE (k); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (5);`;
  const detach = 'ALTER TABLE p DETACH PARTITION p1';
  assert.equal(facts(setup, detach, 13), 'ACCESS EXCLUSIVE p, SHARE UPDATE EXCLUSIVE p1');
  assert.equal(facts(setup, detach, 14), 'ACCESS EXCLUSIVE p, ACCESS EXCLUSIVE p1');
  const unique = 'ALTER TABLE p ADD UNIQUE (k)';
  assert.equal(facts(setup, unique, 17), 'ACCESS EXCLUSIVE p, SHARE p1, index-build p1');
  assert.equal(facts(setup, unique, 18), 'ACCESS EXCLUSIVE p, ACCESS EXCLUSIVE p1, index-build p1');
});

test('an unknown past names the target and takes the worst case', () => {
  const unknown = "DO $$ BEGIN EXECUTE current_setting('some.sql'); END $$;";
  assert.equal(facts(unknown, 'CREATE INDEX ON far (n)'), 'SHARE far, index-build far');
  assert.equal(facts(unknown, 'ALTER TABLE far ALTER COLUMN c TYPE text'), 'ACCESS EXCLUSIVE far, rewrite far, ?');
  assert.equal(facts(unknown, 'ALTER TABLE far ALTER COLUMN c SET NOT NULL'), 'ACCESS EXCLUSIVE far, scan far, ?');
  assert.equal(facts(unknown, 'DROP INDEX far_idx'), 'ACCESS EXCLUSIVE the table of far_idx');
  assert.equal(facts(unknown, 'VACUUM FULL far'), 'ACCESS EXCLUSIVE far, rewrite far');
});

test('a circle of domains, which PostgreSQL refuses, ends', () => {
  const circle = 'CREATE DOMAIN a AS b; CREATE DOMAIN b AS a; CREATE TABLE t (x a, n int);';
  const other = `${circle} CREATE DOMAIN c AS d; CREATE DOMAIN d AS c;`;
  assert.equal(facts(other, 'ALTER TABLE t ALTER COLUMN x TYPE c'), 'ACCESS EXCLUSIVE t, rewrite t, ?');
  assert.match(facts(circle, 'ALTER DOMAIN a SET NOT NULL'), /SHARE t/);
});

test('an endless USING ends', () => {
  const spaces = ' '.repeat(200_000);
  assert.equal(
    facts(ORDERS, `ALTER TABLE orders ALTER COLUMN n TYPE bigint USING (n${spaces} + 1)`),
    `${BRIEF}, rewrite orders`,
  );
});

test('what refuses a transaction block', () => {
  const refused = (sql: string): boolean =>
    predict(ORDERS, sql, 15).impacts.some(({ transaction }) => transaction === 'forbidden');
  const yes = [
    'CREATE INDEX CONCURRENTLY ON orders (n)',
    'DROP INDEX CONCURRENTLY orders_code',
    'VACUUM orders',
    'VACUUM FULL orders',
  ];
  const more = ['REINDEX TABLE CONCURRENTLY orders', 'REINDEX SCHEMA public', 'CLUSTER'];
  const no = [
    'CREATE INDEX ON orders (n)',
    'REINDEX TABLE orders',
    'CLUSTER orders USING orders_code',
    'ANALYZE orders',
    'TRUNCATE orders',
  ];
  assert.deepEqual(
    [...yes, ...more].filter((sql) => !refused(sql)),
    [],
  );
  assert.deepEqual(no.filter(refused), []);
});

test('compatibility and rollback', () => {
  const classOf = (sql: string): string =>
    predict(ORDERS, sql, 15)
      .impacts.map(({ compat, rollback }) => `${compat} ${rollback}`)
      .join();
  const cases = {
    'DROP TABLE orders': 'destructive impossible',
    'ALTER TABLE orders DROP COLUMN n': 'destructive impossible',
    'ALTER TABLE orders RENAME COLUMN n TO m': 'breaking trivial',
    'ALTER TABLE orders ADD COLUMN c int': 'additive lossy',
    'ALTER TABLE orders ADD COLUMN c int NOT NULL': 'breaking lossy',
    'ALTER TABLE orders ALTER COLUMN n TYPE bigint': 'additive costly',
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(10)': 'breaking lossy',
    'ALTER TABLE orders ALTER COLUMN code TYPE varchar(50)': 'none trivial',
    'CREATE INDEX ON orders (n)': 'none trivial',
    'TRUNCATE orders': 'destructive impossible',
  };
  assert.deepEqual(Object.fromEntries(Object.keys(cases).map((sql) => [sql, classOf(sql)])), cases);
});

test('every row has words and every kind a handler', () => {
  assert.ok(impactKinds().length > 60);
  for (const [key, row] of Object.entries(IMPACT_ROWS)) {
    assert.match(key, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(row.title.length > 2, key);
  }
});

test('a rebuilt index stops new queries, and the words say so', () => {
  const [impact] = predict(ORDERS, 'REINDEX TABLE orders', 15).impacts;
  assert.ok(impact !== undefined);
  assert.match(impactWords(impact).long.join(' '), /planning one opens every index/);
});
