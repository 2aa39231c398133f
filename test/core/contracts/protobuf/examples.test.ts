import assert from 'node:assert/strict';
import { test } from 'node:test';
import { protobuf } from '#core/contracts/formats/protobuf/index.ts';
import { protoRules } from '#core/contracts/formats/protobuf/rules/index.ts';
import type { Tree } from '#core/contracts/tree.ts';

function tree(path: string, text: string): Tree {
  return new Map([[path, { path: `/${path}`, text }]]);
}

for (const rule of protoRules) {
  test(`the examples of ${rule.id} give what they claim`, () => {
    for (const { title, file, before, after, profile, fires } of rule.examples) {
      const { findings, notices } = protobuf.compare({
        before: [{ name: 'before', tree: tree(file, before) }],
        after: tree(file, after),
        profile,
        beyond: rule.peer === undefined,
      });
      assert.deepEqual(notices, [], title);
      assert.equal(
        findings.some((finding) => finding.rule === rule.id),
        fires,
        title,
      );
    }
  });
}

test('ids are unique, and messages name only what is given to them', () => {
  assert.equal(new Set(protoRules.map(({ id }) => id)).size, protoRules.length);
  for (const rule of protoRules) {
    for (const { file, before, after, profile } of rule.examples) {
      const { findings } = protobuf.compare({
        before: [{ name: 'before', tree: tree(file, before) }],
        after: tree(file, after),
        profile,
        beyond: true,
      });
      for (const { rule: id, messageId, args } of findings) {
        const text = protoRules.find((each) => each.id === id)?.messages[messageId];
        assert.ok(text !== undefined, `${id} ${messageId}`);
        for (const [, name] of text.matchAll(/\{(\w+)\}/g))
          assert.ok(name !== undefined && name in args, `${id} ${name}`);
      }
    }
  }
});
