import { createEngine } from '#core/engine.ts';
import type { Service } from '#core/service.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { newStatementMemo } from '#core/sql/script.ts';
import { withReadingCache } from '#host/cache.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';

/** The engine with every parser that this host can load. One that cannot be loaded leaves its statements unexamined. */
export async function makeService({ cache }: { readonly cache: boolean }): Promise<Service> {
  const postgresql = await loadPostgresqlParser().catch(() => undefined);
  const dialects = createDialects(postgresql === undefined ? {} : { postgresql });
  const memo = newStatementMemo();
  if (!cache) return createEngine({ dialects, statements: memo });
  const readings = withReadingCache(memo, process.env);
  process.once('exit', readings.save);
  return createEngine({ dialects, statements: readings.memo });
}
