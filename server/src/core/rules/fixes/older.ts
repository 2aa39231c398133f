import { type Fix, refuse } from '../fix.ts';
import { isRefusal, proposal, statementEdit } from './edits.ts';

/** The words that older versions have for the same. */
export const writeForOlder: Fix = {
  id: 'write-for-older',
  title: ({ version }) => `Write what version ${version} takes`,
  propose(context, { what }) {
    const { reading, id } = context.statement;
    const need = reading.needs?.find((each) => each.what === what);
    if (need?.older === undefined) return refuse('Older versions have no other words for it.');
    const words = id.text.slice(need.span.start, need.span.end);
    const text = words === words.toLowerCase() ? need.older.text.toLowerCase() : need.older.text;
    const edit = statementEdit(context, need.older.span, text, 'The same in older words');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};
