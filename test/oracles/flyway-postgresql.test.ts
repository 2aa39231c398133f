import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generator } from '../../scripts/bench-project.ts';
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

test('the sample reached what is different on PostgreSQL', () => {
  const wanted = ['Failed', 'Success', 'Out of Order', 'Missing', 'Deleted', 'Baseline', 'migrated', 'refused'];
  assert.deepEqual(
    wanted.filter((each) => !seen.has(each)),
    [],
  );
});
