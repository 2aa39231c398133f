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
