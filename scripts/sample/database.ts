import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { checksumOf } from './history.ts';
import type { Sample } from './workspace.ts';

/**
 * PostgreSQL in this process, with the applied part of both histories and Flyway's own table in each schema, at the
 * port that the sample's configuration names.
 */
export async function startSampleDatabase(sample: Sample): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const db = await PGlite.create();
  for (const [service, last] of Object.entries(sample.manifest.applied)) await applyHistory(db, sample, service, last);
  await db.exec('SET search_path TO public');
  const server = new PGLiteSocketServer({ db, port: sample.port, host: '127.0.0.1' });
  await server.start();
  return {
    url: `postgresql://postgres@127.0.0.1:${sample.port}/shop`,
    async stop() {
      await server.stop();
      await db.close();
    },
  };
}

async function applyHistory(db: PGlite, sample: Sample, service: string, last: string): Promise<void> {
  await db.exec(`CREATE SCHEMA ${service}; SET search_path TO ${service}; ${historyTable}`);
  const files = sample.manifest.released
    .filter((name) => name.startsWith(`services/${service}/`) && /\/V[^/]*\.sql$/.test(name))
    .sort();
  let rank = 0;
  for (const name of files) {
    const script = basename(name);
    const [, version = '', description = ''] = /^V([0-9_]+)__(.*)\.sql$/.exec(script) ?? [];
    const text = readFileSync(join(sample.path, name), 'utf8');
    const started = performance.now();
    await db.exec(text.replaceAll('${app_role}', 'shop_orders'));
    rank += 1;
    const took = Math.round(performance.now() - started);
    await db.query(
      `INSERT INTO flyway_schema_history VALUES ($1, $2, $3, 'SQL', $4, $5, 'deployer', now() - ($6 || ' days')::interval, $7, true)`,
      [
        rank,
        version.replaceAll('_', '.'),
        description.replaceAll('_', ' '),
        script,
        checksumOf(text),
        String(300 - rank * 9),
        took,
      ],
    );
    if (version === last) break;
  }
}

const historyTable = `CREATE TABLE flyway_schema_history (
  installed_rank int PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,
  script varchar(1000) NOT NULL, checksum int, installed_by varchar(100) NOT NULL,
  installed_on timestamp NOT NULL DEFAULT now(), execution_time int NOT NULL, success boolean NOT NULL);`;
