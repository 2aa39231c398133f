import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { PgServer } from '../../impact/server.ts';
import type { FlywayConfig } from './flyway.ts';

/** The database that a generated history runs in. */
export interface HistoryDatabase {
  readonly config: FlywayConfig;
  /** The rows of the history; undefined where there is no table. */
  rows(): Promise<readonly Record<string, unknown>[] | undefined>;
  /** Something that Flyway did not make stands in it. */
  isInUse(): Promise<boolean>;
  occupy(): Promise<void>;
}

const occupant = 'of_another_time';

export function sqliteDatabase(folder: string): HistoryDatabase {
  const file = join(folder, 'db.sqlite');
  const within = <T>(work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(file);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  const has = (name: string) =>
    within((database) => database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined);
  return {
    config: { url: `jdbc:sqlite:${file}` },
    rows: async () => {
      if (!has('flyway_schema_history')) return undefined;
      return within((database) => database.prepare('SELECT * FROM flyway_schema_history').all());
    },
    isInUse: async () => has(occupant),
    occupy: async () => within((database) => database.exec(`CREATE TABLE ${occupant} (id int)`)),
  };
}

/** A new database of a running server. @param settings Flyway's own for PostgreSQL */
export async function postgresqlDatabase(
  server: PgServer,
  name: string,
  settings: FlywayConfig,
): Promise<HistoryDatabase> {
  const { client: admin } = server;
  await admin.query(`CREATE DATABASE ${name}`);
  const ask = async (text: string, values: readonly string[] = []): Promise<readonly Record<string, unknown>[]> => {
    const client = new pg.Client({ host: '127.0.0.1', port: admin.port, user: 'postgres', database: name });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  const has = async (table: string) => (await ask('SELECT to_regclass($1) AS found', [table]))[0]?.found !== null;
  return {
    config: { url: `jdbc:postgresql://127.0.0.1:${admin.port}/${name}`, user: 'postgres', ...settings },
    rows: async () => ((await has('flyway_schema_history')) ? ask('SELECT * FROM flyway_schema_history') : undefined),
    isInUse: () => has(occupant),
    occupy: async () => {
      await ask(`CREATE TABLE ${occupant} (id int)`);
    },
  };
}
