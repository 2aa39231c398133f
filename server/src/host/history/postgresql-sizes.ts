import type { Client } from 'pg';
import type { TableSize } from '#core/model/statistics.ts';
import type { Measured } from './connection.ts';

/** Tables that somebody made, each with the partitions below it. What a partitioned one holds, its partitions hold. */
const tables = `WITH RECURSIVE family AS (
  SELECT c.oid AS root, c.oid AS member, c.relkind AS kind
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  UNION ALL
  SELECT f.root, c.oid, c.relkind
  FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.member JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
  WHERE f.kind = 'p'
)
SELECT n.nspname AS schema, r.relname AS name,
  sum(CASE WHEN f.kind = 'p' THEN 0 ELSE greatest(m.reltuples, s.n_live_tup, 0) END)::float8 AS rows,
  sum(CASE WHEN f.kind = 'p' THEN 0 ELSE pg_catalog.pg_table_size(f.member) END)::float8 AS bytes,
  sum(CASE WHEN f.kind = 'p' THEN 0 ELSE pg_catalog.pg_indexes_size(f.member) END)::float8 AS index_bytes,
  sum(CASE WHEN f.kind = 'p' THEN 0 ELSE s.n_tup_ins + s.n_tup_upd + s.n_tup_del END)::float8 AS writes
FROM family f
JOIN pg_catalog.pg_class r ON r.oid = f.root
JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
JOIN pg_catalog.pg_class m ON m.oid = f.member
LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = f.member
GROUP BY 1, 2`;

/** Null where the counters were never reset: then nobody knows when they began. */
const counting = `SELECT to_char(stats_reset AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
  extract(epoch FROM now() - stats_reset)::float8 / 3600 AS hours
FROM pg_catalog.pg_stat_database WHERE datname = current_database()`;

interface Row {
  readonly schema: string;
  readonly name: string;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly index_bytes: number | null;
  readonly writes: number | null;
}

export async function readSizes(client: Client): Promise<Measured> {
  const { rows } = await client.query<Row>(tables);
  const { rows: clocks } = await client.query<{ since: string | null; hours: number | null }>(counting);
  const since = clocks[0]?.since ?? undefined;
  // Less than an hour says nothing of a day.
  const hours = Math.max(clocks[0]?.hours ?? 0, 0);
  const isTold = since !== undefined && hours >= 1;
  return {
    kind: 'sizes',
    ...(isTold ? { writesSince: since } : {}),
    tables: new Map(rows.map((row) => [`${row.schema}.${row.name}`, sizeOf(row, isTold ? hours : undefined)])),
  };
}

function sizeOf({ rows, bytes, index_bytes, writes }: Row, hours: number | undefined): TableSize {
  const size = bytes ?? 0;
  // A table that holds something but no rows was never counted.
  const isCounted = rows !== null && (rows > 0 || size <= 8192);
  return {
    ...(isCounted ? { rows } : {}),
    bytes: size,
    indexBytes: index_bytes ?? 0,
    ...(hours === undefined || writes === null ? {} : { writesPerHour: writes / hours }),
  };
}
