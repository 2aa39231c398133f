import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Connection, HistoryEngine, HistoryQuery, HistoryResult, RawRow } from './connection.ts';
import { redact } from './redact.ts';

export const sqliteHistory: HistoryEngine = {
  id: 'sqlite',
  accepts: (url) => /^(jdbc:)?sqlite:/.test(url),
  read: readHistory,
};

async function readHistory({ url, root }: Connection, { table }: HistoryQuery): Promise<HistoryResult> {
  const file = resolve(root, url.replace(/^(jdbc:)?sqlite:(\/\/)?/, '').replace(/\?.*$/, ''));
  if (!existsSync(file)) return { kind: 'failed', reason: `The SQLite file ${file} does not exist.` };
  const sqlite = await loadSqlite();
  if (sqlite === undefined)
    return { kind: 'failed', reason: 'This host has no node:sqlite, so SQLite histories cannot be read here.' };
  try {
    const database = new sqlite.DatabaseSync(file, { readOnly: true });
    try {
      const known = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);
      if (known === undefined) return { kind: 'no-table', table, inUse: isInUse(database) };
      const rows = database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}" ORDER BY installed_rank`).all();
      return { kind: 'rows', rows: rows as readonly RawRow[] };
    } finally {
      database.close();
    }
  } catch (error) {
    return { kind: 'failed', reason: redact(`${file}: ${error instanceof Error ? error.message : String(error)}`, []) };
  }
}

function isInUse(database: DatabaseSync): boolean {
  const tables =
    "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
  return database.prepare(tables).get() !== undefined;
}

/** Not every host has it; Node 22 warns once that it is experimental, which is noise to our users. */
async function loadSqlite(): Promise<typeof import('node:sqlite') | undefined> {
  const { emitWarning } = process;
  try {
    process.emitWarning = () => undefined;
    return await import('node:sqlite');
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
