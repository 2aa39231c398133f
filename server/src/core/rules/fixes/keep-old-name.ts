import { type Fix, refuse } from '../fix.ts';
import { appendStatements, cased, isRefusal, proposal } from './edits.ts';

/** A view under the old name at the end of the migration: reads and writes of the running version pass through it. */
export const keepOldName: Fix = {
  id: 'keep-old-name',
  title: ({ table }) => `Leave a view named ${table} in its place`,
  changesSchema: true,
  propose(context) {
    const change = context.change?.step.change;
    if (context.change === undefined || (change?.kind !== 'RenameTable' && change?.kind !== 'SetTableSchema'))
      return refuse('No table gets another name here.');
    const { quoteName: q } = context.change.dialect.renderer;
    const named = (schema: string | undefined, name: string) =>
      schema === undefined ? q(name) : `${q(schema)}.${q(name)}`;
    const { schema, name } = change.table;
    const moved =
      change.kind === 'RenameTable' ? { schema, name: change.newName.name } : { schema: change.schema.name, name };
    if (context.later([moved.name]).some((each) => each.kind !== 'CreateView' && isAbout(each, moved.name)))
      return refuse('A later statement changes the table, which a view over it may forbid.');
    const sql = `CREATE VIEW ${named(schema, name)} AS SELECT * FROM ${named(moved.schema, moved.name)}`;
    const edit = appendStatements(context, [cased(context, sql)], 'The old name goes on working');
    return isRefusal(edit) ? edit : proposal({ edits: [edit] });
  },
};

function isAbout(change: object, name: string): boolean {
  const table = 'table' in change ? change.table : undefined;
  return typeof table === 'object' && table !== null && 'name' in table && table.name === name;
}
