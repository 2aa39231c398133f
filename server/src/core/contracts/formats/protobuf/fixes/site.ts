import type { ContractFinding } from '../../../finding.ts';
import type { CompareRequest } from '../../../format.ts';
import type { Refused, TreeEdit } from '../../../language.ts';
import { linkedSidesAround, type Opened, open, openedIn } from '../language/opened.ts';
import type { Edit } from './block.ts';

/** The two files that a finding is about. */
export interface Site {
  readonly before: Opened;
  readonly after: Opened;
  /** Of the newer file, in its tree. */
  readonly path: string;
}

export function siteOf({ place, related }: ContractFinding, request: CompareRequest): Site | Refused {
  if (place.side === 'before') return { refused: 'Its file is gone: bring back the file first.' };
  const after = open({ tree: request.after, path: place.path });
  const [baseline] = request.before;
  if (after === undefined || baseline === undefined) return { refused: 'There is nothing to compare with any more.' };
  const old = related.find((each) => each.place.side === 'before')?.place.path;
  const before =
    old === undefined
      ? linkedSidesAround('before', baseline.tree, place.path)
          .filter(({ places }) => places.has(after.path))
          .map((linked) => openedIn(linked, after.path))[0]
      : open({ tree: baseline.tree, path: old }, 'before');
  return before === undefined
    ? { refused: 'The older file cannot be found any more.' }
    : { before, after, path: place.path };
}

export function editsIn({ path }: Pick<Site, 'path'>, edits: readonly Edit[]): readonly TreeEdit[] {
  return edits.map((edit) => ({ path, ...edit }));
}
