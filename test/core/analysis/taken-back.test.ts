import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** A released script, whether its tool runs it in a transaction, and which of the tables a to e are there afterwards. */
const CASES: readonly (readonly [sql: string, tables: string, inTransaction?: false])[] = [
  ['CREATE TABLE a (i int); SAVEPOINT s; CREATE TABLE b (i int); ROLLBACK TO s; CREATE TABLE c (i int)', 'a c'],
  ['SAVEPOINT s; CREATE TABLE a (i int); ROLLBACK TO s; CREATE TABLE b (i int); ROLLBACK TO s', ''],
  ['SAVEPOINT s; CREATE TABLE a (i int); SAVEPOINT s; CREATE TABLE b (i int); RELEASE s; ROLLBACK TO s', ''],
  ['SAVEPOINT s; CREATE TABLE a (i int); SAVEPOINT s; CREATE TABLE b (i int); ROLLBACK TO s', 'a'],
  ['CREATE TABLE a (i int); ALTER TABLE a RENAME TO b; ROLLBACK; CREATE TABLE c (i int)', 'c'],
  ['CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int); ROLLBACK', 'a'],
  ['CREATE TABLE a (i int); BEGIN; CREATE TABLE b (i int); ROLLBACK; CREATE TABLE c (i int)', 'a c', false],
  ['BEGIN; CREATE TABLE a (i int); COMMIT AND CHAIN; DROP TABLE a; ROLLBACK; CREATE TABLE b (i int)', 'a b', false],
  ['CREATE TABLE a (i int); ROLLBACK; SAVEPOINT s; DROP TABLE a; ROLLBACK TO s', '', false],
  ['SET LOCAL search_path = x; CREATE TABLE a (i int)', 'a', false],
  ['BEGIN; SET LOCAL search_path = x; CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int)', 'b', false],
  ['BEGIN; SET LOCAL search_path = x; SET search_path = public; COMMIT; CREATE TABLE b (i int)', 'b', false],
  ['SET search_path = x; SAVEPOINT s; SET search_path = public; ROLLBACK TO s; CREATE TABLE a (i int)', ''],
  ['SET search_path = x; RESET ALL; CREATE TABLE a (i int)', 'a'],
  ['CREATE TEMP TABLE a (i int); DISCARD TEMP; CREATE TABLE a (i int)', 'a'],
  ['BEGIN; CREATE TEMP TABLE a (i int) ON COMMIT DROP; COMMIT; CREATE TABLE a (i int)', 'a', false],
  [
    "BEGIN; DO $$ BEGIN IF now() > '2020-01-01' THEN EXECUTE 'SELECT 1'; END IF; END $$; CREATE TABLE a (i int); ABORT",
    '',
    false,
  ],
];

describe('what a script takes back', () => {
  for (const [sql, tables, inTransaction = true] of CASES)
    test(sql, () => assert.equal(left(sql, inTransaction), tables));

  test('and what an edit between savepoint and ROLLBACK adds', () => {
    const shared = engine();
    const script = (more: string) =>
      `SAVEPOINT s; CREATE TABLE a (i int); CREATE TABLE b (i int); CREATE TABLE c (i int); CREATE TABLE d (i int); ${more} ROLLBACK TO s; CREATE TABLE e (i int); DROP TABLE f;`;
    const found = (more: string) =>
      checkAll(shared, snapshot({ pending: { 'V1__a.sql': script(more) } }))
        .findings.filter(({ rule }) => rule === 'run/unknown-object')
        .map(({ object }) => object);
    assert.deepEqual(found(''), ['f']);
    assert.deepEqual(found('CREATE TABLE f (i int);'), ['f']);
    assert.deepEqual(found('RELEASE s; CREATE TABLE f (i int);'), []);
  });
});

/** Those that a migration behind it can drop. */
function left(sql: string, inTransaction: boolean): string {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const made = snapshot({
    released: { 'V1__given.sql': `${sql};` },
    pending: { 'V2__drop.sql': names.map((name) => `DROP TABLE public.${name};`).join('\n') },
    other: inTransaction ? {} : { 'db/migration/V1__given.sql.conf': 'executeInTransaction=false' },
  });
  const missing = checkAll(engine(), made)
    .findings.filter(({ rule }) => rule === 'run/unknown-object')
    .map(({ object }) => object);
  return names.filter((name) => !missing.includes(`public.${name}`)).join(' ');
}
