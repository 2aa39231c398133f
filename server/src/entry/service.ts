import { join } from 'node:path';
import { createEngine } from '#core/engine.ts';
import type { Service } from '#core/service.ts';
import type { Dialect } from '#core/sql/dialect.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { launcher } from '#host/ahead/launch.ts';
import { readAhead } from '#host/ahead/read-ahead.ts';
import { compilePostgresqlParser, loadPostgresqlParser, postgresqlParser } from '#host/parsers/postgresql.ts';

/** The engine with every parser that this host can load. One that cannot be loaded leaves its statements unexamined. */
export async function makeService(): Promise<Service> {
  const postgresql = await loadPostgresqlParser().catch(() => undefined);
  return createEngine({ dialects: createDialects(postgresql === undefined ? {} : { postgresql }) });
}

/** The same for a command, which has nothing to do but to read a history: a second thread reads ahead of the replay. */
export async function makeCommandService(): Promise<Service> {
  const parser = await compilePostgresqlParser().catch(() => undefined);
  if (parser === undefined) return createEngine({ dialects: createDialects({}) });
  const dialects = [...createDialects({ postgresql: postgresqlParser(parser) }).values()].map((dialect): Dialect => {
    const { reader } = dialect;
    return reader === undefined ? dialect : { ...dialect, reader: readAhead(reader, launcher(main, parser)) };
  });
  return createEngine({ dialects: new Map(dialects.map((dialect) => [dialect.id, dialect])) });
}

/** The bundle is one file; sources that run as they are have one of their own for what is run. */
const main = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, 'main.ts') : import.meta.filename;
