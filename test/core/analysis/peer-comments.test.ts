import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, checkAll, engine, folder, type Made, snapshot } from '../support/engine.ts';

/** Ignore comments that were written for other linters. */
const given = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);';
const drop = 'ALTER TABLE users DROP COLUMN email;';
const path = `${folder}/V2__new.sql`;

function made(sql: string, more: Made = {}) {
  return snapshot({ released: { 'V1__given.sql': given }, pending: { 'V2__new.sql': sql }, ...more });
}

/** How many findings were ignored, and what is said all the same. */
function said(sql: string): readonly [number, ...string[]] {
  const { findings, summary } = checkAll(engine(), made(sql));
  return [summary.suppressed, ...findings.map(({ rule }) => rule)];
}

const RULE = 'schema/drop-column';

/** Above `DROP COLUMN email`: what they ignore. */
const above: Readonly<Record<string, readonly [number, ...string[]]>> = {
  '-- squawk-ignore ban-drop-column': [1],
  '--squawk-ignore ban-drop-column,renaming-table': [1],
  '-- squawk-ignore ban-drop-column -- agreed': [1],
  '/* squawk-ignore ban-drop-column */': [1],
  '-- squawk-ignore': [1],
  '-- squawk-ignore-file ban-drop-column': [1],
  '-- squawk-ignore-file': [1],
  '-- squawk-ignore ban-drop-table': [0, RULE],
  '-- squawk-ignore no-such-rule': [0, RULE],
  '-- squawk-ignored ban-drop-column': [0, RULE],
  '-- squawk-disable-assume-in-transaction': [0, RULE],
  '-- atlas:nolint': [1],
  '-- atlas:nolint DS103': [1],
  '-- atlas:nolint destructive': [1],
  '-- atlas:nolint data_depend DS103': [1],
  '-- atlas:nolint data_depend': [0, RULE],
  '-- atlas:nolinted': [0, RULE],
  '-- pgls-ignore banDropColumn: agreed': [1],
  '-- pgls-ignore lint/safety/banDropColumn': [1],
  '-- pgls-ignore lint/safety': [1],
  '-- pgt-ignore lint/safety/banDropColumn': [1],
  '-- pgls-ignore-all banDropColumn': [1],
  '-- pgls-ignore typecheck': [0, RULE],
  '-- pgfence-ignore': [1],
  '-- pgfence-ignore: drop-column': [1],
  '-- pgfence-ignore: drop-table': [0, RULE],
  '-- migrationpilot-disable MP017': [1],
  '-- migrationpilot-disable-next-line MP001, MP017': [1],
  '-- migrationpilot-disable-file MP017': [1],
  '-- migrationpilot-disable': [1],
  '-- migrationpilot-disable MP001': [0, RULE],
  '-- pgsafe:ignore drop-column  agreed': [1],
  '-- pgsafe:ignore drop-table  agreed': [0, RULE],
  '-- safemigrate:ignore=drop-column-restricted reason="agreed"': [1],
  '-- eugene: ignore E5': [0, RULE],
  "SELECT '-- squawk-ignore ban-drop-column';": [0, RULE],
  '-- schemaward-ignore schema/drop-column: agreed\n-- squawk-ignore ban-drop-column': [1],
};

for (const [comment, expected] of Object.entries(above))
  test(comment, () => {
    for (const eol of ['\n', '\r\n']) assert.deepEqual(said(`${comment}${eol}${drop}${eol}`), expected);
  });

test('a comment covers its statement, a range or the file', () => {
  const age = 'ALTER TABLE users DROP COLUMN age;';
  const two = `${drop}\n${age}\n`;
  assert.deepEqual(said(`-- squawk-ignore ban-drop-column\n${two}`), [1, RULE]);
  assert.deepEqual(said(`${drop} -- squawk-ignore ban-drop-column\n${age}`), [1, RULE]);
  assert.deepEqual(said(`${two}-- squawk-ignore-file ban-drop-column\n`), [2]);
  assert.deepEqual(said(`-- atlas:nolint\n\n${two}`), [2]);
  assert.deepEqual(said(`-- Some words\n-- atlas:nolint DS103\n\n-- Drop both.\n${two}`), [2]);
  assert.deepEqual(said(`-- atlas:nolint\n${two}`), [1, RULE]);
  assert.deepEqual(said(`-- safety-assured:start\n${two}-- safety-assured:end\n`), [2]);
  assert.deepEqual(said(`-- safety-assured:start\n${drop}\n-- safety-assured:end\n${age}`), [1, RULE]);
  assert.deepEqual(said(`-- safety-assured:start\n${two}`), [0, RULE]);
  assert.deepEqual(said(`-- pgls-ignore-start banDropColumn: x\n${two}-- pgls-ignore-end banDropColumn\n`), [2]);
  assert.deepEqual(said(`-- pgls-ignore-start banDropColumn\n${two}-- pgls-ignore-end banDropTable\n`), [0, RULE]);
});

test('what will fail when it runs is not what they speak of', () => {
  const sql = 'ALTER TABLE users ALTER COLUMN email TYPE int;';
  assert.deepEqual(said(`-- squawk-ignore changing-column-type\n${sql}`), [2, 'run/needs-using']);
});

/** The file after the offer under the cursor at the first `|`. */
function translated(sql: string, more: Made = {}): string | undefined {
  const at = sql.indexOf('|');
  const text = sql.replace('|', '');
  const now = made(text, more);
  const service = engine();
  const [offer] = service.actions(now, path, { start: at, end: at }).filter(({ kind }) => kind === 'translate');
  return offer === undefined ? undefined : applied(service.resolveAction(now, offer.data), now).get(path);
}

test('a comment is written as ours: the rules that it ignored, its reach and its reason', () => {
  const ours = `-- schemaward-ignore ${RULE}`;
  assert.equal(
    translated(`-- squawk-|ignore ban-drop-column, prefer-robust-stmts -- agreed\n${drop}\n`),
    `${ours}: agreed\n${drop}\n`,
  );
  assert.equal(translated(`-- |atlas:nolint\r\n${drop}\r\n`), `${ours}: TODO say why\r\n${drop}\r\n`);
  assert.equal(
    translated(`-- |squawk-ignore-file\n${drop}\n`),
    `-- schemaward-ignore-file ${RULE}: TODO say why\n${drop}\n`,
  );
  assert.equal(translated(`${drop} -- |pgsafe:ignore drop-column  agreed\n`), `${drop} ${ours}: agreed\n`);
  assert.equal(
    translated('-- |squawk-ignore changing-column-type -- agreed\nALTER TABLE users ALTER COLUMN age TYPE text;\n'),
    '-- schemaward-ignore lock/rewrite-table, schema/change-column-type: agreed\nALTER TABLE users ALTER COLUMN age TYPE text;\n',
  );
  assert.equal(
    translated(`-- safety-assured:start\nSELECT 1;\n  ${drop}\n-- |safety-assured:end\nSELECT 2;\n`),
    `SELECT 1;\n  ${ours}: TODO say why\n  ${drop}\nSELECT 2;\n`,
  );
});

test('a translated comment ignores the same, and nothing is left to translate or to complain of', () => {
  for (const comment of Object.keys(above).filter((each) => /^--(?!.*schemaward)/.test(each))) {
    const text = translated(`|${comment}\n${drop}\n`);
    if (text === undefined) continue;
    assert.deepEqual(said(text), [1], text);
    assert.equal(translated(`|${text}`), undefined);
  }
});

test('no offer where nothing was ignored, in a block comment, or in a file that cannot be edited', () => {
  assert.equal(translated(`-- |squawk-ignore ban-drop-table\n${drop}\n`), undefined);
  assert.equal(translated(`/* |squawk-ignore ban-drop-column */ ${drop}\n`), undefined);
  const frozen = { released: { 'V1__given.sql': given, 'V2__new.sql': `-- squawk-ignore\n${drop}\n` }, pending: {} };
  const now = snapshot({ ...frozen, all: true });
  assert.deepEqual(
    engine()
      .actions(now, path, { start: 0, end: 0 })
      .filter(({ kind }) => kind === 'translate'),
    [],
  );
});
