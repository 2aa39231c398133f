import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import { generator } from '../../scripts/bench-project.ts';
import { checkAll, engine, snapshot, strict } from '../core/support/engine.ts';
import { type PgServer, startServer } from './impact/server.ts';
import { compareHistory } from './support/flyway/comparison.ts';
import { postgresqlDatabase } from './support/flyway/databases.ts';
import { type Flyway, startFlyway } from './support/flyway/flyway.ts';

/**
 * A sample of the generated histories on native PostgreSQL. A migration that fails in its transaction leaves no row
 * there. One that runs outside of it leaves a failed row, but only without the transactional lock: with it, which is
 * the default, the row is rolled back with the lock (Flyway 13.12).
 */
const amount = Number(process.env.SW_ORACLE_FACTOR ?? 1) * 25;
const root = mkdtempSync(join(tmpdir(), 'schemaward-flyway-pg-'));
const seen = new Set<string>();
let server: Promise<PgServer> | undefined;
let real: Promise<Flyway> | undefined;
after(async () => {
  await (await real)?.stop();
  await (await server)?.stop();
  rmSync(root, { recursive: true, force: true });
});

for (let seed = 1; seed <= amount; seed += 1) {
  test(`history ${seed} on PostgreSQL`, async () => {
    server ??= startServer(Number(process.env.MAJORS?.split(',')[0] ?? 15));
    real ??= startFlyway('13.12.0');
    const folder = join(root, `h${seed}`);
    mkdirSync(folder);
    const lock = seed % 2 === 0 ? 'true' : 'false';
    const settings = { 'postgresql.transactional.lock': lock };
    const database = await postgresqlDatabase(await server, `history_${seed}`, settings);
    await compareHistory(await real, seed, generator(seed * 31 + 7), folder, database, seen);
  });
}

/** Files beside `V2__b.sql`, settings, and the lock_timeout that the two migrations find. */
const sessions: readonly (readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>, string])[] = [
  [{ 'beforeMigrate.sql': "SET lock_timeout = '5s';" }, {}, '0 0'],
  [{ 'beforeMigrate.sql': "SET lock_timeout = '5s';" }, { 'postgresql.transactional.lock': 'false' }, '0 0'],
  [{ 'beforeEachMigrate.sql': "SET lock_timeout = '5s';" }, {}, '5s 5s'],
  [{ 'beforeEachMigrateStatement.sql': "SET LOCAL lock_timeout = '5s';" }, {}, '5s 5s'],
  [{ 'beforeMigrate.sql': "SET LOCAL lock_timeout = '5s';" }, {}, '0 0'],
  [{ 'beforeEachMigrate__wait.sql': "SET LOCAL lock_timeout = '5s';" }, {}, '5s 5s'],
  [
    {
      'beforeEachMigrate.sql': "SET LOCAL lock_timeout = '5s';",
      'V1__a.sql.conf': 'executeInTransaction=false',
    },
    {},
    '0 5s',
  ],
  [{}, { initSql: "SET lock_timeout = '5s'" }, '5s 5s'],
  [{}, { options: '?options=-c%20lock_timeout=5s' }, '5s 5s'],
  [{ 'V1__a.sql': "SET lock_timeout = '7s';" }, {}, '7s 7s'],
  [{ 'V1__a.sql': "SET LOCAL lock_timeout = '7s';" }, {}, '7s 0'],
  [{ 'V1__a.sql': "SET lock_timeout = '7s'; RESET lock_timeout;" }, {}, '0 0'],
];

for (const [nth, [files, { options = '', ...settings }, expected]] of sessions.entries())
  test(`a session with ${Object.keys({ ...files, ...settings }).join(', ')}${options}: ${expected}`, async () => {
    server ??= startServer(Number(process.env.MAJORS?.split(',')[0] ?? 15));
    real ??= startFlyway('13.12.0');
    const folder = join(root, `s${nth}`);
    mkdirSync(folder);
    const texts = {
      ...files,
      'V1__a.sql': `${files['V1__a.sql'] ?? ''}\nSELECT 1 AS nth, current_setting('lock_timeout') AS found INTO seen;`,
      'V2__b.sql': "INSERT INTO seen SELECT 2, current_setting('lock_timeout');",
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    const { config, rows } = await postgresqlDatabase(await server, `session_${nth}`, settings);
    await (await real).call('migrate', {
      ...config,
      url: `${config.url}${options}`,
      locations: `filesystem:${folder}`,
    });
    assert.equal((await rows())?.length, 2);
    const found = await lookInto(await server, `session_${nth}`);
    assert.equal(found, expected);
  });

/** A migration, the tables a and b that it leaves, whether the history has it, and what `tx/control` says of it. */
const controls: readonly (readonly [sql: string, left: string, noted: boolean, said: string, outside?: true])[] = [
  ['BEGIN; CREATE TABLE a (i int); COMMIT;', 'a', true, 'commit-last'],
  ['CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int);', 'a b', true, 'commit'],
  ['CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int); SELECT 1 / 0;', 'a', false, 'commit'],
  ['CREATE TABLE a (i int); ROLLBACK; CREATE TABLE b (i int);', 'b', true, 'rollback'],
  ['CREATE TABLE a (i int); ROLLBACK;', '', true, 'rollback'],
  ['BEGIN; CREATE TABLE a (i int);', 'a', true, 'begin'],
  ['CREATE TABLE a (i int); COMMIT AND CHAIN; CREATE TABLE b (i int);', 'a b', true, ''],
  ['CREATE TABLE a (i int); ROLLBACK AND CHAIN; CREATE TABLE b (i int);', 'b', true, ''],
  ['CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int); ROLLBACK;', 'a', true, 'commit rollback'],
  ['CREATE TABLE a (i int); COMMIT; BEGIN; CREATE TABLE b (i int);', 'a b', true, 'commit begin'],
  ['SAVEPOINT s; CREATE TABLE a (i int); ROLLBACK TO s; CREATE TABLE b (i int); RELEASE s;', 'b', true, ''],
  ['DO $$ BEGIN CREATE TABLE a (i int); COMMIT; END $$;', '', false, 'block'],
  ['CREATE TABLE a (i int); COMMIT; DO $$ BEGIN CREATE TABLE b (i int); ROLLBACK; END $$;', 'a', false, 'commit block'],
  ['DO $$ BEGIN FOR n IN 1..2 LOOP COMMIT; END LOOP; END $$;', '', false, 'block'],
  ["DO $$ BEGIN RAISE NOTICE 'COMMIT;'; /* COMMIT; */ END $$; CREATE TABLE a (i int);", 'a', true, ''],
  ['BEGIN; CREATE TABLE a (i int);', 'a', true, 'unfinished', true],
  ['BEGIN; CREATE TABLE a (i int); SELECT 1 / 0;', '', false, 'unfinished', true],
  ['BEGIN; CREATE TABLE a (i int); COMMIT; CREATE TABLE b (i int);', 'a b', true, '', true],
  ['BEGIN; CREATE TABLE a (i int); ROLLBACK; CREATE TABLE b (i int);', 'b', true, '', true],
  ['COMMIT; CREATE TABLE a (i int);', 'a', true, 'no-begin', true],
  ['CREATE TABLE a (i int); ROLLBACK; CREATE TABLE b (i int);', 'a b', true, 'no-begin', true],
  ['DO $$ BEGIN CREATE TABLE a (i int); COMMIT; END $$;', 'a', true, '', true],
  ['BEGIN; DO $$ BEGIN CREATE TABLE a (i int); COMMIT; END $$; COMMIT;', '', false, 'block', true],
];

for (const [nth, [sql, left, noted, said, outside]] of controls.entries())
  test(`${outside ? 'outside a transaction, ' : ''}${sql} leaves ${left || 'nothing'}`, async () => {
    server ??= startServer(Number(process.env.MAJORS?.split(',')[0] ?? 15));
    real ??= startFlyway('13.12.0');
    const folder = join(root, `c${nth}`);
    mkdirSync(folder);
    const texts = {
      'V1__a.sql': `${sql}\n`,
      ...(outside ? { 'V1__a.sql.conf': 'executeInTransaction=false\n' } : {}),
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
    const { config, rows } = await postgresqlDatabase(await server, `control_${nth}`, {
      'postgresql.transactional.lock': 'false',
    });
    await (await real).call('migrate', { ...config, locations: `filesystem:${folder}` });
    const successes = (await rows())?.filter(({ success }) => success === true).length ?? 0;
    assert.deepEqual([await tablesIn(await server, `control_${nth}`), successes === 1], [left, noted]);

    const pending = { ...texts, 'V2__b.sql': 'DROP TABLE a; DROP TABLE b;\n' };
    const { findings } = checkAll(engine(), snapshot({ pending, other: strict, version: 18 }));
    const ids = findings.filter(({ rule }) => rule === 'tx/control').map(({ messageId }) => messageId);
    assert.equal(ids.join(' '), said);
    // What fails leaves less than what is written; that it fails is what the finding says.
    if (!noted) return;
    const missing = findings.filter(({ rule }) => rule === 'run/unknown-object').map(({ args }) => args.object);
    assert.deepEqual(['a', 'b'].filter((table) => !missing.includes(table)).join(' '), left);
  });

async function tablesIn({ client: { port } }: PgServer, database: string): Promise<string> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relname IN ('a', 'b') ORDER BY 1",
    );
    return rows.map(({ name }) => name).join(' ');
  } finally {
    await client.end();
  }
}

/** The lock_timeout that each migration found. */
async function lookInto({ client: { port } }: PgServer, database: string): Promise<string> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database });
  await client.connect();
  try {
    const { rows } = await client.query<{ found: string }>('SELECT found FROM seen ORDER BY nth');
    return rows.map(({ found }) => found).join(' ');
  } finally {
    await client.end();
  }
}

test('the sample reached what is different on PostgreSQL', () => {
  const wanted = ['Failed', 'Success', 'Out of Order', 'Missing', 'Deleted', 'Baseline', 'migrated', 'refused'];
  assert.deepEqual(
    wanted.filter((each) => !seen.has(each)),
    [],
  );
});
