import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Comparison } from '#core/contracts/format.ts';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import { protoRules } from '#core/contracts/formats/protobuf/rules/index.ts';
import { type ContractExample, filesAfter } from '#core/contracts/rule.ts';
import { treeOf } from './support.ts';

function compare(example: ContractExample, beyond: boolean): Comparison {
  const { file, earlier, before, profile } = example;
  const versions = earlier === undefined ? [before] : [before, earlier];
  return protobuf.compare({
    before: versions.map((text, at) => ({ name: `v${versions.length - at}`, tree: treeOf({ [file]: text }) })),
    after: treeOf(filesAfter(example)),
    profile,
    beyond,
  });
}

for (const rule of protoRules) {
  test(`the examples of ${rule.id} give what they claim`, () => {
    for (const example of rule.examples) {
      const { findings, notices } = compare(example, rule.peer === undefined);
      assert.deepEqual(rule.peer === undefined ? [] : notices, [], example.title);
      const found = findings.some((finding) => finding.rule === rule.id);
      assert.equal(found, example.fires, example.title);
    }
  });
}

test('ids are unique, and messages name only what is given to them', () => {
  assert.equal(new Set(protoRules.map(({ id }) => id)).size, protoRules.length);
  for (const example of protoRules.flatMap(({ examples }) => examples)) {
    for (const { rule: id, messageId, args } of compare(example, true).findings) {
      const text = protoRules.find((each) => each.id === id)?.messages[messageId];
      assert.ok(text !== undefined, `${id} ${messageId}`);
      for (const [, name] of text.matchAll(/\{(\w+)\}/g))
        assert.ok(name !== undefined && name in args, `${id} ${name}`);
    }
  }
});

test('what buf does not have is said only where it is asked for', () => {
  for (const example of protoRules.filter(({ peer }) => peer === undefined).flatMap(({ examples }) => examples)) {
    assert.ok(
      compare(example, false).findings.every(({ peerRule }) => peerRule !== undefined),
      example.title,
    );
  }
});
