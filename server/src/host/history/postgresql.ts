import type { Client } from 'pg';
import type { Connection, HistoryEngine, HistoryQuery, HistoryResult } from './connection.ts';
import { inSession } from './postgresql-session.ts';
import { readSizes } from './postgresql-sizes.ts';

export const postgresqlHistory: HistoryEngine = {
  id: 'postgresql',
  accepts: (url) => /^(jdbc:)?(postgres(ql)?):/.test(url),
  read: readHistory,
  measure: (connection) => inSession(connection, readSizes),
};

async function readHistory(connection: Connection, query: HistoryQuery): Promise<HistoryResult> {
  return inSession(connection, (client, schema) => readRows(client, query, schema));
}

async function readRows(client: Client, query: HistoryQuery, urlSchema: string | undefined): Promise<HistoryResult> {
  const version = Math.floor(
    Number((await client.query('SHOW server_version_num')).rows[0]?.server_version_num ?? 0) / 10000,
  );
  const serverVersion = version > 0 ? { serverVersion: version } : {};
  const name = quoted([query.schema ?? urlSchema, query.table]);
  const found = await client.query('SELECT to_regclass($1) IS NOT NULL AS found', [name]);
  if (found.rows[0]?.found !== true) {
    const inUse = await isInUse(client, query.schema ?? urlSchema);
    return { kind: 'no-table', table: name, inUse, ...serverVersion };
  }
  const { rows } = await client.query(`SELECT * FROM ${name} ORDER BY installed_rank`);
  return { kind: 'rows', rows: rows.map(plain), ...serverVersion };
}

/** What Flyway calls a schema that is not empty: relations, functions, types; what an extension made does not count. */
async function isInUse(client: Client, schema: string | undefined): Promise<boolean> {
  const among = (catalog: string, prefix: string, where: string) =>
    `SELECT 1 FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
     LEFT JOIN pg_depend d ON d.objid = o.oid AND d.deptype = 'e'
     WHERE n.nspname = coalesce($1, current_schema()) AND d.objid IS NULL${where}`;
  const all = [
    among('pg_class', 'rel', " AND o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"),
    among('pg_type', 'typ', " AND o.typcategory NOT IN ('A', 'C')"),
    among('pg_proc', 'pro', ''),
  ];
  const { rows } = await client.query(`SELECT EXISTS (${all.join(' UNION ALL ')}) AS found`, [schema ?? null]);
  return rows[0]?.found === true;
}

function quoted(parts: readonly (string | undefined)[]): string {
  return parts
    .flatMap((part) => (part === undefined || part === '' ? [] : [`"${part.replaceAll('"', '""')}"`]))
    .join('.');
}

/** Times as the database writes them, without the local time zone. */
function plain(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(row).map(
    ([key, value]) => [key.toLowerCase(), value instanceof Date ? localTime(value) : value] as const,
  );
  return Object.fromEntries(entries);
}

function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
