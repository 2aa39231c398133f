import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import { pageOf } from '#core/rules/page.ts';
import { rulesOf } from '../support/engine.ts';

for (const rule of rules) {
  for (const { title, sql, given, earlier, target, fires } of rule.examples) {
    test(`${rule.id}: the page's example "${title}" is ${fires ? 'reported' : 'silent'}`, () => {
      assert.equal(rulesOf(sql, given, target, earlier).includes(rule.id), fires);
    });
  }

  test(`${rule.id} has a page that says why, and messages in sentences`, () => {
    const page = pageOf(rule.id);
    assert.ok(page?.markdown.includes(rule.explanation.trim()));
    assert.ok(rule.explanation.length > 60 || rule.id.startsWith('order/'));
    for (const message of Object.values(rule.messages)) assert.match(message, /[.?]$|^\{problem\}$|\}$/);
    if (rule.scope !== 'timeline' && rule.scope !== 'undo') {
      assert.ok(rule.examples.some(({ fires }) => fires));
      assert.ok(rule.examples.some(({ fires }) => !fires));
    }
  });
}
