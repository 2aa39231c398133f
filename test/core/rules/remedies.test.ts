import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixes } from '#core/rules/fixes/index.ts';
import { rules } from '#core/rules/index.ts';
import { pageOf } from '#core/rules/page.ts';
import { engine, saidAlone, snapshot } from '../support/engine.ts';
import { ALL, type Try, tries } from '../support/tries.ts';

/** Every rule has a quick fix or a plan, or its page says in a sentence why neither can be. */
const WHY_NOT = /no\s+(?:quick\s+|other\s+)?fix\b/i;

const service = engine();

describe('each rule has a fix or a plan, or says why not', () => {
  const offering = new Set(
    ALL.flatMap((made) => saidAlone(service, snapshot(made))).flatMap(({ rule, fixes: own, plan }) =>
      own.length > 0 || plan !== undefined ? [rule] : [],
    ),
  );
  for (const { id } of rules)
    test(id, () => {
      assert.ok(offering.has(id) || WHY_NOT.test(pageOf(id)?.markdown ?? ''));
    });
});

describe('behind a fix its rule is silent', () => {
  const seen = new Set<string>();
  for (const each of ALL.flatMap(tries)) {
    const name = `${each.fix} for ${each.rule}`;
    if (seen.has(name)) continue;
    seen.add(name);
    test(name, () => assert.ok(isSilent(each)));
  }

  test('every fix was tried', () => {
    const untried = fixes.map(({ id }) => id).filter((id) => ![...seen].some((name) => name.startsWith(`${id} for`)));
    assert.deepEqual(untried, []);
  });
});

function isSilent({ rule, fingerprint, after }: Try): boolean {
  return !saidAlone(service, after()).some((left) => left.rule === rule && left.fingerprint === fingerprint);
}
