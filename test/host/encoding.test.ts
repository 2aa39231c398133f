import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { sqliteHistory } from '#host/history/sqlite.ts';
import { createWorkspace } from '#host/workspace.ts';
import { makeService } from '../../server/src/entry/service.ts';
import { folder } from '../support/workspace.ts';

async function load(path: string) {
  const service = await makeService();
  const now = () => '2026-11-24T12:00:00Z';
  const workspace = createWorkspace(service, { roots: [path], trusted: false, overrides: {}, env: {}, now });
  await workspace.load();
  return workspace;
}

test("files of a project are read in its encoding, those that happen to be UTF-8 too, and nobody else's", async (context) => {
  const { path } = folder(context, {
    'a/flyway.conf': 'flyway.locations=filesystem:sql\nflyway.encoding=ISO-8859-1\n',
    'a/sql/V1__x.sql': Buffer.from("SELECT 'é';", 'latin1'),
    'a/sql/V2__y.sql': "SELECT 'é';",
    'b/flyway.conf': 'flyway.locations=filesystem:sql\n',
    'b/sql/V1__x.sql': "SELECT 'é';",
  });
  const workspace = await load(path);
  const text = (name: string) => workspace.snapshot.files.get(`${path}/${name}`)?.text;
  assert.equal(text('a/sql/V1__x.sql'), "SELECT 'é';");
  assert.equal(text('a/sql/V2__y.sql'), "SELECT 'Ã©';");
  assert.equal(text('b/sql/V1__x.sql'), "SELECT 'é';");
  const before = workspace.snapshot.files.get(`${path}/a/sql/V1__x.sql`);
  await workspace.load();
  assert.equal(workspace.snapshot.files.get(`${path}/a/sql/V1__x.sql`), before, 'a second look keeps what it knew');
});

test('files with another suffix than .sql are found, where the project says so', async (context) => {
  const { path } = folder(context, {
    'flyway.conf': 'flyway.locations=filesystem:sql\nflyway.sqlMigrationSuffixes=.pgsql\n',
    'sql/V1__x.pgsql': 'SELECT 1;',
  });
  const { snapshot } = await load(path);
  assert.deepEqual([...snapshot.files.keys()].sort(), [`${path}/flyway.conf`, `${path}/sql/V1__x.pgsql`]);
});

test('a database without a history says whether anything else is in it', async (context) => {
  const { path } = folder(context, {});
  const file = `${path}/x.db`;
  const read = () => sqliteHistory.read({ url: `jdbc:sqlite:${file}`, root: path }, { table: 'flyway_schema_history' });
  const database = new DatabaseSync(file);
  database.exec('PRAGMA user_version = 1');
  assert.deepEqual(await read(), { kind: 'no-table', table: 'flyway_schema_history', inUse: false });
  database.exec('CREATE TABLE a (id integer PRIMARY KEY AUTOINCREMENT)');
  assert.deepEqual(await read(), { kind: 'no-table', table: 'flyway_schema_history', inUse: true });
  database.close();
});
