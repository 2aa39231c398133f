import { at, defineRule } from '../rule.ts';
import { isLive, madeBy, severity, written } from '../support.ts';

export const dropTable = defineRule({
  id: 'schema/drop-table',
  scope: 'change',
  on: ['DropTable'],
  severity: 'error',
  summary: 'Dropping a table deletes its data and breaks whatever still reads or writes it.',
  messages: {
    drops:
      'Deletes {table} and its data for good, and the version that is still running fails on it. Stop using it first, and drop it in a later release.',
    cascades:
      'Deletes {table} and its data for good, with everything that depends on it: {dependents}. Stop using it first, drop the dependents by name, and drop the table in a later release.',
  },
  explanation: `A dropped table cannot be brought back without a backup. While a deployment rolls out, the old version of the
application still runs: its first query against the table fails.

The statement takes ACCESS EXCLUSIVE on the table and on every table that it references, so it also waits for, and then
blocks, traffic on those.

**Do instead**: release a version that no longer uses the table; watch that nothing reads it (\`pg_stat_user_tables\`); then
drop it in a later release, with \`lock_timeout\` set.

Silent for tables that the same migration or another unreleased one has made, and for temporary tables.`,
  peers: ['squawk:ban-drop-table', 'strong_migrations:drop_table'],
  examples: [
    {
      title: 'The table is in use',
      given: 'CREATE TABLE coupons (code text PRIMARY KEY);',
      sql: 'DROP TABLE coupons;',
      fires: true,
    },
    { title: 'Made in the same migration', sql: 'CREATE TABLE staging (id int);\nDROP TABLE staging;', fires: false },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DropTable' || !isLive(context, change.table)) return;
    const table = written(change.table);
    const found = context.table(change.table);
    const dependents =
      change.cascade && found.kind === 'known'
        ? context.dependents(found.key).map((key) => key.replace(/^rel:(public\.)?/, ''))
        : [];
    const cascades = dependents.length > 0;
    yield {
      messageId: cascades ? 'cascades' : 'drops',
      args: { table, dependents: dependents.join(', ') },
      anchor: at(context.step, change.span),
      object: table,
      severity: severity(context, 'error'),
      related: madeBy(context, change.table),
    };
  },
});
