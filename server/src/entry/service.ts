import { createEngine } from '#core/engine.ts';
import type { Service } from '#core/service.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';

/** The engine with every parser that this host can load. One that cannot be loaded leaves its statements unexamined. */
export async function makeService(): Promise<Service> {
  const postgresql = await loadPostgresqlParser().catch(() => undefined);
  const dialects = createDialects(postgresql === undefined ? {} : { postgresql });
  return createEngine({ dialects });
}
