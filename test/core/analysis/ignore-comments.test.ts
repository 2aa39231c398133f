import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, type Made, snapshot } from '../support/engine.ts';

const given = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);';
const drop = 'ALTER TABLE users DROP COLUMN email;';

/** Rules and messages of one new file, and how many findings its comments ignored. Today is 2026-11-24. */
function said(sql: string, more: Made = {}): readonly [number, ...string[]] {
  const made = snapshot({ released: { 'V1__given.sql': given }, pending: { 'V2__new.sql': sql }, ...more });
  const { findings, summary } = checkAll(engine(), made);
  return [
    summary.suppressed,
    ...findings.map(({ rule, message }) => (rule === 'config/ignore-comment' ? message : rule)),
  ];
}

const RULE = 'schema/drop-column';
const unknown = (name: string, hint = ''): string => `There is no rule ${name}, so nothing is ignored for it.${hint}`;
const meant = ` Did you mean ${RULE}?`;

/** The comment above the statement; what is said with it. */
const above: Readonly<Record<string, readonly [number, ...string[]]>> = {
  '-- schemaward-ignore schema/drop-column: agreed': [1],
  '--schemaward-ignore schema/drop-column: agreed': [1],
  '-- schemaward-ignore   schema/drop-column  : agreed': [1],
  '-- schemaward-ignore schema/*: agreed': [1],
  '-- schemaward-ignore schema/drop-column: see https://example.org/x: yes': [1],
  '-- schemaward-ignore schema/drop-column until=2027-01-01: agreed': [1],
  '-- schemaward-ignore schema/drop-column until=2028-02-29: agreed': [1],
  '-- schemaward-ignore-file schema/drop-column: agreed': [1],
  '-- schemaward-ignore schema/drop-column': [1, `Say why ${RULE} is ignored here: a reason behind a colon.`],
  '-- schemaward-ignore schema/drop-column:  ': [1, `Say why ${RULE} is ignored here: a reason behind a colon.`],
  '-- schemaward-ignore': [
    0,
    'This comment names no rule, so it ignores nothing. Write the rule behind schemaward-ignore.',
    RULE,
  ],
  '-- schemaward-ignore: agreed': [
    0,
    'This comment names no rule, so it ignores nothing. Write the rule behind schemaward-ignore.',
    RULE,
  ],
  '-- schemaward-ignore schema/drop-colum: agreed': [0, unknown('schema/drop-colum', meant), RULE],
  '-- schemaward-ignore drop-column: agreed': [0, unknown('drop-column', meant), RULE],
  '-- schemaward-ignore ban-drop-column: agreed': [0, unknown('ban-drop-column', meant), RULE],
  '-- schemaward-ignore shema/*: agreed': [0, unknown('shema/*'), RULE],
  '-- schemaward-ignore schema/drop-column, schema/drop-colum: agreed': [1, unknown('schema/drop-colum', meant)],
  '-- schemaward-ignore schema/drop-column, lock/add-check: agreed': [
    1,
    'Nothing here is reported by lock/add-check: take it out of this comment.',
  ],
  '-- schemaward-ignore schema/drop-table: agreed': [
    0,
    'Nothing here is reported by schema/drop-table: remove the comment.',
    RULE,
  ],
  '-- schemaward-ignore schema/drop-column until=2026-01-01: agreed': [
    0,
    'This comment ended on 2026-01-01: what it ignored is reported again.',
    RULE,
  ],
  '-- schemaward-ignore schema/drop-column until=2026-11-24: agreed': [
    0,
    'This comment ended on 2026-11-24: what it ignored is reported again.',
    RULE,
  ],
  ...Object.fromEntries(
    ['soon', '2027-02-29', '2027-13-01', '27-01-01', '2027-01-00', ''].map((until) => [
      `-- schemaward-ignore schema/drop-column until=${until}: agreed`,
      [0, `until=${until} is not a date such as 2026-12-31, so this comment ignores nothing.`, RULE] as const,
    ]),
  ),
  '/* schemaward-ignore schema/drop-column: no comment of one line */': [0, RULE],
  "SELECT '-- schemaward-ignore schema/drop-column: a string';": [0, RULE],
};

for (const [comment, expected] of Object.entries(above)) {
  test(comment, () => {
    for (const eol of ['\n', '\r\n']) assert.deepEqual(said(`${comment}${eol}${drop}${eol}`), expected);
  });
}

test('a comment covers the statement around it, before it on its line, or behind it', () => {
  const comment = `-- schemaward-ignore ${RULE}: agreed`;
  assert.deepEqual(said(`${drop} ${comment}\n`), [1]);
  assert.deepEqual(said(`ALTER TABLE users ${comment}\n DROP COLUMN email;\n`), [1]);
  assert.deepEqual(said(`${comment}\n-- more words\n\n${drop}\n`), [1]);
  const unused = `Nothing here is reported by ${RULE}: remove the comment.`;
  assert.deepEqual(said(`${drop}\n${comment}\n`), [0, RULE, unused]);
  assert.deepEqual(said(`${comment}\nSELECT 1;\n${drop}\n`), [0, unused, RULE]);
  assert.deepEqual(said(`${comment}\n${comment}\n${drop}\n`), [1, unused]);
});

test('a comment for the file covers every statement of it', () => {
  const two = `${drop}\nALTER TABLE users DROP COLUMN age;`;
  assert.deepEqual(said(`-- schemaward-ignore-file ${RULE}: agreed\n${two}`), [2]);
  assert.deepEqual(said(`-- schemaward-ignore ${RULE}: agreed\n${two}`), [1, RULE]);
});

test('comments in a frozen file ask for no edit', () => {
  const released = { 'V1__given.sql': `-- schemaward-ignore nonsense\n${given}` };
  assert.deepEqual(said('SELECT 1;', { released }), [0]);
});

test('a rule that is switched off by the settings leaves its comment unused by nobody', () => {
  const other = { 'schemaward.yaml': 'version: 1\nrules:\n  severity:\n    schema/drop-column: off\n' };
  assert.deepEqual(said(`-- schemaward-ignore ${RULE}: agreed\n${drop}\n`, { other }), [0]);
});
