import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareContracts } from '#core/contracts/compare.ts';
import type { Tree } from '#core/contracts/tree.ts';

type Files = Readonly<Record<string, string>>;

const treeOf = (files: Files): Tree =>
  new Map(Object.entries(files).map(([path, text]) => [path, { path: `/repo/${path}`, text }]));

/** "rule path" of all findings; "side path" of what was told to be unreadable, and every notice's words. */
function compare(before: Files, after: Files) {
  const all = compareContracts({
    before: [{ name: 'main', tree: treeOf(before) }],
    after: treeOf(after),
    beyond: true,
  });
  const notices = all.flatMap((comparison) => comparison.notices);
  return {
    found: all.flatMap(({ findings }) => findings.map(({ rule, place }) => `${rule} ${place.path}`)),
    unread: notices.flatMap(({ unread, place }) =>
      unread === 'error' && place !== undefined ? [`${place.side} ${place.path}`] : [],
    ),
    said: notices.map(({ message }) => message),
    places: notices.flatMap(({ place }) => place ?? []),
  };
}

const proto = (body: string, head = 'syntax = "proto3";') => `${head}\npackage shop;\n${body}`;
const two = proto('message Order {\n  int32 x = 1;\n  int32 y = 2;\n}\n');
const one = proto('message Order {\n  int32 x = 1;\n}\n');
const gone = 'proto/field-no-delete';

const record = (...fields: readonly string[]) =>
  `{"type":"record","name":"Order","namespace":"shop","fields":[${fields.join(',')}]}`;
const [x, y] = ['{"name":"x","type":"int"}', '{"name":"y","type":"string"}'];
const missing = 'avro/reader-field-missing-default-value';

test('what is half typed keeps the findings of the rest', () => {
  for (const half of [
    'message N {\n  string na',
    'message N',
    'service S { rpc G(',
    'import "',
    '/* ',
    'option (a) = {',
    'enum E { A = ',
  ])
    assert.deepEqual(compare({ 'a.proto': two }, { 'a.proto': `${one}${half}` }).found, [`${gone} a.proto`], half);
  const half = record(x.replace('int', 'string'), y).slice(0, -4);
  assert.deepEqual(compare({ 'a.avsc': record(x) }, { 'a.avsc': half }).found, ['avro/type-mismatch a.avsc']);
  const next = compare({ 'a.avsc': record(x), 'b.avsc': record(x) }, { 'a.avsc': '{"type', 'b.avsc': record(x, y) });
  assert.ok(next.found.includes(`${missing} b.avsc`));
});

test('imports in a circle, of the file itself and of nothing are told and hide nothing', () => {
  const imported = (path: string, text: string) => text.replace('package', `import "${path}";\npackage`);
  const circle = { 'b.proto': imported('a.proto', proto('message B { Order o = 1; }')) };
  const a = compare({ 'a.proto': two, ...circle }, { 'a.proto': imported('b.proto', one), ...circle });
  assert.deepEqual(a.found, [`${gone} a.proto`]);
  assert.match(a.said.join('\n'), /circle/);
  const self = compare({ 'a.proto': two }, { 'a.proto': imported('a.proto', one) });
  assert.deepEqual(self.found, [`${gone} a.proto`]);
  assert.match(self.said.join('\n'), /circle/);
  const nothing = compare({ 'a.proto': two }, { 'a.proto': imported('nope.proto', one) });
  assert.deepEqual([nothing.found, nothing.said], [[`${gone} a.proto`], ['There is no file `nope.proto`.']]);
});

test('of two files with one symbol each is compared with what it was', () => {
  const { found, said } = compare({ 'a.proto': two, 'b.proto': two }, { 'a.proto': two, 'b.proto': one });
  assert.deepEqual(found, [`${gone} b.proto`]);
  assert.match(said.join('\n'), /`shop\.Order` is declared in a\.proto already/);
  const twice = compare({ 'a.avsc': record(x), 'b.avsc': record(x) }, { 'a.avsc': record(x), 'b.avsc': record(x, y) });
  assert.deepEqual(twice.found, [`${missing} b.avsc`]);
});

test('a file of 100,000 lines is compared, however they are shared out', () => {
  const messages = proto(
    Array.from({ length: 25_000 }, (_, nth) => `// ${nth}\nmessage M${nth} {\n  string a = 1;\n}`).join('\n'),
  );
  const without = messages.replace('message M7 {\n  string a = 1;', 'message M7 {');
  assert.deepEqual(compare({ 'a.proto': messages }, { 'a.proto': without }).found, [`${gone} a.proto`]);
  const fields = Array.from({ length: 99_990 }, (_, nth) => `  string f${nth} = ${nth + 20_001};`);
  const wide = proto(`message Wide {\n${fields.join('\n')}\n}\n`);
  const narrower = wide.replace('  string f5 = 20006;\n', '');
  assert.deepEqual(compare({ 'a.proto': wide }, { 'a.proto': narrower }).found, [`${gone} a.proto`]);
});

test('what is nested 5,000 deep is told and no overflow, on either side; the rest is compared', () => {
  const deep = (open: string, close: string, inner = '') => open.repeat(5000) + inner + close.repeat(5000);
  const records = Array.from(
    { length: 5000 },
    (_, nth) => `{"type":"record","name":"R${nth}","fields":[{"name":"f","type":`,
  );
  const files: Files = {
    'messages.proto': proto(deep('message A {', '}')),
    'groups.proto': proto(deep('message A { optional group B = 1 {', '}}'), 'syntax = "proto2";'),
    'aggregate.proto': proto(`option (a) = ${deep('{ a ', '}')};`),
    'lists.proto': proto(`option (a) = { a: ${deep('[', ']')} };`),
    'field.proto': proto(`message A { string x = 1 [(a) = ${deep('{ a: ', '}')}]; }`),
    'unclosed.proto': proto('message A {'.repeat(5000)),
    'arrays.avsc': deep('{"type":"array","items":', '}', '"int"'),
    'records.avsc': `${records.join('')}"int"${'}]}'.repeat(5000)}`,
    'unions.avsc': deep('[', ']'),
    'default.avsc': record(`{"name":"d","type":"int","default":${deep('[', ']')}}`),
    'unclosed.avsc': '{"type":"array","items":'.repeat(5000),
    'types.avpr': `{"protocol":"P","types":[${deep('{"type":"array","items":', '}', '"int"')}]}`,
    'arrays.avdl': `protocol P { record R { ${deep('array<', '>', 'int')} x; } }`,
    'unions.avdl': `protocol P { record R { ${deep('union { ', '}', 'int')} x; } }`,
    'default.avdl': `protocol P { record R { int x = ${deep('[', ']')}; } }`,
  };
  const rest = { before: { 'z.proto': two, 'z.avsc': record(x) }, after: { 'z.proto': one, 'z.avsc': record(x, y) } };
  for (const [path, text] of Object.entries(files)) {
    const now = compare({ ...rest.before, [path]: text }, { ...rest.after, [path]: `${text}\n` });
    assert.ok(now.unread.includes(`after ${path}`), `${path}: ${now.said.slice(0, 3).join('\n')}`);
    assert.deepEqual(now.found, [`${missing} z.avsc`, `${gone} z.proto`], path);
  }
  // Of a document that Apache does not read either, one reason is enough.
  const { said } = compare({}, { 'a.avsc': files['unclosed.avsc'] ?? '' });
  assert.match(said[0] ?? '', /^Nested deeper than 1000 levels/);
  assert.ok(said.length < 5);
});

test('comments and keys that stand twice are what they are to Avro', () => {
  const text = `{"type":"record","name":"Nobody",/* the order */"name":"Order","namespace":"shop","fields":[${x},${y} // new\n]}`;
  const { found, said } = compare({ 'a.avsc': record(x) }, { 'a.avsc': text });
  assert.deepEqual(found, [`${missing} a.avsc`]);
  assert.deepEqual(said, ['The name "name" stands twice; the last one counts.']);
});

test('byte order marks and line ends move places and nothing else', () => {
  for (const written of [(text: string) => `\ufeff${text}`, (text: string) => text.replaceAll('\n', '\r\n')]) {
    const old = { 'a.proto': two, 'a.avsc': record(`\n${x}`) };
    const { found, said } = compare(old, { 'a.proto': written(one), 'a.avsc': written(record(`\n${x}`, `\n${y}`)) });
    assert.deepEqual([found, said], [[`${missing} a.avsc`, `${gone} a.proto`], []]);
    const only = { 'a.proto': written(two), 'a.avsc': written(record(`\n${x}`)) };
    assert.deepEqual(compare(old, only).found, []);
  }
});

test('groups and extensions are compared', () => {
  const of = (range: string, members: string, extension: string) =>
    proto(
      `message M {\n  optional group G = 1 {\n    optional int32 a = 1;\n${members}  }\n  extensions 100 to ${range};\n}\nextend M {\n  optional int32 e = 100;\n${extension}}\n`,
      'syntax = "proto2";',
    );
  const { found, said } = compare(
    { 'a.proto': of('200', '    optional int32 b = 2;\n', '  optional int32 f = 101;\n') },
    { 'a.proto': of('150', '', '') },
  );
  assert.deepEqual(
    [found.sort(), said],
    [
      ['extension-message-no-delete', 'extension-no-delete', 'field-no-delete'].map((rule) => `proto/${rule} a.proto`),
      [],
    ],
  );
});

test('an edition that nobody knows is told and read as the newest', () => {
  const of = (body: string) => ({ 'a.proto': proto(body, 'edition = "2099";') });
  const { found, said, places } = compare(
    of('message M { int32 x = 1; int32 y = 2; }'),
    of('message M { int32 x = 1; }'),
  );
  assert.deepEqual(found, [`${gone} a.proto`]);
  assert.match(said.join('\n'), /Edition 2099 is not known/);
  assert.deepEqual([...new Set(places.map(({ span }) => span.start))], ['edition = '.length]);
});

test('what nobody sees is named by its number', () => {
  assert.deepEqual(compare({}, { 'a.proto': '\u0000binary' }).said.slice(0, 2), [
    'This character can only stand in strings and comments.',
    'Expected a declaration, found U+0000.',
  ]);
});

test('empty files are told where they are no documents, and nothing is gone from two empty ones', () => {
  const empty = { 'a.proto': '', 'a.avsc': '', 'a.avpr': '', 'a.avdl': '' };
  const { found, unread } = compare(empty, empty);
  assert.deepEqual([found, unread], [[], ['after a.avsc', 'after a.avpr', 'after a.avdl']]);
  const emptied = compare({ 'a.proto': two }, { 'a.proto': '' });
  assert.ok(emptied.found.includes('proto/message-no-delete a.proto'));
});
