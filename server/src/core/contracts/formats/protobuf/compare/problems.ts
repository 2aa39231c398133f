import type { ContractNotice } from '../../../finding.ts';
import { readProto } from '../syntax/read.ts';
import type { LinkedSide } from './compare-workspaces.ts';

/** More of one file helps nobody. */
const most = 100;

/**
 * What could not be read of a side: of the new one everything, of the old one the first of each file. Names that lead nowhere are
 * often those of a dependency that is not here: they are worth a notice, no more.
 */
export function problemsOf({ side, tree, set, places, workspace }: LinkedSide): readonly ContractNotice[] {
  const counts = new Map<string, number>();
  const { imports, modules } = workspace;
  return set.problems.flatMap(({ path, span, message }) => {
    if (imports.length > 0 && modules.every(({ files }) => !files.has(path))) return [];
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (count > (side === 'after' ? most : 1)) return [];
    const place = places.get(path) ?? path;
    const content = tree.get(place);
    const isSyntax = content !== undefined && readProto(content).problems.some((each) => each.span === span);
    return [
      {
        id: isSyntax ? 'proto-syntax' : 'proto-problem',
        message,
        place: { side, path: place, span },
        ...(isSyntax ? { unread: 'error' as const } : {}),
      },
    ];
  });
}
