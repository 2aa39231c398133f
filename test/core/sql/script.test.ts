import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect, StatementReading } from '#core/sql/dialect.ts';
import { createDialects } from '#core/sql/dialects/index.ts';
import { type ReadStatement, readStatements } from '#core/sql/script.ts';
import { splitScript } from '#core/sql/split.ts';
import { reader } from '../support/read.ts';

function readScript(text: string, dialect: Dialect, before?: readonly ReadStatement[]) {
  return readStatements(splitScript(text, dialect.lexical), dialect, before);
}

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

test('what stood in the file before is not read again', () => {
  const { dialect, read } = counting();
  const before = readScript('SELECT 1; SELECT 2; SELECT 1', dialect);
  const again = readScript('SELECT 0; SELECT 1; SELECT 2', dialect, before);
  assert.deepEqual(read, ['SELECT 1', 'SELECT 2', 'SELECT 0']);
  assert.deepEqual(
    again.map(({ reading }) => reading.verb),
    ['SELECT 0', 'SELECT 1', 'SELECT 2'],
  );
});

test('data and psql commands are no statements', () => {
  const { dialect, read } = counting();
  const found = readScript('COPY t FROM STDIN;\n1\n\\.\n\\set x 1\n', dialect);
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
  const [statement] = readScript('create table `t` (a int) # ; x\n;', mysql);
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
  const found = readScript(line.repeat(300_000), real);
  assert.equal(found.length, 300_000);
  assert.equal(found.at(-1)?.reading, found[0]?.reading);
  assert.equal(found.at(-1)?.id.nth, 299_999);
});
