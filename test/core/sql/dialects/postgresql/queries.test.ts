import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { read, worded } from '../../../support/read.ts';

/** Statement -> relation, its columns, and those that may be its (`?x`). */
const CASES: Readonly<Record<string, readonly string[]>> = {
  'SELECT a, t.b, s.c FROM s': ['s: a c'],
  'SELECT a FROM s.t WHERE b ORDER BY c': ['s.t: a b c'],
  'SELECT a AS x, count(*) n FROM t GROUP BY x ORDER BY n, y': ['t: a y'],
  'SELECT u.a, b FROM t JOIN s.u ON t.id = u.t_id': ['t: id ?b', 's.u: t_id a ?b'],
  'SELECT * FROM t, u': ['t: *', 'u: *'],
  'SELECT x.* FROM t x': ['t: *'],
  'SELECT x FROM t x': ['t: ?x'],
  'SELECT row_to_json(t) FROM t': ['t: ?t'],
  'SELECT s.t.a FROM s.t': ['s.t: a'],
  'SELECT a FROM t JOIN u USING (id, k)': ['t: ?id ?k ?a', 'u: ?id ?k ?a'],
  'SELECT a FROM (SELECT b AS a FROM t) x': ['t: b'],
  'SELECT x.a, x.b FROM t, LATERAL (SELECT b FROM u WHERE u.id = t.id) x': ['t: id ?b', 'u: id ?b'],
  'SELECT a FROM t WHERE b IN (SELECT c FROM u WHERE u.id = t.id)': ['t: a b id ?c', 'u: id ?c'],
  'WITH c AS (SELECT a FROM t) SELECT * FROM c JOIN u ON c.a = u.a': ['t: a', 'u: a *'],
  'WITH RECURSIVE c AS (SELECT a FROM t UNION ALL SELECT c.a FROM c) SELECT a FROM c': ['t: a'],
  'WITH t AS (SELECT a FROM t) SELECT a FROM t': ['t: a'],
  'SELECT a FROM t UNION SELECT b FROM u ORDER BY 1': ['t: a', 'u: b'],
  'SELECT a FROM generate_series(1, 5) a': [],
  'SELECT ctid, xmin FROM t': ['t:'],
  'SELECT a FROM t FOR UPDATE OF t': ['t: a'],
  'SELECT count(*) FILTER (WHERE a) OVER (PARTITION BY b ORDER BY c) FROM t': ['t: a b c'],
  'TABLE t': ['t: *'],
  'UPDATE t SET a = u.b FROM u WHERE t.id = u.id AND c': ['u: b id ?c'],
  'UPDATE t SET a = (SELECT max(b) FROM u WHERE u.k = t.k)': ['u: k ?b'],
  'DELETE FROM t USING s.u WHERE u.id = t.id': ['s.u: id'],
  'INSERT INTO t (a) SELECT b FROM u WHERE c': ['u: b c'],
  'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a': ['u: id a'],
  'COPY (SELECT a FROM t) TO STDOUT': ['t: a'],
  'COPY s.t (a) TO STDOUT': ['s.t: a'],
};

describe('reads', () => {
  for (const [sql, expected] of Object.entries(CASES))
    test(sql, async () => {
      const { reads, problem } = await read(sql);
      assert.equal(problem, undefined);
      const found = (worded(sql, reads) as { relation: string; columns: string[]; maybe?: string[] }[]).map(
        ({ relation, columns, maybe = [] }) =>
          `${relation}: ${[...columns, ...maybe.map((each) => `?${each}`)].join(' ')}`.trimEnd(),
      );
      assert.deepEqual(
        found.map((each) => each.replaceAll(/ <- \S+/g, '')),
        expected,
      );
    });

  test('columns stand where they are written', async () => {
    const sql = 'SELECT é."Ü", x FROM "Wörter" é';
    const { reads } = await read(sql);
    assert.deepEqual(worded(sql, reads), [{ relation: 'Wörter <- "Wörter"', columns: ['Ü <- "Ü"', 'x'] }]);
  });
});

/** Statement -> what it reads of the table that it writes. */
const OWN: Readonly<Record<string, string>> = {
  'UPDATE t SET a = b + 1 WHERE c': 'b c',
  'UPDATE s.t SET a = 1 WHERE s.t.id = 1 RETURNING old.a, new.b, t.c': 'id a b c',
  'UPDATE t x SET a = u.b FROM u WHERE x.id = u.id AND c': 'id ?c',
  'DELETE FROM t USING u WHERE t.id = u.t_id RETURNING t.*': 'id *',
  'DELETE FROM t': '',
  'INSERT INTO t (a) VALUES (1) RETURNING id': 'id',
  'INSERT INTO t (a) SELECT b FROM u ON CONFLICT (k, lower(m)) WHERE live DO UPDATE SET a = excluded.a, n = t.n + 1 WHERE t.old':
    'a n old live m k',
  'INSERT INTO t (a) SELECT b FROM u': '',
  'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND t.b THEN UPDATE SET a = u.a RETURNING new.c': 'id b c',
};

describe('what a write reads of its own table', () => {
  for (const [sql, expected] of Object.entries(OWN))
    test(sql, async () => {
      const { changes, problem } = await read(sql);
      assert.equal(problem, undefined);
      const [change] = changes;
      const own = change?.kind === 'WriteRows' ? (change.reads ?? []) : assert.fail('no write');
      const found = own.flatMap(({ columns, maybe = [] }) => [
        ...columns.map(({ name }) => name),
        ...maybe.map(({ name }) => `?${name}`),
      ]);
      assert.equal(found.join(' '), expected);
      for (const { columns } of own)
        for (const { name, span } of columns) assert.equal(sql.slice(span.start, span.end), name);
    });
});

describe('functions in a query', () => {
  for (const [sql, taint] of [
    ['SELECT now(), lower(a) FROM t', undefined],
    ["SELECT setval(pg_get_serial_sequence('t', 'id'), max(id)) FROM t", undefined],
    ['SELECT pg_advisory_lock(1)', undefined],
    ['SELECT app.make_partitions()', 'schema'],
    ["SELECT create_hypertable('t', 'at')", 'schema'],
  ] as const)
    test(sql, async () => {
      const [change] = (await read(sql)).changes;
      assert.equal(change?.kind === 'RunSql' ? change.taint : undefined, taint);
    });
});
