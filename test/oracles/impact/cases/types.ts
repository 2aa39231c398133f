import { BASE, CHILD, type ImpactCase, PARTITIONED } from './case.ts';

const one = (row: string, form: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup: BASE,
  sql: `ALTER TABLE t ${form}`,
  ...more,
});
const CHECKED = `${BASE} ALTER TABLE t ADD CONSTRAINT b_len CHECK (length(b) < 100);`;
const UNCHECKED = `${BASE} ALTER TABLE t ADD CONSTRAINT b_len CHECK (length(b) < 100) NOT VALID;`;
const COLLATED = `CREATE TABLE t (id int PRIMARY KEY, b varchar(50) COLLATE "C", d text); CREATE INDEX t_b ON t (b); INSERT INTO t SELECT g, g::text, g::text FROM generate_series(1, 20) g;`;
const STAMPS = `CREATE TABLE t (id int PRIMARY KEY, a timestamp, b timestamptz); INSERT INTO t SELECT g, now(), now() FROM generate_series(1, 20) g;`;

/** Type changes on a table with indexes, checks, foreign keys and partitions; all pairs of types are in type-pairs.ts. */
export const TYPE_CASES: readonly ImpactCase[] = [
  one('column-type-free', 'ALTER COLUMN b TYPE varchar(100)'),
  one('column-type-free', 'ALTER COLUMN b TYPE text'),
  one('column-type-free', 'ALTER COLUMN b TYPE varchar'),
  one('column-type-free', 'ALTER COLUMN b SET DATA TYPE varchar(50)'),
  one('column-type-index', 'ALTER COLUMN d TYPE varchar'),
  one('column-type-index', 'ALTER COLUMN b TYPE text', {
    setup: `${BASE} CREATE INDEX t_some ON t (id) WHERE b IS NOT NULL;`,
  }),
  one('column-type-index', 'ALTER COLUMN a TYPE oid', { setup: `${BASE} CREATE INDEX t_a ON t (a);` }),
  one('column-type-free', 'ALTER COLUMN a TYPE oid'),
  one('column-type-free', 'ALTER COLUMN b TYPE text USING b::text'),
  one('column-type-free', 'ALTER COLUMN b TYPE text USING b'),
  one('column-type-free', 'ALTER COLUMN a TYPE int'),
  one('column-type-rewrite', 'ALTER COLUMN a TYPE bigint'),
  one('column-type-rewrite', 'ALTER COLUMN id TYPE bigint'),
  one('column-type-rewrite', 'ALTER COLUMN b TYPE varchar(20)'),
  one('column-type-rewrite', 'ALTER COLUMN d TYPE varchar(100)'),
  one('column-type-rewrite', 'ALTER COLUMN d TYPE int USING d::int', {
    setup: BASE.replace('CREATE INDEX t_expr ON t (lower(d));', ''),
  }),
  one('column-type-rewrite', 'ALTER COLUMN d TYPE int USING length(d)', {
    setup: BASE.replace('CREATE INDEX t_expr ON t (lower(d));', ''),
  }),
  one('column-type-rewrite', 'ALTER COLUMN b TYPE text USING lower(b)'),
  one('column-type-rewrite', 'ALTER COLUMN a TYPE text'),
  one('column-type-rewrite', 'ALTER COLUMN b TYPE varchar(20)', { setup: CHECKED }),
  one('column-type-check', 'ALTER COLUMN b TYPE varchar(100)', { setup: CHECKED }),
  one('column-type-free', 'ALTER COLUMN b TYPE varchar(100)', { setup: UNCHECKED }),
  one('column-collation', 'ALTER COLUMN b TYPE varchar(50) COLLATE "C"'),
  one('column-collation', 'ALTER COLUMN b TYPE varchar(50)', { setup: COLLATED }),
  one('column-type-free', 'ALTER COLUMN b TYPE varchar(60) COLLATE "C"', { setup: COLLATED }),
  one('column-collation', 'ALTER COLUMN d TYPE text COLLATE "C"', { setup: COLLATED }),
  one('column-type-timezone', 'ALTER COLUMN a TYPE timestamptz', {
    setup: `${STAMPS} SET TimeZone = 'Europe/Paris';`,
    from: 12,
    worst: true,
  }),
  one('column-type-timezone', 'ALTER COLUMN a TYPE timestamptz', { setup: STAMPS, from: 12, worst: true }),
  one('column-type-timezone', 'ALTER COLUMN b TYPE timestamp', { setup: STAMPS, from: 12, worst: true }),
  one('column-type-rewrite', 'ALTER COLUMN b TYPE timestamp', { setup: STAMPS, to: 11 }),
  { row: 'column-type-free', setup: PARTITIONED, sql: 'ALTER TABLE p ALTER COLUMN b TYPE text' },
  {
    row: 'column-type-rewrite',
    setup: `${PARTITIONED} CREATE INDEX p_a ON p (a);`,
    sql: 'ALTER TABLE p ALTER COLUMN a TYPE bigint',
  },
  { row: 'column-type-rewrite', setup: CHILD, sql: 'ALTER TABLE child ALTER COLUMN par_id TYPE bigint' },
  { row: 'column-type-rewrite', setup: CHILD, sql: 'ALTER TABLE par ALTER COLUMN id TYPE bigint' },
  { row: 'column-type-rewrite', setup: CHILD, sql: 'ALTER TABLE child ALTER COLUMN x TYPE bigint' },
  {
    row: 'column-type-free',
    setup:
      'CREATE TABLE par (id varchar(10) PRIMARY KEY); CREATE TABLE child (id int, par_id varchar(10) REFERENCES par (id)); INSERT INTO par SELECT g FROM generate_series(1, 9) g; INSERT INTO child SELECT g, g FROM generate_series(1, 9) g;',
    sql: 'ALTER TABLE child ALTER COLUMN par_id TYPE varchar(20)',
  },
  {
    row: 'column-type-free',
    setup:
      'CREATE TABLE par (id varchar(10) PRIMARY KEY); CREATE TABLE child (id int, par_id varchar(10) REFERENCES par (id)); INSERT INTO par SELECT g FROM generate_series(1, 9) g; INSERT INTO child SELECT g, g FROM generate_series(1, 9) g;',
    sql: 'ALTER TABLE par ALTER COLUMN id TYPE text',
  },
];
