import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Reads, SchemaChange } from '#core/schema/change.ts';
import { reader } from '../../../support/read.ts';

/**
 * What statements about rows read and write: `writes t(a): reads u(b)`. A column behind `?` is of one of the tables in sight;
 * what a written table's own columns are read for stands behind `looking at`.
 */
// biome-ignore format: one line each
const STATEMENTS: Readonly<Record<string, string>> = {
  'SELECT a, t.b FROM t JOIN s.u AS u ON u.id = t.id WHERE u.x > 1 ORDER BY t.c': 'reads t(id b c ?a), reads s.u(id x ?a)',
  'SELECT * FROM t, LATERAL (SELECT y FROM v WHERE v.id = t.id) q': 'reads t(id * ?y), reads v(id ?y)',
  'SELECT count(*) FILTER (WHERE a) OVER (PARTITION BY b ORDER BY c) FROM t GROUP BY ROLLUP (d) HAVING e': 'reads t(a b c e d)',
  'SELECT a FROM ONLY t TABLESAMPLE system (10) FOR UPDATE': 'reads t(a)',
  "SELECT j.x FROM t, JSON_TABLE(t.doc, '$[*]' COLUMNS (x int)) j": 'reads t(doc)',
  'SELECT * FROM generate_series(1, (SELECT max(n) FROM t)) g': 'reads t(n)',
  'TABLE t': 'reads t(*)',
  'VALUES (1), ((SELECT a FROM t))': 'reads t(a)',
  'WITH RECURSIVE r AS (SELECT id FROM t UNION ALL SELECT t.id FROM t JOIN r ON t.up = r.id) SELECT * FROM r': 'reads t(id), reads t(up id)',
  'WITH a AS (SELECT x FROM t), b AS MATERIALIZED (SELECT x FROM a) UPDATE u SET y = b.x FROM b WHERE u.id = b.x': 'writes u(y) looking at id, reads t(x)',
  'WITH x AS (DELETE FROM t WHERE old RETURNING id, a) INSERT INTO archive (id, a) SELECT id, a FROM x': 'writes t() looking at old id a, writes archive(id a)',
  'INSERT INTO t (a, b) SELECT c, d FROM u WHERE e ON CONFLICT (a) DO UPDATE SET n = t.n + 1 RETURNING id': 'writes t(a b) looking at id n a, reads u(c d e)',
  'INSERT INTO t (a) VALUES (1) RETURNING id': 'writes t(a) looking at id',
  'INSERT INTO t (a) VALUES ((SELECT max(z) FROM u)), ((SELECT min(z) FROM w))': 'writes t(a), reads u(z), reads w(z)',
  "INSERT INTO t (a) VALUES ('(select)')": 'writes t(a)',
  'INSERT INTO t SELECT * FROM u': 'writes t(), reads u(*)',
  'UPDATE t SET a = u.b, c = (SELECT v.d FROM v WHERE v.i = t.i) FROM u WHERE u.id = t.u_id': 'writes t(a c) looking at i u_id, reads u(b id), reads v(d i)',
  'UPDATE t SET (a, b) = (SELECT u.c, u.d FROM u WHERE u.id = t.id)': 'writes t(a b) looking at id, reads u(c d id)',
  'DELETE FROM t USING u WHERE t.id = u.id AND EXISTS (SELECT 1 FROM w WHERE w.k = t.k)': 'writes t() looking at id k, reads u(id), reads w(k)',
  'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.gone THEN DELETE WHEN MATCHED THEN UPDATE SET a = u.a WHEN NOT MATCHED THEN INSERT (id, b) VALUES (u.id, u.b)': 'writes t(a id b) looking at id, reads u(id gone a b)',
  'COPY t (a, b) FROM stdin': 'writes t(a b)',
  'COPY t FROM stdin WHERE a > 1': 'writes t() looking at a',
  'COPY t (a) TO stdout': 'reads t(a)',
  'COPY (SELECT a FROM t WHERE b) TO stdout': 'reads t(a b)',
  'COPY (DELETE FROM t RETURNING a) TO stdout': 'writes t() looking at a',
  'EXPLAIN ANALYZE DELETE FROM t WHERE a': 'writes t() looking at a',
  'EXPLAIN DELETE FROM t USING u WHERE t.a = u.a': 'reads u(a)',
  "SELECT setval('s', (SELECT max(id) FROM t))": 'reads t(id)',
};

describe('what statements about rows read and write', () => {
  for (const [sql, said] of Object.entries(STATEMENTS))
    test(sql, async () => {
      const { changes, reads, problem } = (await reader()).read(sql);
      assert.equal(problem, undefined);
      assert.equal([...changes.map(writes), ...reads.map((each) => `reads ${named(each)}`)].join(', '), said);
    });
});

function writes(change: SchemaChange): string {
  if (change.kind !== 'WriteRows') return change.kind;
  const { table, columns, reads = [] } = change;
  const own = reads.flatMap((each) => columnsOf(each)).join(' ');
  return `writes ${named({ relation: table, columns })}${own === '' ? '' : ` looking at ${own}`}`;
}

function named(reads: Reads): string {
  const { schema, name } = reads.relation;
  return `${schema === undefined ? '' : `${schema}.`}${name}(${columnsOf(reads).join(' ')})`;
}

function columnsOf({ columns, maybe = [] }: Reads): readonly string[] {
  return [...columns.map(({ name }) => name), ...maybe.map(({ name }) => `?${name}`)];
}
