import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDialects } from '#core/sql/dialects/index.ts';
import { splitScript } from '#core/sql/split.ts';
import { loadPostgresqlParser } from '#host/parsers/postgresql.ts';

test('PostgreSQL is examined when its parser could be loaded', async () => {
  assert.equal(createDialects({}).get('postgresql')?.reader, undefined);
  const postgresql = createDialects({ postgresql: await loadPostgresqlParser() }).get('postgresql');
  assert.equal(postgresql?.reader?.read('DROP TABLE t').changes[0]?.kind, 'DropTable');
  assert.equal(postgresql?.versions.oldest, 10);
});

test('every other dialect has a name, splits scripts and says nothing of impact', () => {
  for (const [id, dialect] of createDialects({})) {
    assert.equal(dialect.id, id);
    assert.notEqual(dialect.displayName, '');
    assert.equal(splitScript("SELECT ';'; SELECT 2;", dialect.lexical).length, 2);
    if (id !== 'postgresql') assert.equal(dialect.reader, undefined);
  }
});

test("names are quoted in the dialect's own way", () => {
  const quote = (id: string, name: string) => createDialects({}).get(id)?.renderer.quoteName(name);
  assert.equal(quote('mysql', 'a`B'), '`a``B`');
  assert.equal(quote('sqlserver', 'a]B'), '[a]]B]');
  assert.equal(quote('oracle', 'a"B'), '"a""B"');
  assert.equal(quote('mysql', 'plain'), 'plain');
});
