import { type Fix, refuse } from '../fix.ts';
import { appendStatements, cased, isRefusal, proposal } from './edits.ts';

/** What an object lost when it was made again, said at the end of the migration. */
export const grantAgain: Fix = {
  id: 'grant-again',
  title: ({ sql }) => (String(sql).startsWith('ALTER') ? 'Set the options again' : 'Grant it again'),
  propose(context, { sql }) {
    if (sql === undefined) return refuse('Nothing is known of what was granted.');
    const statements = String(sql)
      .split('; ')
      .map((each) => cased(context, each));
    const edit = appendStatements(context, statements, 'Give it back what the old one had');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};
