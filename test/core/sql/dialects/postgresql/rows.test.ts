import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lowers } from '../../../support/lowering.ts';
import { changes, quote, read } from '../../../support/read.ts';

describe('writes', () => {
  lowers([
    [
      'INSERT INTO s.t (a, "B") VALUES (1, 2)',
      {
        kind: 'WriteRows',
        verb: 'insert',
        span: 'INSERT INTO s.t',
        table: 's.t',
        rows: 'literal',
        columns: ['a', 'B <- "B"'],
      },
    ],
    ['INSERT INTO t AS x VALUES (1) ON CONFLICT DO NOTHING', { kind: 'WriteRows', rows: 'literal', columns: [] }],
    ['INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)', { kind: 'WriteRows', rows: 'literal', columns: ['a'] }],
    ['INSERT INTO t DEFAULT VALUES', { kind: 'WriteRows', rows: 'literal' }],
    ['INSERT INTO t (a) SELECT b FROM u', { kind: 'WriteRows', rows: 'all', columns: ['a'] }],
    ['INSERT INTO t SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM t)', { kind: 'WriteRows', rows: 'key' }],
    [
      'UPDATE ONLY s.t x SET a = 1, b = NULL WHERE c',
      {
        kind: 'WriteRows',
        verb: 'update',
        span: 'UPDATE ONLY s.t',
        table: 's.t',
        rows: 'some',
        columns: ['a', 'b'],
        fills: ['a'],
        whereSpan: 'WHERE c',
      },
    ],
    ['UPDATE t SET (a, b) = (SELECT 1, 2)', { kind: 'WriteRows', rows: 'all', columns: ['a', 'b'] }],
    [
      'DELETE FROM t WHERE a = 1 RETURNING b',
      {
        kind: 'WriteRows',
        verb: 'delete',
        span: 'DELETE FROM t',
        rows: 'some',
        whereSpan: 'WHERE a = 1',
        equals: ['a'],
        fills: [],
      },
    ],
    [
      'WITH d AS (DELETE FROM a WHERE id = 1 RETURNING *) INSERT INTO b SELECT * FROM d',
      { kind: 'WriteRows', verb: 'delete', span: 'DELETE FROM a', whereSpan: 'WHERE id = 1', rows: 'key' },
      { kind: 'WriteRows', verb: 'insert', span: 'INSERT INTO b', rows: 'some' },
    ],
    ['WITH d AS (DELETE FROM a) SELECT 1', { kind: 'WriteRows', verb: 'delete', rows: 'all' }],
    [
      'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET x = s.x, y = NULL WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)',
      { kind: 'WriteRows', verb: 'merge', span: 'MERGE INTO t', rows: 'some', columns: ['x', 'y', 'id'], fills: ['x'] },
    ],
    [
      'COPY t (a, "B") FROM \'/x\'',
      { kind: 'WriteRows', verb: 'copy', span: 'COPY t', rows: 'some', columns: ['a', 'B <- "B"'] },
    ],
    ['COPY t TO STDOUT'],
  ]);
});

describe('how many rows', () => {
  for (const [rows, where] of [
    ['all', ''],
    ['all', 'WHERE true'],
    ['all', 'WHERE 1 = 1'],
    ['key', 'WHERE id = 5'],
    ['key', "WHERE 'x'::uuid = t.id AND a"],
    ['key', 'WHERE id IN (1, 2, 3)'],
    ['key', 'WHERE id = 1 OR id = 2'],
    ['key', 'WHERE t_id = 1'],
    ['key', 'WHERE id = (SELECT max(id) FROM u)'],
    ['key', 'WHERE id > 100 AND id <= 200 AND a IS NULL'],
    ['key', 'WHERE id BETWEEN 1 AND 1000'],
    ['key', 'WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 1000)'],
    ['key', 'WHERE ctid = ANY (ARRAY(SELECT ctid FROM t LIMIT 10))'],
    ['key', 'FROM (SELECT id FROM t LIMIT 10) b WHERE t.id = b.id'],
    ['some', 'WHERE a IS NULL'],
    ['some', 'WHERE tenant_id = 5'],
    ['some', 'WHERE id > 100'],
    ['some', 'WHERE id <> 1'],
    ['some', 'WHERE id NOT IN (1, 2)'],
    ['some', 'WHERE id = 1 OR a'],
    ['some', "WHERE made >= '2020-01-01' AND made < '2021-01-01'"],
    ['some', 'WHERE id IN (SELECT t_id FROM u)'],
    ['some', 'FROM u WHERE t.id = u.id'],
    ['some', 'WHERE id = other'],
    ['some', `WHERE id IN (${Array.from({ length: 500 }, (_, i) => i).join(', ')})`],
  ] as const)
    test(`${rows}: ${where.slice(0, 80)}`, async () => {
      const [change] = await changes(`UPDATE t SET a = 1 ${where}`);
      assert.ok(change?.kind === 'WriteRows');
      assert.equal(change.rows, rows);
    });

  test('a CTE with LIMIT is a batch', async () => {
    const [change] = await changes('WITH b AS (SELECT id FROM t LIMIT 5) DELETE FROM t USING b WHERE t.id = b.id');
    assert.ok(change?.kind === 'WriteRows');
    assert.equal(change.rows, 'key');
  });
});

describe('data is not parsed', () => {
  test('what stands in VALUES is never looked at', async () => {
    const { changes: found, problem } = await read('INSERT INTO t (a) VALUES (this is no SQL)');
    assert.equal(found[0]?.kind, 'WriteRows');
    assert.equal(problem, undefined);
  });

  test('a long INSERT', async () => {
    const sql = `INSERT INTO "T" (a, b) VALUES ${"(1, 'x'),\n".repeat(100_000)} (2, 'y')`;
    const [change] = (await read(sql)).changes;
    assert.ok(change?.kind === 'WriteRows');
    assert.equal(change.table.name, 'T');
    assert.deepEqual(
      change.columns.map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal(quote(sql, change.span), 'INSERT INTO "T"');
  });

  test('another long statement is not examined, and taints only what it names', async () => {
    const { changes: found, problem } = await read(`ALTER TABLE s.t ADD CHECK (a IN (${"'x', ".repeat(100_000)}'y'))`);
    assert.equal(problem?.kind, 'not-examined');
    assert.partialDeepStrictEqual(found[0], {
      kind: 'RunSql',
      taint: 'schema',
      mayTouch: [{ schema: 's', name: 't' }],
    });
  });
});
