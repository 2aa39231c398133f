import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '../../test/oracles/impact/server.ts';
import { cachedFolder, fingerprint } from '../oracles/cache.ts';
import { logPrefix, type Told, toldIn } from './server-log.ts';

/** A history of another tool than Flyway, as a server saw it when the tool ran it from an empty database. */
export interface RecordedHistory {
  readonly name: string;
  readonly tool: string;
  /** Package and version that ships it. */
  readonly from: string;
  /** Words of the tool's own history table. */
  readonly historyTable: RegExp;
  /** The tool's note that a migration is done; group 1 names it. */
  readonly done: RegExp;
  readonly rolling?: Rolling;
  /** Names of the migrations that another version of the package ships, as the tool notes them. */
  readonly shippedIn?: (version: string) => Promise<readonly string[]>;
  /** Versions that were published one after the other, oldest first; the last one is the recorded version. */
  readonly releases?: readonly string[];
  /** Runs the tool to its end. */
  run(at: { readonly port: number; readonly database: string }): Promise<void>;
}

/** Its migrations run while the version before is in use, and reviewers have to mind that. */
export interface Rolling {
  /** Where the product says so. */
  readonly says: string;
  /** Only migrations that this version of the package does not ship yet came under the policy. */
  readonly after?: string;
  /** Only the first migration whose name begins like this, and those behind it, came under the policy. */
  readonly from?: string;
}

/** The server's major version. */
export const recordedOn = 15;

/**
 * Runs the history's own tool on native PostgreSQL and splits what the server was told where the tool notes a migration as
 * done: one SQL file for each. Queries are left out, so are the tool's own history table and what changed nothing (a change
 * for another database, code that found no rows). Answers the folder.
 */
export function recordHistory(history: RecordedHistory): Promise<string> {
  const place = join('recorded', `${history.name}-${fingerprint(`layout 4 ${history.from}`)}`);
  return cachedFolder(place, async (draft) => {
    const log = await logOf(history);
    const target = join(draft, history.name, 'src', 'main', 'resources', 'db', 'migration');
    await mkdir(target, { recursive: true });
    await writeFile(join(draft, history.name, 'flyway.conf'), settings);
    for (const [index, migration] of split(history, toldIn(log, databaseOf(history))).entries())
      await lay(target, index + 1, migration);
  });
}

/** Other tools hold no transaction of their own beside the migration's. */
const settings = `flyway.locations=filesystem:src/main/resources/db/migration
flyway.postgresql.transactional.lock=false
`;

async function logOf(history: RecordedHistory): Promise<string> {
  const server = await startServer(recordedOn);
  try {
    const database = databaseOf(history);
    await server.client.query(`CREATE DATABASE ${database}`);
    for (const setting of ["log_statement = 'all'", `log_line_prefix = '${logPrefix}'`, 'log_min_messages = error'])
      await server.client.query(`ALTER SYSTEM SET ${setting}`);
    await server.client.query('SELECT pg_reload_conf()');
    const { rows } = await server.client.query<{ data_directory: string }>('SHOW data_directory');
    await history.run({ port: server.port, database });
    return await readFile(join(rows[0]?.data_directory ?? '', 'log'), 'utf8');
  } finally {
    await server.stop();
  }
}

function databaseOf({ name }: RecordedHistory): string {
  return name.replaceAll('-', '_');
}

interface RecordedMigration {
  readonly name: string;
  readonly told: readonly Told[];
}

function split({ historyTable, done }: RecordedHistory, told: readonly Told[]): readonly RecordedMigration[] {
  const migrations: RecordedMigration[] = [];
  let open: Told[] = [];
  for (const each of told) {
    const name = done.exec(each.sql)?.[1];
    if (name !== undefined) {
      if (open.length > 0) migrations.push({ name, told: open });
      open = [];
    } else if (!historyTable.test(each.sql) && isChange(each.sql)) open.push(each);
  }
  return migrations;
}

/** Not a query, and not what a driver sets in its session. */
function isChange(sql: string): boolean {
  const text = sql.replace(/^(\s|--.*\n|\/\*[\s\S]*?\*\/)+/, '');
  if (/^set\s+(session\s+characteristics|client_|application_name|extra_float|datestyle|time\s*zone)/i.test(text))
    return false;
  if (
    !/^(select|with|show|values|table|explain|listen|unlisten|notify|discard|deallocate|fetch|close|declare)\b/i.test(
      text,
    )
  )
    return true;
  return /;\s*\S|\b(insert\s+into|delete\s+from|setval)\b|\bupdate\b[\s\S]*\bset\b/i.test(text);
}

/** A tool's name of a migration as the words of its file's name. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/\.\w+$/, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 80);
  return words === '' ? 'migration' : words;
}

async function lay(folder: string, version: number, { name, told }: RecordedMigration): Promise<void> {
  const file = join(folder, `V${version}__${wordsOf(name)}.sql`);
  const isAlone =
    told.every(({ inTransaction }) => inTransaction) || (told.length === 1 && told.every(isOneTransaction));
  await writeFile(file, told.map((each) => laid(each, !isAlone && isOneTransaction(each))).join('\n'));
  if (!isAlone) await writeFile(`${file}.conf`, 'executeInTransaction=false\n');
}

/** One message is one transaction, unless it refuses that. */
function isOneTransaction({ sql, inTransaction }: Told): boolean {
  return !inTransaction && !/\bconcurrently\b/i.test(sql);
}

function laid({ sql }: Told, isOne: boolean): string {
  const text = `${sql.replace(/;\s*$/, '')};\n`;
  return isOne && /;\s*\S/.test(text) ? `BEGIN;\n${text}COMMIT;\n` : text;
}
