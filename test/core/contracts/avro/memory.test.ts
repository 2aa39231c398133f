import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avro } from '#core/contracts/formats/avro/index.ts';
import type { Tree } from '#core/contracts/tree.ts';

const types = [
  '"int"',
  '"string"',
  '"long"',
  '"n.A"',
  '"n.B"',
  '"n.C"',
  '"n.D"',
  '["null","n.A"]',
  '["null","n.C"]',
  '{"type":"array","items":"n.B"}',
];
const names = ['A', 'B', 'C', 'D'];

let state = 11;
function random(below: number): number {
  state = (state * 1103515245 + 12345) % 2147483648;
  return (state >> 8) % below;
}

/** A type whose fields lead to others, itself among them; now and then under another name or in another folder's namespace. */
function text(name: string): string {
  const fields = Array.from({ length: 1 + random(3) }, (_, at) => {
    const byDefault = random(3) === 0 ? ',"default":null' : '';
    return `{"name":"f${at}","type":${types[random(types.length)]}${byDefault}}`;
  });
  return `{"type":"record","name":"${random(12) === 0 ? 'A' : name}","namespace":"n","fields":[${fields.join(',')}]}`;
}

test('what is remembered of files that lead to each other is what would be found anew', () => {
  for (let round = 0; round < 40; round += 1) {
    const make = (root: string): Tree =>
      new Map(names.map((name) => [`${name}.avsc`, { path: `/${root}/${name}.avsc`, text: text(name) }]));
    const before = [
      { name: 'v2', tree: make('old') },
      { name: 'v1', tree: make('older') },
    ];
    // Of a file that did not change both sides have the very same content.
    let after = round % 2 === 0 ? make('now') : new Map(before[0]?.tree);
    for (let edit = 0; edit < 12; edit += 1) {
      const name = names[random(names.length)] ?? 'A';
      const edited = new Map(after);
      if (random(6) === 0) edited.delete(`${name}.avsc`);
      else edited.set(`${name}.avsc`, { path: `/${round % 2 === 0 ? 'now' : 'old'}/${name}.avsc`, text: text(name) });
      after = edited;
      const profile = ['avro:FULL', 'avro:BACKWARD_TRANSITIVE', 'avro:FORWARD'][random(3)] ?? '';
      const remembered = avro.compare({ before, after, profile, beyond: true });
      const anew = avro.compare({
        before: before.map(({ name: version, tree }) => ({ name: version, tree: copy(tree) })),
        after: copy(after),
        profile,
        beyond: true,
      });
      assert.deepEqual(remembered, anew);
    }
  }
});

function copy(tree: Tree): Tree {
  return new Map([...tree].map(([path, content]) => [path, { ...content }]));
}
