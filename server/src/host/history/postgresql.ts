import type { Client } from 'pg';
import type { Connection, HistoryEngine, HistoryQuery, HistoryResult } from './connection.ts';
import { displayUrl, redact } from './redact.ts';

/** Milliseconds for the connection and for each statement. */
const patience = 5000;

export const postgresqlHistory: HistoryEngine = {
  id: 'postgresql',
  accepts: (url) => /^(jdbc:)?(postgres(ql)?):/.test(url),
  read: readHistory,
};

async function readHistory(connection: Connection, query: HistoryQuery): Promise<HistoryResult> {
  const { default: pg } = await import('pg');
  const url = connection.url.replace(/^jdbc:/, '').replace(/^postgres:/, 'postgresql:');
  const place = placeOf(url);
  const secrets = [connection.password ?? '', place.password ?? ''];
  const user = connection.user ?? place.user;
  const password = connection.password ?? place.password;
  const client = new pg.Client({
    host: place.host,
    port: place.port,
    database: place.database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(place.ssl === undefined ? {} : { ssl: place.ssl }),
    application_name: 'schemaward',
    connectionTimeoutMillis: patience,
    query_timeout: patience + 1000,
    statement_timeout: patience,
    options: '-c default_transaction_read_only=on',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await readRows(client, query, place.schema);
  } catch (error) {
    return failure(error, connection, secrets);
  } finally {
    await client.end().catch(() => undefined);
  }
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

interface Place {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  readonly schema?: string;
  readonly ssl?: boolean | { readonly rejectUnauthorized: boolean };
}

/** JDBC URLs carry user, password, schema and SSL mode as parameters; libpq's carry the first two before the host. */
function placeOf(url: string): Place {
  const parsed = new URL(url);
  const parameter = (name: string) => parsed.searchParams.get(name) ?? undefined;
  const user = parameter('user') ?? (parsed.username === '' ? undefined : decodeURIComponent(parsed.username));
  const password = parameter('password') ?? (parsed.password === '' ? undefined : decodeURIComponent(parsed.password));
  const schema = parameter('currentSchema')?.split(',')[0];
  const ssl = sslOf(parameter('sslmode'), parameter('ssl'));
  const database = decodeURIComponent(parsed.pathname.replace(/^\//, ''));
  return {
    host: parsed.hostname === '' ? 'localhost' : parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    database: database === '' ? (user ?? 'postgres') : database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(schema === undefined ? {} : { schema }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

function sslOf(mode: string | undefined, ssl: string | undefined): Place['ssl'] | undefined {
  if (mode === 'verify-full' || mode === 'verify-ca') return { rejectUnauthorized: true };
  if (mode === 'require' || ssl === 'true') return { rejectUnauthorized: false };
  return undefined;
}

function failure(error: unknown, connection: Connection, secrets: readonly string[]): HistoryResult {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  const place = displayUrl(connection.url);
  if (code === '28P01' || /password/i.test(message)) {
    const has = secrets.some((each) => each !== '');
    return { kind: 'needs-password', reason: `${place} ${has ? 'refused the password' : 'asks for a password'}.` };
  }
  const known = reasons[code ?? ''];
  return {
    kind: 'failed',
    reason: redact(known === undefined ? `${place}: ${message}` : `${place} ${known}`, secrets),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: is the database running?',
  ENOTFOUND: 'was not found: check the host name.',
  EAI_AGAIN: 'was not found: check the host name.',
  ETIMEDOUT: 'did not answer in time.',
  ECONNRESET: 'closed the connection.',
  '3D000': 'does not exist on that server.',
  '28000': 'does not let this user in.',
  '42501': 'does not let this user read the history table.',
  '57014': 'took longer than 5 seconds to answer.',
};
