import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';
import { peerNames } from '../../scripts/docs/peer-names.ts';
import { peerReasons } from '../../scripts/docs/peer-reasons.ts';

const known = new Set(Object.entries(peerNames).flatMap(([peer, names]) => names.map((name) => `${peer}:${name}`)));

test('reasons are about rules that the other linters have', () => {
  assert.deepEqual(
    [...peerReasons.keys()].filter((name) => !known.has(name)),
    [],
  );
});

test('every rule of another linter is one of ours, or there is a reason why not', () => {
  const ours = new Set(rules.flatMap(({ peers = [] }) => peers));
  assert.deepEqual(
    [...known].filter((name) => !ours.has(name) && !peerReasons.has(name)),
    [],
  );
});

test('what a rule is called elsewhere begins with who calls it so, and says it once', () => {
  for (const { id, peers = [] } of rules) {
    assert.equal(new Set(peers).size, peers.length, id);
    for (const name of peers) assert.match(name, /^[a-z][\w-]*:\S+$/, id);
  }
});
