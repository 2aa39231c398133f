import type { FixRef } from '../model/finding.ts';
import type { ContractFinding } from './finding.ts';
import type { ContractFix } from './fix.ts';

/** A file that is gone comes back with the text that it had. */
export function restoreFile(id: string): ContractFix {
  return {
    id,
    title: ({ file }) => `Restore the file ${file}`,
    propose({ place: { side, path }, against }, { before, after }) {
      const version = before.find(({ name }) => name === against) ?? before[0];
      const content = version?.tree.get(path);
      if (side !== 'before' || content === undefined) return { refused: 'The old file cannot be found any more.' };
      if (after.has(path)) return { refused: 'There is such a file again.' };
      if (content.problem !== undefined) return { refused: 'The old file is no text that can be written again.' };
      return [{ path, span: { start: 0, end: 0 }, newText: content.text }];
    },
  };
}

export function fileAgain({ id }: ContractFix, { place }: Pick<ContractFinding, 'place'>): FixRef {
  return { id, args: { file: place.path } };
}
