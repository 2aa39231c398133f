import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const core = resolve(import.meta.dirname, '../../server/src/core');

/** What TypeScript does not see: a function of a context that is taken out of it has lost it. */
test('nobody takes a function out of a context of rules', () => {
  const functions = /\b(impact|relation|table|isUnreleased|isNew|isNewColumn|madeAt|once|dependents)\b/;
  const pattern = /\{((?:[^{}]|\{[^{}]*\})*)\}\s*(?:: (?:ChangeContext|MigrationContext)\b|= context;)/g;
  let looked = 0;
  for (const name of readdirSync(core, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const [words, inside = ''] of readFileSync(join(core, name), 'utf8').matchAll(pattern)) {
      looked += 1;
      assert.doesNotMatch(inside.replace(/\{[^{}]*\}/g, ''), functions, `${name}: ${words}`);
    }
  }
  assert.ok(looked > 10);
});
