import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rulePages } from '#core/rules/page.ts';
import { ruleFixtures } from '../../fixtures/rules.ts';
import { checkAll, engine, snapshot, strict } from '../support/engine.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/impact/postgresql.md'), 'utf8');
const rows = new Set([...page.matchAll(/<a id="([^"]+)">/g)].map(([, row]) => row));

/** About what stands in a file, not about what a statement does. */
const isAboutStatements = (rule: string) => /^(schema|lock|data)\//.test(rule);

for (const { rule, given, bad } of ruleFixtures.filter((each) => isAboutStatements(each.rule)))
  test(`${rule} links the row of the impact table that it was judged by`, () => {
    const made = snapshot({
      released: { 'V1__given.sql': given },
      pending: { 'V2__new.sql': bad },
      other: strict,
      version: 18,
    });
    const found = checkAll(engine(), made).findings.filter((finding) => finding.rule === rule);
    for (const { impactDocs = '' } of found) {
      assert.match(impactDocs, /^https:.*\/docs\/impact\/postgresql\.md#/);
      assert.ok(rows.has(impactDocs.split('#')[1]), impactDocs);
    }
  });

test('the page of each rule about statements links the table', () => {
  for (const { id, markdown } of rulePages())
    assert.equal(/docs\/impact\/postgresql\.md/.test(markdown), /^(schema|lock|tx|data)\//.test(id), id);
});
