import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixes } from '#core/rules/fixes/index.ts';
import type { ActionOffer, Snapshot } from '#core/service.ts';
import { applied, checkAll, engine, folder, type Made, snapshot } from '../support/engine.ts';

const users =
  'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX users_age ON users (age);';
const file = `${folder}/V2__new.sql`;

function offersAt(made: Snapshot, words: string): readonly ActionOffer[] {
  const text = made.files.get(file)?.text ?? '';
  const start = text.indexOf(words);
  assert.ok(start >= 0);
  return engine().actions(made, file, { start, end: start });
}

/** Files after the first fix at these words, by name. */
function fixed(sql: string, words: string, over: Made = {}): ReadonlyMap<string, string> {
  const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': sql }, ...over });
  const offer = offersAt(made, words).find(({ kind }) => kind === 'fix');
  assert.ok(offer !== undefined, 'a fix is offered');
  const texts = applied(engine().resolveAction(made, offer.data), made);
  return new Map([...texts].map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text] as const));
}

test('an index alone in its file becomes CONCURRENTLY in place, and the lock of the tool is switched off', () => {
  const texts = fixed('/* é𝒳 */ CREATE UNIQUE INDEX i ON users (email);\r\n', 'CREATE');
  assert.equal(texts.get('V2__new.sql'), '/* é𝒳 */ CREATE UNIQUE INDEX CONCURRENTLY i ON users (email);\r\n');
  assert.match(texts.get('flyway.conf') ?? '', /^flyway\.postgresql\.transactional\.lock=false\n$/);
  assert.ok(!texts.has('V2__new.sql.conf'), 'Flyway sees CONCURRENTLY by itself');
});

test('an index among other statements moves to the next migration', () => {
  const texts = fixed(
    '-- first\nALTER TABLE users ADD COLUMN x int;\n\ncreate index i on users (email);\n\n-- last\nSELECT 1;\n',
    'create index',
  );
  assert.equal(texts.get('V2__new.sql'), '-- first\nALTER TABLE users ADD COLUMN x int;\n\n\n-- last\nSELECT 1;\n');
  assert.equal(texts.get('V3__index_i.sql'), 'create index concurrently i on users (email);\n');
});

test('DROP INDEX becomes CONCURRENTLY', () => {
  assert.equal(fixed('DROP INDEX users_age;', 'DROP').get('V2__new.sql'), 'DROP INDEX CONCURRENTLY users_age;');
});

test('a foreign key is added NOT VALID and validated in the next migration', () => {
  const texts = fixed(
    'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;\n',
    'ADD CONSTRAINT',
  );
  assert.equal(
    texts.get('V2__new.sql'),
    'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;\n',
  );
  assert.equal(texts.get('V3__validate_fk.sql'), 'ALTER TABLE orders VALIDATE CONSTRAINT fk;\n');
});

test('a check without a name is validated by the name that the server gives it', () => {
  const texts = fixed('ALTER TABLE users ADD CHECK (age > 0);', 'ADD CHECK');
  assert.equal(
    texts.get('V3__validate_users_age_check.sql'),
    'ALTER TABLE users VALIDATE CONSTRAINT users_age_check;\n',
  );
});

test('UNIQUE and PRIMARY KEY go through an index', () => {
  const unique = fixed('ALTER TABLE users ADD CONSTRAINT u UNIQUE (email, age);', 'ADD');
  assert.equal(unique.get('V2__new.sql'), 'CREATE UNIQUE INDEX CONCURRENTLY u_idx ON users (email, age);');
  assert.equal(unique.get('V3__add_u.sql'), 'ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX u_idx;\n');
});

test('VALIDATE beside its ADD moves to the next migration', () => {
  const texts = fixed(
    'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT c;\n',
    'VALIDATE',
  );
  assert.equal(texts.get('V2__new.sql'), 'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;\n');
  assert.equal(texts.get('V3__validate_c.sql'), 'ALTER TABLE users VALIDATE CONSTRAINT c;\n');
});

test('after a fix its rule is silent, and nothing new is wrong', () => {
  for (const [sql, words] of [
    ['CREATE INDEX i ON users (email);', 'CREATE'],
    ['ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);', 'ADD'],
    ['ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users;', 'ADD'],
    ['ALTER TABLE users ADD CONSTRAINT u UNIQUE (email);', 'ADD'],
    ['DROP INDEX users_age;', 'DROP'],
    ['ALTER TABLE users ADD COLUMN x int;\nCREATE INDEX CONCURRENTLY i ON users (email);', 'CREATE'],
  ] as const) {
    const texts = fixed(sql, words);
    const { 'V1__given.sql': given = '', ...rest } = Object.fromEntries(texts);
    const pending = Object.fromEntries(Object.entries(rest).filter(([name]) => name.endsWith('.sql')));
    const other = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.endsWith('.sql')));
    const left = checkAll(engine(), snapshot({ released: { 'V1__given.sql': given }, pending, other })).findings;
    assert.deepEqual(
      left
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .map(({ rule, path }) => `${path} ${rule}`),
      [],
      sql,
    );
  }
});

test('a version that is taken is renamed with its undo and its configuration', () => {
  const made = snapshot({
    released: { 'V007__a.sql': 'SELECT 1;' },
    pending: {
      'V008__b.sql': 'SELECT 2;',
      'V008__c.sql': 'SELECT 3;',
      'U008__c.sql': 'SELECT 4;',
      'V008__c.sql.conf': 'executeInTransaction=false',
    },
  });
  const path = `${folder}/V008__c.sql`;
  const offer = engine()
    .actions(made, path, { start: 0, end: 0 })
    .find(({ kind }) => kind === 'fix');
  assert.ok(offer !== undefined);
  const names = [...applied(engine().resolveAction(made, offer.data), made).keys()].map((each) =>
    each.slice(each.lastIndexOf('/') + 1),
  );
  assert.deepEqual(names.sort(), ['U009__c.sql', 'V007__a.sql', 'V008__b.sql', 'V009__c.sql', 'V009__c.sql.conf']);
});

test('an ignored name is renamed to what was meant', () => {
  const made = snapshot({ pending: { 'V1__a.sql': 'SELECT 1;', 'V2_add.sql': 'SELECT 2;' } });
  const path = `${folder}/V2_add.sql`;
  const offer = engine()
    .actions(made, path, { start: 0, end: 0 })
    .find(({ kind }) => kind === 'fix');
  assert.equal(offer?.title, 'Rename to V2__add.sql');
});

const seen = `${users}\nCREATE MATERIALIZED VIEW seen AS SELECT id FROM orders;`;

test('a refresh behind a lock moves to a migration of its own, unless what it reads or fills is used behind it', () => {
  const sql = 'ALTER TABLE users ADD COLUMN x int;\nREFRESH MATERIALIZED VIEW seen;\n';
  const released = { 'V1__given.sql': seen };
  const offersFor = (text: string) => {
    const made = snapshot({ released, pending: { 'V2__new.sql': text } });
    const offer = offersAt(made, 'REFRESH').find(({ title }) => title.startsWith('Move'));
    assert.ok(offer !== undefined);
    return engine().resolveAction(made, offer.data);
  };
  const moved = offersFor(sql);
  assert.deepEqual(moved.kind === 'proposal' && moved.creates.map(({ text }) => text), [
    'REFRESH MATERIALIZED VIEW seen;\n',
  ]);
  for (const behind of ['INSERT INTO users (id) SELECT id FROM seen;', 'CREATE TABLE t AS SELECT id FROM seen;'])
    assert.equal(offersFor(sql + behind).kind, 'refusal', behind);
});

test('what a failed build left is dropped before the index is built again', () => {
  const sql = '-- again\ncreate unique index concurrently if not exists "I" on public.users (email);\n';
  const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': sql } });
  const offer = offersAt(made, 'create').find(({ title }) => title.startsWith('Drop I first'));
  assert.ok(offer !== undefined);
  assert.equal(
    applied(engine().resolveAction(made, offer.data), made).get(file),
    '-- again\nDROP INDEX CONCURRENTLY IF EXISTS public."I";\ncreate unique index concurrently if not exists "I" on public.users (email);\n',
  );
});

test('nothing offers to edit a frozen file; it is ignored in schemaward.yaml instead', () => {
  const made = snapshot({ released: { 'V1__given.sql': users, 'V2__new.sql': 'DROP INDEX users_age;' }, all: true });
  const offers = offersAt(made, 'DROP');
  assert.ok(offers.some(({ kind, disabled }) => kind === 'fix' && disabled !== undefined));
  const disable = offers.find(({ kind }) => kind === 'disable');
  assert.ok(disable !== undefined);
  const texts = applied(engine().resolveAction(made, disable.data), made);
  assert.equal(texts.get(file), 'DROP INDEX users_age;');
  assert.match(
    texts.get('/repo/schemaward.yaml') ?? '',
    /rule: lock\/drop-index\n {4}path: "db\/migration\/V2__new\.sql"/,
  );
  for (const offer of offers.filter(({ kind }) => kind === 'fix'))
    assert.equal(engine().resolveAction(made, offer.data).kind, 'refusal');
});

test('no fix edits inside a placeholder', () => {
  const made = snapshot({
    released: { 'V1__given.sql': users },
    pending: { 'V2__new.sql': 'ALTER TABLE ${users} ADD CHECK (age > 0);\nCREATE INDEX i ON ${users} (email);' },
    other: { 'flyway.conf': 'flyway.locations=filesystem:db/migration\nflyway.placeholders.users=users\n' },
  });
  const offer = offersAt(made, 'CREATE').find(({ kind }) => kind === 'fix');
  assert.ok(offer !== undefined);
  const result = engine().resolveAction(made, offer.data);
  assert.equal(result.kind, 'refusal');
});

test('the menu of one finding is short: one fix or plan, one explanation, one group to disable it', () => {
  const made = snapshot({
    released: { 'V1__given.sql': users },
    pending: { 'V2__new.sql': 'ALTER TABLE users RENAME COLUMN email TO mail;' },
  });
  const offers = offersAt(made, 'RENAME');
  assert.deepEqual(
    offers.map(({ kind }) => kind),
    ['plan', 'explain', 'disable', 'disable'],
  );
  assert.deepEqual(
    offers.map(({ preferred }) => preferred),
    [true, false, false, false],
  );
});

for (const [sql, words, name] of [
  [
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS "Users by age" ON users (age);',
    'CREATE',
    'V3__create_index_users_by_age.sql',
  ],
  ['DROP INDEX CONCURRENTLY users_age;', 'DROP', 'V3__drop_index_users_age.sql'],
  ['REINDEX INDEX CONCURRENTLY users_age;', 'REINDEX', 'V3__reindex_users_age.sql'],
  ['VACUUM FULL users;', 'VACUUM', 'V3__vacuum_users.sql'],
] as const)
  test(`what moves is named by what it does, to what: ${sql}`, () => {
    const texts = fixed(`ALTER TABLE users ADD COLUMN x int;\n${sql}\n`, words);
    assert.equal(texts.get(name), `${sql}\n`);
  });

test('a rename says to what', () => {
  const made = snapshot({
    released: { 'V1__a.sql': users, 'V2__b.sql': 'SELECT 1;' },
    pending: { 'V2__new.sql': 'SELECT 2;' },
  });
  const offer = offersAt(made, 'SELECT').find(({ kind }) => kind === 'fix');
  assert.equal(offer?.title, 'Rename to V3__new.sql');
  const result = engine().resolveAction(made, offer.data);
  assert.deepEqual(result.kind === 'proposal' && result.renames.map(({ label }) => label), ['Rename to V3__new.sql']);
});

test('what is newer than the database is written in older words', () => {
  const older = (sql: string, words: string, version: number) => fixed(sql, words, { version }).get('V2__new.sql');
  const trigger = (verb: string) => `create trigger g before insert on users for each row execute ${verb} f();\n`;
  assert.equal(older(trigger('function'), 'execute', 10), trigger('procedure'));
  const column = 'ALTER TABLE users ADD COLUMN d int GENERATED ALWAYS AS (age * (2))';
  assert.equal(older(`${column} VIRTUAL NOT NULL;`, 'GENERATED', 17), `${column} STORED NOT NULL;`);
  assert.equal(older(`${column}, ADD e int;`, 'GENERATED', 17), `${column} STORED, ADD e int;`);
});

test('what fails gets the words that it lacks', () => {
  const of = (sql: string, words: string, given = '') =>
    fixed(sql, words, { released: { 'V1__given.sql': `${users}\n${given}` }, version: 18 }).get('V2__new.sql');
  assert.equal(
    of('alter table users alter column email type uuid, add column n int;', 'uuid'),
    'alter table users alter column email type uuid using email::uuid, add column n int;',
  );
  assert.equal(
    of('REFRESH MATERIALIZED VIEW CONCURRENTLY mv;', 'REFRESH', 'CREATE MATERIALIZED VIEW mv AS SELECT 1 AS a;'),
    'REFRESH MATERIALIZED VIEW mv;',
  );
  const deferred = 'CREATE TABLE l (u bigint REFERENCES users DEFERRABLE INITIALLY DEFERRED);';
  assert.equal(
    of('INSERT INTO l VALUES (1);\r\nALTER TABLE l ADD COLUMN x int;\r\n', 'ADD COLUMN', deferred),
    'INSERT INTO l VALUES (1);\r\nSET CONSTRAINTS ALL IMMEDIATE;\r\nALTER TABLE l ADD COLUMN x int;\r\n',
  );
  assert.equal(of('CREATE TABLE n (a int);\nCOMMIT;\n', 'COMMIT'), 'CREATE TABLE n (a int);\n');
});

test('a table that gets another name leaves a view under the old one', () => {
  const of = (sql: string, words: string) => fixed(sql, words).get('V2__new.sql');
  assert.equal(
    of('ALTER TABLE public.users RENAME TO "Folk";\nSELECT 1;\n', 'RENAME'),
    'ALTER TABLE public.users RENAME TO "Folk";\nSELECT 1;\nCREATE VIEW public.users AS SELECT * FROM public."Folk";\n',
  );
  assert.equal(
    of('create schema app;\nalter table orders set schema app;\n', 'set schema'),
    'create schema app;\nalter table orders set schema app;\ncreate view orders as select * from app.orders;\n',
  );
  const later = 'ALTER TABLE users RENAME TO people;\nALTER TABLE people DROP COLUMN age;\n';
  const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': later } });
  assert.match(offersAt(made, 'RENAME').find(({ kind }) => kind === 'fix')?.disabled ?? '', /A later statement/);
});

test('no two fixes have one id', () => {
  const ids = fixes.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
});
