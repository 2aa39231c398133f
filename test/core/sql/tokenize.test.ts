import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comments } from '#core/sql/comments.ts';
import { NAMED_DIALECTS } from '#core/sql/dialects/named.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { tokenize } from '#core/sql/tokenize.ts';
import { leadingWords } from '#core/sql/words.ts';

function tokens(text: string): readonly string[] {
  return tokenize(text, postgresqlLexical).map(({ kind, value }) => `${kind} ${value}`);
}

test('words fold in ASCII only, quoted names and strings lose their quotes', () => {
  assert.deepEqual(tokens(`SELECT "A""b", 'it''s', ÉTÉ_X FROM t1`), [
    'word select',
    'quoted-name A"b',
    'punctuation ,',
    "string it's",
    'punctuation ,',
    'word ÉtÉ_x',
    'word from',
    'word t1',
  ]);
});

test('prefixed strings are one token', () => {
  assert.deepEqual(tokens(`E'a\\'b' U&'x' U&"n" B'01' x'ff'`), [
    "string a\\'b",
    'string x',
    'quoted-name n',
    'string 01',
    'string ff',
  ]);
  assert.deepEqual(tokens(`'a\\'b`), ['string a\\', 'word b']);
});

test('dollar quotes, with and without a tag, and what only looks like one', () => {
  assert.deepEqual(tokens('$$a;b$$ $x$ $$ $x$ a$b$c $1'), ['string a;b', 'string  $$ ', 'word a$b$c', 'parameter $1']);
});

test('numbers, operators and comments', () => {
  assert.deepEqual(tokens('1.5e-3 .5 1..10 a->>b-- x\n<=/* y */>= a::int'), [
    'number 1.5e-3',
    'number .5',
    'number 1',
    'punctuation .',
    'punctuation .',
    'number 10',
    'word a',
    'operator ->>',
    'word b',
    'operator <=',
    'operator >=',
    'word a',
    'punctuation :',
    'punctuation :',
    'word int',
  ]);
});

test('comments are found with their places, nested ones as one, and none in strings', () => {
  const text = 'a -- one\r\n\'-- no\' /* two /* three */ */ $$ -- no $$ "/*" -- four';
  const found = comments(text, postgresqlLexical).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(found, ['-- one', '/* two /* three */ */', '-- four']);
});

test('what is unterminated ends with the text', () => {
  for (const text of ["'abc", '"abc', '$$abc', '/* abc', "E'abc\\", '$x$ abc $y$'])
    assert.deepEqual(
      comments(text, postgresqlLexical).length + tokenize(text, postgresqlLexical).length,
      1,
      `${text} is one lexeme`,
    );
});

test('other dialects quote names in their own way', () => {
  const names = (id: string, text: string) => {
    const lexical = NAMED_DIALECTS.find((dialect) => dialect.id === id)?.lexical ?? postgresqlLexical;
    return tokenize(text, lexical).flatMap(({ kind, value }) => (kind === 'quoted-name' ? [value] : []));
  };
  assert.deepEqual(names('mysql', '`a``b` # comment `x`\n'), ['a`b']);
  assert.deepEqual(names('sqlserver', '[a]]b]'), ['a]b']);
  assert.deepEqual(names('postgresql', '[a]'), []);
});

test('leading words stop at the first thing that is no bare word', () => {
  assert.deepEqual(leadingWords('/* x */ create Unique index concurrently i on t', postgresqlLexical, 3), [
    'CREATE',
    'UNIQUE',
    'INDEX',
  ]);
  assert.deepEqual(leadingWords('drop "x"', postgresqlLexical), ['DROP']);
  assert.deepEqual(leadingWords('', postgresqlLexical), []);
});

test('tokens and comments cover everything but white space, and none is empty', () => {
  const piece = fc.constantFrom(
    'a',
    "'",
    '"',
    '$',
    '$$',
    '$x$',
    '/*',
    '*/',
    '--',
    '\n',
    ' ',
    ';',
    '(',
    "E'",
    '\\',
    '1',
    '.',
    'é',
    '`',
    '[',
    ']',
    '@',
    '\0',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.constantFrom(...NAMED_DIALECTS, { lexical: postgresqlLexical }),
      (pieces, { lexical }) => {
        const text = pieces.join('');
        const spans = [...tokenize(text, lexical), ...comments(text, lexical)].sort((a, b) => a.start - b.start);
        let at = 0;
        for (const { start, end } of spans) {
          assert.match(text.slice(at, start), /^[\s\0\uFEFF]*$/);
          assert.ok(end > start);
          at = end;
        }
        assert.match(text.slice(at), /^[\s\0\uFEFF]*$/);
      },
    ),
  );
});
