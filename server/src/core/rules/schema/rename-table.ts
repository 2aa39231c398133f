import { at, type ChangeContext, type Draft, defineRule, type Step } from '../rule.ts';
import { isLive, isReplaced, listed, liveTablesIn, madeBy, severity, written } from '../support.ts';

export const renameTable = defineRule({
  id: 'schema/rename-table',
  scope: 'change',
  on: ['RenameTable', 'SetTableSchema', 'RenameSchema'],
  severity: 'error',
  summary: 'Renaming a table breaks the version that still uses the old name.',
  messages: {
    renames:
      'Code that still says {table} fails as soon as this commits. Leave a view named {table} behind in the same migration, and drop it in a later release.',
    replaced:
      'As soon as this commits, code that says {table} meets {other} instead, which takes its name: it fails where a column that it uses is missing or of another type. Keep those columns in {other} until that code is gone.',
    moves:
      'Code that finds {table} through its search path may fail as soon as this commits. Leave a view named {table} behind in the same migration, and drop it in a later release.',
    schema:
      'Code that finds {tables} under {schema} fails as soon as this commits. Create the new schema beside it, and move one table after the other, each with a view left behind.',
  },
  explanation: `The old version of the application runs until its last instance is replaced. Every statement of it that names the table
fails once the new name is committed.

The lock is brief (ACCESS EXCLUSIVE, no rewrite).

**Do instead**: rename the table and create a view with the old name in the same transaction. A plain view over one table
is updatable, so old reads and writes go on working. The quick fix writes the view. Drop it when nothing uses the old name. (\`COPY\`, \`TRUNCATE\` and
\`ON CONFLICT ON CONSTRAINT\` do not work through a view.)

Another table that takes the old name in the same migration is told as a warning: the old version finds a table, and fails only where its columns
differ.

\`ALTER SCHEMA ... RENAME\` renames every table of the schema for those who qualify its name.

Silent for new tables and schemas, and where the same migration leaves such a view.`,
  peers: [
    'squawk:renaming-table',
    'strong_migrations:rename_table',
    'strong_migrations:rename_schema',
    'atlas:BC101',
    'pgls:renamingTable',
    'pgfence:rename-table',
    'pgfence:rename-schema',
    'migrationpilot:MP028',
    'migrationpilot:MP098',
    'pgsafe:rename',
    'safemigrate:rename-table-warning',
    'diesel-guard:rename-table',
    'diesel-guard:rename-schema',
    'bytebase:migration_compatibility',
  ],
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
    {
      title: 'Another table takes its name',
      given: 'CREATE TABLE clients (id bigint PRIMARY KEY);',
      sql: 'CREATE TABLE new_clients (id uuid PRIMARY KEY);\nALTER TABLE clients RENAME TO old_clients;\nALTER TABLE new_clients RENAME TO clients;',
      fires: true,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'RenameSchema') return yield* renamedSchema(context, change.schema.name);
    if (change.kind !== 'RenameTable' && change.kind !== 'SetTableSchema') return;
    if (!isLive(context, change.table) || isReplaced(context, change.table, leftView)) return;
    const table = written(change.table);
    const other = successor(context, change.table.name);
    yield {
      messageId: other !== undefined ? 'replaced' : change.kind === 'RenameTable' ? 'renames' : 'moves',
      args: { table, ...(other === undefined ? {} : { other }) },
      anchor: at(context.step, change.span),
      object: table,
      severity: severity(context, other === undefined ? 'error' : 'warning'),
      related: madeBy(context, change.table),
      fixes:
        other === undefined && context.step.reading.verb !== 'DO' ? [{ id: 'keep-old-name', args: { table } }] : [],
    };
  },
});

/** What takes the name in the same migration: a table renamed to it, or made with it. */
function successor(context: ChangeContext, name: string): string | undefined {
  for (const { change } of context.steps) {
    if (change.kind === 'RenameTable' && change.newName.name === name) return written(change.table);
    if (change.kind === 'CreateTable' && change.table.name === name) return 'the new table';
  }
  return undefined;
}

/** A plain view passes reads and writes on. */
function leftView({ change }: Step) {
  return change.kind === 'CreateView' && !change.materialized ? change.view : undefined;
}

function* renamedSchema(context: ChangeContext, schema: string): Generator<Draft> {
  const tables = liveTablesIn(context, schema);
  if (tables?.length === 0) return;
  yield {
    messageId: 'schema',
    args: { schema, tables: tables === undefined ? 'its tables' : listed(tables) },
    anchor: at(context.step, context.step.change.span),
    object: schema,
    severity: severity(context, 'error'),
  };
}
