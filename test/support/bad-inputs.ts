/** Huge and odd SQL, each behind `CREATE TABLE a (id int PRIMARY KEY, x text, y text)`, which it leaves as it is. */
const many = (count: number, each: (nth: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, nth) => each(nth)).join(between);

const updates = (count: number) => many(count, (nth) => `  UPDATE a SET y = '${nth}' WHERE id = ${nth};`);

export const BAD_INPUTS: readonly (readonly [title: string, sql: string])[] = [
  [
    '20 MB of COPY data',
    `COPY a FROM stdin;\n${many(400_000, () => '1\tabcdefghijklmnopqrstuvwxyz; $$ 0123456789 \'"')}\n\\.\n`,
  ],
  ['a file that includes itself', '\\i V2__b.sql\n\\ir ./V2__b.sql\n\\include V2__b.sql\n'],
  [
    'a function body of 10,000 lines',
    `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n${updates(10_000)}\nEND $$;`,
  ],
  ['a function of SQL of 10,000 lines', `CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$\n${updates(10_000)}\n$$;`],
  ['a block of 10,000 lines', `DO $$ BEGIN\n${updates(10_000)}\nEND $$;`],
  [
    'a bound body of 2,000 statements',
    `CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC\n${updates(2_000)}\nEND;`,
  ],
  [
    '10,000 columns',
    `CREATE TABLE b (${many(10_000, (nth) => `c${nth} int`, ', ')});\nALTER TABLE b DROP COLUMN c9999, ADD COLUMN d int;`,
  ],
  ['a thousand columns, one after the other', many(1_000, (nth) => `ALTER TABLE a ADD COLUMN c${nth} int;`)],
  ['a thousand savepoints', many(1_000, (nth) => `SAVEPOINT s; CREATE TABLE t${nth} (i int); ROLLBACK TO s;`)],
  ['a thousand views over one table', many(1_000, (nth) => `CREATE VIEW v${nth} AS SELECT id FROM a;`)],
  [
    'a thousand overloads',
    many(
      1_000,
      (nth) => `CREATE TYPE e${nth} AS ENUM ('v'); CREATE FUNCTION f(e${nth}) RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    ),
  ],
  [
    'names of 63 bytes and beyond',
    [
      `CREATE TABLE "${'é'.repeat(31)}a" (id int); DROP TABLE "${'é'.repeat(31)}a";`,
      `CREATE TABLE "${'é'.repeat(40)}" ("${'𝒳'.repeat(20)}" int); ALTER TABLE "${'é'.repeat(31)}" DROP COLUMN "${'𝒳'.repeat(15)}";`,
      `CREATE TABLE ${'n'.repeat(100_000)} (id int); DROP TABLE ${'n'.repeat(63)};`,
    ].join('\n'),
  ],
  [
    'syntax of a newer server',
    'REPACK a;\nALTER TABLE b MERGE PARTITIONS (c, d) INTO e;\nSELECT x FROM b GROUP BY ALL;',
  ],
];
