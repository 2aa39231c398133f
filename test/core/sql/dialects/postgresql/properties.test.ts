import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { StatementReading } from '#core/sql/dialect.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';
import { tokenize } from '#core/sql/tokenize.ts';
import { reader } from '../../../support/read.ts';
import { STATEMENTS } from '../../../support/statements.ts';

const statementReader = await reader();

/** Every object with a start and an end, anywhere. */
function spansIn(value: unknown): readonly { readonly start: number; readonly end: number }[] {
  if (Array.isArray(value)) return value.flatMap(spansIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value ? [value as { start: number; end: number }] : [];
  return [...own, ...Object.values(value).flatMap(spansIn)];
}

function checkSpans(text: string, reading: StatementReading): void {
  for (const { start, end } of spansIn(reading)) {
    const where = `${JSON.stringify(text)} [${start}, ${end})`;
    assert.ok(0 <= start && start < end && end <= text.length, `outside or empty: ${where}`);
    const words = text.slice(start, end);
    assert.equal(words, words.trim(), `white space at an end: ${where}`);
  }
}

test('every form is read without a problem, and its places are words of it', () => {
  for (const text of STATEMENTS) {
    const reading = statementReader.read(text);
    assert.equal(reading.problem, undefined, text);
    checkSpans(text, reading);
  }
});

test('a reading is plain data', () => {
  for (const text of STATEMENTS) {
    const reading = statementReader.read(text);
    assert.deepEqual(JSON.parse(JSON.stringify(reading)), reading);
  }
});

test('comments, line breaks and wide characters between the words change nothing but places', () => {
  const gap = fc.constantFrom(' /* 𝒳é, ( */ ', '\r\n', ' -- é ;,)\n', '\t', ' /* a /* b */ */ ');
  fc.assert(
    fc.property(
      fc.constantFrom(...STATEMENTS.filter((text) => !/^DO\b/.test(text))),
      fc.array(gap, { minLength: 1, maxLength: 7 }),
      (text, gaps) => {
        const spaced = respaced(text, gaps);
        const reading = statementReader.read(spaced);
        assert.equal(reading.problem, undefined, spaced);
        checkSpans(spaced, reading);
        assert.deepEqual(placeless(spaced, reading), placeless(text, statementReader.read(text)), spaced);
      },
    ),
    { numRuns: 600 },
  );
});

/** The tokens with other gaps where there was one. */
function respaced(text: string, gaps: readonly string[]): string {
  let out = '';
  let at = 0;
  tokenize(text, postgresqlLexical).forEach(({ start, end }, i) => {
    if (i > 0) out += start > at ? gaps[i % gaps.length] : '';
    out += text.slice(start, end);
    at = end;
  });
  return out;
}

/** The reading with each span as its tokens, so that two texts with the same tokens compare equal. */
function placeless(text: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => placeless(text, each));
  if (typeof value !== 'object' || value === null) return value;
  const { start, end, text: own, bound, ...rest } = value as Record<string, unknown>;
  const words =
    typeof start === 'number' && typeof end === 'number'
      ? text.slice(start, end)
      : typeof own === 'string'
        ? own
        : bound;
  const fields = Object.entries(rest).map(([key, each]) => [key, placeless(text, each)] as const);
  const tokens = typeof words === 'string' ? tokenize(words, postgresqlLexical).map((token) => token.text) : [];
  return { ...Object.fromEntries(fields), tokens };
}

test('mutated statements never throw, and what is said of them stands in them', () => {
  const mutation = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('delete', 'double', 'swap', 'insert', 'cut'),
    what: fc.constantFrom(
      "'",
      '"',
      '$$',
      '(',
      ')',
      ',',
      ';',
      '/*',
      '--',
      'é',
      '𝒳',
      '\0',
      'SELECT',
      'TABLE',
      '.',
      '::',
      'IF',
      'NOT',
      "E'\\",
      '\\',
    ),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...STATEMENTS),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      (text, mutations) => {
        const mutated = mutations.reduce(mutate, text);
        for (const { id } of splitScript(mutated, postgresqlLexical)) {
          const reading = statementReader.read(id.text);
          assert.ok(
            reading.problem?.kind !== 'not-examined' || !reading.problem.reason.includes('error'),
            JSON.stringify(reading.problem),
          );
          for (const { start, end } of spansIn(reading))
            assert.ok(
              0 <= start && start < end && end <= id.text.length,
              `${JSON.stringify(id.text)} [${start}, ${end}) ${JSON.stringify(reading)}`,
            );
        }
      },
    ),
    { numRuns: 4000 },
  );
});

function mutate(
  text: string,
  { at, how, what }: { readonly at: number; readonly how: string; readonly what: string },
): string {
  const tokens = tokenize(text, postgresqlLexical);
  const token = tokens[at % Math.max(tokens.length, 1)];
  if (token === undefined) return text + what;
  const before = text.slice(0, token.start);
  const after = text.slice(token.end);
  switch (how) {
    case 'delete':
      return before + after;
    case 'double':
      return `${before}${token.text} ${token.text}${after}`;
    case 'swap':
      return `${after} ${token.text} ${before}`;
    case 'cut':
      return before + token.text.slice(0, 1 + (at % token.text.length));
    default:
      return `${before}${token.text} ${what} ${after}`;
  }
}
