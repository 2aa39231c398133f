import { at, defineRule } from '../rule.ts';
import { isLiveColumn, knownColumn, madeBy, severity, written } from '../support.ts';

export const dropNotNull = defineRule({
  id: 'schema/drop-not-null',
  scope: 'change',
  on: ['DropNotNull'],
  severity: 'hint',
  consequence: 'breaks',
  summary: 'Without NOT NULL the running version may read a NULL that it does not expect.',
  messages: {
    drops:
      'As soon as a newer version leaves {table}.{column} empty, the one that is still running reads a NULL that it has never met. Release readers that take it first.',
  },
  explanation: `Dropping NOT NULL breaks no statement and takes a moment. It is the next release that breaks the running version: the first NULL that it writes
is read by code that takes the value for granted. As a step towards dropping the column it is right, and this hint may be passed over.

**Do instead**: release code that takes a NULL, then drop NOT NULL. There is no quick fix: the code comes first.

Silent for new columns, for those that may be NULL already, and where the same migration drops the column or makes it NOT NULL again.`,
  peers: [
    'squawk:ban-drop-not-null',
    'pgls:banDropNotNull',
    'migrationpilot:MP029',
    'pgfence:drop-not-null',
    'pgsafe:drop-not-null',
    'safemigrate:not-null-dropped-warning',
    'diesel-guard:drop-not-null',
  ],
  examples: [
    {
      title: 'Readers rely on it',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);',
      sql: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
      fires: true,
    },
    {
      title: 'It may be NULL already',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DropNotNull' || !isLiveColumn(context, change.table, change.column.name)) return;
    const known = knownColumn(context, change.table, change.column.name);
    if (known === undefined || known.nullable) return;
    const isEnded = context.steps.some(
      ({ statementIndex, change: each }) =>
        statementIndex > context.step.statementIndex &&
        (each.kind === 'DropColumn' || each.kind === 'SetNotNull') &&
        each.table.name === change.table.name &&
        each.column.name === change.column.name,
    );
    if (isEnded) return;
    const table = written(change.table);
    yield {
      messageId: 'drops',
      args: { table, column: change.column.name },
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, 'hint'),
      related: madeBy(context, change.table, change.column.name),
    };
  },
});
