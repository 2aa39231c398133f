import { at, defineRule } from '../rule.ts';
import { isLiveColumn, knownColumn, madeBy, severity, written } from '../support.ts';

export const dropDefault = defineRule({
  id: 'schema/drop-default',
  scope: 'change',
  on: ['DropDefault'],
  severity: 'error',
  summary: 'Without its default a NOT NULL column fails the inserts of the version that relies on it.',
  messages: {
    drops:
      'Inserts that leave {table}.{column} out fail as soon as this commits, because it is NOT NULL. Release code that always sets it first, and drop the default in a later release.',
  },
  explanation: `A default on a NOT NULL column is a promise to every writer that it may leave the column out. The running version may rely
on it without naming it.

**Do instead**: release code that sets the column in every INSERT, then drop the default in a later release.

Silent for nullable columns (the value then simply becomes NULL), for columns whose default is unreleased, for new tables, and where
the column is not known.`,
  examples: [
    {
      title: 'NOT NULL relies on it',
      given: "CREATE TABLE users (id bigint PRIMARY KEY, locale text NOT NULL DEFAULT 'en');",
      sql: 'ALTER TABLE users ALTER COLUMN locale DROP DEFAULT;',
      fires: true,
    },
    {
      title: 'A nullable column',
      given: "CREATE TABLE users (id bigint PRIMARY KEY, locale text DEFAULT 'en');",
      sql: 'ALTER TABLE users ALTER COLUMN locale DROP DEFAULT;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DropDefault' || !isLiveColumn(context, change.table, change.column.name)) return;
    const column = knownColumn(context, change.table, change.column.name);
    if (column === undefined || column.nullable || column.defaultTo === undefined) return;
    const setHere = context.steps.some(
      ({ change: other }) =>
        other.kind === 'SetDefault' &&
        other.column.name === change.column.name &&
        other.table.name === change.table.name,
    );
    if (setHere) return;
    const table = written(change.table);
    yield {
      messageId: 'drops',
      args: { table, column: change.column.name },
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, 'error'),
      compat: 'breaking',
      related: madeBy(context, change.table, change.column.name),
    };
  },
});
