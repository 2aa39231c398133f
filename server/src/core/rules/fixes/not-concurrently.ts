import { tokenize } from '../../sql/tokenize.ts';
import { type Fix, refuse } from '../fix.ts';
import { isRefusal, proposal, statementEdit } from './edits.ts';

/** Where the server refuses the word, the statement without it is what is left. */
export const notConcurrently: Fix = {
  id: 'not-concurrently',
  title: () => 'Leave CONCURRENTLY out',
  propose(context) {
    const { text } = context.statement.id;
    const word = tokenize(text, context.lexical).find(({ kind, value }) => kind === 'word' && value === 'concurrently');
    if (word === undefined) return refuse('The word is not written here.');
    const before = /\s*$/.exec(text.slice(0, word.start))?.[0].length ?? 0;
    const edit = statementEdit(
      context,
      { start: word.start - before, end: word.end },
      '',
      'Without CONCURRENTLY it runs',
    );
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};
