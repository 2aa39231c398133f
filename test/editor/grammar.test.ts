import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';
import { ensureVsCodeServer } from '../../scripts/vscode/install.ts';

/** The injection grammar on the SQL grammar of the very VS Code that the other suites open, through its own engine. */
const ours = ['flyway-placeholders', 'flyway-strings'];
let grammar: IGrammar;

before(async () => {
  const server = ensureVsCodeServer((line) => console.log(line));
  const sql = join(dirname(server), '../extensions/sql/syntaxes/sql.tmLanguage.json');
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM({ data: readFileSync(wasm) });
  const paths: Readonly<Record<string, string>> = {
    'source.sql': sql,
    ...Object.fromEntries(
      ours.map((name) => [`schemaward.${name}`, join(import.meta.dirname, `../../syntaxes/${name}.tmLanguage.json`)]),
    ),
  };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources: string[]) => new oniguruma.OnigScanner(sources),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const path = paths[scope];
      return path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
    getInjections: (scope) => (scope === 'source.sql' ? ours.map((name) => `schemaward.${name}`) : []),
  });
  const loaded = await registry.loadGrammar('source.sql');
  assert.ok(loaded !== null);
  grammar = loaded;
});

/** Scopes of some words of a line, without SQL's own. */
function scopesOf(line: string, words: string): readonly string[] {
  const at = line.indexOf(words);
  const token = grammar
    .tokenizeLine(line, textmate.INITIAL)
    .tokens.find(({ startIndex, endIndex }) => startIndex <= at && at < endIndex);
  return token?.scopes ?? [];
}

const places = {
  'an identifier': 'CREATE TABLE ${schema}.users (id int);',
  'part of an identifier': 'CREATE TABLE app_${schema}_users (id int);',
  'a string': "INSERT INTO t VALUES ('at ${schema} now');",
  'a string with quotes': "INSERT INTO t VALUES ('it''s ${schema}', 'b');",
  'a comment with a quote': "-- it's for ${schema}",
  'a quoted name': 'CREATE TABLE "${schema}"."users" (id int);',
  'a line comment': '-- for ${schema}',
  'a block comment': '/* for ${schema} */',
};

for (const [place, line] of Object.entries(places))
  test(`a placeholder in ${place} is one, and what surrounds it is what it was`, () => {
    assert.ok(
      scopesOf(line, 'schema').includes('variable.other.placeholder.flyway'),
      scopesOf(line, 'schema').join(' '),
    );
    assert.ok(scopesOf(line, '${').includes('punctuation.definition.template-expression.begin.flyway'));
    assert.ok(scopesOf(line, '}').includes('punctuation.definition.template-expression.end.flyway'));
    const plain = line.replace('${schema}', 'xxxxxxxxx');
    const after = line
      .slice(line.indexOf('}') + 1)
      .trimStart()
      .slice(0, 1);
    if (after !== '') assert.deepEqual(endScopes(line), endScopes(plain));
  });

/** Scopes of the last character. */
function endScopes(line: string): readonly string[] {
  return grammar.tokenizeLine(line, textmate.INITIAL).tokens.at(-1)?.scopes ?? [];
}

test("Flyway's own placeholders have a name of their own", () => {
  const line = 'SELECT ${flyway:defaultSchema};';
  assert.ok(scopesOf(line, 'flyway:').includes('support.variable.flyway'));
  assert.ok(scopesOf(line, 'defaultSchema').includes('variable.language.flyway'));
});

test('script placeholders', () => {
  const line = "SELECT 'FP__app_role__';";
  assert.ok(scopesOf(line, 'app_role').includes('variable.other.placeholder.flyway'));
});

test('what is no placeholder is left alone', () => {
  for (const line of ['SELECT $1, $2;', 'DO $body$ BEGIN END $body$;', 'SELECT ${;', "SELECT '$' || '{a}';"])
    for (const { scopes } of grammar.tokenizeLine(line, textmate.INITIAL).tokens)
      assert.equal(
        scopes.some((scope) => scope.endsWith('.flyway')),
        false,
        line,
      );
});
