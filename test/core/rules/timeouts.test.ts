import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '#core/service.ts';
import { applied, checkAll, engine, folder, type Made, snapshot, strict } from '../support/engine.ts';

/** Timeouts come from the migration and from what the tool brings along; fixes write them. */
const given =
  'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;';
const add = 'ALTER TABLE users ADD COLUMN x int;\n';
const file = `${folder}/V2__new.sql`;

function made(sql: string, over: Made = {}): Snapshot {
  return snapshot({
    released: { 'V1__given.sql': given, ...over.released },
    pending: { 'V2__new.sql': sql },
    other: { ...strict, ...over.other },
  });
}

const said = (sql: string, over?: Made) =>
  checkAll(engine(), made(sql, over))
    .findings.filter(({ rule }) => /timeout|set-local/.test(rule))
    .map(({ rule, messageId }) => `${rule}/${messageId}`);

/** The migration after the fix of the first such finding. */
function fixed(sql: string, over?: Made): string | undefined {
  const world = made(sql, over);
  const finding = checkAll(engine(), world).findings.find(({ rule }) => /timeout|set-local/.test(rule));
  assert.ok(finding !== undefined);
  const offer = engine()
    .actions(world, file, finding.span)
    .find(({ kind, rule }) => kind === 'fix' && rule === finding.rule);
  assert.ok(offer !== undefined);
  const text = applied(engine().resolveAction(world, offer.data), world).get(file);
  assert.deepEqual(said(text ?? '', over), [], text);
  return text;
}

const outside = { other: { 'db/migration/V2__new.sql.conf': 'executeInTransaction=false\n' } };

test('no timeout at all', () => {
  assert.deepEqual(said(add), ['lock/no-timeout/none']);
  assert.equal(fixed(add), `SET LOCAL lock_timeout = '5s';\n${add}`);
  assert.equal(
    fixed(`SELECT 1;\n\n-- why\n${add.trimEnd()}`, outside),
    `SELECT 1;\n\n-- why\nSET lock_timeout = '5s';\n${add}RESET lock_timeout;`,
  );
  assert.equal(fixed(`SET LOCAL lock_timeout = 0;\n${add}`), `SET LOCAL lock_timeout = '5s';\n${add}`);
});

test('a timeout holds to the end of what it was set for', () => {
  const local = "SET LOCAL lock_timeout = '5s';\n";
  assert.deepEqual(said(`${local}COMMIT;\n${add}`), ['lock/no-timeout/none']);
  assert.deepEqual(said(`SET lock_timeout = '5s';\nRESET lock_timeout;\n${add}`), ['lock/no-timeout/none']);
  assert.deepEqual(said(`SET lock_timeout = '5s';\nDISCARD ALL;\n${add}`), ['lock/no-timeout/none']);
  assert.deepEqual(said(`${local}SET lock_timeout = 0;\n${add}`), ['lock/no-timeout/zero']);
  assert.deepEqual(said(`COMMIT;\n${local}${add}`), ['tx/set-local/nothing', 'lock/no-timeout/none']);
});

test('what the tool sets before each migration counts', () => {
  const callback = (name: string, text: string): Made => ({ released: { [name]: text } });
  const conf = (text: string): Made => ({
    other: { 'flyway.conf': `flyway.locations=filesystem:db/migration\n${text}` },
  });
  const yaml = (text: string): Made => ({ other: { 'src/main/resources/application.yml': text } });
  for (const over of [
    callback('beforeEachMigrate.sql', "SET lock_timeout = '5s';"),
    callback('beforeEachMigrateStatement.sql', "SET LOCAL lock_timeout = '5s';"),
    callback('beforeEachMigrate__timeouts.sql', "SET LOCAL lock_timeout = '${wait}';"),
    conf('flyway.initSql=SET lock_timeout = 5000'),
    conf('flyway.url=jdbc:postgresql://db/shop?options=-c%20lock_timeout=10s'),
    yaml(
      'spring:\n  flyway:\n    locations: filesystem:db/migration\n    init-sqls: ["SET search_path TO app", "SET lock_timeout = \'5s\'"]\n',
    ),
  ])
    assert.deepEqual(said(add, over), [], JSON.stringify(over));
  for (const over of [
    callback('beforeMigrate.sql', "SET lock_timeout = '5s';"),
    callback('afterMigrate.sql', "SET lock_timeout = '5s';"),
    callback('beforeEachMigrate.sql', 'SET lock_timeout = 0;'),
    callback('beforeClean.sql', "SET lock_timeout = '5s';"),
  ])
    assert.deepEqual(said(add, over), ['lock/no-timeout/none'], JSON.stringify(over));
  const each = callback('beforeEachMigrate.sql', "SET LOCAL lock_timeout = '5s';");
  assert.deepEqual(said(add, { ...each, ...outside }), ['lock/no-timeout/none']);
});

test('a callback that is edited is followed without a restart', () => {
  const service = engine();
  const at = (text: string) =>
    checkAll(service, made(add, { released: { 'beforeEachMigrate.sql': text } })).findings.map(({ rule }) => rule);
  assert.ok(at('SELECT 1;').includes('lock/no-timeout'));
  assert.ok(!at("SET lock_timeout = '5s';").includes('lock/no-timeout'));
  assert.ok(at('SELECT 2;').includes('lock/no-timeout'));
});

test('a short statement_timeout meets what takes long', () => {
  const validate = 'ALTER TABLE users VALIDATE CONSTRAINT c;';
  const short = { released: { 'beforeEachMigrate.sql': "SET statement_timeout = '30s';" } };
  assert.deepEqual(said(validate, short), ['tx/statement-timeout/validate']);
  assert.deepEqual(said('CREATE INDEX CONCURRENTLY i ON users (age);', short), ['tx/statement-timeout/index']);
  assert.deepEqual(said('CREATE TABLE fresh (id int);\nCREATE INDEX i ON fresh (id);', short), []);
  assert.deepEqual(said(validate, { released: { 'beforeEachMigrate.sql': "SET statement_timeout = '1h';" } }), []);
  const minutes = 'rules: { preset: strict, options: { tx/statement-timeout: { minutes: 90 } } }';
  assert.deepEqual(
    said(validate, {
      released: { 'beforeEachMigrate.sql': "SET statement_timeout = '1h';" },
      other: { 'schemaward.yaml': minutes },
    }),
    ['tx/statement-timeout/validate'],
  );
});

test('what is SET is taken back', () => {
  const create = 'CREATE TABLE fresh (id int);\n';
  assert.equal(fixed(`SET statement_timeout = '5s';\n${create}`), `SET LOCAL statement_timeout = '5s';\n${create}`);
  assert.equal(fixed(`set session lock_timeout to 500;\n${create}`), `set local lock_timeout to 500;\n${create}`);
  assert.equal(
    fixed(`SET statement_timeout = '5s';\n${create}`, outside),
    `SET statement_timeout = '5s';\n${create.trimEnd()}\nRESET statement_timeout;\n`,
  );
  assert.equal(
    fixed(`SET LOCAL statement_timeout = '5s';\n${create}`, outside),
    `SET statement_timeout = '5s';\n${create.trimEnd()}\nRESET statement_timeout;\n`,
  );
});
