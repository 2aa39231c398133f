import type { Proposal, Refusal } from '../../model/proposal.ts';
import { type EditContext, type Fix, refuse } from '../fix.ts';
import {
  isAlone,
  isRefusal,
  lockOff,
  newMigration,
  outsideConfig,
  proposal,
  removeStatement,
  statementEdit,
} from './edits.ts';

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

export const reindexConcurrently: Fix = {
  id: 'reindex-concurrently',
  title: () => 'Rebuild it CONCURRENTLY, alone in its migration',
  propose: (context, args) =>
    concurrently(
      context,
      /^(REINDEX\s*(?:\((?:(?!CONCURRENTLY)[^()])*\)\s*)?(?:INDEX|TABLE|SCHEMA))\b/i,
      `reindex_${String(args.target ?? 'index')}`,
    ),
};

/** It runs in a transaction as well, so it stays where it is. */
export const refreshConcurrently: Fix = {
  id: 'refresh-concurrently',
  title: () => 'Refresh it CONCURRENTLY',
  propose(context) {
    const { text } = context.statement.id;
    const head = /^REFRESH\s+MATERIALIZED\s+VIEW\b/i.exec(text)?.[0];
    if (head === undefined) return refuse('The statement is not written as expected.');
    const edit = statementEdit(
      context,
      { start: head.length, end: head.length },
      ` ${inCaseOf(head)}`,
      'Readers see the old rows until it ends',
    );
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};

function inCaseOf(head: string): string {
  return head === head.toLowerCase() ? 'concurrently' : 'CONCURRENTLY';
}

/** In place when the statement is alone in its file; else it moves to a migration of its own. */
function concurrently(context: EditContext, words: RegExp, description: string): Proposal | Refusal {
  const { statement } = context;
  if (statement.reading.changes.length !== 1)
    return refuse('The statement names several objects; CONCURRENTLY takes one at a time.', 'Split it first.');
  const head = words.exec(statement.id.text)?.[1];
  if (head === undefined) return refuse('The statement is not written as expected.');
  const word = inCaseOf(head);
  const setting = lockOff(context);
  const label = 'Build it without blocking writes';
  const sql = `${head} ${word}${statement.id.text.slice(head.length)}`;
  if (isAlone(context)) {
    const edit = statementEdit(context, { start: head.length, end: head.length }, ` ${word}`, label);
    const outside = outsideConfig(context, context.file.path, [sql]).filter(({ path }) => !context.files.has(path));
    return isRefusal(edit)
      ? edit
      : proposal({ edits: [edit], creates: [...outside, ...setting.creates], configEdits: setting.configEdits });
  }
  const removed = removeStatement(context, 'Move it out of this migration');
  if (isRefusal(removed)) return removed;
  const file = newMigration(context, description, [sql], 0, false, label);
  const outside = outsideConfig(context, file.path, [sql]);
  return proposal({
    edits: [removed],
    creates: [file, ...outside, ...setting.creates],
    configEdits: setting.configEdits,
  });
}
