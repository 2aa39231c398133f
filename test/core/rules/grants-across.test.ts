import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, folder, snapshot } from '../support/engine.ts';

/** `schema/grants-lost` across migrations of one release: what one takes away, and another one makes again. */
const given =
  "CREATE TABLE notes (id int);\nCREATE VIEW v AS SELECT id FROM notes;\nGRANT SELECT ON v, notes TO reader;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nREVOKE ALL ON FUNCTION f() FROM PUBLIC;";
const again = 'CREATE VIEW v AS SELECT id, id AS more FROM notes';
const service = engine();

function made(pending: readonly string[], released: readonly string[] = []) {
  const files = (texts: readonly string[], from: number) =>
    Object.fromEntries(texts.map((text, nth) => [`V${from + nth}__m.sql`, `${text};\n`]));
  return snapshot({
    released: { 'V1__given.sql': given, ...files(released, 2) },
    pending: files(pending, 2 + released.length),
    version: 18,
  });
}

function said(pending: readonly string[], released: readonly string[] = []): readonly string[] {
  return checkAll(service, made(pending, released))
    .findings.filter(({ rule }) => rule === 'schema/grants-lost')
    .map(({ path, messageId, args }) => `${path.slice(folder.length + 1)} ${messageId} ${args.what}`);
}

test('is told where it is made again', () => {
  assert.deepEqual(said(['DROP VIEW v', again]), ['V3__m.sql lost SELECT for reader']);
  assert.deepEqual(said(['DROP VIEW v', 'CREATE TABLE x (id int)', again]), ['V4__m.sql lost SELECT for reader']);
  assert.deepEqual(said(['DROP TABLE notes CASCADE', 'CREATE TABLE notes (id int)']), [
    'V3__m.sql lost SELECT for reader',
  ]);
  assert.deepEqual(said(['ALTER TABLE notes RENAME TO old', 'CREATE TABLE notes (id int)']), [
    'V3__m.sql lost SELECT for reader',
  ]);
  assert.deepEqual(said(['DROP FUNCTION f()', "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1'"]), [
    'V3__m.sql open REVOKE ALL FROM PUBLIC',
  ]);
  assert.deepEqual(said(['DROP VIEW v', 'CREATE VIEW w AS SELECT id FROM notes', 'ALTER VIEW w RENAME TO v']), [
    'V4__m.sql lost SELECT for reader',
  ]);
  const replaced = 'CREATE OR REPLACE VIEW v AS SELECT id FROM notes WHERE id > 0';
  assert.deepEqual(said([replaced, `DROP VIEW v;\n${again}`]), ['V3__m.sql lost SELECT for reader']);
});

test('is silent where nobody loses anything', () => {
  assert.deepEqual(said(['DROP VIEW v', `${again};\nGRANT SELECT ON v TO reader`]), []);
  assert.deepEqual(said([again], ['DROP VIEW v']), [], 'it was dropped in an earlier release');
  assert.deepEqual(said(['DROP VIEW v']), []);
  assert.deepEqual(
    said([
      'CREATE VIEW w AS SELECT 1 AS a;\nGRANT SELECT ON w TO reader',
      'DROP VIEW w',
      'CREATE VIEW w AS SELECT 2 AS a',
    ]),
    [],
  );
  assert.deepEqual(said(['DROP VIEW v', 'CREATE TEMP VIEW v AS SELECT 1 AS id']), []);
  assert.deepEqual(said(['DROP VIEW v;\nROLLBACK', again]), []);
  assert.deepEqual(said(['ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader', 'DROP VIEW v', again]), []);
});

test('follows an edit of the migration that drops it', () => {
  const before = made(['DROP VIEW v', 'CREATE TABLE x (id int)', again]);
  const path = `${folder}/V2__m.sql`;
  const edited = { ...before, files: new Map(before.files).set(path, { path, text: 'SELECT 1;\n' }) };
  const lost = (now: typeof before) =>
    checkAll(service, now).findings.filter(({ rule }) => rule === 'schema/grants-lost').length;
  assert.deepEqual([lost(before), lost(edited), lost(before)], [1, 0, 1]);
});
