import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProtoSet } from '#core/contracts/formats/protobuf/descriptor.ts';
import { linkProtos } from '#core/contracts/formats/protobuf/link/link.ts';
import { readProto } from '#core/contracts/formats/protobuf/syntax/read.ts';
import type { ProtoSyntax } from '#core/contracts/formats/protobuf/syntax/tree.ts';
import { linesOfOurs } from '../../../oracles/support/proto-lines.ts';
import { protoText } from '../../../support/proto-model.ts';
import { protoSet, seeded } from '../../../support/proto-sets.ts';

/** Everything that a set says. */
function told(set: ProtoSet): unknown {
  const keys = (map: ReadonlyMap<string, { readonly file: { readonly path: string } }>) =>
    [...map].map(([name, { file }]) => `${name} in ${file.path}`).sort();
  return {
    files: [...set.files.values()].flatMap((file) => [file.path, ...linesOfOurs(file)]).sort(),
    messages: keys(set.messages),
    enums: keys(set.enums),
    services: keys(set.services),
    extensions: keys(set.extensions),
    problems: set.problems.map((problem) => JSON.stringify(problem)).sort(),
  };
}

test('a set that is made from a former one is the one that would be made anew', () => {
  for (let seed = 0; seed < 15; seed++) {
    const random = seeded(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const texts = new Map(protoSet(random, 'p', 5).map((file) => [file.path, protoText(file)]));
    const all = [...texts];
    const words = [...new Set(all.flatMap(([, text]) => text.match(/[A-Za-z_]\w*/g) ?? []))];
    const trees = new Map<string, ProtoSyntax>();
    for (const [path, text] of texts) trees.set(path, readProto({ path: `/${path}`, text }));
    let set = linkProtos(new Map(trees));
    for (let step = 0; step < 12; step++) {
      const [path, original] = pick(all);
      const roll = random();
      if (roll < 0.15) trees.delete(path);
      else {
        const text = trees.get(path)?.content.text ?? original;
        const found = pick([...text.matchAll(/[A-Za-z_]\w*|\d+|[;{}=]/g)]);
        const changed =
          roll < 0.3
            ? original
            : `${text.slice(0, found.index)}${roll < 0.6 ? '' : pick(words)}${text.slice(found.index + found[0].length)}`;
        trees.set(path, readProto({ path: `/${path}`, text: changed }));
      }
      set = linkProtos(new Map(trees), set);
      assert.deepEqual(told(set), told(linkProtos(trees)), `seed ${seed}, step ${step}`);
      for (const message of set.messages.values())
        if (trees.has(message.file.path)) assert.equal(set.files.get(message.file.path), message.file);
    }
  }
});

test('descriptors of files that an edit does not concern are the same objects', () => {
  const tree = (path: string, text: string) => readProto({ path: `/${path}`, text });
  const files = new Map([
    ['a.proto', tree('a.proto', 'syntax = "proto3"; message A { int32 x = 1; enum E { Z = 0; } }')],
    ['b.proto', tree('b.proto', 'syntax = "proto3"; import "a.proto"; message B { A a = 1; }')],
    ['c.proto', tree('c.proto', 'syntax = "proto3"; import "a.proto"; message C { A.E e = 1; }')],
    ['d.proto', tree('d.proto', 'syntax = "proto3"; import "a.proto"; message D { Later x = 1; }')],
    ['e.proto', tree('e.proto', 'import "a.proto"; message F { optional A.E e = 1 [default = Z]; }')],
  ]);
  const first = linkProtos(files);
  const edited = (text: string) => linkProtos(new Map(files).set('a.proto', tree('a.proto', text)), first);
  const same = (set: ProtoSet) => [...set.files.keys()].filter((path) => set.files.get(path) === first.files.get(path));
  const field = edited('syntax = "proto3"; message A { int64 y = 2; enum E { Z = 0; } }');
  assert.deepEqual(same(field), ['b.proto', 'c.proto', 'd.proto', 'e.proto']);
  const value = edited('syntax = "proto3"; message A { int32 x = 1; enum E { Z = 0; Y = 1; } }');
  assert.deepEqual(same(value), ['b.proto', 'c.proto', 'd.proto']);
  const closed = edited('syntax = "proto2"; message A { optional int32 x = 1; enum E { Z = 0; } }');
  assert.deepEqual(same(closed), ['d.proto']);
  const name = edited('syntax = "proto3"; message A { int32 x = 1; enum E { Z = 0; } } message Later {}');
  assert.deepEqual(same(name), ['b.proto', 'c.proto', 'e.proto']);
});

test('what a file was linked to is remembered, and meant again only where all that it sees is there', () => {
  const tree = (path: string, text: string) => readProto({ path: `/${path}`, text });
  const a = tree('a.proto', 'syntax = "proto3"; message A {}');
  const files = new Map([
    ['a.proto', a],
    ['b.proto', tree('b.proto', 'syntax = "proto3"; import "a.proto"; message B { A a = 1; }')],
    ['c.proto', tree('c.proto', 'syntax = "proto3"; import "a.proto"; message C {}')],
  ]);
  const first = linkProtos(files);
  const renamed = linkProtos(new Map(files).set('a.proto', tree('a.proto', 'syntax = "proto3"; message X {}')), first);
  assert.notEqual(renamed.files.get('b.proto'), first.files.get('b.proto'));
  const back = linkProtos(files, renamed);
  assert.equal(back.files.get('b.proto'), first.files.get('b.proto'));
  const without = linkProtos(new Map([...files].slice(1)), back);
  assert.deepEqual(
    without.problems.map(({ path }) => path),
    ['b.proto', 'b.proto', 'c.proto'],
  );
});
