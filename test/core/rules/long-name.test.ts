import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot, strict } from '../support/engine.ts';

/** The server cuts names behind 63 bytes: two that agree so far are one. Which level that has depends on what happens then. */
const long = 'i'.repeat(63);
const given = 'CREATE TABLE t (a int, b int)';

function said(sql: string, released = ''): readonly string[] {
  const usual = new Map(findings(sql, released, {}).map(({ fingerprint, severity }) => [fingerprint, severity]));
  return findings(sql, released, strict)
    .filter(({ rule }) => /^run\/(long-name|duplicate-object)/.test(rule))
    .map(({ fingerprint, rule, messageId, args }) =>
      `${usual.get(fingerprint) ?? 'hint'} ${rule}/${messageId} ${args.does ?? ''}`.trim(),
    );
}

function findings(sql: string, released: string, other: Readonly<Record<string, string>>) {
  const texts = {
    released: { 'V1__given.sql': `${given};\n${released}` },
    pending: { 'V2__new.sql': `${sql};\n` },
  };
  return checkAll(engine(), snapshot({ ...texts, other, version: 18 })).findings;
}

const cut = 'hint run/long-name/cut';
const other = (does: string) => `warning run/long-name/other ${does}`;

test('a name that is cut is a hint', () => {
  assert.deepEqual(said(`CREATE INDEX ${long}_a ON t (a)`), [cut]);
  assert.deepEqual(said(`CREATE INDEX ${long}_a ON t (a);\nDROP INDEX ${long}_a`), [cut]);
  assert.deepEqual(said(`CREATE INDEX ${long} ON t (a)`), []);
});

test('a second CREATE of what it is cut to is refused', () => {
  assert.deepEqual(said(`CREATE INDEX ${long}_a ON t (a);\nCREATE INDEX ${long}_b ON t (b)`), [
    cut,
    'error run/duplicate-object/relation',
    cut,
  ]);
});

test('IF NOT EXISTS makes nothing, OR REPLACE, DROP and ALTER reach another one: a warning', () => {
  const index = `CREATE INDEX IF NOT EXISTS ${long}_a ON t (a);\n`;
  const after = (sql: string, released: string) => said(sql, released).filter((each) => each !== cut);
  assert.deepEqual(after(`CREATE INDEX IF NOT EXISTS ${long}_b ON t (b)`, index), [other('makes nothing')]);
  assert.deepEqual(after(`${index}CREATE INDEX IF NOT EXISTS ${long}_b ON t (b)`, ''), [other('makes nothing')]);
  assert.deepEqual(after(`DROP INDEX ${long}_b`, index), [other('drops that one')]);
  const view = `CREATE VIEW ${long}_a AS SELECT a FROM t;\n`;
  assert.deepEqual(after(`CREATE OR REPLACE VIEW ${long}_b AS SELECT a FROM t`, view), [other('replaces that one')]);
  const fn = (name: string) => `CREATE OR REPLACE FUNCTION ${name}() RETURNS int LANGUAGE sql AS 'SELECT 1'`;
  assert.deepEqual(after(fn(`"${long}_b"`), `${fn(`"${long}_a"`)};`), [other('replaces that one')]);
  const check = `ALTER TABLE t ADD CONSTRAINT ${long}_a CHECK (a > 0);\n`;
  assert.deepEqual(after(`ALTER TABLE t DROP CONSTRAINT ${long}_b`, check), [other('drops that one')]);
  const table = `CREATE TABLE ${long}_a (id int);\n`;
  assert.deepEqual(after(`ALTER TABLE ${long}_b ADD COLUMN x int`, table), [other('changes that one')]);
});

test('the same name, in whatever case, is the same object', () => {
  const index = `CREATE INDEX ${long}_a ON t (a);\n`;
  assert.deepEqual(said(`DROP INDEX ${long.toUpperCase()}_A`, index), []);
  assert.deepEqual(said(`CREATE INDEX IF NOT EXISTS ${long}_a ON t (a)`, index), [cut]);
  assert.deepEqual(said(`DROP INDEX ${long}_b`, `CREATE INDEX ${long} ON t (a);\n`), []);
});
