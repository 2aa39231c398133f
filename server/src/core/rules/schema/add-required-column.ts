import { at, defineRule } from '../rule.ts';
import { isLive, madeBy, severity, written } from '../support.ts';

export const addRequiredColumn = defineRule({
  id: 'schema/add-required-column',
  scope: 'change',
  on: ['AddColumn'],
  severity: 'error',
  consequence: 'fails',
  alone: { requires: { messageId: 'fails', severity: 'error' } },
  summary:
    'A NOT NULL column without a default fails on rows that exist, and fails the inserts of the running version.',
  messages: {
    requires:
      'Fails if {table} has any row, and every insert of the version that is still running fails, because it does not set {column}. Give it a default, or make it NOT NULL in a later release.',
    fails:
      'Fails if {table} has any row: there is nothing to put into {column}. Give it a default, or add it without NOT NULL, fill it, and require it then.',
  },
  explanation: `PostgreSQL refuses the statement when the table has rows: there is nothing to put into them. On an empty table it
succeeds, and then the running version, which does not know the column, fails on every INSERT.

**Do instead**: add the column with a constant default (since PostgreSQL 11 that neither rewrites nor scans the table) and keep
the default until every writer sets the column; or add it nullable, fill it in batches, and make it NOT NULL in a later
release. The quick fix scaffolds the second way.

Silent for new tables, columns with a default, identity or generated columns, and serials.`,
  peers: [
    'squawk:adding-required-field',
    'squawk:adding-not-nullable-field',
    'atlas:MF103',
    'pgls:addingRequiredField',
    'pgfence:add-column-not-null-no-default',
    'migrationpilot:MP084',
    'pgsafe:add-column-not-null-no-default',
    'safemigrate:add-non-nullable-without-default',
    'bytebase:migration_compatibility',
  ],
  examples: [
    {
      title: 'No default',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE users ADD COLUMN phone text NOT NULL;',
      fires: true,
    },
    {
      title: 'With a default',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: "ALTER TABLE users ADD COLUMN locale text NOT NULL DEFAULT 'en';",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'AddColumn' || !isLive(context, change.table)) return;
    const { spec, constraints } = change;
    const required = spec.notNull || constraints.some(({ kind }) => kind === 'primary-key');
    const filled =
      (spec.defaultTo !== undefined && !spec.defaultTo.isNull) ||
      spec.identity !== undefined ||
      spec.generated !== undefined ||
      spec.serial === true;
    if (!required || filled) return;
    const found = context.table(change.table);
    if (
      change.ifNotExists &&
      found.kind === 'known' &&
      found.value.columns.some(({ name }) => name === spec.column.name)
    )
      return;
    const table = written(change.table);
    yield {
      messageId: 'requires',
      args: { table, column: spec.column.name },
      anchor: at(context.step, spec.notNullSpan ?? change.span),
      object: `${table}.${spec.column.name}`,
      severity: severity(context, 'error'),
      compat: 'breaking',
      related: madeBy(context, change.table),
      plan: { operation: 'add-required-column', args: { table, column: spec.column.name, type: spec.type.text } },
    };
  },
});
