import { at, defineRule } from '../rule.ts';
import { relationAfter, written } from '../support.ts';

export const selectStar = defineRule({
  id: 'design/select-star',
  scope: 'change',
  on: ['CreateView'],
  severity: 'hint',
  summary: 'The star of a view means the columns of the day on which it is made.',
  messages: {
    star: 'The star in {view} is written out when it is made: columns that come later are not in it, and making it again the same way may fail or give another view. Name the columns.',
  },
  explanation: `A view keeps columns, not a star. A column added to the table does not appear in it; the same statement run again has it, and fails where it would
move or rename a column (\`run/view-columns\`).

There is no quick fix: which of the columns the view is for, only its readers know.

Silent for a view that takes the name of a table renamed in the same migration, which is to be the same in everything.`,
  peers: ['bytebase:statement_no_select_all'],
  examples: [
    {
      title: 'All of today',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      sql: 'CREATE VIEW everybody AS SELECT * FROM users;',
      fires: true,
    },
    {
      title: 'A table that goes on under its old name',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      sql: 'ALTER TABLE users RENAME TO people;\nCREATE VIEW users AS SELECT * FROM people;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateView' || change.certainty === 'maybe') return;
    if (!change.reads.some(({ columns }) => columns.some(({ name }) => name === '*'))) return;
    const found = relationAfter(context, change.view);
    if (found.kind !== 'known' || found.value.kind !== 'view' || !found.value.starred) return;
    if (
      context.steps.some(({ change: other }) => other.kind === 'RenameTable' && other.table.name === change.view.name)
    )
      return;
    yield {
      messageId: 'star',
      args: { view: written(change.view) },
      anchor: at(context.step, change.span),
      object: written(change.view),
      compat: 'none',
      rollback: 'none',
    };
  },
});
