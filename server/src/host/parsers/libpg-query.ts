/// <reference path="./webassembly.d.ts" />

/** What of libpg-query is used here: texts go in and come out as pointers into its memory. */
export interface LibPgQuery {
  /** Copies a text in; `free` it. */
  put(text: string): number;
  text(pointer: number): string;
  int(pointer: number): number;
  free(pointer: number): void;
  parseQueryRaw(query: number): number;
  freeParseResult(result: number): void;
  parsePlPgSql(query: number): number;
  freeString(text: number): void;
}

/**
 * What Emscripten called the imports and exports of libpg-query 18.1.5 before it made letters of them. A test reads the package's
 * own glue against this: that one brings a file system and a terminal along, 40 KB of code that runs at every start.
 */
export const importNames = {
  a: 'invoke_iii',
  b: 'invoke_ii',
  c: '___assert_fail',
  d: 'invoke_iiii',
  e: 'invoke_v',
  f: 'invoke_vi',
  g: 'invoke_i',
  h: 'invoke_vii',
  i: 'invoke_viiii',
  j: 'invoke_viii',
  k: 'invoke_iiiii',
  l: 'invoke_ji',
  m: '_exit',
  n: 'invoke_viiiiiiiiiiiii',
  o: '__setitimer_js',
  p: '__emscripten_throw_longjmp',
  q: '_emscripten_resize_heap',
  r: '_fd_read',
  s: '_fd_seek',
  t: '_fd_write',
  u: '_fd_close',
  v: '_proc_exit',
  w: '__emscripten_runtime_keepalive_clear',
  x: '__abort_js',
  y: 'invoke_viiiii',
} as const;

export const exportNames = {
  _malloc: 'C',
  _free: 'E',
  _wasm_parse_query_raw: 'F',
  _wasm_free_parse_result: 'G',
  _wasm_parse_plpgsql: 'H',
  _wasm_free_string: 'N',
  _setThrew: 'P',
  __emscripten_stack_restore: 'Q',
  _emscripten_stack_get_current: 'R',
  memory: 'z',
  __indirect_function_table: 'D',
} as const;

/** Runs the constructors of the program: the glue calls it without a name. */
export const constructors = 'A';

type Code = (...args: readonly (number | bigint)[]) => number;

/** PostgreSQL leaves a statement that it cannot parse by `longjmp`. One for all: where it was thrown interests nobody. */
const jump = new Error('longjmp');

export function instantiate(module: WebAssembly.Module): LibPgQuery {
  const imports = Object.entries(importNames).map(([letter, name]) => [letter, imported(name, () => program)] as const);
  const { exports } = new WebAssembly.Instance(module, { a: Object.fromEntries(imports) });
  const program = programOf(exports);
  const { memory, code } = program;
  (exports[constructors] as Code)();
  return {
    put(text) {
      const bytes = Buffer.byteLength(text);
      const pointer = code._malloc(bytes + 1) >>> 0;
      if (pointer === 0) throw new Error('out of memory');
      const into = new Uint8Array(memory.buffer, pointer, bytes + 1);
      into[encoder.encodeInto(text, into).written] = 0;
      return pointer;
    },
    text(pointer) {
      if (pointer === 0) return '';
      const all = new Uint8Array(memory.buffer);
      const start = pointer >>> 0;
      return decoder.decode(all.subarray(start, all.indexOf(0, start)));
    },
    int: (pointer) => new DataView(memory.buffer).getInt32(pointer >>> 0, true),
    free: code._free,
    parseQueryRaw: code._wasm_parse_query_raw,
    freeParseResult: code._wasm_free_parse_result,
    parsePlPgSql: code._wasm_parse_plpgsql,
    freeString: code._wasm_free_string,
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

interface Program {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly code: Readonly<Record<Exclude<keyof typeof exportNames, 'memory' | '__indirect_function_table'>, Code>>;
}

function programOf(exports: WebAssembly.Instance['exports']): Program {
  const { memory, __indirect_function_table: table, ...code } = exportNames;
  return {
    memory: exports[memory] as WebAssembly.Memory,
    table: exports[table] as WebAssembly.Table,
    code: Object.fromEntries(Object.entries(code).map(([name, letter]) => [name, exports[letter]])) as Program['code'],
  };
}

/** @param program there as soon as anything is called */
function imported(name: string, program: () => Program): (...args: never[]) => unknown {
  if (name.startsWith('invoke_')) return invoke(program, name === 'invoke_ji' ? 0n : 0);
  switch (name) {
    case '__emscripten_throw_longjmp':
      return () => {
        throw jump;
      };
    case '_emscripten_resize_heap':
      return (bytes: number) => grow(program().memory, bytes >>> 0);
    case '_fd_write':
      return (_file: number, parts: number, count: number, written: number) =>
        swallow(program().memory, parts, count, written);
    // Nothing is read or sought, no alarm is set and nothing has to be kept alive.
    case '_fd_read':
    case '_fd_seek':
    case '_fd_close':
    case '__setitimer_js':
    case '__emscripten_runtime_keepalive_clear':
      return () => 0;
    default:
      return () => {
        throw new Error(`libpg-query gave up (${name})`);
      };
  }
}

/** Calls a function that may be left by `longjmp`. */
function invoke(program: () => Program, left: number | bigint) {
  return (index: number, ...args: readonly (number | bigint)[]): unknown => {
    const { code, table } = program();
    const stack = code._emscripten_stack_get_current();
    try {
      return (table.get(index) as Code)(...args);
    } catch (error) {
      code.__emscripten_stack_restore(stack);
      if (error !== jump) throw error;
      code._setThrew(1, 0);
      return left;
    }
  };
}

const page = 65_536;
/** As Emscripten was told when the module was made. */
const most = 1024 * 1024 * 1024;

/** By a fifth at least, so that a long statement does not ask for each page. 1: done. */
function grow(memory: WebAssembly.Memory, bytes: number): number {
  if (bytes > most) return 0;
  const now = memory.buffer.byteLength;
  for (const wanted of [Math.min(Math.max(bytes, now * 1.2), most), bytes]) {
    try {
      memory.grow(Math.ceil((wanted - now) / page));
      return 1;
    } catch {
      // The system has no more; perhaps it has enough.
    }
  }
  return 0;
}

/** What is printed goes nowhere, and counts as written. */
function swallow(memory: WebAssembly.Memory, parts: number, count: number, written: number): number {
  const view = new DataView(memory.buffer);
  let bytes = 0;
  for (let part = 0; part < count; part += 1) bytes += view.getUint32(parts + part * 8 + 4, true);
  view.setUint32(written, bytes, true);
  return 0;
}
