import { at, defineRule } from '../rule.ts';
import { isLiveColumn, madeBy, severity, written } from '../support.ts';

export const dropColumn = defineRule({
  id: 'schema/drop-column',
  scope: 'change',
  on: ['DropColumn'],
  severity: 'error',
  summary: 'Dropping a column deletes its data and breaks the version that still names it.',
  messages: {
    drops:
      'Deletes {table}.{column} and its data for good, and the version that is still running fails wherever it names it. Stop using it in one release, and drop it in a later one.',
  },
  explanation: `As soon as the column is gone, every statement that names it fails, and so does \`SELECT *\` into a fixed shape and every
ORM entity that still maps it. The data cannot be brought back without a backup.

The lock itself is brief (ACCESS EXCLUSIVE, no rewrite); the damage is to the running code.

**Do instead**: make the column nullable or give it a default, so that new code may stop writing it; release that code; drop
the column in a later release. The quick fix scaffolds the pair.

Silent for columns and tables that this migration or another unreleased one has made.`,
  peers: ['squawk:ban-drop-column', 'strong_migrations:remove_column'],
  examples: [
    {
      title: 'The column is in use',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, phone text);',
      sql: 'ALTER TABLE users DROP COLUMN phone;',
      fires: true,
    },
    {
      title: 'Made in the same release',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE users ADD COLUMN draft text;\nALTER TABLE users DROP COLUMN draft;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DropColumn' || !isLiveColumn(context, change.table, change.column.name)) return;
    const table = written(change.table);
    yield {
      messageId: 'drops',
      args: { table, column: change.column.name },
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, 'error'),
      related: madeBy(context, change.table, change.column.name),
      plan: { operation: 'drop-column', args: { table, column: change.column.name } },
    };
  },
});
