import { at, defineRule } from '../rule.ts';
import { blockingWork, isLiveColumn, knownColumn, lockArgs, madeBy, severity, written } from '../support.ts';

export const setNotNullScan = defineRule({
  id: 'lock/set-not-null-scan',
  scope: 'change',
  on: ['SetNotNull'],
  severity: 'warning',
  summary: 'SET NOT NULL reads the whole table under a lock that blocks reads and writes.',
  messages: {
    scans:
      'Reads every row of {table} under {lock}: {waits} waits until it ends. Prove it first with CHECK ({column} IS NOT NULL) NOT VALID, validated in its own migration; then this needs no scan.',
  },
  explanation: `\`SET NOT NULL\` takes ACCESS EXCLUSIVE and looks at every row for a NULL.

**Do instead**: since PostgreSQL 12 a validated \`CHECK (column IS NOT NULL)\` makes the scan unnecessary. Add the CHECK as \`NOT VALID\`, validate
it in a migration of its own (reads and writes go on), then \`SET NOT NULL\`, and drop the CHECK. Since 18 a NOT NULL constraint can
itself be added \`NOT VALID\` and validated.

Silent for new tables, for columns that are NOT NULL already, and where a validated CHECK proves it.`,
  peers: ['squawk:adding-not-nullable-field', 'strong_migrations:change_column_null'],
  examples: [
    {
      title: 'Reads every row',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      fires: true,
    },
    {
      title: 'A validated CHECK proves it',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT email_set;',
      sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'SetNotNull') return;
    const { table: name, column } = change;
    const known = knownColumn(context, name, column.name);
    const inLiveTable = isLiveColumn(context, name, column.name) || (known !== undefined && !context.isNew(name));
    if (!inLiveTable || known?.nullable === false) return;
    const impact = context.impact();
    if (blockingWork(impact, ['scan']).length === 0) return;
    const table = written(name);
    yield {
      messageId: 'scans',
      args: { table, column: column.name, ...lockArgs(impact) },
      anchor: at(context.step, change.span),
      object: `${table}.${column.name}`,
      severity: severity(context, 'warning'),
      related: madeBy(context, name, column.name),
      plan: { operation: 'set-not-null', args: { table, column: column.name } },
    };
  },
});
