import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Versions } from '#core/schema/versions.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd');

test('every version stays what it was, in whatever order versions are asked and continued', () => {
  const value = fc.option(fc.nat(3), { nil: undefined });
  const step = fc.record({
    from: fc.nat(),
    changes: fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 4 }),
    look: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const versions = [Versions.empty<number>()];
      const expected: ReadonlyMap<string, number>[] = [new Map()];
      for (const { from, changes, look } of steps) {
        const base = from % versions.length;
        const next = new Map(expected[base]);
        for (const [key, value] of changes) {
          if (value === undefined) next.delete(key);
          else next.set(key, value);
        }
        versions.push((versions[base] as Versions<number>).withAll(changes.flat()));
        expected.push(next);
        const asked = look % versions.length;
        assert.deepEqual(new Map(versions[asked] as Versions<number>), expected[asked]);
        for (const [key] of changes) assert.equal(versions[asked]?.get(key), expected[asked]?.get(key));
      }
      for (const [index, version] of versions.entries())
        assert.deepEqual([...version], [...(expected[index] ?? [])].sort());
    }),
  );
});

test('setting what stands there gives the same version', () => {
  const one = Versions.empty<number>().with('a', 1);
  assert.equal(one.with('a', 1), one);
  assert.equal(one.with('b', undefined), one);
});
