import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quote, read, reader, script } from '../../../support/read.ts';

describe('syntax errors', () => {
  for (const [sql, message, words] of [
    ['ALTER TABEL t ADD a int', 'syntax error at or near "TABEL"', 'TABEL'],
    ['CREATE TABLE t (a int', 'syntax error at end of input', 'int'],
    ['ALTER TABLE "日本語𝒳" ADD 5', 'syntax error at or near "5"', '5'],
    ['SELECT 1 FROM WHERE', 'syntax error at or near "WHERE"', 'WHERE'],
    ['SELECT 1 /* é */ 𝒳 x', 'syntax error at or near "x"', 'x'],
    ["SELECT 'abc", 'unterminated quoted string at or near "\'abc"', "'abc"],
    ['ALTER TABLE t', 'syntax error at end of input', 't'],
  ] as const)
    test(sql, async () => {
      const { problem } = await read(sql);
      assert.ok(problem?.kind === 'syntax');
      assert.equal(problem.message, message);
      assert.equal(quote(sql, problem.span), words);
    });

  test('a broken statement taints what it names, and nothing when it names nothing', async () => {
    assert.partialDeepStrictEqual((await read('ALTER TABLE IF EXISTS ONLY s.t ADD COL UMN UMN')).changes, [
      { kind: 'RunSql', taint: 'schema', mayTouch: [{ schema: 's', name: 't' }] },
    ]);
    assert.partialDeepStrictEqual((await read('HELLO')).changes, [{ kind: 'RunSql', taint: 'nothing' }]);
  });

  test('a half-typed statement spoils only itself', async () => {
    const [first, second] = await script('ALTER TABLE t ADD COLUMN (\n;\nDROP TABLE u;');
    assert.equal(first?.problem?.kind, 'syntax');
    assert.equal(second?.changes[0]?.kind, 'DropTable');
  });
});

describe('what cannot be examined', () => {
  test('20,000 operators, forty times in one go: the parser is made anew, and the statement after each is read', async () => {
    const deep = `SELECT ${'1 + '.repeat(20_000)}1`;
    const parser = await reader();
    for (let i = 0; i < 40; i++) {
      assert.equal(parser.read(`${deep} -- ${i}`).problem?.kind, 'not-examined');
      assert.deepEqual(
        parser.read(`DROP TABLE t${i}`).changes.map(({ kind }) => kind),
        ['DropTable'],
      );
    }
  });

  test('20,000 parentheses', async () => {
    const { problem } = await read(`SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`);
    assert.equal(problem?.kind, 'not-examined');
  });

  test('a NUL, behind which PostgreSQL would see nothing', async () => {
    const { problem } = await read('DROP TABLE t\0, u');
    assert.equal(problem?.kind, 'not-examined');
  });

  test('nothing at all', async () => {
    assert.deepEqual((await reader()).read(''), { changes: [], reads: [], verb: '' });
  });
});

describe('verbs', () => {
  for (const [sql, verb] of [
    ['create unique index concurrently i on t (a)', 'CREATE INDEX'],
    ['CREATE OR REPLACE VIEW v AS SELECT 1', 'CREATE VIEW'],
    ['CREATE TEMP TABLE t (a int)', 'CREATE TABLE'],
    ['CREATE MATERIALIZED VIEW v AS SELECT 1', 'CREATE MATERIALIZED VIEW'],
    ['ALTER TABLE t ADD a int', 'ALTER TABLE'],
    ['-- x\nupdate t SET a = 1', 'UPDATE'],
    ['VACUUM FULL t', 'VACUUM'],
  ] as const)
    test(verb, async () => assert.equal((await read(sql)).verb, verb));
});
