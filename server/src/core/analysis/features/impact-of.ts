import type { Blocks, Impact } from '../../model/impact.ts';
import type { ChangeContext } from '../../rules/rule.ts';

const strength: Readonly<Record<Blocks, number>> = {
  'reads-and-writes': 3,
  writes: 2,
  'schema-changes': 1,
  nothing: 0,
};

/** What a whole statement does: the union of its changes, led by the strongest lock. One that is new costs nothing. */
export function strongest(changes: readonly ChangeContext[]): Impact | undefined {
  const impacts = changes.map((change) => change.impact());
  const sorted = [...impacts].sort((a, b) => weight(b) - weight(a));
  const [first] = sorted;
  if (first === undefined) return undefined;
  const locks = dedupe(
    sorted.flatMap(({ locks }) => locks),
    ({ relation, mode }) => `${relation} ${mode}`,
  );
  const work = dedupe(
    sorted.flatMap(({ work }) => work),
    ({ relation, kind }) => `${relation} ${kind}`,
  );
  const forbidden = impacts.some(({ transaction }) => transaction === 'forbidden');
  return { ...first, locks, work, transaction: forbidden ? 'forbidden' : 'allowed' };
}

function weight(impact: Impact): number {
  const lock = Math.max(0, ...impact.locks.map(({ blocks }) => strength[blocks]));
  return lock * 10 + Math.min(9, impact.work.length);
}

function dedupe<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}
