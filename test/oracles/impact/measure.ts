import type { Client } from 'pg';

/** What a real server did, by relation name. Only relations that were there before the statement count. */
export interface Measured {
  /** Strongest mode on each table, view, index, sequence: `ACCESS EXCLUSIVE`. */
  readonly locks: ReadonlyMap<string, string>;
  /** Tables and materialized views with a new file. */
  readonly rewritten: ReadonlySet<string>;
  /** Indexes with a new file. */
  readonly rebuilt: ReadonlySet<string>;
  /** Tables read as a whole, for whatever reason. */
  readonly scanned: ReadonlySet<string>;
  /** Tables on which a new index was built. */
  readonly built: ReadonlySet<string>;
}

const MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
];

/** Modes as the documentation writes them, weakest first. */
export const LOCK_WORDS: readonly string[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

interface Relation {
  readonly oid: number;
  readonly name: string;
  readonly kind: string;
  readonly file: number;
  readonly scans: number;
}

const RELATIONS = `
  SELECT c.oid::int AS oid, CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
         c.relkind AS kind, c.relfilenode::int AS file, coalesce(pg_stat_get_xact_numscans(c.oid), 0)::int AS scans
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r','p','v','m','i','I','S','f')`;

async function relations(client: Client): Promise<Map<number, Relation>> {
  const { rows } = await client.query<Relation>(RELATIONS);
  return new Map(rows.map((row) => [row.oid, row]));
}

/** Makes an empty `public` and nothing else, then runs the setup in it. */
export async function prepare(client: Client, setup: string): Promise<void> {
  await client.query(`SET client_min_messages = error;
    DO $$ DECLARE s text; BEGIN
      FOR s IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP;
      FOR s IN SELECT pubname FROM pg_publication LOOP EXECUTE format('DROP PUBLICATION %I', s); END LOOP;
    END $$;
    DROP ACCESS METHOD IF EXISTS heap2; CREATE SCHEMA public; RESET ALL; SET client_min_messages = error;`);
  if (setup.trim() !== '') await client.query(setup);
}

/** Runs the statement in a transaction that is rolled back, and reads what it holds just before that. */
export async function measureInside(client: Client, statement: string): Promise<Measured> {
  await client.query('BEGIN');
  try {
    const before = await relations(client);
    const messages = await withDebug(client, () => client.query(statement));
    const held = await locksOf(client, before);
    const after = await relations(client);
    return { ...files(before, after), locks: held, ...scans(before, after, messages) };
  } finally {
    await client.query('ROLLBACK');
    await client.query('RESET ALL');
  }
}

/** The first stops everything from itself on; the second only what comes last (DETACH CONCURRENTLY's second half). */
const BLOCKERS = ['SHARE UPDATE EXCLUSIVE', 'ACCESS SHARE'];

/**
 * Runs a statement that refuses a transaction block. Another session holds one relation after the other in a mode that
 * stops everything from SHARE UPDATE EXCLUSIVE on, and reads which mode the statement holds or waits for.
 */
export async function measureOutside(
  client: Client,
  blocker: Client,
  setup: string,
  statement: string,
): Promise<Measured> {
  await prepare(client, setup);
  const names = [...(await relations(client)).values()].filter(({ kind }) => 'rpi'.includes(kind));
  const locks = new Map<string, string>();
  for (const { name, kind } of names) {
    for (const mode of BLOCKERS) {
      if (kind === 'i' && mode === 'ACCESS SHARE') continue;
      await prepare(client, setup);
      await blockOne(client, blocker, { name, kind, mode }, statement, locks);
    }
  }
  await prepare(client, setup);
  const before = await relations(client);
  const messages = await withDebug(client, () => client.query(statement));
  const after = await relations(client);
  await client.query('RESET ALL');
  return { ...files(before, after), locks, ...scans(new Map(), new Map(), messages, before) };
}

async function blockOne(
  client: Client,
  blocker: Client,
  { name, kind, mode }: { readonly name: string; readonly kind: string; readonly mode: string },
  statement: string,
  locks: Map<string, string>,
): Promise<void> {
  const before = await relations(client);
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await blocker.query('BEGIN');
  await blocker.query(
    kind === 'i' ? `ALTER INDEX ${name} SET (fillfactor = 90)` : `LOCK TABLE ONLY ${name} IN ${mode} MODE`,
  );
  let done = false;
  const running = client.query(statement).finally(() => {
    done = true;
  });
  running.catch(() => undefined);
  while (!done && !(await isWaiting(blocker, rows[0]!.pid))) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const [relation, held] of await locksOf(blocker, before, rows[0]!.pid)) strengthen(locks, relation, held);
  await blocker.query('ROLLBACK');
  await running;
}

async function isWaiting(client: Client, pid: number): Promise<boolean> {
  const { rows } = await client.query(`SELECT 1 FROM pg_locks WHERE pid = ${pid} AND NOT granted`);
  return rows.length > 0;
}

async function locksOf(
  client: Client,
  known: ReadonlyMap<number, Relation>,
  pid?: number,
): Promise<Map<string, string>> {
  const { rows } = await client.query<{ relation: number; mode: string }>(
    `SELECT relation::int AS relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = ${pid ?? 'pg_backend_pid()'}`,
  );
  const locks = new Map<string, string>();
  for (const { relation, mode } of rows) {
    const found = known.get(relation);
    if (found !== undefined) strengthen(locks, found.name, LOCK_WORDS[MODES.indexOf(mode)] ?? mode);
  }
  return locks;
}

function strengthen(locks: Map<string, string>, relation: string, mode: string): void {
  if (LOCK_WORDS.indexOf(mode) > LOCK_WORDS.indexOf(locks.get(relation) ?? '')) locks.set(relation, mode);
}

async function withDebug(client: Client, run: () => Promise<unknown>): Promise<readonly string[]> {
  const messages: string[] = [];
  const listen = ({ message }: { readonly message?: string | undefined }): void => {
    messages.push(message ?? '');
  };
  await client.query('SET client_min_messages = debug1');
  client.on('notice', listen);
  try {
    await run();
  } finally {
    client.off('notice', listen);
  }
  await client.query('SET client_min_messages = error');
  return messages;
}

/** By name: a type change makes an index anew, which then has another oid and the old name. */
function files(before: ReadonlyMap<number, Relation>, after: ReadonlyMap<number, Relation>) {
  const newFiles = new Map([...after.values()].map(({ name, file }) => [name, file]));
  const renewed = [...before.values()].filter(
    ({ name, file }) => file !== 0 && newFiles.has(name) && newFiles.get(name) !== file,
  );
  return {
    rewritten: new Set(renewed.filter(({ kind }) => kind === 'r' || kind === 'm').map(({ name }) => name)),
    rebuilt: new Set(renewed.filter(({ kind }) => kind === 'i').map(({ name }) => name)),
  };
}

/** `verifying table`, `rewriting table` and `validating foreign key` are DEBUG1 messages; other scans show in the counters. */
function scans(
  before: ReadonlyMap<number, Relation>,
  after: ReadonlyMap<number, Relation>,
  messages: readonly string[],
  known: ReadonlyMap<number, Relation> = before,
) {
  const counted = [...before.values()].filter(
    ({ oid, kind, scans: old }) => 'rm'.includes(kind) && (after.get(oid)?.scans ?? 0) > old,
  );
  const said = messages.flatMap((text) => /^(?:verifying|rewriting) table "(.*)"/.exec(text)?.[1] ?? []);
  const tables = new Set([...known.values()].filter(({ kind }) => 'rm'.includes(kind)).map(({ name }) => name));
  const indexes = new Set([...known.values()].filter(({ kind }) => 'iI'.includes(kind)).map(({ name }) => name));
  const builds = messages.flatMap((text) => {
    const found = /^building index "(.*?)" on table "(.*?)"/.exec(text);
    return found === null ? [] : [{ index: found[1] ?? '', table: found[2] ?? '' }];
  });
  return {
    scanned: new Set([...counted.map(({ name }) => name), ...said.filter((name) => tables.has(name))]),
    built: new Set(
      builds.filter(({ index, table }) => !indexes.has(index) && tables.has(table)).map(({ table }) => table),
    ),
  };
}
