import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { read, worded } from '../../../support/read.ts';

/** Kind, `?` where it may not happen, and the words under its span. */
async function inside(sql: string): Promise<readonly string[]> {
  const { changes, problem } = await read(sql);
  assert.equal(problem, undefined);
  return changes.map((each) => {
    const { kind, certainty, span } = worded(sql, each) as { kind: string; certainty: string; span: string };
    return `${kind}${certainty === 'maybe' ? '?' : ''} ${span}`;
  });
}

const CASES: readonly (readonly [title: string, sql: string, ...changes: readonly string[]])[] = [
  [
    'statements at the top happen, those in branches may',
    `DO $body$
DECLARE n int := 1;
BEGIN
  -- ALTER TABLE a ADD b int is only a comment
  ALTER TABLE a ADD b int, DROP c;
  IF NOT EXISTS (SELECT 1 FROM pg_class) THEN
    ALTER TABLE "Ä" ADD b int;
  ELSIF n = 2 THEN DROP TABLE x; ELSE DROP TABLE y;
  END IF;
  FOR i IN 1..3 LOOP DROP VIEW v; END LOOP;
  WHILE n < 3 LOOP DROP VIEW w; END LOOP;
  CASE n WHEN 1 THEN DROP INDEX i; ELSE DROP INDEX j; END CASE;
  BEGIN CREATE TABLE q (id int); EXCEPTION WHEN others THEN DROP TABLE z; END;
  BEGIN DROP TABLE plain; END;
  DROP TABLE last;
END $body$`,
    'DropColumn DROP c',
    'AddColumn ADD b int',
    'AddColumn? ADD b int',
    'DropTable? DROP TABLE x',
    'DropTable? DROP TABLE y',
    'DropView? DROP VIEW v',
    'DropView? DROP VIEW w',
    'DropIndex? DROP INDEX i',
    'DropIndex? DROP INDEX j',
    'CreateTable? CREATE TABLE q',
    'DropTable? DROP TABLE z',
    'DropTable DROP TABLE plain',
    'DropTable DROP TABLE last',
  ],
  [
    'an exception handler makes its block uncertain',
    "DO $$ BEGIN CREATE TYPE m AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
    'CreateEnum? CREATE TYPE m',
  ],
  [
    'so does a conditional RETURN',
    'DO $$ BEGIN IF a THEN RETURN; END IF; DROP TABLE t; END $$',
    'DropTable? DROP TABLE t',
  ],
  [
    'a quoted body',
    "DO 'BEGIN COMMENT ON TABLE t IS ''a''; DROP TABLE u; END'",
    'Comment COMMENT ON TABLE t',
    'DropTable DROP TABLE u',
  ],
  [
    'constant dynamic SQL is as good as static',
    "DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD c text DEFAULT ''x'', DROP d'; IF a THEN EXECUTE $q$DROP TABLE é$q$; END IF; END $$",
    'DropColumn DROP d',
    "AddColumn ADD c text DEFAULT ''x''",
    'DropTable? DROP TABLE é',
  ],
  ['dynamic SQL in a quoted body', "DO 'BEGIN EXECUTE ''DROP TABLE x''; END'", 'DropTable DROP TABLE x'],
  [
    'other dynamic SQL may do anything',
    "DO $$ BEGIN EXECUTE format('DROP TABLE %I', n); EXECUTE 'DROP TABLE ' || n; END $$",
    "RunSql format('DROP TABLE %I', n)",
    "RunSql 'DROP TABLE ' || n",
  ],
  ['PERFORM is a SELECT', 'DO $$ BEGIN PERFORM app.f(1); PERFORM now(); END $$', 'RunSql PERFORM app.f(1)'],
  ['CALL', 'DO $$ BEGIN CALL app.p(1); END $$', 'RunSql CALL app.p(1)'],
  [
    'equal statements are found one after the other',
    'DO $$ BEGIN DROP TABLE a; IF x THEN DROP TABLE a; END IF; END $$',
    'DropTable DROP TABLE a',
    'DropTable? DROP TABLE a',
  ],
  [
    'SELECT INTO a variable makes no table',
    'DO $$ DECLARE r record; BEGIN SELECT a INTO r FROM b; DROP TABLE c; END $$',
    'DropTable DROP TABLE c',
  ],
  ['a body in another language', "DO LANGUAGE plpython3u 'import os'", 'RunSql DO'],
  ['a body that is no PL/pgSQL', 'DO $$ BEGIN IFF END $$', 'RunSql DO'],
];

describe('DO blocks', () => {
  for (const [title, sql, ...expected] of CASES) test(title, async () => assert.deepEqual(await inside(sql), expected));

  test('equal statements get the places of each', async () => {
    const sql = 'DO $$ BEGIN DROP TABLE a; IF x THEN DROP TABLE a; END IF; END $$';
    const [first, second] = (await read(sql)).changes;
    assert.equal(first?.span.start, sql.indexOf('DROP'));
    assert.equal(second?.span.start, sql.lastIndexOf('DROP'));
  });

  test('names inside have their places, with CRLF and wide characters before them', async () => {
    const sql =
      'DO $$\r\nBEGIN\r\n  -- 𝒳é\r\n  IF a THEN\r\n    ALTER TABLE "é".t RENAME COLUMN a TO "B";\r\n  END IF;\r\nEND\r\n$$';
    assert.partialDeepStrictEqual(worded(sql, (await read(sql)).changes[0]), {
      kind: 'RenameColumn',
      certainty: 'maybe',
      table: 'é.t <- "é".t',
      column: 'a',
      newName: 'B <- "B"',
    });
  });

  test('a batch in a loop goes by its key, whose bounds are variables', async () => {
    const { changes } = await read(
      'DO $$ DECLARE i int := 0; r record; BEGIN LOOP UPDATE t SET a = 1 WHERE id > i AND id <= i + 1000; EXIT WHEN NOT FOUND; END LOOP; FOR r IN SELECT id FROM t LOOP UPDATE t SET a = 1 WHERE id = r.id; END LOOP; END $$',
    );
    assert.deepEqual(
      changes.map((each) => each.kind === 'WriteRows' && each.rows),
      ['key', 'key'],
    );
  });

  test('a bare name may be a variable', async () => {
    const sql = 'DO $$ DECLARE n int; BEGIN SELECT t.a, b INTO n FROM t WHERE c = n; END $$';
    assert.deepEqual(worded(sql, (await read(sql)).reads), [{ relation: 't', columns: ['a'], maybe: ['b', 'c', 'n'] }]);
  });
});
