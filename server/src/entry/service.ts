import { join } from 'node:path';
import { createEngine } from '#core/engine.ts';
import type { Service } from '#core/service.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { launcher } from '#host/ahead/launch.ts';
import { readAhead } from '#host/ahead/read-ahead.ts';
import { compilePostgresqlParser, postgresqlParser } from '#host/parsers/postgresql.ts';

/** The engine with every parser that this host can load. One that cannot be loaded leaves its statements unexamined. */
export async function makeService(): Promise<Service> {
  return createEngine({ dialects: dialectsOf(await loadParser()) });
}

/** The same for a command, which has nothing to do but to read a history: a second thread reads ahead of the replay. */
export async function makeCommandService(): Promise<Service> {
  const parser = await loadParser();
  const dialects = new Map(dialectsOf(parser));
  const postgresql = dialects.get('postgresql');
  if (parser !== undefined && postgresql?.reader !== undefined)
    dialects.set('postgresql', { ...postgresql, reader: readAhead(postgresql.reader, launcher(main, parser)) });
  return createEngine({ dialects });
}

/** The bundle is one file; sources that run as they are have one of their own for what is run. */
const main = import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, 'main.ts') : import.meta.filename;

function loadParser(): Promise<WebAssembly.Module | undefined> {
  return compilePostgresqlParser().catch(() => undefined);
}

function dialectsOf(parser: WebAssembly.Module | undefined) {
  return createDialects(parser === undefined ? {} : { postgresql: postgresqlParser(parser) });
}
