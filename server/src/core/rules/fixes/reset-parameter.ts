import { type Fix, refuse } from '../fix.ts';
import { appendStatements, cased, isRefusal, proposal } from './edits.ts';

/** Takes a storage parameter of a table back at the end of the migration that set it. */
export const resetParameter: Fix = {
  id: 'reset-parameter',
  title: ({ parameter }) => `Reset ${parameter} at the end of the migration`,
  changesSchema: true,
  propose(context, { parameter }) {
    const change = context.change?.step.change;
    if (change === undefined || !('table' in change) || change.table === undefined)
      return refuse('The statement sets no parameter of a table.');
    const { quoteName: q } = context.change?.dialect.renderer ?? { quoteName: (name: string) => name };
    const { schema, name } = change.table;
    const table = schema === undefined ? q(name) : `${q(schema)}.${q(name)}`;
    const sql = cased(context, `ALTER TABLE ${table} RESET (${parameter})`);
    const edit = appendStatements(context, [sql], 'Reset it');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};
