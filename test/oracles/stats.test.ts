import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { readStatistics } from '#core/config/statistics.ts';
import { runInProcess } from '../support/cli.ts';
import { folder } from '../support/workspace.ts';
import { type PgServer, startServer } from './impact/server.ts';

/** `schemaward stats` against real servers: what it reads, that it writes nothing there, and what it tells nobody. */
const majors = (process.env.MAJORS ?? '12,15,18').split(',').map(Number);
const name = 'schemaward.stats.json';

const TABLES = `
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
INSERT INTO orders SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i;
CREATE TABLE days (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2026-02-01') PARTITION BY RANGE (id);
CREATE TABLE days_1_a PARTITION OF days_1 FOR VALUES FROM (0) TO (100000);
CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
INSERT INTO days SELECT i, '2026-01-05' FROM generate_series(1, 5000) i;
INSERT INTO days SELECT i, '2026-02-05' FROM generate_series(1, 3000) i;
CREATE SCHEMA app;
CREATE TABLE app."Odd ""name""" (id int);
CREATE MATERIALIZED VIEW app.sums AS SELECT id FROM orders;
CREATE TEMP TABLE mine (id int);
CREATE VIEW v AS SELECT 1 AS x;`;

function project(context: TestContext, url: string) {
  return folder(context, {
    'db/migration/V1__a.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n',
    'db/migration/V2__b.sql': 'CREATE INDEX orders_note ON orders (note);\n',
    'schemaward.yaml': `targets: { production: { url: "${url}" }, nowhere: { url: "postgresql://u:hunter22@127.0.0.1:1/x" }, file: { from: a.json } }\n`,
    'a.json': '{}',
  });
}

function sizesIn(path: string) {
  const { statistics, problems } = readStatistics(readFileSync(join(path, name), 'utf8'));
  assert.deepEqual(problems, []);
  const [[, found] = []] = statistics;
  assert.ok(found);
  return found;
}

async function withServer(major: number, work: (server: PgServer) => Promise<void>): Promise<void> {
  const server = await startServer(major);
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

for (const major of majors) {
  test(`PostgreSQL ${major}: rows, bytes and writes are the server's own`, async (context) => {
    await withServer(major, async ({ client, port }) => {
      await client.query(TABLES);
      await client.query('ANALYZE');
      const made = project(context, `postgresql://postgres@127.0.0.1:${port}/postgres`);
      const result = await runInProcess(made.path, ['stats', '--target', 'production']);
      assert.deepEqual([result.code, result.err], [0, '']);
      assert.match(result.out, /^7 tables of .* measured on production: schemaward\.stats\.json\n$/);
      const { tables, target } = sizesIn(made.path);
      assert.equal(target, 'production');
      assert.deepEqual(
        [...tables].map(([table, { rows }]) => [table, rows]),
        [
          ['app.Odd "name"', 0],
          ['app.sums', 20000],
          ['public.days', 8000],
          ['public.days_1', 5000],
          ['public.days_1_a', 5000],
          ['public.days_2', 3000],
          ['public.orders', 20000],
        ],
      );
      const { rows } = await client.query<{ bytes: string; indexes: string }>(
        "SELECT pg_table_size('orders') AS bytes, pg_indexes_size('orders') AS indexes",
      );
      const orders = tables.get('public.orders');
      assert.equal(orders?.bytes, Number(Number(rows[0]?.bytes).toPrecision(2)));
      assert.equal(orders?.indexBytes, Number(Number(rows[0]?.indexes).toPrecision(2)));

      const again = readFileSync(join(made.path, name), 'utf8');
      await runInProcess(made.path, ['stats', '--target', 'production']);
      assert.equal(
        readFileSync(join(made.path, name), 'utf8').replaceAll(/"measured".*/g, ''),
        again.replaceAll(/"measured".*/g, ''),
      );
      const found = await runInProcess(made.path, ['check', '--all', '--format', 'json']);
      assert.doesNotMatch(found.out, /lock\/create-index/, 'three megabytes are small');
    });
  });
}

test('writes in an hour count from a time that the server knows, and not for less than an hour', async (context) => {
  await withServer(majors.at(-1) ?? 18, async ({ client, port }) => {
    await client.query('CREATE TABLE t (id int)');
    const made = project(context, `postgresql://postgres@127.0.0.1:${port}/postgres`);
    await client.query('SELECT pg_stat_reset()');
    await runInProcess(made.path, ['stats', '--target', 'production']);
    const { writesSince, tables } = sizesIn(made.path);
    assert.deepEqual([writesSince, tables.get('public.t')?.writesPerHour], [undefined, undefined]);
  });
});

test('the session says who it is, and ends after five seconds behind a lock', async (context) => {
  await withServer(majors.at(-1) ?? 18, async ({ client, other, port }) => {
    await client.query('CREATE TABLE t (id int)');
    await client.query('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
    const made = project(context, `postgresql://postgres@127.0.0.1:${port}/postgres`);
    const running = runInProcess(made.path, ['stats', '--target', 'production']);
    await new Promise((resume) => setTimeout(resume, 1500));
    const { rows } = await other.query<{ state: string }>(
      "SELECT state FROM pg_stat_activity WHERE application_name = 'schemaward'",
    );
    assert.equal(rows.length, 1);
    const result = await running;
    assert.equal(result.code, 2);
    assert.match(result.err, /took longer than 5 seconds/);
    await client.query('ROLLBACK');
    const left = await other.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'schemaward'");
    assert.equal(left.rows.length, 0);
  });
});

test('PGlite is measured too', async (context) => {
  const db = await PGlite.create();
  await db.exec(TABLES);
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1' });
  await server.start();
  try {
    const [, port] = server.getServerConn().split(':');
    const made = project(context, `postgresql://postgres@127.0.0.1:${port}/postgres`);
    const result = await runInProcess(made.path, ['stats', '--target', 'production']);
    assert.deepEqual([result.code, result.err], [0, '']);
    const { tables } = sizesIn(made.path);
    assert.ok((tables.get('public.orders')?.bytes ?? 0) > 2_000_000);
    assert.equal(tables.size, 7);
  } finally {
    await server.stop();
    await db.close();
  }
});
