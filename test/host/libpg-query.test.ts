import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import type { ParseOutcome, PgParser } from '#core/sql/dialects/postgresql/parser.ts';
import { constructors, exportNames, importNames } from '#host/parsers/libpg-query.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';
import { document } from '../../scripts/bench/editing.ts';

/** Our own glue beside the one of the package. */
const require = createRequire(import.meta.url);
const path = require.resolve('libpg-query/wasm/libpg-query.js');
const glue = readFileSync(path, 'utf8');

interface Theirs {
  lengthBytesUTF8(text: string): number;
  stringToUTF8(text: string, pointer: number, bytes: number): void;
  UTF8ToString(pointer: number): string;
  getValue(pointer: number, type: 'i32'): number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _wasm_parse_query_raw(query: number): number;
  _wasm_parse_plpgsql(query: number): number;
}

let ours: PgParser;
let theirs: Theirs;

before(async () => {
  ours = await loadPostgresqlParser();
  theirs = await require('libpg-query/wasm/libpg-query.js')({
    wasmBinary: readFileSync(join(dirname(path), 'libpg-query.wasm')),
  });
});

test('the letters mean what they mean in the glue of the package', () => {
  const table = /var wasmImports=\{([^}]*)\}/.exec(glue)?.[1] ?? '';
  assert.deepEqual(Object.fromEntries(table.split(',').map((each) => each.split(':'))), importNames);
  for (const [name, letter] of Object.entries(exportNames)) {
    const assigned = [...glue.matchAll(/([\w$]+)=(?:Module\["\w+"\]=|\w+=)?wasmExports\["(\w)"\]/g)];
    assert.equal(assigned.find(([, to]) => to === name)?.[2], letter, name);
  }
  assert.ok(glue.includes(`TTY.init();wasmExports["${constructors}"]()`));
});

/** What the parser leaves in its memory, told by the package's own glue. */
function told(run: (pointer: number) => number, text: string): string {
  const bytes = theirs.lengthBytesUTF8(text) + 1;
  const pointer = theirs._malloc(bytes);
  theirs.stringToUTF8(text, pointer, bytes);
  const result = run(pointer);
  theirs._free(pointer);
  return theirs.UTF8ToString(result);
}

function parsed(text: string): string {
  let end = '';
  const tree = told((pointer) => {
    const result = theirs._wasm_parse_query_raw(pointer);
    const error = theirs.getValue(result + 8, 'i32');
    if (error === 0) return theirs.getValue(result, 'i32');
    end = ` at ${theirs.getValue(error + 16, 'i32') - 1}`;
    return theirs.getValue(error, 'i32');
  }, text);
  return end === '' ? JSON.stringify(JSON.parse(tree)) : tree + end;
}

function shown(outcome: ParseOutcome<unknown>): string {
  if (outcome.kind === 'tree') return JSON.stringify(outcome.tree);
  return outcome.kind === 'error' ? `${outcome.message} at ${outcome.cursor}` : outcome.reason;
}

test('every text is parsed, or refused, as with the glue of the package', () => {
  const examples = rules.flatMap((rule) => rule.examples.flatMap(({ given = '', sql }) => [given, sql]));
  const odd = [
    '',
    ';',
    'SELECT',
    "SELECT 'äöü €😀 ' || $1",
    'SELECT 1 \0 2',
    "SELECT 'open",
    'SELECT "ü" FROM 😀 WHERE',
    `SELECT '${'x'.repeat(3_000_000)}'`,
  ];
  const broken = document(300)
    .split('\n')
    .map((each, index) => (index % 2 === 0 ? each : each.slice(0, -8)));
  for (const text of [...odd, ...examples, ...broken])
    assert.equal(shown(ours.parse(text)), parsed(text), text.slice(0, 200));
});

test('functions are parsed, or refused, as with the glue of the package', () => {
  const bodies = [
    'BEGIN RETURN 1; END',
    'BEGIN IF a THEN END',
    "BEGIN RAISE NOTICE 'ä %', x; END",
    'DECLARE x int := 1; BEGIN EXECUTE $q$SELECT 1$q$; END',
  ];
  for (const body of bodies) {
    const text = `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$${body}$$;`;
    const outcome = ours.parsePlPgSql(text);
    const expected = told((pointer) => theirs._wasm_parse_plpgsql(pointer), text);
    const words =
      outcome.kind === 'tree'
        ? JSON.stringify(outcome.tree)
        : outcome.kind === 'error'
          ? outcome.message
          : outcome.reason;
    assert.equal(words, expected.startsWith('{') ? JSON.stringify(JSON.parse(expected)) : expected, body);
  }
});

test('a text that breaks the parser is followed by a sound one', () => {
  assert.equal(ours.parse(`SELECT ${'('.repeat(200_000)}`).kind === 'tree', false);
  assert.equal(ours.parse('SELECT 1').kind, 'tree');
});
