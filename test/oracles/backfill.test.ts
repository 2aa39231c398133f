import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type pg from 'pg';
import type { Proposal } from '#core/model/proposal.ts';
import type { PlanRequest } from '#core/plans/recipe.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';
import { engine, snapshot } from '../core/support/engine.ts';
import { type PgServer, startServer } from './impact/server.ts';

/** What happens beside the straight way: an interrupted backfill, writers at the same time, triggers of the table's own. */
const rename: PlanRequest = { operation: 'rename-column', table: 'things', column: 'val', newName: 'worth' };
const majors = process.env.MAJORS?.split(',').map(Number) ?? [12, 18];

interface Keyed {
  readonly name: string;
  readonly table: string;
  /** Columns and their values for row `n`, beside `val`. */
  readonly columns: string;
  readonly values: string;
}

const tables: readonly Keyed[] = [
  { name: 'bigint key', table: 'id bigint PRIMARY KEY', columns: 'id', values: 'n' },
  { name: 'negative numbers', table: 'id numeric PRIMARY KEY', columns: 'id', values: 'n - 600' },
  { name: 'text key', table: 'id text PRIMARY KEY', columns: 'id', values: 'chr(60 + n % 60) || n' },
  { name: 'uuid key', table: 'id uuid PRIMARY KEY', columns: 'id', values: 'md5(n::text)::uuid' },
  {
    name: 'composite key',
    table: 'a text, b date, c int, PRIMARY KEY (b, a, c)',
    columns: 'a, b, c',
    values: "(n % 7)::text, date '2020-01-01' + n % 11, n",
  },
  { name: 'no key', table: 'id bigint', columns: 'id', values: 'nullif(n % 50, 0)' },
];

for (const major of majors) {
  let server: Promise<PgServer> | undefined;
  const start = () => {
    server ??= startServer(major);
    return server;
  };
  after(async () => (await server)?.stop());
  const inSchema = async (name: string, work: (db: pg.Client, it: PgServer) => Promise<void>) => {
    const it = await start();
    await it.client.query(`CREATE SCHEMA ${name}; SET search_path TO ${name}`);
    try {
      await work(it.client, it);
    } finally {
      await it.client.query('ROLLBACK').catch(() => undefined);
      await it.client.query(`SET search_path TO public; DROP SCHEMA ${name} CASCADE`);
    }
  };

  for (const [nth, keyed] of tables.entries()) {
    test(`PostgreSQL ${major}: a backfill that is killed goes on where it is run again: ${keyed.name}`, () =>
      inSchema(`k${nth}`, async (db, it) => {
        const setup = `CREATE TABLE things (${keyed.table}, val text);`;
        const { expand, backfill } = files(setup);
        await run(db, setup);
        await db.query(
          `INSERT INTO things (${keyed.columns}, val) SELECT ${keyed.values}, CASE WHEN n % 9 > 0 THEN 'v' || n END FROM generate_series(1, 1500) n`,
        );
        await run(db, expand);
        const left = async () =>
          Number((await db.query('SELECT count(*) AS n FROM things WHERE worth IS DISTINCT FROM val')).rows[0].n);
        const before = await left();
        assert.ok(before > 1000);
        const victim = await it.connect();
        await victim.query(`SET search_path TO k${nth}`);
        const pid = (await victim.query('SELECT pg_backend_pid() AS pid')).rows[0].pid;
        const ended = run(victim, backfill, false).then(
          () => 'ran through',
          (error: unknown) => String(error),
        );
        for (let looks = 0; looks < 2000 && (await left()) === before; looks += 1);
        await db.query('SELECT pg_terminate_backend($1)', [pid]);
        assert.match(await ended, /terminat/);
        await victim.end().catch(() => undefined);
        const rest = await left();
        assert.ok(rest > 0 && rest < before, `interrupted in the middle, ${rest} of ${before} left`);
        await run(db, backfill, false);
        assert.equal(await left(), 0);
      }));
  }

  test(`PostgreSQL ${major}: a backfill of an empty table ends at once`, () =>
    inSchema('empty', async (db) => {
      for (const { table } of tables) {
        const setup = `CREATE TABLE things (${table}, val text);`;
        const { expand, backfill } = files(setup);
        await run(db, setup);
        await run(db, expand);
        await run(db, backfill, false);
        await db.query('DROP TABLE things CASCADE; DROP FUNCTION sw_rename_val_mfmy()');
      }
    }));

  for (const [nth, keyed] of tables.entries()) {
    test(`PostgreSQL ${major}: old and new code write, insert and upsert while the backfill runs: ${keyed.name}`, () =>
      inSchema(`w${nth}`, async (db, it) => {
        const setup = `CREATE TABLE things (${keyed.table}, val text DEFAULT 'none');`;
        const { expand, backfill, contract } = files(setup);
        await run(db, setup);
        await db.query(
          `INSERT INTO things (${keyed.columns}, val) SELECT ${keyed.values}, 'v' || n FROM generate_series(1, 1500) n`,
        );
        await run(db, expand);
        const done = { value: false };
        const writer = async (column: string, from: number) => {
          const session = await it.connect();
          await session.query(`SET search_path TO w${nth}`);
          let written = 0;
          for (let n = from; !done.value || written < 40; n += 1, written += 1) {
            const target = `ctid = (SELECT min(ctid) FROM things TABLESAMPLE SYSTEM (50))`;
            const values = keyed.values.replace(/\bn\b/g, String(n));
            await session.query(`INSERT INTO things (${keyed.columns}, ${column}) SELECT ${values}, '${column}${n}'`);
            await session.query(`UPDATE things SET ${column} = '${column}-${n}' WHERE ${target}`);
          }
          await session.end();
        };
        const writers = [writer('val', 10_000), writer('worth', 20_000)];
        await run(db, backfill, false).finally(() => {
          done.value = true;
        });
        await Promise.all(writers);
        const { rows } = await db.query(
          "SELECT count(*) AS n, count(*) FILTER (WHERE worth IS DISTINCT FROM val) AS apart, count(*) FILTER (WHERE val LIKE 'worth%') AS fresh FROM things",
        );
        assert.equal(rows[0].apart, '0');
        assert.ok(Number(rows[0].n) >= 1580 && Number(rows[0].fresh) >= 20);
        await run(db, contract);
      }));
  }

  test(`PostgreSQL ${major}: old and new code upsert the same rows at the same time`, () =>
    inSchema('upserts', async (db, it) => {
      const setup = 'CREATE TABLE things (id bigint PRIMARY KEY, val text NOT NULL UNIQUE, hits int DEFAULT 0);';
      const { expand, backfill, indexes, contract } = files(setup);
      await run(db, setup);
      await db.query("INSERT INTO things SELECT n, 'v' || n FROM generate_series(1, 20) n");
      await run(db, expand);
      await run(db, backfill, false);
      for (const index of indexes) await run(db, index, false);
      const upsert = async (column: string) => {
        const session = await it.connect();
        await session.query('SET search_path TO upserts');
        for (let n = 0; n < 120; n += 1)
          await session.query(
            `INSERT INTO things AS t (id, ${column}) VALUES (${1000 + (n % 30)}, 'w${n % 30}') ON CONFLICT (${column}) DO UPDATE SET hits = t.hits + 1`,
          );
        await session.end();
      };
      await upsert('val');
      await Promise.all([upsert('val'), upsert('worth')]);
      const { rows } = await db.query(
        'SELECT count(*) AS n, sum(hits) AS hits, count(*) FILTER (WHERE worth IS DISTINCT FROM val) AS apart FROM things WHERE id >= 1000',
      );
      assert.deepEqual(rows[0], { n: '30', hits: '330', apart: '0' });
      await run(db, contract);
      assert.equal((await db.query("SELECT count(*) AS n FROM things WHERE worth LIKE 'w%'")).rows[0].n, '30');
    }));

  test(`PostgreSQL ${major}: a trigger of the table that changes the value is followed, and the contract waits for its function`, () =>
    inSchema('own', async (db) => {
      const setup = `CREATE TABLE things (id bigint PRIMARY KEY, val text);
CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.val := lower(NEW.val); RETURN NEW; END';
CREATE TRIGGER tidy BEFORE INSERT OR UPDATE ON things FOR EACH ROW EXECUTE FUNCTION tidy();`;
      const { plan, expand, backfill, contract } = files(setup);
      assert.ok(plan.notes.some((note) => note.includes('tidy') && note.includes('worth')));
      await run(db, setup);
      await db.query("INSERT INTO things VALUES (1, 'A')");
      await run(db, expand);
      await run(db, backfill, false);
      await db.query("INSERT INTO things (id, val) VALUES (2, 'B'); UPDATE things SET val = 'C' WHERE id = 1");
      const { rows } = await db.query('SELECT val, worth FROM things ORDER BY id');
      assert.deepEqual(rows, [
        { val: 'c', worth: 'c' },
        { val: 'b', worth: 'b' },
      ]);
      await assert.rejects(run(db, contract), /a trigger function of things still names val/);
      await db.query('ROLLBACK');
      await db.query(
        "CREATE OR REPLACE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.worth := lower(NEW.worth); RETURN NEW; END'",
      );
      await run(db, contract);
      await db.query("INSERT INTO things (id, worth) VALUES (3, 'D')");
    }));

  test(`PostgreSQL ${major}: row security that binds the owner too stops the backfill instead of hiding rows from it`, () =>
    inSchema('secured', async (db) => {
      const setup = `CREATE TABLE things (id bigint PRIMARY KEY, val text);
ALTER TABLE things ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY few ON things USING (id < 3);`;
      const { expand, backfill, contract } = files(setup);
      await db.query('CREATE ROLE owning; GRANT ALL ON SCHEMA secured TO owning; SET ROLE owning');
      try {
        await run(db, setup);
        await db.query("RESET ROLE; INSERT INTO things VALUES (1, 'a'), (9, 'b'); SET ROLE owning");
        await run(db, expand);
        await assert.rejects(run(db, backfill, false), /row-level security/);
        await assert.rejects(run(db, contract), /row-level security/);
        await db.query('ROLLBACK; RESET ROLE; RESET row_security');
        await run(db, backfill, false);
        await run(db, contract);
        assert.equal((await db.query('SHOW row_security')).rows[0].row_security, 'on');
      } finally {
        await db.query('ROLLBACK; RESET ROLE; DROP OWNED BY owning CASCADE; DROP ROLE owning');
      }
    }));

  test(`PostgreSQL ${major}: a column is not dropped while the function of a trigger names it`, () =>
    inSchema('dropped', async (db) => {
      const setup = `CREATE TABLE things (id bigint PRIMARY KEY, val text, "Odd.Name" text);
CREATE FUNCTION fresh() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new . "Odd.Name" := coalesce(NEW.VAL, ''x''); RETURN NEW; END';
CREATE TRIGGER fresh BEFORE INSERT OR UPDATE ON things FOR EACH ROW EXECUTE FUNCTION fresh();`;
      await run(db, setup);
      for (const column of ['val', '"Odd.Name"']) {
        const { contract } = files(setup, { operation: 'drop-column', table: 'things', column });
        await assert.rejects(run(db, contract), /a trigger function of things still names/);
        await db.query('ROLLBACK');
      }
      await db.query(
        "CREATE OR REPLACE FUNCTION fresh() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.valid := 1; RETURN NEW; END'",
      );
      await run(db, files(setup, { operation: 'drop-column', table: 'things', column: 'val' }).contract);
    }));

  test(`PostgreSQL ${major}: the guard stops a contract while the columns differ, and nothing has changed then`, () =>
    inSchema('guarded', async (db) => {
      const setup = 'CREATE TABLE things (id bigint PRIMARY KEY, val text);';
      const { expand, backfill, contract } = files(setup);
      await run(db, setup);
      await db.query("INSERT INTO things VALUES (1, 'a')");
      await run(db, expand);
      await assert.rejects(run(db, contract), /val and worth still differ/);
      await db.query('ROLLBACK');
      await run(db, backfill, false);
      await run(db, contract);
      assert.deepEqual((await db.query('SELECT * FROM things')).rows, [{ id: '1', worth: 'a' }]);
    }));
}

function files(setup: string, request = rename) {
  const config = { 'schemaward.yaml': 'version: 1\nevolutions: { backfill: { batch: 20 } }\n' };
  const made = snapshot({ released: { 'V1__setup.sql': setup }, other: config });
  const plan = engine().scaffold(made, undefined, request);
  if (plan.kind === 'refusal') throw new Error(plan.reason);
  const text = (test: (file: Proposal['creates'][number]) => boolean) =>
    plan.creates.filter(test).map((each) => each.text);
  return {
    plan,
    expand: text(({ phase, role }) => phase === 'expand' && role === 'migration')[0] ?? '',
    backfill: text(({ phase }) => phase === 'backfill')[0] ?? '',
    indexes: text(({ phase, role }) => phase === 'verify' && role === 'migration'),
    contract: text(({ role }) => role === 'draft')[0] ?? '',
  };
}

async function run(db: pg.Client, text: string, transactional = true): Promise<void> {
  if (transactional) await db.query('BEGIN');
  for (const { id } of splitScript(text, postgresqlLexical)) await db.query(id.text);
  if (transactional) await db.query('COMMIT');
}
