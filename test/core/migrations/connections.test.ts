import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engine, type Made, snapshot } from '../support/engine.ts';

const released = { 'V1__a.sql': 'CREATE TABLE a (id int);' };
const toml = `[flyway]
locations = ["filesystem:db/migration"]
environment = "staging"
[environments.staging]
url = "jdbc:postgresql://staging/shop"
[environments.production]
url = "jdbc:postgresql://production/shop"
`;

/** Every database that *Connect* offers. */
function offered(other: Made['other'] = {}): readonly string[] {
  return engine()
    .workspace(snapshot({ released, other }))
    .connections.map(({ target, url, foundIn }) => `${target}: ${url} (${foundIn})`);
}

test('a database of flyway.toml is called by its environment', () => {
  assert.deepEqual(offered({ 'flyway.toml': toml }), ['staging: jdbc:postgresql://staging/shop (flyway.toml)']);
});

test('without a choice Flyway takes the environment "default"', () => {
  const other = {
    'flyway.toml':
      '[environments.default]\nurl = "jdbc:sqlite:a.db"\n[flyway]\nlocations = ["filesystem:db/migration"]\n',
  };
  assert.deepEqual(offered(other), ['default: jdbc:sqlite:a.db (flyway.toml)']);
});

test('where no environment says the URL, the tool gives the name', () => {
  assert.deepEqual(offered({ 'flyway.conf': 'flyway.url=jdbc:sqlite:a.db\n' }), [
    'flyway: jdbc:sqlite:a.db (flyway.conf)',
  ]);
});

test('a target of schemaward.yaml with that name speaks in its place', () => {
  const settings = "targets: { staging: { url: 'postgresql://other/shop', role: staging } }\n";
  assert.deepEqual(offered({ 'flyway.toml': toml, 'schemaward.yaml': settings }), [
    'staging: postgresql://other/shop (schemaward.yaml)',
  ]);
});
