import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differing, entrywise, hasSameKeys, patched } from '#core/text/patched.ts';
import { seeded } from '../../support/proto-sets.ts';

type Numbers = ReadonlyMap<string, number>;

function differences(before: Numbers, after: Numbers): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();
}

test('patched maps are the maps that copies would be, and know what differs', () => {
  for (let seed = 0; seed < 10; seed++) {
    const random = seeded(seed);
    const below = (limit: number) => Math.floor(random() * limit);
    const names = 1 + below(1200);
    const doubled = entrywise((value: number, key: string) => (value % 3 === 0 ? undefined : `${key} ${value * 2}`));
    const start = new Map(Array.from({ length: names }, (_, nth) => [`k${nth}`, nth] as const));
    const all: { readonly map: Numbers; readonly copy: Map<string, number> }[] = [{ map: start, copy: new Map(start) }];
    for (let step = 0; step < 40; step++) {
      const former = all[random() < 0.8 ? all.length - 1 : below(all.length)]!;
      const count = random() < 0.1 ? below(1500) : below(5);
      const changes = new Map<string, number | undefined>();
      for (let each = 0; each < count; each++)
        changes.set(`k${below(names + 20)}`, random() < 0.3 ? undefined : below(50));
      const copy = new Map(former.copy);
      for (const [key, value] of changes) value === undefined ? copy.delete(key) : copy.set(key, value);
      const map = patched(former.map, changes);
      all.push({ map, copy });
      assert.equal(map.size, copy.size);
      assert.deepEqual(new Map([...map].sort()), new Map([...copy].sort()));
      for (let probe = 0; probe < 20; probe++) {
        const key = `k${below(names + 20)}`;
        assert.equal(map.get(key), copy.get(key));
        assert.equal(map.has(key), copy.has(key));
      }
      const other = all[below(all.length)]!;
      const found = differing(other.map, map);
      assert.deepEqual([...found.keys()].sort(), differences(other.copy, copy), `seed ${seed}, step ${step}`);
      for (const [key, value] of found) assert.equal(value, copy.get(key));
      const sameKeys = other.copy.size === copy.size && [...copy.keys()].every((key) => other.copy.has(key));
      assert.equal(hasSameKeys(other.map, map), sameKeys);
      const expected = [...copy].flatMap(([key, value]) => (value % 3 === 0 ? [] : [[key, `${key} ${value * 2}`]]));
      assert.deepEqual([...doubled(map)].sort(), expected.sort());
      assert.equal(doubled(map), doubled(map));
    }
  }
});
