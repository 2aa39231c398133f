import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';
import { refused } from '../../../support/proto-problems.ts';

const problemsOf = (files: Readonly<Record<string, string>>) =>
  linkProtos(new Map(Object.entries(files).map(([path, text]) => [path, readProto({ path: `/${path}`, text })])))
    .problems;

test('what compilers refuse is said at the words that are wrong, and once', () => {
  for (const { path, text, marked } of refused) {
    const found = problemsOf({ [path]: text });
    assert.deepEqual(
      found.map(({ span }) => span),
      marked,
      `${text}\n${found.map(({ message }) => message).join('\n')}`,
    );
  }
});

test('what several files claim is said of each but the first', () => {
  const files = {
    'a.proto': 'syntax = "proto2"; package p; message A { extensions 1 to 9; } extend A { optional int32 x = 1; }',
    'b.proto': 'syntax = "proto2"; package p; import "a.proto"; message A {} extend p.A { optional int32 y = 1; }',
    'c.proto': 'syntax = "proto3"; package p; enum E { A = 0; }',
  };
  assert.deepEqual(
    problemsOf(files).map(({ path, message }) => `${path}: ${message}`),
    [
      'b.proto: `p.A` is declared in a.proto already.',
      'c.proto: `p.A` is declared in a.proto already.',
      'b.proto: Number 1 of `p.A` is taken by `p.x`, in a.proto.',
    ],
  );
});

test('imports in a circle are said where they stand', () => {
  const importing = (path: string) => `syntax = "proto3"; import "${path}.proto";`;
  const files = {
    'a.proto': importing('b'),
    'b.proto': importing('c'),
    'c.proto': importing('b'),
    'd.proto': importing('d'),
    'e.proto': importing('d'),
  };
  const found = problemsOf(files);
  assert.deepEqual(found.map(({ path }) => path).sort(), ['b.proto', 'c.proto', 'd.proto']);
  for (const { span } of found) assert.deepEqual(span, { start: 26, end: 35 });
});

test('types that edition 2024 does not export cannot be used elsewhere', () => {
  const edition = (rest: string) => `edition = "2024"; package p; ${rest}`;
  const files = {
    'a.proto': edition('local message L {} message M { message N {} export message X {} } local enum E { Z = 0; }'),
    'b.proto': edition('option features.default_symbol_visibility = LOCAL_ALL; message O {} export message P {}'),
    'c.proto': edition('option features.default_symbol_visibility = EXPORT_ALL; message Q { message R {} }'),
    'd.proto': `syntax = "proto3"; package p; import "a.proto"; import "b.proto"; import "c.proto";
message D { L l = 1; M m = 2; M.N n = 3; M.X x = 4; E e = 5; O o = 6; P p = 7; Q q = 8; Q.R r = 9; }`,
  };
  assert.deepEqual(
    problemsOf(files).map(({ path, span }) => `${path} ${files[path as 'd.proto'].slice(span.start, span.end)}`),
    ['d.proto L', 'd.proto M.N', 'd.proto E', 'd.proto O'],
  );
});

const withOptions = `syntax = "proto3"; package a; import "google/protobuf/descriptor.proto";
message O { int32 a = 1; repeated string t = 2; O o = 3; enum E { Z = 0; } E e = 4; map<string, int32> m = 5; bytes b = 6; }
extend google.protobuf.FieldOptions { O o = 50000; repeated int32 r = 50001; string s = 50002; O.E e = 50003; O p = 50004; }
extend google.protobuf.MessageOptions { bool x = 50000; }
message A { option (x) = «1»;
  int32 a1 = 1 [(o) = {«bb»: 1}];
  int32 a2 = 2 [(o).«c» = 1];
  int32 a3 = 3 [(o) = «1»];
  int32 a5 = 5 [(r) = 1, (r) = 2];
  int32 a6 = 6 [(r) = «[»1]];
  int32 a7 = 7 [(s).«x» = 2];
  int32 a8 = 8 [(e) = «Y»];
  int32 a9 = 9 [(o).t = "a", (o).t = "b"];
  int32 a10 = 10 [(o) = {a: «"x"»}];
  int32 a11 = 11 [«(x)» = true];
  int32 a12 = 12 [(o) = {«q»: 1}];
  int32 a13 = 13 [(o).o.o.a = 1, (o).o.e = Z];
  int32 a15 = 15 [(a.o).a = 1, (p) = { o { a: 1 } t: ["a", "b"] m: { key: "a" value: 1 } e: «Q» }];
  int32 a16 = 16 [(p).m = { key: "a" value: 1 }, (p).b = "x", (p).a = -1];
}
`;

test('options of users have to be what their extensions are', () => {
  const [first = '', ...parts] = withOptions.split(/[«»]/);
  const marked: { start: number; end: number }[] = [];
  let text = first;
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 0) marked.push({ start: text.length, end: text.length + part.length });
    text += part;
  }
  const found = problemsOf({ 'a.proto': text });
  assert.deepEqual(
    found.map(({ span }) => text.slice(span.start, span.end)).sort(),
    marked.map(({ start, end }) => text.slice(start, end)).sort(),
    found.map(({ message }) => message).join('\n'),
  );
});
