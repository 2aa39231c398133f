import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avro } from '#core/contracts/formats/avro/index.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import { mutated } from '../../support/mutations.ts';
import { seeded } from '../../support/proto-sets.ts';
import { edited, evolving, type Texts, treeOf } from './evolve.ts';

const samples: readonly (readonly [typeof avro, string, string, string])[] = [
  [
    protobuf,
    'a.proto',
    'shop.Order.total',
    'syntax = "proto3";\npackage shop;\nmessage Order {\n  // c\n  int64 total = 4 [json_name = "t", deprecated = false]; // d\n  oneof o { string a = 1; Money b = 2; }\n  map<string, Money> m = 7;\n  reserved 5 to 6, 9;\n  message Money { int64 units = 1; }\n}\nenum E { Z = 0; }\n',
  ],
  [
    avro,
    'a.avsc',
    'shop.Order.total',
    '{"type": "record", "name": "shop.Order", "fields": [\n  {"name": "total", "aliases": ["t"], "doc": "d", "type": {"type": "enum", "name": "E", "symbols": ["A"]}},\n  {"name": "b", "type": ["null", "E"], "default": null}\n]}\n',
  ],
  [
    avro,
    'a.avdl',
    'shop.Order.total',
    '@namespace("shop")\nprotocol P {\n  record Order {\n    /** d */\n    long @aliases(["t"]) total = 0; // c\n    union { string, null } b;\n    array<string> c = [];\n  }\n}\n',
  ],
];

for (const [format, path, element, text] of samples) {
  test(`half-written and damaged ${path}: an answer or a reason; what could be read still can be`, () => {
    const { expand, told } = evolving(format);
    const isRead = (files: Texts) => told(files, files, format.defaultProfile).length === 0;
    const random = seeded(Number(process.env.SEED ?? 11));
    const look = (before: Texts, after: string) => {
      const middle = Math.floor(random() * (after.length + 1));
      for (const target of [
        { path, element },
        { path, offset: middle },
      ]) {
        const step = expand(before, { [path]: after }, target);
        if (step === undefined || 'refused' in step) continue;
        for (const { span } of step.edits)
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= after.length, after);
        const files = edited({ [path]: after }, step.edits);
        assert.ok(!isRead(before) || !isRead({ [path]: after }) || isRead(files), `${after}\n${files[path]}`);
        const done = format.evolution?.contract(treeOf(files), step.evolution);
        if (done !== undefined && 'edits' in done && isRead(files))
          assert.ok(isRead(edited(files, done.edits)), `${files[path]}\n${edited(files, done.edits)[path]}`);
      }
      const draft = { path, element, number: 4, replacement: 'b' };
      format.evolution?.standing(new Map([[path, { path, text: after }]]), draft);
      format.evolution?.contract(new Map([[path, { path, text: after }]]), draft);
    };
    for (let end = 0; end <= text.length; end += 3) look({ [path]: text }, text.slice(0, end));
    for (let count = 0; count < Number(process.env.CASES ?? 250); count += 1) {
      const damaged = mutated(text, random);
      look({ [path]: text }, damaged);
      look({ [path]: damaged }, text);
    }
  });
}
