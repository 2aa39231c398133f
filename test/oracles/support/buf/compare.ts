import { type Asked, bufKey, compareOurs, ourKey } from './ours.ts';
import type { BufFinding, Sides } from './run.ts';

/** What only one of the two says, or says more often; empty where they agree. */
export function differences(theirs: readonly BufFinding[], sides: Sides, asked: Asked): readonly string[] {
  const buf = counted(theirs.map(bufKey));
  const found = compareOurs(sides, asked).findings.filter(({ peerRule }) => peerRule !== undefined);
  const ours = counted(found.map((finding) => ourKey(finding, sides.after)));
  return [...new Set([...buf.keys(), ...ours.keys()])]
    .filter((key) => buf.get(key) !== ours.get(key))
    .map((key) => `${key}: buf ${buf.get(key) ?? 0}, ours ${ours.get(key) ?? 0}`)
    .sort();
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
