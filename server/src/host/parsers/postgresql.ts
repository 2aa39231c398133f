/// <reference path="./webassembly.d.ts" />
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { brotliDecompress } from 'node:zlib';
import type { ParseOutcome, PgParser, PlPgSqlResult } from '#core/sql/dialects/postgresql/parser.ts';
import { instantiate, type LibPgQuery } from './libpg-query.ts';

/**
 * PostgreSQL's own parser. V8's optimiser is kept away from it: its one huge function costs it 0.7 s and 600 MB on
 * Node 24, which the code never earns back (measured with libpg-query 18.1.5).
 */
export async function loadPostgresqlParser(): Promise<PgParser> {
  const module = await compilePostgresqlParser();
  return postgresqlParser(module, instantiate(module));
}

export async function compilePostgresqlParser(): Promise<WebAssembly.Module> {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  return WebAssembly.compile(await readWasm());
}

/** @param current without it an instance is made when the parser is first asked, if ever */
export function postgresqlParser(module: WebAssembly.Module, current?: LibPgQuery): PgParser {
  const slot: Slot = { module, current };
  return {
    parse: (sql) => guarded(slot, (pg) => parse(pg, sql)),
    parsePlPgSql: (sql) => guarded(slot, (pg) => parsePlPgSql(pg, sql)),
  };
}

interface Slot {
  readonly module: WebAssembly.Module;
  /** Undefined until somebody asks, at first and after it crashed. */
  current: LibPgQuery | undefined;
}

/** Beside the bundle, compressed; in node_modules where the sources run as they are. */
async function readWasm(): Promise<Uint8Array> {
  const bundled = join(import.meta.dirname, 'libpg-query.wasm.br');
  if (existsSync(bundled)) return promisify(brotliDecompress)(await readFile(bundled));
  return readFile(join(import.meta.dirname, '../../../../node_modules/libpg-query/wasm/libpg-query.wasm'));
}

/** An exception (the stack ran over) leaves the instance damaged: the next text is parsed by a new one. */
function guarded<Tree>(slot: Slot, run: (pg: LibPgQuery) => ParseOutcome<Tree>): ParseOutcome<Tree> {
  try {
    slot.current ??= instantiate(slot.module);
    return run(slot.current);
  } catch (error) {
    slot.current = undefined;
    return { kind: 'crashed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function parse<Tree>(pg: LibPgQuery, sql: string): ParseOutcome<Tree> {
  return withText(pg, sql, (text) => {
    const result = pg.parseQueryRaw(text);
    if (result === 0) return { kind: 'crashed', reason: 'out of memory' };
    try {
      const error = pg.int(result + 8);
      if (error !== 0) return errorAt(pg, error);
      return treeOf<Tree>(pg.text(pg.int(result)));
    } finally {
      pg.freeParseResult(result);
    }
  });
}

/** `struct PgQueryError`: the message is its first field, the 1-based cursor its fifth. */
function errorAt(pg: LibPgQuery, error: number): ParseOutcome<never> {
  const message = pg.text(pg.int(error));
  return { kind: 'error', message, cursor: pg.int(error + 16) - 1 };
}

function parsePlPgSql(pg: LibPgQuery, sql: string): ParseOutcome<PlPgSqlResult> {
  return withText(pg, sql, (text) => {
    const result = pg.parsePlPgSql(text);
    if (result === 0) return { kind: 'crashed', reason: 'out of memory' };
    try {
      const answer = pg.text(result);
      return answer.startsWith('{') ? treeOf(answer) : { kind: 'error', message: answer, cursor: -1 };
    } finally {
      pg.freeString(result);
    }
  });
}

function treeOf<Tree>(json: string): ParseOutcome<Tree> {
  return { kind: 'tree', tree: JSON.parse(json) as Tree };
}

function withText<Result>(pg: LibPgQuery, text: string, run: (pointer: number) => Result): Result {
  const pointer = pg.put(text);
  try {
    return run(pointer);
  } finally {
    pg.free(pointer);
  }
}
