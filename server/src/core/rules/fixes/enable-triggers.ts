import { type Fix, refuse } from '../fix.ts';
import { appendStatements, cased, isRefusal, proposal } from './edits.ts';

/** Undoes at the end of the migration what it switched off for good. */
export const enableTriggers: Fix = {
  id: 'enable-triggers',
  title: () => 'Enable the triggers again at the end of the migration',
  propose(context) {
    const change = context.change?.step.change;
    const { quoteName: q } = context.change?.dialect.renderer ?? { quoteName: (name: string) => name };
    const sql = change?.kind === 'SetSession' ? 'RESET session_replication_role' : undefined;
    if (change?.kind !== 'SetTrigger' && sql === undefined) return refuse('The statement disables no trigger.');
    const edit = appendStatements(context, [cased(context, sql ?? enabling())], 'Enable them again');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });

    function enabling(): string {
      if (change?.kind !== 'SetTrigger') return '';
      const { table, trigger } = change;
      const on = table.schema === undefined ? q(table.name) : `${q(table.schema)}.${q(table.name)}`;
      const which = trigger.name === 'all' || trigger.name === 'user' ? trigger.name.toUpperCase() : q(trigger.name);
      return `ALTER TABLE ${on} ENABLE TRIGGER ${which}`;
    }
  },
};
