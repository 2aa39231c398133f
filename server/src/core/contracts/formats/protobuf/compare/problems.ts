import type { ContractNotice } from '../../../finding.ts';
import type { LinkedSide } from './compare-workspaces.ts';

/** What could not be read of a side: once per file, at its first problem. */
export function problemsOf({ side, set, places }: LinkedSide): readonly ContractNotice[] {
  const first = new Map<string, ContractNotice>();
  for (const { path, span, message } of set.problems) {
    if (first.has(path)) continue;
    first.set(path, { id: 'proto-problem', message, place: { side, path: places.get(path) ?? path, span } });
  }
  return [...first.values()];
}
