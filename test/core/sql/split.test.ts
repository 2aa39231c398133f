import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { comments } from '#core/sql/comments.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';

function texts(script: string): readonly string[] {
  return splitScript(script, postgresqlLexical).map(({ id, kind }) =>
    kind === 'sql' ? id.text : `${kind}: ${id.text}`,
  );
}

const CASES: readonly (readonly [title: string, script: string, ...statements: readonly string[]])[] = [
  ['nothing', ''],
  ['only a comment', '-- nothing here\n/* at all */'],
  ['empty statements', ';;\n; SELECT 1;;', 'SELECT 1'],
  ['no last semicolon', 'SELECT 1;\nSELECT 2', 'SELECT 1', 'SELECT 2'],
  ['a byte order mark', '\uFEFFSELECT 1;', 'SELECT 1'],
  ['CRLF', 'SELECT 1;\r\nSELECT\r\n2;\r\n', 'SELECT 1', 'SELECT\r\n2'],
  [
    'semicolons in strings and names',
    `SELECT ';', ";", 'it''s;', E'\\';' ; SELECT 2`,
    `SELECT ';', ";", 'it''s;', E'\\';'`,
    'SELECT 2',
  ],
  ['dollar quotes', 'DO $$ BEGIN a; b; END $$; DO $x$ $$;$$ $x$', 'DO $$ BEGIN a; b; END $$', 'DO $x$ $$;$$ $x$'],
  ['comments', 'SELECT /* ; /* ; */ ; */ 1 -- ;\n; SELECT 2', 'SELECT /* ; /* ; */ ; */ 1', 'SELECT 2'],
  ['a comment behind the last word', 'SELECT 1 -- one\n;', 'SELECT 1'],
  [
    'a parenthesis that is never closed',
    'CREATE TABLE a (id int;\nDROP TABLE b;',
    'CREATE TABLE a (id int',
    'DROP TABLE b',
  ],
  [
    'the actions of a rule',
    'CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3',
    'CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)',
    'SELECT 3',
  ],
  [
    'BEGIN ATOMIC',
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2',
    'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END',
    'SELECT 2',
  ],
  ['a transaction is no body', 'BEGIN; SELECT 1; END; SELECT 2', 'BEGIN', 'SELECT 1', 'END', 'SELECT 2'],
  [
    'COPY data',
    "COPY t (a) FROM STDIN;\n1\t';\n\\N\n\\.\nSELECT 1;",
    'COPY t (a) FROM STDIN',
    "copy-data: 1\t';\n\\N\n\\.",
    'SELECT 1',
  ],
  [
    'COPY data with CRLF',
    'COPY t FROM stdin WITH (FORMAT csv);\r\n1;\r\n\\.\r\nSELECT 1',
    'COPY t FROM stdin WITH (FORMAT csv)',
    'copy-data: 1;\r\n\\.',
    'SELECT 1',
  ],
  ['COPY without data', 'COPY t FROM STDIN;\n\\.\nSELECT 1', 'COPY t FROM STDIN', 'copy-data: \\.', 'SELECT 1'],
  ['COPY that never ends', 'COPY t FROM STDIN;\n1\n2\n', 'COPY t FROM STDIN', 'copy-data: 1\n2'],
  ['COPY from a file has no data', "COPY t FROM '/x';\nSELECT 1", "COPY t FROM '/x'", 'SELECT 1'],
  [
    'psql commands',
    "\\set x 1; 2\nSELECT 1;\n  \\echo 'it's\nSELECT 2 \\gexec\nSELECT 3",
    'psql: \\set x 1; 2',
    'SELECT 1',
    "psql: \\echo 'it's",
    'SELECT 2',
    'psql: \\gexec',
    'SELECT 3',
  ],
  ['a quote that is never closed', "SELECT 'a; SELECT 2;", "SELECT 'a; SELECT 2;"],
];

describe('statements', () => {
  for (const [title, script, ...statements] of CASES) test(title, () => assert.deepEqual(texts(script), statements));
});

test('equal statements are counted', () => {
  const found = splitScript('SELECT 1; SELECT 2; SELECT 1', postgresqlLexical);
  assert.deepEqual(
    found.map(({ id }) => id.nth),
    [0, 0, 1],
  );
});

test('a statement owns the comments right above it, not those behind the one before nor those beyond a blank line', () => {
  const script = '-- license\n\n-- why\n-- how\nSELECT 1 ; -- trailing\n/* x */ SELECT 2;';
  const full = splitScript(script, postgresqlLexical).map(({ full: { start, end } }) => script.slice(start, end));
  assert.deepEqual(full, ['-- why\n-- how\nSELECT 1 ;', '/* x */ SELECT 2;']);
});

test('spans hold exactly the statement', () => {
  const script = '  SELECT 1 ;\n -- a\n SELECT 2';
  for (const { id, span } of splitScript(script, postgresqlLexical))
    assert.equal(script.slice(span.start, span.end), id.text);
});

const piece = fc.constantFrom(
  'SELECT 1',
  ';',
  '\n',
  ' ',
  "'",
  '"',
  '$$',
  '$a$',
  '--',
  '/*',
  '*/',
  '(',
  ')',
  '\\x',
  '\\.',
  'COPY t FROM STDIN',
  'CREATE RULE r',
  'CREATE FUNCTION f',
  ' BEGIN ATOMIC ',
  ' END',
  'é𝒳',
  '\r\n',
);

test('the pieces cover the text: what is left is white space, comments and semicolons', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      let at = 0;
      let rest = '';
      for (const { span, full } of splitScript(text, postgresqlLexical)) {
        assert.ok(full.start <= span.start && span.start < span.end && span.end <= full.end);
        assert.ok(full.start >= at);
        rest += text.slice(at, span.start);
        at = span.end;
      }
      rest += `\n${text.slice(at)}`;
      const bare = comments(rest, postgresqlLexical).reduceRight(
        (left, { start, end }) => left.slice(0, start) + left.slice(end),
        rest,
      );
      assert.match(bare, /^[\s;]*$/);
    }),
    { numRuns: 2000 },
  );
});

test('after an edit a text is split as if it were new, whatever was edited', () => {
  const long = fc.array(piece, { maxLength: 40 });
  const statement = fc.constantFrom(
    'SELECT 1;\n',
    'SELECT 2;\n',
    'COPY t FROM STDIN;\n1\n\\.\n',
    '\\x\n',
    '-- a\n',
    '',
  );
  const some = fc.tuple(fc.array(statement, { maxLength: 8 }), long).map((parts) => parts.flat().join(''));
  fc.assert(
    fc.property(some, some, some, some, (start, old, now, end) => {
      const text = `${start}${old}${end}`;
      const before = { text, statements: splitScript(text, postgresqlLexical) };
      const edited = `${start}${now}${end}`;
      assert.deepEqual(splitScript(edited, postgresqlLexical, before), splitScript(edited, postgresqlLexical));
    }),
    { numRuns: 5000 },
  );
});

test('an edit splits what it touches: other statements keep their names', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `SELECT ${index};`);
  const text = lines.join('\n');
  const before = { text, statements: splitScript(text, postgresqlLexical) };
  const after = splitScript(text.replace('SELECT 50', 'SELEC 50'), postgresqlLexical, before);
  const kept = after.filter(({ id }, index) => id === before.statements[index]?.id);
  assert.equal(kept.length, 98);
});
