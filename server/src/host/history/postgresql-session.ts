/// <reference path="./pg-client.d.ts" />
import type { Client } from 'pg';
import type { Connection, Refused } from './connection.ts';
import { displayUrl, redact } from './redact.ts';

/** Milliseconds for the connection and for each statement. */
const patience = 5000;

/** Does some work in a session that cannot write, says who it is, and ends. */
export async function inSession<T>(
  connection: Connection,
  work: (client: Client, schema: string | undefined) => Promise<T>,
): Promise<T | Refused> {
  const { default: PgClient } = await import('pg/lib/client.js');
  const url = connection.url.replace(/^jdbc:/, '').replace(/^postgres:/, 'postgresql:');
  const place = placeOf(url);
  const secrets = [connection.password ?? '', place.password ?? ''];
  const user = connection.user ?? place.user;
  const password = connection.password ?? place.password;
  const client = new PgClient({
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
    return await work(client, place.schema);
  } catch (error) {
    return failure(error, connection, secrets);
  } finally {
    await client.end().catch(() => undefined);
  }
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

function failure(error: unknown, connection: Connection, secrets: readonly string[]): Refused {
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
