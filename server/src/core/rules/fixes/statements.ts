import type { Fix } from '../fix.ts';
import { cased, isRefusal, proposal, removeStatement, statementEdit } from './edits.ts';

/** A statement that does nothing, or nothing that the tool does not do. */
export const removeIt: Fix = {
  id: 'leave-out',
  title: () => 'Leave the statement out',
  propose(context) {
    const removed = removeStatement(context, 'It does nothing here');
    return isRefusal(removed) ? removed : proposal({ edits: [removed] });
  },
};

export const checkConstraintsNow: Fix = {
  id: 'check-constraints-now',
  title: () => 'SET CONSTRAINTS ALL IMMEDIATE before it',
  propose(context) {
    const words = `${cased(context, 'SET CONSTRAINTS ALL IMMEDIATE')};${context.eol}`;
    const edit = statementEdit(context, { start: 0, end: 0 }, words, 'Check the rows that wait for it');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};

/** `ALTER COLUMN c TYPE t` -> `... USING c::t` */
export const addUsing: Fix = {
  id: 'add-using',
  title: ({ column, to }) => `Add USING ${column}::${to}`,
  propose(context, { column, to }) {
    const { start, end } = context.change?.step.change.span ?? { start: 0, end: 0 };
    const name = context.change?.dialect.renderer.quoteName(String(column)) ?? String(column);
    const own = context.statement.id.text.slice(start, end);
    const words = `${own === own.toLowerCase() ? ' using' : ' USING'} ${name}::${String(to)}`;
    const edit = statementEdit(context, { start: end, end }, words, 'Say how the rows are converted');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};
