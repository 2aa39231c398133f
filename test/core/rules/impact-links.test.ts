import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { rulePages } from '#core/rules/page.ts';
import { ruleFixtures } from '../../fixtures/rules.ts';
import { checkAll, engine, folder, snapshot, strict } from '../support/engine.ts';
import { grammarSamples } from '../support/grammar.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/impact/postgresql.md'), 'utf8');
const rows = new Set([...page.matchAll(/<a id="([^"]+)">/g)].map(([, row]) => row));

/** Not about files and their names. */
const isAboutStatements = (rule: string) => !/^(order|config)\//.test(rule);

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

describe('the hover of a statement links its row', () => {
  for (const { sql } of grammarSamples())
    test(sql, () => {
      const path = `${folder}/V1__a.sql`;
      const said = engine().hover(snapshot({ pending: { 'V1__a.sql': `${sql};` } }), path, 0)?.markdown ?? '';
      const row = /\/docs\/impact\/postgresql\.md#([\w-]+)\)/.exec(said)?.[1];
      if (row === undefined) assert.match(sql, NO_CHANGE);
      else assert.ok(rows.has(row), row);
    });
});

/** Statements that change nothing, or what the database does not keep. */
const NO_CHANGE =
  /^(?:SELECT|VALUES|TABLE|PREPARE|DEALLOCATE|EXPLAIN|DECLARE|FETCH|MOVE|CLOSE|LISTEN|NOTIFY|UNLISTEN|LOAD|CHECKPOINT|SHOW|DISCARD|COPY .* TO|SET .* FROM CURRENT|\w+ PREPARED|DO)\b/;

test('the page of each rule about statements links the table', () => {
  for (const { id, markdown } of rulePages())
    assert.equal(/docs\/impact\/postgresql\.md/.test(markdown), /^(schema|lock|tx|data)\//.test(id), id);
});
