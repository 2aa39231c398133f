import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engine, folder, snapshot } from '../support/engine.ts';

const given = { 'V1__orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2) NOT NULL);' };
const path = `${folder}/V2__next.sql`;

function hover(sql: string, at: string, version?: number): string {
  const made = snapshot({
    released: given,
    pending: { 'V2__next.sql': sql },
    ...(version === undefined ? {} : { version }),
  });
  return engine().hover(made, path, sql.indexOf(at))?.markdown ?? '';
}

test('over a statement: lock, who waits and for how long, work, compatibility, rollback, version, evidence', () => {
  const said = hover('ALTER TABLE orders ALTER COLUMN total TYPE numeric(14, 4);', 'ALTER');
  for (const part of [
    /ACCESS EXCLUSIVE on orders: every read and write waits/,
    /grows with the table/,
    /Rewrites orders/,
    /Compatibility: breaking/,
    /Rollback: lossy/,
    /For PostgreSQL 12 \(assumed\), \[measured on the server\]\(\S+\/impact\/postgresql\.md#column-type-rewrite\)/,
  ])
    assert.match(said, part);
  assert.match(hover('ALTER TABLE orders ADD COLUMN note text;', 'ALTER', 17), /For PostgreSQL 17, /);
});

test('over a table or a column: its definition at this point, and what shaped it', () => {
  const sql = 'ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders ALTER COLUMN note SET DEFAULT 5;';
  const table = hover(sql, 'orders ALTER');
  assert.match(table, /total numeric\(10,2\) NOT NULL/);
  assert.match(table, /note text/);
  assert.match(table, /`V1__orders\.sql`: CREATE TABLE[\s\S]*`V2__next\.sql`: ALTER TABLE/);
  assert.match(hover(sql, 'note SET'), /orders\.note text/);
});

test('in an undo migration the schema is the one behind its partner', () => {
  const pending = {
    'V2__note.sql': 'ALTER TABLE orders ADD COLUMN note text;',
    'U2__note.sql': 'ALTER TABLE orders DROP COLUMN note;',
  };
  const made = snapshot({ released: given, pending });
  assert.match(engine().hover(made, `${folder}/U2__note.sql`, 13)?.markdown ?? '', /total numeric[\s\S]*note text/);
});
