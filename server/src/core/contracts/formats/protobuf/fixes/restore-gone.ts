import type { ContractFix } from '../../../fix.ts';
import { restoreFile } from '../../../restore-file.ts';
import { linkedSidesAround } from '../language/opened.ts';

const plain = restoreFile('proto-restore-file');

/** A file that is gone; not where what it declared has only moved. */
export const restoreGone: ContractFix = {
  ...plain,
  propose(finding, request, args) {
    const edits = plain.propose(finding, request, args);
    if ('refused' in edits) return edits;
    const { path } = finding.place;
    const moved = movedTo(request, path);
    return moved === undefined ? edits : { refused: `What it declared is in ${moved} now: move that file back.` };
  },
};

function movedTo({ before, after }: Parameters<ContractFix['propose']>[1], path: string): string | undefined {
  const [baseline] = before;
  const [old] = baseline === undefined ? [] : linkedSidesAround('before', baseline.tree, path);
  const importPath = [...(old?.places ?? [])].find(([, place]) => place === path)?.[0];
  const file = importPath === undefined ? undefined : old?.set.files.get(importPath);
  for (const { set, places } of linkedSidesAround('after', after, path))
    for (const { fullName } of [...(file?.messages ?? []), ...(file?.enums ?? []), ...(file?.services ?? [])]) {
      const now = set.messages.get(fullName) ?? set.enums.get(fullName) ?? set.services.get(fullName);
      const place = now && places.get(now.file.path);
      if (place !== undefined) return place;
    }
  return undefined;
}
