import type { ObjectName } from '../../schema/names.ts';
import { cascadeOf, lossWords } from '../losses.ts';
import { isReplacedTable } from '../replaced.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isLive, knownTable, listed, liveTablesIn, madeBy, severity, written } from '../support.ts';

export const dropTable = defineRule({
  id: 'schema/drop-table',
  scope: 'change',
  on: ['DropTable', 'DropSchema'],
  severity: 'error',
  consequence: { replaced: 'loses' },
  alone: {
    drops: { messageId: 'deletes', severity: 'info' },
    cascades: { messageId: 'deletes-with', severity: 'warning' },
    schema: { messageId: 'deletes-schema', severity: 'warning' },
    'schema-cascades': { messageId: 'deletes-schema-with', severity: 'warning' },
  },
  summary: 'Dropping a table deletes its data and breaks whatever still reads or writes it.',
  messages: {
    drops:
      'Deletes {table} and its data for good, and the version that is still running fails on it. Stop using it first, and drop it in a later release.',
    deletes:
      'Deletes {table} and its data for good: whoever has to go back to the version before goes without them. Keep it until nobody goes back, and drop it in a later release.',
    'deletes-with':
      'Deletes {table} and its data for good, with everything that depends on it: {dependents}. Drop the dependents by name first, so that the migration says what it does.',
    'deletes-schema':
      'Deletes {tables} of schema {schema} with all their data for good. Drop them by name first, so that the migration says what it does.',
    'deletes-schema-with':
      'Deletes {tables} of schema {schema} with all their data for good, and with them {dependents}. Drop them by name first, so that the migration says what it does.',
    replaced:
      'Deletes every row of {table} for good: the table that this migration makes under its name begins empty. Change it as it is, or copy the rows first.',
    cascades:
      'Deletes {table} and its data for good, with everything that depends on it: {dependents}. Stop using it first, drop the dependents by name, and drop the table in a later release.',
    partition:
      'Deletes the rows of {table}, a partition of {parent}, for good, and blocks every read and write of {parent} meanwhile. Detach it first and keep it until nobody misses it, and drop it in a later release.',
    schema:
      'Deletes {tables} of schema {schema} with all their data for good, and the version that is still running fails on them. Stop using them first, and drop them by name in a later release.',
    'schema-cascades':
      'Deletes {tables} of schema {schema} with all their data for good, and with them {dependents}; the version that is still running fails on them. Stop using them first, and drop them by name in a later release.',
  },
  explanation: `A dropped table cannot be brought back without a backup. While a deployment rolls out, the old version of the
application still runs: its first query against the table fails.

The statement takes ACCESS EXCLUSIVE on the table and on every table that it references, so it also waits for, and then
blocks, traffic on those.

**Do instead**: release a version that no longer uses the table; watch that nothing reads it (\`pg_stat_user_tables\`); then
drop it in a later release, with \`lock_timeout\` set.

\`CASCADE\` also drops what depends on the table: views and what reads those, foreign keys of other tables, tables that
inherit from it. The finding names each of them, and the quick fix writes them out as drops of their own, so that the migration
says what it does. For the table itself there is no fix: only a release can stop using it.

A table that this migration makes again under the same name, with every column that it had, breaks nobody: a warning that its rows are gone.

Where the project says that no version runs during a migration (\`deployment: single-version\` or \`downtime\`), what is left is that
the data is gone: information, and a warning where more goes than the statement says.

\`DROP SCHEMA ... CASCADE\` drops every table of the schema, and is reported like it.

Silent for tables that the same migration or another unreleased one has made, and for temporary tables.`,
  peers: [
    'squawk:ban-drop-table',
    'atlas:DS101',
    'atlas:DS102',
    'pgls:banDropTable',
    'pgls:banDropSchema',
    'pgfence:drop-table',
    'migrationpilot:MP026',
    'migrationpilot:MP035',
    'pgsafe:drop-table',
    'safemigrate:drop-table-restricted',
    'diesel-guard:drop-table',
    'bytebase:migration_compatibility',
    'pgfence:drop-schema',
  ],
  examples: [
    {
      title: 'The table is in use',
      given: 'CREATE TABLE coupons (code text PRIMARY KEY);',
      sql: 'DROP TABLE coupons;',
      fires: true,
    },
    {
      title: 'A view goes with it',
      given: 'CREATE TABLE coupons (code text PRIMARY KEY);\nCREATE VIEW codes AS SELECT code FROM coupons;',
      sql: 'DROP TABLE coupons CASCADE;',
      fires: true,
    },
    {
      title: 'Made again, empty',
      given: 'CREATE TABLE coupons (code text PRIMARY KEY);',
      sql: 'DROP TABLE coupons;\nCREATE TABLE coupons (code text PRIMARY KEY, ends date);',
      fires: true,
    },
    { title: 'Made in the same migration', sql: 'CREATE TABLE staging (id int);\nDROP TABLE staging;', fires: false },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'DropSchema' && change.cascade) yield* droppedSchema(context, change.schema.name);
    if (change.kind !== 'DropTable' || !isLive(context, change.table)) return;
    const table = written(change.table);
    const known = knownTable(context, change.table);
    const replaced = !change.cascade && known !== undefined && isReplacedTable(context, change.table, known);
    const cascade = change.cascade ? cascadeOf(context) : undefined;
    const parent = parentOf(context, change.table);
    yield {
      messageId: replaced
        ? 'replaced'
        : cascade !== undefined
          ? 'cascades'
          : parent !== undefined
            ? 'partition'
            : 'drops',
      args: { table, dependents: cascade?.dependents ?? '', ...(parent === undefined ? {} : { parent }) },
      anchor: at(context.step, change.span),
      object: table,
      severity: severity(context, replaced ? 'warning' : 'error'),
      related: [...madeBy(context, change.table), ...(cascade?.related ?? [])],
      fixes: cascade?.fixes ?? [],
    };
  },
});

/** The partitioned table that a partition belongs to. */
function parentOf(context: ChangeContext, name: ObjectName): string | undefined {
  const parent = knownTable(context, name)?.partitionOf?.parent;
  return parent === undefined ? undefined : (context.before.objects.get(parent)?.name.name ?? 'its table');
}

function* droppedSchema(context: ChangeContext, schema: string): Generator<Draft> {
  const tables = liveTablesIn(context, schema);
  if (tables?.length === 0) return;
  const cascade = cascadeOf(context);
  const others = (cascade?.losses ?? []).filter((loss) => loss.kind === 'part' || loss.object.kind !== 'table');
  yield {
    messageId: others.length > 0 ? 'schema-cascades' : 'schema',
    args: {
      schema,
      tables: tables === undefined ? 'every table' : listed(tables),
      dependents: listed(others.map(lossWords), 12),
    },
    anchor: at(context.step, context.step.change.span),
    object: schema,
    severity: severity(context, 'error'),
    related: cascade?.related ?? [],
  };
}
