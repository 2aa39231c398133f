import { BASE, type ImpactCase, PARTITIONED } from './case.ts';

const one = (row: string, sql: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup: BASE,
  sql,
  ...more,
});
const INDEXED_P = `${PARTITIONED} CREATE INDEX p_a ON p (a);`;
const MATVIEW = `${BASE} CREATE MATERIALIZED VIEW mv AS SELECT id, a FROM t; CREATE UNIQUE INDEX mv_id ON mv (id);`;

export const INDEX_CASES: readonly ImpactCase[] = [
  one('create-index', 'CREATE INDEX ON t (a)'),
  one('create-index', 'CREATE INDEX IF NOT EXISTS t_a ON t USING btree (a DESC) INCLUDE (n) WHERE a > 3'),
  one('create-index', 'CREATE INDEX mv_a ON mv (a)', { setup: MATVIEW }),
  one('create-index', 'CREATE INDEX p_a ON p (a)', { setup: PARTITIONED }),
  one('create-index', 'CREATE INDEX p_a ON ONLY p (a)', { setup: PARTITIONED }),
  one('create-index-present', 'CREATE INDEX IF NOT EXISTS t_b ON t (b)'),
  one('create-unique-index', 'CREATE UNIQUE INDEX t_a ON t (a)'),
  one('create-index-concurrently', 'CREATE INDEX CONCURRENTLY t_a ON t (a)', { outside: true }),
  one('create-unique-index-concurrently', 'CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)', { outside: true }),
  one('drop-index', 'DROP INDEX t_b'),
  one('drop-index', 'DROP INDEX IF EXISTS t_b'),
  one('drop-index', 'DROP INDEX p_a', { setup: INDEXED_P }),
  one('drop-index', 'DROP INDEX mv_id', { setup: MATVIEW }),
  one('if-exists-missing', 'DROP INDEX IF EXISTS nothing'),
  one('drop-index-concurrently', 'DROP INDEX CONCURRENTLY t_b', { outside: true }),
  one('rename-index', 'ALTER INDEX t_b RENAME TO t_bb'),
  one('set-index-option', 'ALTER INDEX t_b SET (fillfactor = 70)'),
  one('set-index-option', 'ALTER INDEX t_b RESET (fillfactor)'),
  one('attach-index', 'ALTER INDEX p_a ATTACH PARTITION p1_a', {
    setup: `${PARTITIONED} CREATE INDEX p_a ON ONLY p (a); CREATE INDEX p1_a ON p1 (a);`,
  }),
  one('reindex-index', 'REINDEX INDEX t_b'),
  one('reindex-table', 'REINDEX TABLE t'),
  one('reindex-concurrently', 'REINDEX INDEX CONCURRENTLY t_b', { outside: true }),
  one('reindex-concurrently', 'REINDEX TABLE CONCURRENTLY t', { outside: true }),
  one('set-index-exclusive', 'ALTER INDEX t_b SET TABLESPACE spare', { planned: true }),
  one('reindex-all', 'REINDEX SCHEMA public', { outside: true }),
  one('reindex-table', 'REINDEX TABLE p', { setup: INDEXED_P, from: 14, outside: true }),
  one('vacuum', 'VACUUM t', { outside: true }),
  one('vacuum-full', 'VACUUM FULL t', { outside: true }),
  one('vacuum-full', 'VACUUM (FULL, ANALYZE) t', { outside: true }),
  one('cluster', 'CLUSTER t USING t_b'),
  one('analyze', 'ANALYZE t', { planned: true }),
];
