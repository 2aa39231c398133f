import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  dataCases,
  HISTORY,
  lockCases,
  partitionCases,
  queueCases,
  type RuleCase,
  runCases,
  schemaCases,
  silentCases,
  txCases,
} from '../../fixtures/rule-cases.ts';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** Everything that is said of one new migration, in the order of the file. */
function said(sql: string): readonly string[] {
  const text = `${sql};\n`;
  const made = snapshot({ released: { 'V1__given.sql': HISTORY }, pending: { 'V2__new.sql': text }, version: 18 });
  return checkAll(engine(), made).findings.map(
    ({ severity, rule, messageId, span }) => `${severity} ${rule}/${messageId} «${text.slice(span.start, span.end)}»`,
  );
}

const groups: Readonly<Record<string, readonly RuleCase[]>> = {
  schema: schemaCases,
  lock: lockCases,
  queue: queueCases,
  partitions: partitionCases,
  tx: txCases,
  data: dataCases,
  run: runCases,
  silent: silentCases,
};

for (const [group, cases] of Object.entries(groups)) {
  for (const [sql, ...findings] of cases) {
    test(`${group}: ${sql}`, () => assert.deepEqual(said(sql), findings));
  }
}

test('no case stands twice', () => {
  const all = Object.values(groups)
    .flat()
    .map(([sql]) => sql);
  assert.equal(new Set(all).size, all.length);
});
