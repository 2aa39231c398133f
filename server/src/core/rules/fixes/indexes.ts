import { type Fix, refuse } from '../fix.ts';
import { tableAfter } from '../support.ts';

import { behind } from './behind.ts';
import { cased, isRefusal, lockOff, newMigration, proposal, removeStatement } from './edits.ts';
import { passed } from './passed.ts';

/** Behind a new table in the same file; CONCURRENTLY and alone where the table has rows. */
export const createKeyIndex: Fix = {
  id: 'create-key-index',
  title: ({ columns }) => `Create an index on ${columns}`,
  changesSchema: true,
  propose(context, args) {
    const change = context.change?.step.change;
    if (context.change === undefined || change === undefined || !('table' in change) || change.table === undefined)
      return refuse('There is no table to index here.');
    const { dialect, target, after } = context.change;
    const table = tableAfter(context.change, change.table);
    if (table === undefined) return refuse('The table is not known here.');
    const { quoteName: q } = dialect.renderer;
    const columns = String(args.columns).split(', ');
    const name = dialect.semantics(target).indexName(after, table.name, columns);
    const on =
      change.table.schema === undefined ? q(change.table.name) : `${q(change.table.schema)}.${q(change.table.name)}`;
    const made = (how: string) =>
      cased(context, `CREATE INDEX ${how}${q(name)} ON ${on} (${columns.map(q).join(', ')})`);
    const label = 'Index the referencing columns';
    if (context.change.isUnreleased(table.origin)) return proposal({ edits: [behind(context, made(''), label)] });
    const file = newMigration(context, `index_${name}`, [made('CONCURRENTLY ')], 0, false, label);
    const setting = lockOff(context);
    return proposal({ creates: [file, ...setting.creates], configEdits: setting.configEdits });
  },
};

export const removeRedundant: Fix = {
  id: 'remove-statement',
  title: ({ index }) => `Remove ${index}`,
  changesSchema: true,
  propose(context) {
    const needed = passed(context);
    if (needed !== undefined) return refuse(`A later statement needs it: ${needed}.`);
    const removed = removeStatement(context, 'Another index serves the same');
    return isRefusal(removed) ? removed : proposal({ edits: [removed] });
  },
};
