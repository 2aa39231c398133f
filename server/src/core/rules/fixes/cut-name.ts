import { tokenize } from '../../sql/tokenize.ts';
import { type Fix, refuse } from '../fix.ts';
import { isRefusal, proposal, statementEdit } from './edits.ts';

/** The name that the server makes of one that is too long. */
export const writeCutName: Fix = {
  id: 'write-cut-name',
  title: ({ name }) => `Write ${name}, which it becomes`,
  propose(context, { name }) {
    const word = tokenize(context.statement.id.text, context.lexical).find(
      ({ kind, value, text }) => kind !== 'string' && value === name && text.length > String(name).length,
    );
    if (word === undefined) return refuse('The name is not written here.');
    const written = word.text.startsWith('"')
      ? `"${String(name).replaceAll('"', '""')}"`
      : word.text.slice(0, String(name).length);
    const edit = statementEdit(
      context,
      { start: word.start, end: word.end },
      written,
      'The name as the server keeps it',
    );
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};
