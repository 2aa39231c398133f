import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** What follows something huge or odd is judged as ever: `x` is still known, and dropped. The runner's own limit says what is too slow. */
const many = (count: number, each: (nth: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, nth) => each(nth)).join(between);

const BEFORE: readonly (readonly [title: string, sql: string])[] = [
  [
    '20 MB of COPY data',
    `COPY a FROM stdin;\n${many(400_000, () => '1\tabcdefghijklmnopqrstuvwxyz; $$ 0123456789 \'"')}\n\\.\n`,
  ],
  ['a file that includes itself', '\\i V2__b.sql\n\\ir ./V2__b.sql\n\\include V2__b.sql\n'],
  [
    'a function body of 10,000 lines',
    `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n${many(10_000, (nth) => `  UPDATE a SET y = '${nth}' WHERE id = ${nth};`)}\nEND $$;`,
  ],
  [
    'a block of 10,000 lines',
    `DO $$ BEGIN\n${many(10_000, (nth) => `  UPDATE a SET y = '${nth}' WHERE id = ${nth};`)}\nEND $$;`,
  ],
  [
    'a bound body of 2,000 statements',
    `CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC\n${many(2_000, (nth) => `  UPDATE a SET y = '${nth}' WHERE id = ${nth};`)}\nEND;`,
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
];

describe('bad input', () => {
  for (const [title, sql] of BEFORE) {
    test(`what follows ${title} is judged`, () => {
      const found = findings({ 'V2__b.sql': `${sql}\nALTER TABLE a DROP COLUMN x;\n` });
      assert.deepEqual(
        found.filter((each) => each.startsWith('schema/drop-column a.x') || each.startsWith('run/')),
        ['schema/drop-column a.x'],
      );
    });
  }

  test('a history whose middle is unknown says nothing of what it may have made', () => {
    const pending = {
      'V2__b.sql': 'DO $$ BEGIN EXECUTE now()::text; END $$;',
      'V3__c.sql': 'DROP TABLE b; ALTER TABLE a DROP COLUMN q; DROP FUNCTION f();',
    };
    assert.deepEqual(
      findings(pending).filter((each) => each.startsWith('run/')),
      [],
    );
  });

  test('what is made again behind it is known again', () => {
    const pending = {
      'V2__b.sql': 'DO $$ BEGIN EXECUTE now()::text; END $$;',
      'V3__c.sql': 'CREATE TABLE b (id int); CREATE VIEW v AS SELECT id FROM b; DROP TABLE b;',
    };
    assert.deepEqual(
      findings(pending).filter((each) => each.startsWith('run/')),
      ['run/in-use b'],
    );
  });
});

function findings(pending: Readonly<Record<string, string>>): readonly string[] {
  const made = snapshot({ released: { 'V1__a.sql': 'CREATE TABLE a (id int PRIMARY KEY, x text, y text);' }, pending });
  return checkAll(engine(), made).findings.map(({ rule, object }) => `${rule} ${object}`);
}
