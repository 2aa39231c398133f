import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulePages } from '#core/rules/page.ts';

test('the pages of rules have no blank lines around their examples, and none at the ends of lines', () => {
  for (const { id, markdown } of rulePages()) {
    assert.doesNotMatch(markdown, /[ \t]$/m, id);
    assert.doesNotMatch(markdown, /\n{3}/, id);
    for (const [, code = ''] of markdown.matchAll(/^```\w+\n([\s\S]*?)^```$/gm))
      assert.equal(code, `${code.trim()}\n`, id);
  }
});
