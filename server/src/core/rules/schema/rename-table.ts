import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, madeBy, severity, written } from '../support.ts';

export const renameTable = defineRule({
  id: 'schema/rename-table',
  scope: 'change',
  on: ['RenameTable', 'SetTableSchema'],
  severity: 'error',
  summary: 'Renaming a table breaks the version that still uses the old name.',
  messages: {
    renames:
      'Code that still says {table} fails as soon as this commits. Leave a view named {table} behind in the same migration, and drop it in a later release.',
    moves:
      'Code that finds {table} through its search path may fail as soon as this commits. Leave a view named {table} behind in the same migration, and drop it in a later release.',
  },
  explanation: `The old version of the application runs until its last instance is replaced. Every statement of it that names the table
fails once the new name is committed.

The lock is brief (ACCESS EXCLUSIVE, no rewrite).

**Do instead**: rename the table and create a view with the old name in the same transaction. A plain view over one table
is updatable, so old reads and writes go on working. Drop the view when nothing uses the old name. (\`COPY\`, \`TRUNCATE\` and
\`ON CONFLICT ON CONSTRAINT\` do not work through a view.)

Silent for new tables, and where the same migration leaves such a view.`,
  peers: ['squawk:renaming-table', 'strong_migrations:rename_table'],
  examples: [
    {
      title: 'Nothing answers to the old name',
      given: 'CREATE TABLE clients (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE clients RENAME TO customers;',
      fires: true,
    },
    {
      title: 'A view answers to the old name',
      given: 'CREATE TABLE clients (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE clients RENAME TO customers;\nCREATE VIEW clients AS SELECT * FROM customers;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'RenameTable' && change.kind !== 'SetTableSchema') return;
    if (!isLive(context, change.table) || leavesView(context, change.table.name)) return;
    const table = written(change.table);
    yield {
      messageId: change.kind === 'RenameTable' ? 'renames' : 'moves',
      args: { table },
      anchor: at(context.step, change.span),
      object: table,
      severity: severity(context, 'error'),
      related: madeBy(context, change.table),
    };
  },
});

function leavesView(context: ChangeContext, name: string): boolean {
  return context.steps.some(
    ({ change }) => change.kind === 'CreateView' && !change.materialized && change.view.name === name,
  );
}
