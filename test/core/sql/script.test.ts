import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect, StatementReading } from '#core/sql/dialect.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { newStatementMemo, readScript } from '#core/sql/script.ts';
import { unmapped } from '#core/text/mapped.ts';
import { reader } from '../support/read.ts';

function counting(): { readonly dialect: Dialect; readonly read: string[] } {
  const read: string[] = [];
  const postgresql = createDialects({}).get('postgresql');
  assert.ok(postgresql !== undefined);
  const reading = (statement: string): StatementReading => {
    read.push(statement);
    return { changes: [], reads: [], verb: statement };
  };
  return { dialect: { ...postgresql, reader: { read: reading } }, read };
}

test('a statement is read once for all scripts', () => {
  const { dialect, read } = counting();
  const memo = newStatementMemo();
  readScript(unmapped('SELECT 1; SELECT 2; SELECT 1'), dialect, memo);
  const again = readScript(unmapped('SELECT 0; SELECT 1; SELECT 2'), dialect, memo);
  assert.deepEqual(read, ['SELECT 1', 'SELECT 2', 'SELECT 0']);
  assert.deepEqual(
    again.map(({ reading }) => reading.verb),
    ['SELECT 0', 'SELECT 1', 'SELECT 2'],
  );
});

test('a memo keeps what was asked for lately and forgets the rest', () => {
  const { dialect, read } = counting();
  const memo = newStatementMemo(30);
  for (const sql of [
    'SELECT 1',
    'SELECT 2',
    'SELECT 3',
    'SELECT 4',
    'SELECT 1',
    'SELECT 5',
    'SELECT 6',
    'SELECT 7',
    'SELECT 1',
    'SELECT 2',
  ])
    readScript(unmapped(sql), dialect, memo);
  assert.deepEqual(read.filter((sql) => sql === 'SELECT 1').length, 1);
  assert.deepEqual(read.filter((sql) => sql === 'SELECT 2').length, 2);
  assert.ok([...memo.entries()].length <= 7);
});

test('long statements are not remembered', () => {
  const { dialect, read } = counting();
  const memo = newStatementMemo();
  const long = `SELECT '${'x'.repeat(300_000)}'`;
  readScript(unmapped(long), dialect, memo);
  readScript(unmapped(long), dialect, memo);
  assert.equal(read.length, 2);
  assert.deepEqual([...memo.entries()], []);
});

test('one text in two dialects has two readings', () => {
  const { dialect } = counting();
  const memo = newStatementMemo();
  const mysql = createDialects({}).get('mysql');
  assert.ok(mysql !== undefined);
  const other: Dialect = { ...mysql, reader: { read: () => ({ changes: [], reads: [], verb: 'mysql' }) } };
  const verbs = [dialect, other, dialect, other].map(
    (each) => readScript(unmapped('SELECT 1'), each, memo)[0]?.reading.verb,
  );
  assert.deepEqual(verbs, ['SELECT 1', 'mysql', 'SELECT 1', 'mysql']);
});

test('data and psql commands are no statements', () => {
  const { dialect, read } = counting();
  const found = readScript(unmapped('COPY t FROM STDIN;\n1\n\\.\n\\set x 1\n'), dialect, newStatementMemo());
  assert.deepEqual(read, ['COPY t FROM STDIN']);
  assert.deepEqual(
    found.map(({ kind, reading }) => [kind, reading.problem?.kind]),
    [
      ['sql', undefined],
      ['copy-data', undefined],
      ['psql', 'not-examined'],
    ],
  );
});

test('without a reader every statement says that it is not examined', () => {
  const mysql = createDialects({}).get('mysql');
  assert.ok(mysql !== undefined);
  const [statement] = readScript(unmapped('create table `t` (a int) # ; x\n;'), mysql, newStatementMemo());
  assert.deepEqual(statement?.reading, {
    changes: [],
    reads: [],
    verb: 'CREATE TABLE',
    problem: { kind: 'not-examined', reason: 'statements of MySQL are not examined' },
  });
});

test('20 MB of INSERTs become statements whose rows are never parsed', async () => {
  const line = `INSERT INTO t (a, b) VALUES (1, 'some words; and a semicolon');\n`;
  const { dialect } = counting();
  const real: Dialect = { ...dialect, reader: await reader() };
  const found = readScript(unmapped(line.repeat(300_000)), real, newStatementMemo());
  assert.equal(found.length, 300_000);
  assert.equal(found.at(-1)?.reading, found[0]?.reading);
  assert.equal(found.at(-1)?.id.nth, 299_999);
});
