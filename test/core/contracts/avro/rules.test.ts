import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incompatibilityKinds } from '#core/contracts/formats/avro/compare/incompatibility.ts';
import { avro } from '#core/contracts/formats/avro/index.ts';
import { filesAfter } from '#core/contracts/rule.ts';
import { renderMessage } from '#core/rules/message.ts';
import { compare } from './compare.ts';

for (const rule of avro.rules)
  for (const example of rule.examples)
    test(`${rule.id}: ${example.title}`, () => {
      const { findings } = compare({ [example.file]: example.before }, filesAfter(example), example.profile, true);
      const rules = findings.map((one) => one.rule);
      // Where the rule is silent another one may speak: a symbol that is gone reads as the default.
      if (example.fires) assert.deepEqual(rules, [rule.id]);
      else assert.ok(!rules.includes(rule.id), rules.join());
      for (const { messageId, args, related } of findings.filter((one) => one.rule === rule.id)) {
        assert.ok(messageId in rule.messages, messageId);
        assert.doesNotMatch(renderMessage(rule.messages[messageId] ?? '', args), /\{|undefined/);
        for (const one of related)
          assert.doesNotMatch(renderMessage(rule.messages[one.messageId] ?? '{', one.args), /\{|undefined/);
      }
    });

test('every kind of Apache Avro is a rule', () => {
  const peers = new Set(avro.rules.flatMap(({ peers }) => peers ?? []));
  for (const kind of incompatibilityKinds) assert.ok(peers.has(`apache-avro:${kind}`), kind);
});
