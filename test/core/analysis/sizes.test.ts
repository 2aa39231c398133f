import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engine, folder, root, saidAlone, snapshot } from '../support/engine.ts';

const GIVEN = `CREATE TABLE orders (id bigint PRIMARY KEY, status text, total int);
CREATE TABLE notes (id bigint PRIMARY KEY, orders bigint, body text);
CREATE TABLE strange (id bigint, x text);
CREATE SCHEMA app;
CREATE TABLE app.orders (id bigint, x text);`;

const stats = (more = '') => `{ "version": 1, "projects": { "repo": {
  "target": "production", "measured": "2026-11-28T12:00:00Z", "writesSince": "2026-11-01T00:00:00Z",
  "tables": {
    "public.orders": { "rows": 12000000, "bytes": 3100000000, "indexBytes": 900000000, "writesPerHour": 340 },
    "app.orders": { "bytes": 20000, "indexBytes": 0 },
    "public.notes": { "rows": 300, "bytes": 48000, "indexBytes": 16000, "writesPerHour": 0 }${more}
  } } } }`;

function said(sql: string, other: Readonly<Record<string, string>> = { 'schemaward.stats.json': stats() }) {
  const made = snapshot({ released: { 'V1__given.sql': GIVEN }, pending: { 'V2__new.sql': sql }, other });
  return saidAlone(engine(), made).map(({ severity, rule, message }) => `${severity} ${rule} ${message}`);
}

const unmeasured = (sql: string) => said(sql, {});

test('a large table: how much is read, how long, and who writes meanwhile', () => {
  const [index = ''] = said('CREATE INDEX i ON orders (status);');
  assert.ok(index.startsWith('warning lock/create-index '), index);
  assert.ok(
    index.endsWith(
      'in its migration. orders has about 12 million rows (3.1 GB, measured 2026-11-28): the build reads 3.1 GB, about 31 seconds at 100 MB a second, and about 340 rows are written in an hour (average since 2026-11-01).',
    ),
    index,
  );
  const rewrite = said('ALTER TABLE orders ALTER COLUMN total TYPE bigint;').find((each) => /rewrite-table/.test(each));
  assert.match(rewrite ?? '', /a rewrite reads and writes 3\.1 GB and builds 900 MB of indexes, about 71 seconds/);
  const scan = said('ALTER TABLE orders ALTER COLUMN total SET NOT NULL;').find((each) =>
    /set-not-null-scan/.test(each),
  );
  assert.match(scan ?? '', /: a full scan reads 3\.1 GB, about 31 seconds/);
});

test('a small table: only a hint, which the recommended preset does not show', () => {
  assert.deepEqual(said('CREATE INDEX i ON notes (body);'), []);
  assert.deepEqual(said('UPDATE notes SET body = id::text;'), []);
  assert.deepEqual(said('CREATE INDEX i ON app.orders (x);'), []);
  assert.deepEqual(said('SET search_path = app; CREATE INDEX i ON orders (x);'), []);
  const yaml = 'rules: { severity: { lock/create-index: warning } }';
  const named = said('CREATE INDEX i ON notes (body);', { 'schemaward.yaml': yaml, 'schemaward.stats.json': stats() });
  assert.match(named[0] ?? '', /notes has about 300 rows \(48 kB, .*the build reads 48 kB, about less than a second/);
  const small = 'stats: { smallMegabytes: 0 }';
  const none = said('CREATE INDEX i ON notes (body);', { 'schemaward.yaml': small, 'schemaward.stats.json': stats() });
  assert.equal(none.length, 1);
});

test('what breaks or loses data is told of any table', () => {
  const sql = 'ALTER TABLE notes DROP COLUMN body;';
  assert.deepEqual(said(sql), unmeasured(sql));
});

test('of two tables both must be small, and the larger is told', () => {
  const [finding = ''] = said('ALTER TABLE notes ADD FOREIGN KEY (orders) REFERENCES orders (id);');
  assert.match(finding, /^warning lock\/add-foreign-key .*orders has about 12 million rows/);
});

test('a table, a project or a file that is not there changes nothing', () => {
  for (const sql of ['CREATE INDEX i ON strange (x);', 'CREATE INDEX i ON nowhere (x);'])
    assert.deepEqual(said(sql), unmeasured(sql));
  const sql = 'CREATE INDEX i ON orders (status);';
  assert.deepEqual(said(sql, { 'schemaward.stats.json': stats().replace('"repo"', '"other"') }), unmeasured(sql));
});

test('a broken file is a finding, and changes nothing else', () => {
  const sql = 'CREATE INDEX i ON notes (body);';
  const found = said(sql, { 'schemaward.stats.json': stats().slice(0, -3) });
  assert.match(found.join('\n'), /^error config\/stats-file Not valid JSON/m);
  assert.deepEqual(
    found.filter((each) => !each.includes('config/stats-file')),
    unmeasured(sql),
  );
});

test('a file that appears, changes and goes is followed without a restart', () => {
  const service = engine();
  const at = (text: string | undefined, yaml = '') => {
    const other: Record<string, string> = text === undefined ? {} : { 'schemaward.stats.json': text };
    if (yaml !== '') other['schemaward.yaml'] = yaml;
    const made = snapshot({
      released: { 'V1__given.sql': GIVEN },
      pending: { 'V2__new.sql': 'CREATE INDEX i ON notes (body);' },
      other,
    });
    const path = `${root}/schemaward.stats.json`;
    return [
      service.checkFile(made, `${folder}/V2__new.sql`).length,
      service.checkFile(made, path).map(({ rule }) => rule),
    ];
  };
  assert.deepEqual(at(undefined), [1, []]);
  assert.deepEqual(at(stats()), [0, []]);
  assert.deepEqual(at(stats(), 'stats: { smallMegabytes: 0 }'), [1, []]);
  assert.deepEqual(at(stats().replace('48000', '480000000')), [1, []]);
  assert.deepEqual(at('{'), [1, ['config/stats-file']]);
  assert.deepEqual(at(undefined), [1, []]);
});

test('the hover of a table says its size', () => {
  const text = 'CREATE INDEX i ON orders (status);';
  const made = snapshot({
    released: { 'V1__given.sql': GIVEN },
    pending: { 'V2__new.sql': text },
    other: { 'schemaward.stats.json': stats() },
  });
  const hover = engine().hover(made, `${folder}/V2__new.sql`, text.indexOf('orders') + 1)?.markdown ?? '';
  assert.match(
    hover,
    /\nAbout 12 million rows, 3\.1 GB and 900 MB of indexes, about 340 rows written in an hour since 2026-11-01; production, measured 2026-11-28\.\n/,
  );
});
