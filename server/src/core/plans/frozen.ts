import type { Proposal, Refusal } from '../model/proposal.ts';
import type { FilePath } from '../model/text.ts';

/** The one check that every proposal passes: nothing edits, renames or deletes a frozen migration. */
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
  if (frozen === undefined) return result;
  const name = frozen.slice(frozen.lastIndexOf('/') + 1);
  return {
    kind: 'refusal',
    reason: `${name} is applied or on the base branch, so it cannot be edited: the tool compares its checksum.`,
    nearest: 'Start from a new migration.',
  };
}
