import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportedFinding } from '#core/model/finding.ts';
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
import { engine, saidAlone, snapshot, strict } from '../support/engine.ts';

/**
 * Everything that is said of one new migration, in the order of the file, and those hints (what only the strict preset says) of
 * whose rule the case speaks.
 */
function said(sql: string, expected: readonly string[]): readonly string[] {
  const text = `${sql};\n`;
  const usual = new Map(findings(text, {}).map(({ fingerprint, severity }) => [fingerprint, severity] as const));
  return findings(text, strict).flatMap(({ fingerprint, rule, messageId, span }) => {
    const severity = usual.get(fingerprint) ?? 'hint';
    if (severity === 'hint' && !expected.some((each) => each.startsWith(`hint ${rule}/`))) return [];
    return [`${severity} ${rule}/${messageId} «${text.slice(span.start, span.end)}»`];
  });
}

function findings(text: string, other: Readonly<Record<string, string>>): readonly ReportedFinding[] {
  const released = { 'V1__given.sql': HISTORY };
  return saidAlone(engine(), snapshot({ released, pending: { 'V2__new.sql': text }, other, version: 18 }));
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
  for (const [sql, ...expected] of cases) {
    test(`${group}: ${sql}`, () => assert.deepEqual(said(sql, expected), expected));
  }
}

test('no case stands twice', () => {
  const all = Object.values(groups)
    .flat()
    .map(([sql]) => sql);
  assert.equal(new Set(all).size, all.length);
});
