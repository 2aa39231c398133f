import type { Proposal, Refusal } from '../model/proposal.ts';
import type { FilePath } from '../model/text.ts';
import { withoutMarks } from '../text/stand-in.ts';

/** The one gate that every proposal passes: nothing edits, renames or deletes a frozen migration, or writes what only we can read. */
export function withoutFrozenEdits(
  result: Proposal | Refusal,
  isFrozen: (path: FilePath) => boolean,
): Proposal | Refusal {
  if (result.kind === 'refusal') return result;
  const touched = [
    ...result.edits.map(({ path }) => path),
    ...result.renames.map(({ from }) => from),
    ...result.deletes,
  ];
  const frozen = touched.find((path) => isFrozen(path));
  if (frozen === undefined) return readable(result);
  const name = frozen.slice(frozen.lastIndexOf('/') + 1);
  return {
    kind: 'refusal',
    reason: `${name} is applied or on the base branch, so it cannot be edited: the tool compares its checksum.`,
    nearest: 'Start from a new migration.',
  };
}

function readable(proposal: Proposal): Proposal {
  return {
    ...proposal,
    creates: proposal.creates.map((each) => ({ ...each, text: withoutMarks(each.text) })),
    edits: proposal.edits.map((each) => ({ ...each, newText: withoutMarks(each.newText) })),
  };
}
