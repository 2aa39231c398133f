import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';

const set = (text: string) => linkProtos(new Map([['a.proto', readProto({ path: '/a.proto', text })]]));

const names = (text: string) => {
  const { messages, enums, services } = set(text);
  const own = [...messages.values()].filter(({ file }) => file.path === 'a.proto');
  const fields = own.flatMap(({ fields: all }) => all.map(({ fullName }) => fullName));
  const values = [...enums.values()].filter(({ file }) => file.path === 'a.proto').flatMap((it) => it.values);
  const methods = [...services.values()].flatMap((it) => it.methods);
  return [...fields, ...values.map(({ fullName }) => fullName), ...methods.map(({ fullName }) => fullName)];
};

test('a broken statement spoils only itself', () => {
  const broken = [
    'string',
    'string na',
    'string name =',
    'string name = 1',
    'string name = 1 [',
    'string name = 1 [deprecated',
    'string name = 1 [(a.b) = {',
    'map<string',
    'map<string, A> m =',
    'repeated .',
    'reserved',
    'reserved 1 to',
    'option (x) = { a: ',
    'oneof o',
    '= 1;',
    '"',
    '{',
    ')',
  ];
  for (const text of broken) {
    const found = names(
      `syntax = "proto3";\nmessage A {\n  int32 x = 7;\n  ${text}\n  int32 y = 8;\n}\nmessage B {\n  int32 z = 1;\n}\n`,
    );
    for (const name of ['A.x', 'A.y', 'B.z']) assert.ok(found.includes(name), `${text}: ${name} of ${found}`);
  }
});

test('braces that are not closed end where the next declaration stands as far out', () => {
  assert.deepEqual(names('message A {\n  optional int32 x = 1;\n\nmessage B {\n  optional int32 y = 1;\n}\n'), [
    'A.x',
    'B.y',
  ]);
  assert.deepEqual(names('message A {\n  message C {\n    optional int32 x = 1;\n  enum E {\n    V = 0;\n  }\n}\n'), [
    'A.C.x',
    'A.V',
  ]);
});

test('5,000 levels are a problem and no overflow', () => {
  const deep = (open: string, close: string) => open.repeat(5000) + close.repeat(5000);
  for (const text of [
    deep('message A {', '}'),
    `option (a) = ${deep('{ a ', '}')};`,
    `option (a) = { a: ${deep('[', ']')} };`,
    deep('message A { oneof b {', '}}'),
    'message A {'.repeat(5000),
    deep('{', '}'),
  ]) {
    const { problems } = set(`${text}\nmessage Z {}\n`);
    assert.ok(problems.length > 0 && problems.length < 20_000, `${text.slice(0, 20)} ${problems.length}`);
  }
});
