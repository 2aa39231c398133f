import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareLiterals } from '#core/sql/dialects/postgresql/literals.ts';

const type = (name: string, args: readonly number[] = []) => ({ name, args, array: 0, text: name });

const cases: readonly (readonly [name: string, a: string, b: string, order: number | undefined])[] = [
  ['int4', '9', '10', -1],
  ['int8', '+10', '10', 0],
  ['int4', '1.5', '2', undefined],
  ['numeric', '1.5', '1.50', 0],
  ['numeric', '-1.5', '-1.49', -1],
  ['numeric', '1e3', '5', undefined],
  ['numeric', 'NaN', '5', undefined],
  ['date', '2024-01-01', '2024-01-01 10:00', 0],
  ['date', '2024-01-31', '2024-02-01', -1],
  ['date', 'now', '2024-02-01', undefined],
  ['timestamptz', '2024-01-01', '2024-01-01T00:00:00', 0],
  ['timestamptz', '2024-01-01 00:00+02', '2024-01-01', undefined],
  ['text', 'a', 'a', 0],
  ['text', 'a', 'B', undefined],
  ['point', '(1,1)', '(1,1)', undefined],
];

for (const [name, a, b, order] of cases)
  test(`${name}: ${a} and ${b}`, () => {
    assert.equal(compareLiterals(type(name), a, b), order);
    assert.equal(compareLiterals(type(name), b, a), order === undefined ? undefined : order === 0 ? 0 : -order);
  });

test('a scale rounds', () => assert.equal(compareLiterals(type('numeric', [10, 0]), '1.4', '1.3'), undefined));
