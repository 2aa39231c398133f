import { type Fix, refuse } from '../fix.ts';
import { cased, isRefusal, lockOff, proposal, statementEdit } from './edits.ts';

export const dropInvalidIndex: Fix = {
  id: 'drop-invalid-index',
  title: ({ index }) => `Drop ${index} first, where an earlier attempt left it`,
  propose(context, { index, schema }) {
    if (context.change === undefined) return refuse('The statement is not there any more.');
    const { quoteName } = context.change.dialect.renderer;
    const name = [schema, index].flatMap((part) => (part === undefined ? [] : [quoteName(String(part))])).join('.');
    const sql = cased(context, `DROP INDEX CONCURRENTLY IF EXISTS ${name};`);
    const edit = statementEdit(context, { start: 0, end: 0 }, `${sql}${context.eol}`, 'Clear what a failed build left');
    return isRefusal(edit) ? edit : proposal({ edits: [edit], ...lockOff(context) });
  },
};
