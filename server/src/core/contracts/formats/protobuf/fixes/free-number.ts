import type { ContractFix } from '../../../fix.ts';
import { freeNumber } from './numbers.ts';
import { pairOf } from './pair.ts';
import { restored } from './restore.ts';
import { editsIn } from './site.ts';

/** Two fields that have shared a number over time: the old one has it again, and the new one gets the next free number. */
export const keepBoth: ContractFix = {
  id: 'proto-keep-both',
  title: ({ before, after }) => `Keep "${before}" and give "${after}" the next free number`,
  propose(finding, request) {
    const pair = pairOf(finding, request, 'field');
    if ('refused' in pair) return pair;
    const { site, before, after } = pair;
    const { parent, name, numberSpan } = after.element;
    if (parent === undefined || after.element.extendee !== undefined)
      return { refused: 'Numbers of extensions belong to the message that they extend.' };
    if (after.element.label === 'required') return { refused: 'A new field cannot be required.' };
    if (before.element.name === name) return { refused: 'Both have the same name.' };
    const known = before.element.parent?.fields ?? [];
    const number = freeNumber(parent, [], new Set(known.map((each) => each.number)));
    if (number === undefined) return { refused: 'There is no free number.' };
    const edits = restored(site, before.placed, (text) => text);
    if ('refused' in edits) return edits;
    const { start, end } = numberSpan;
    return editsIn(site, [{ span: { start, end }, newText: `${number}` }, ...edits]);
  },
};
