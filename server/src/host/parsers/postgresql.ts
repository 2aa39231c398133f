/// <reference path="./libpg-query.d.ts" />
/// <reference path="./webassembly.d.ts" />
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { LibPgQuery } from 'libpg-query/wasm/libpg-query.js';
import createLibPgQuery from 'libpg-query/wasm/libpg-query.js';
import type { ParseOutcome, PgParser, PlPgSqlResult } from '#core/sql/dialects/postgresql/parser.ts';

/**
 * PostgreSQL's own parser. V8's optimiser is kept away from it: its one huge function costs it 0.7 s and 600 MB on
 * Node 24, which the code never earns back (measured with libpg-query 18.1.5).
 */
export async function loadPostgresqlParser(): Promise<PgParser> {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  const module = await WebAssembly.compile(await readFile(wasmPath()));
  const slot: Slot = { module, current: await instantiate(module), renewing: false };
  return {
    parse: (sql) => guarded(slot, (pg) => parse(pg, sql)),
    parsePlPgSql: (sql) => guarded(slot, (pg) => parsePlPgSql(pg, sql)),
  };
}

interface Slot {
  readonly module: WebAssembly.Module;
  current: LibPgQuery;
  renewing: boolean;
}

/** Beside the bundle, or in node_modules where the sources run as they are. */
function wasmPath(): string {
  const bundled = join(import.meta.dirname, 'libpg-query.wasm');
  if (existsSync(bundled)) return bundled;
  return join(import.meta.dirname, '../../../../node_modules/libpg-query/wasm/libpg-query.wasm');
}

function instantiate(module: WebAssembly.Module): Promise<LibPgQuery> {
  return createLibPgQuery({
    instantiateWasm: (imports: object, done: (instance: WebAssembly.Instance) => void) => {
      void WebAssembly.instantiate(module, imports).then(done);
      return {};
    },
    print: () => undefined,
    printErr: () => undefined,
  });
}

/** An exception (the stack ran over) leaves the instance damaged: it is replaced as soon as the event loop turns. */
function guarded<Tree>(slot: Slot, run: (pg: LibPgQuery) => ParseOutcome<Tree>): ParseOutcome<Tree> {
  try {
    return run(slot.current);
  } catch (error) {
    void renew(slot);
    return { kind: 'crashed', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function renew(slot: Slot): Promise<void> {
  if (slot.renewing) return;
  slot.renewing = true;
  try {
    slot.current = await instantiate(slot.module);
  } finally {
    slot.renewing = false;
  }
}

function parse<Tree>(pg: LibPgQuery, sql: string): ParseOutcome<Tree> {
  return withText(pg, sql, (text) => {
    const result = pg._wasm_parse_query_raw(text);
    if (result === 0) return { kind: 'crashed', reason: 'out of memory' };
    try {
      const error = pg.getValue(result + 8, 'i32');
      if (error !== 0) return errorAt(pg, error);
      return treeOf<Tree>(pg.UTF8ToString(pg.getValue(result, 'i32')));
    } finally {
      pg._wasm_free_parse_result(result);
    }
  });
}

/** `struct PgQueryError`: the message is its first field, the 1-based cursor its fifth. */
function errorAt(pg: LibPgQuery, error: number): ParseOutcome<never> {
  const message = pg.UTF8ToString(pg.getValue(error, 'i32'));
  return { kind: 'error', message, cursor: pg.getValue(error + 16, 'i32') - 1 };
}

function parsePlPgSql(pg: LibPgQuery, sql: string): ParseOutcome<PlPgSqlResult> {
  return withText(pg, sql, (text) => {
    const result = pg._wasm_parse_plpgsql(text);
    if (result === 0) return { kind: 'crashed', reason: 'out of memory' };
    try {
      const answer = pg.UTF8ToString(result);
      return answer.startsWith('{') ? treeOf(answer) : { kind: 'error', message: answer, cursor: -1 };
    } finally {
      pg._wasm_free_string(result);
    }
  });
}

function treeOf<Tree>(json: string): ParseOutcome<Tree> {
  return { kind: 'tree', tree: JSON.parse(json) as Tree };
}

function withText<Result>(pg: LibPgQuery, text: string, run: (pointer: number) => Result): Result {
  const bytes = pg.lengthBytesUTF8(text) + 1;
  const pointer = pg._malloc(bytes);
  try {
    pg.stringToUTF8(text, pointer, bytes);
    return run(pointer);
  } finally {
    pg._free(pointer);
  }
}
