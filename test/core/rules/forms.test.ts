import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HISTORY, lockCases, type RuleCase, schemaCases, silentCases } from '../../fixtures/rule-cases.ts';
import { engine, saidAlone, snapshot } from '../support/engine.ts';

/** The same statement written in other ways means the same, and says the same of the same words. */

const ALTER = /^ALTER TABLE (?:ONLY |IF EXISTS )?(users|orders|feelings) /;

const plain = [...schemaCases, ...lockCases, ...silentCases].filter(
  ([sql]) => ALTER.test(sql) && !sql.includes(';') && !/RENAME TO|SET SCHEMA|ONLY/.test(sql),
);

function findings(sql: string, released = HISTORY): readonly string[] {
  const text = `${sql};\n`;
  const made = snapshot({ released: { 'V1__given.sql': released }, pending: { 'V2__new.sql': text }, version: 18 });
  return saidAlone(engine(), made).map(
    ({ rule, messageId, span }) => `${rule}/${messageId} «${text.slice(span.start, span.end)}»`,
  );
}

/** Without the severity that a case has in front. */
const expected = ([, ...said]: RuleCase): readonly string[] => said.map((each) => each.replace(/^\w+ /, ''));

const forms: Readonly<Record<string, (sql: string) => string>> = {
  'a qualified name': (sql) => sql.replace(ALTER, 'ALTER TABLE public.$1 '),
  'a quoted name': (sql) => sql.replace(ALTER, 'ALTER TABLE "$1" '),
  'a name in capitals': (sql) => sql.replace(ALTER, (words) => words.toUpperCase()),
  'IF EXISTS': (sql) => sql.replace(ALTER, 'ALTER TABLE IF EXISTS $1 '),
  'ONLY, and a star': (sql) => sql.replace(ALTER, 'ALTER TABLE ONLY $1 '),
  'comments and line ends': (sql) => sql.replace(ALTER, '/* 𝒳é /* nested */ */ ALTER\r\n\tTABLE -- users\r\n $1 '),
  'behind other statements': (sql) => `SELECT 1;\nSET lock_timeout = '5s';\n\n${sql}`,
};

for (const each of plain) {
  const [sql] = each;
  test(`${sql}: in every form`, () => {
    for (const [form, write] of Object.entries(forms))
      assert.deepEqual(findings(write(sql)), expected(each), `${form}: ${write(sql)}`);
  });

  test(`${sql}: in a DO block, never stronger where it may not run`, () => {
    const sure = findings(`DO $body$ BEGIN ${sql}; END $body$`);
    assert.deepEqual(new Set(sure), new Set(expected(each)));
    const made = snapshot({
      released: { 'V1__given.sql': HISTORY },
      pending: { 'V2__new.sql': `DO $body$ BEGIN IF current_user = 'x' THEN ${sql}; END IF; END $body$;` },
      version: 18,
    });
    for (const { severity, rule } of saidAlone(engine(), made))
      assert.ok(severity !== 'error' && !rule.startsWith('run/'), `${severity} ${rule}`);
  });

  test(`${sql}: silent where the tables are new`, () => {
    const made = snapshot({ pending: { 'V1__given.sql': HISTORY, 'V2__new.sql': `${sql};\n` }, version: 18 });
    const said = saidAlone(engine(), made).filter(({ rule }) => !/^(run|tx)\//.test(rule));
    assert.deepEqual(said, []);
  });
}

test('there is enough to compare', () => assert.ok(plain.length > 90, String(plain.length)));
