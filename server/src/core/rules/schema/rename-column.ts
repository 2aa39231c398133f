import { at, defineRule } from '../rule.ts';
import { isLiveColumn, madeBy, severity, written } from '../support.ts';

export const renameColumn = defineRule({
  id: 'schema/rename-column',
  scope: 'change',
  on: ['RenameColumn'],
  severity: 'error',
  summary: 'Renaming a column breaks the version that still uses the old name.',
  messages: {
    renames:
      'Code that still uses {table}.{column} fails as soon as this commits. Add {newName} beside it, keep both in sync, and drop {column} in a later release.',
  },
  explanation: `There is no moment at which both the old and the new version of the application work: one name exists before the commit, the
other after it. Views and foreign keys follow the rename by themselves; application code, PL/pgSQL bodies and triggers that name
the column do not.

**Do instead**: add the new column, keep both in sync with a trigger, copy the rows in batches, move the code, and drop the old
column in a later release. The quick fix scaffolds all of it.

Silent for columns and tables that this migration or another unreleased one has made.`,
  peers: ['squawk:renaming-column', 'strong_migrations:rename_column'],
  examples: [
    {
      title: 'The column is in use',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'ALTER TABLE users RENAME COLUMN email TO email_address;',
      fires: true,
    },
    {
      title: 'The table is new',
      sql: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users RENAME COLUMN email TO email_address;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'RenameColumn' || !isLiveColumn(context, change.table, change.column.name)) return;
    const table = written(change.table);
    const args = { table, column: change.column.name, newName: change.newName.name };
    yield {
      messageId: 'renames',
      args,
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, 'error'),
      related: madeBy(context, change.table, change.column.name),
      plan: { operation: 'rename-column', args },
    };
  },
});
