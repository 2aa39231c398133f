import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '#core/config/read.ts';
import { readSpring } from '#core/migrations/tools/flyway/config/spring.ts';
import { deepestYaml, tooDeepAt } from '#core/text/yaml.ts';

const levels = ['[', '{a: ', '- ', '? ', '- [', '? - '];
const indented = (depth: number): string => Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}a:\n`).join('');

test('nesting of every kind is found where it becomes too deep', () => {
  for (const level of levels) {
    assert.equal(tooDeepAt(level.repeat(40)), undefined, level);
    assert.notEqual(tooDeepAt(level.repeat(5000)), undefined, level);
    assert.ok((tooDeepAt(level.repeat(5000)) ?? 0) < 5000 * level.length, level);
  }
  assert.equal(tooDeepAt(indented(deepestYaml)), undefined);
  assert.equal(tooDeepAt(indented(deepestYaml + 1)), indented(deepestYaml).length + deepestYaml);
});

test('what only looks like nesting is none', () => {
  const many = (text: string): string => text.repeat(500);
  for (const text of [
    many('- a\n'),
    many('a: [b, {c: d}]\n'),
    many('- - a\n'),
    `a: "${many('[')}"\n`,
    `a: '${many('{')}'\n`,
    `a: b # ${many('[')}\n`,
    many("it's: [1]\n"),
    many('a:\n  b:\n    - c\n    - d: e\n'),
    '',
    '\r\n\r\n',
  ])
    assert.equal(tooDeepAt(text), undefined, text.slice(0, 20));
});

test('settings that are nested 5,000 deep are told in words of ours, and soon', () => {
  for (const level of levels) {
    const [problem] = readConfig(level.repeat(5000), '2026-01-01').problems;
    assert.equal(problem?.message, 'This is not valid YAML: nested deeper than 100 levels.');
    assert.deepEqual(readSpring('application.yml', level.repeat(5000)), []);
  }
});
