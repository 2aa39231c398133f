import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStatistics, renderStatistics } from '#core/config/statistics.ts';
import type { Statistics } from '#core/model/statistics.ts';

const shop: Statistics = {
  target: 'production',
  measured: '2026-11-28T12:00:00Z',
  writesSince: '2026-11-01T00:00:00Z',
  tables: new Map([
    ['public.orders', { rows: 12_345_678, bytes: 3_141_592_653, indexBytes: 1_414_213_562, writesPerHour: 1234.5 }],
    ['app.Odd "name"', { bytes: 8192, indexBytes: 0 }],
  ]),
};

const text = `{
  "version": 1,
  "projects": {
    "shop": {
      "target": "production",
      "measured": "2026-11-28T12:00:00Z",
      "writesSince": "2026-11-01T00:00:00Z",
      "tables": {
        "app.Odd \\"name\\"": { "bytes": 8200, "indexBytes": 0 },
        "public.orders": { "rows": 12000000, "bytes": 3100000000, "indexBytes": 1400000000, "writesPerHour": 1200 }
      }
    }
  }
}
`;

test('sorted, a line for each table, two digits; written again it is the same', () => {
  assert.equal(renderStatistics(new Map([['shop', shop]])), text);
  const { statistics, problems } = readStatistics(text);
  assert.deepEqual(problems, []);
  assert.equal(renderStatistics(statistics), text);
  const empty = { target: 't', measured: shop.measured, tables: new Map() };
  const none = renderStatistics(new Map([['a', empty]]));
  assert.deepEqual(readStatistics(none), { statistics: new Map([['a', empty]]), problems: [] });
});

const broken: readonly (readonly [text: string, problem: RegExp, at: string])[] = [
  ['', /empty/, ''],
  ['{ "version": 1, "projects": {', /^Not valid JSON/, ''],
  [text.replace('"version": 1', '"version": 2'), /version is 1/, '2'],
  [text.replace('"bytes": 8200', '"bytes": "many"'), /bytes is a whole number/, '"many"'],
  [text.replace('"bytes": 8200', '"bytes": -1'), /bytes is a whole number/, '-1'],
  [text.replace('"bytes": 8200, ', ''), /needs bytes/, '{ "indexBytes": 0 }'],
  [text.replace('"measured"', '"mesured"'), /Did you mean measured/, '"mesured"'],
  [text.replace('2026-11-28T12:00:00Z', 'today'), /a time such as/, '"today"'],
  ['[]', /an object/, '[]'],
];

for (const [wrong, problem, at] of broken)
  test(`a broken file is told at its place and says nothing: ${problem}`, () => {
    const { statistics, problems } = readStatistics(wrong);
    assert.equal(statistics.size, 0);
    const found = problems.find(({ message }) => problem.test(message));
    assert.ok(found, JSON.stringify(problems));
    if (at !== '') assert.equal(wrong.slice(found.span.start, found.span.end), at);
  });
