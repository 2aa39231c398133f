import type { Proposal, Refusal } from '../../model/proposal.ts';
import { type EditContext, type Fix, refuse } from '../fix.ts';
import { isAlone, isRefusal, lockOff, newMigration, proposal, removeStatement, statementEdit } from './edits.ts';

export const createIndexConcurrently: Fix = {
  id: 'create-index-concurrently',
  title: () => 'Create the index CONCURRENTLY, alone in its migration',
  propose: (context, args) =>
    concurrently(context, /^(CREATE\s+(?:UNIQUE\s+)?INDEX)\b/i, `index_${String(args.index ?? 'concurrently')}`),
};

export const dropIndexConcurrently: Fix = {
  id: 'drop-index-concurrently',
  title: () => 'Drop the index CONCURRENTLY, alone in its migration',
  propose: (context, args) => concurrently(context, /^(DROP\s+INDEX)\b/i, `drop_${String(args.index ?? 'index')}`),
};

/** In place when the statement is alone in its file; else it moves to a migration of its own. */
function concurrently(context: EditContext, words: RegExp, description: string): Proposal | Refusal {
  const { statement } = context;
  if (statement.reading.changes.length !== 1)
    return refuse('The statement names several objects; CONCURRENTLY takes one at a time.', 'Split it first.');
  const head = words.exec(statement.id.text)?.[1];
  if (head === undefined) return refuse('The statement is not written as expected.');
  const word = head === head.toLowerCase() ? 'concurrently' : 'CONCURRENTLY';
  const setting = lockOff(context);
  const label = 'Build it without blocking writes';
  if (isAlone(context)) {
    const edit = statementEdit(context, { start: head.length, end: head.length }, ` ${word}`, label);
    return isRefusal(edit) ? edit : proposal({ edits: [edit], ...setting });
  }
  const removed = removeStatement(context, 'Move it out of this migration');
  if (isRefusal(removed)) return removed;
  const sql = `${head} ${word}${statement.id.text.slice(head.length)}`;
  const file = newMigration(context, description, [sql], 0, false, label);
  return proposal({ edits: [removed], creates: [file, ...setting.creates], configEdits: setting.configEdits });
}
