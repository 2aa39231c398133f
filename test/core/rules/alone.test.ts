import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import {
  dataCases,
  HISTORY,
  lockCases,
  partitionCases,
  queueCases,
  runCases,
  schemaCases,
  txCases,
} from '../../fixtures/rule-cases.ts';
import { ruleFixtures } from '../../fixtures/rules.ts';
import { engine, inOneRelease, saidAlone, snapshot } from '../support/engine.ts';

const cases = [...schemaCases, ...lockCases, ...queueCases, ...partitionCases, ...txCases, ...dataCases, ...runCases];
const all = [
  ...ruleFixtures.map(({ given, bad, target, earlier }) => ({ given, sql: bad, version: target, earlier })),
  ...cases.map(([sql]) => ({ given: HISTORY, sql: `${sql};\n`, version: 18, earlier: [] })),
];

function said(deployment: string, { given, sql, version, earlier = [] }: (typeof all)[number], preset = 'strict') {
  const made = snapshot({
    ...(given === '' ? {} : { released: { 'V1__given.sql': given } }),
    pending: { ...inOneRelease(earlier), 'V2__new.sql': sql },
    other: { 'schemaward.yaml': `deployment: ${deployment}\nrules:\n  preset: ${preset}\n` },
    ...(version === undefined ? {} : { version }),
  });
  return saidAlone(engine(), made);
}

test('where no version runs beside a migration, nothing is said of one', () => {
  const running = /\b(still|that is|that are) running|running version/;
  const wrong = all.flatMap((each) =>
    said('single-version', each)
      .filter(({ message }) => running.test(message))
      .map(({ rule, messageId }) => `${rule}/${messageId}: ${each.sql}`),
  );
  assert.deepEqual(wrong, []);
  assert.ok(all.some((each) => said('rolling', each).some(({ message }) => running.test(message))));
});

test('what is left of a finding has words of its own, and is no graver', () => {
  for (const { id, alone = {}, messages, severity } of rules.map((rule) => ({ alone: {}, ...rule })))
    for (const [messageId, left] of Object.entries(alone)) {
      const known: Readonly<Record<string, string>> = messages;
      assert.ok(known[messageId] !== undefined && known[left.messageId] !== undefined, `${id}/${messageId}`);
      assert.ok(severity === 'error' || left.severity !== 'error', `${id}/${messageId}`);
    }
});

test('a dropped column is information then, and one that takes more with it a warning', () => {
  const given = 'CREATE TABLE a (id int, x int, y int);\nCREATE INDEX pair ON a (x, y);';
  const told = (column: string) =>
    said(
      'downtime',
      { given, sql: `ALTER TABLE a DROP COLUMN ${column};`, version: 15, earlier: [] },
      'recommended',
    ).map(({ rule, severity, messageId }) => `${severity} ${rule}/${messageId}`);
  assert.deepEqual(told('id'), ['info schema/drop-column/deletes']);
  assert.deepEqual(told('x'), ['warning schema/drop-column/deletes-with']);
});
