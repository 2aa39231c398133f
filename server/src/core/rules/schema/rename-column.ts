import type { Ident, ObjectName } from '../../schema/names.ts';
import { columnsHolding } from '../../schema/row-types.ts';
import { attributeChange } from '../attributes.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isLiveColumn, listed, liveView, madeBy, severity, written } from '../support.ts';

export const renameColumn = defineRule({
  id: 'schema/rename-column',
  scope: 'change',
  on: ['RenameColumn', 'RenameViewColumn', 'ChangeObject'],
  severity: 'error',
  summary: 'Renaming a column breaks the version that still uses the old name.',
  messages: {
    renames:
      'Code that still uses {table}.{column} fails as soon as this commits. Add {newName} beside it, keep both in sync, and drop {column} in a later release.',
    view: 'Queries of the running version that read {table}.{column} fail as soon as this commits. Add {newName} at the end of the view with CREATE OR REPLACE VIEW, and drop {column} in a later release.',
    attribute:
      'Code that still uses {column} of {table} fails as soon as this commits, in {tables}. Leave the name, or release code that does not say it first.',
  },
  explanation: `There is no moment at which both the old and the new version of the application work: one name exists before the commit, the
other after it. Views and foreign keys follow the rename by themselves; application code, PL/pgSQL bodies and triggers that name
the column do not.

**Do instead**: add the new column, keep both in sync with a trigger, copy the rows in batches, move the code, and drop the old
column in a later release. The quick fix scaffolds all of it.

Columns of views count as well: nothing but the queries that read them follows. So do attributes of a composite type that tables are made of or
columns hold.

Silent for columns, tables and views that this migration or another unreleased one has made.`,
  peers: [
    'squawk:renaming-column',
    'strong_migrations:rename_column',
    'atlas:BC102',
    'pgls:renamingColumn',
    'pgfence:rename-column',
    'migrationpilot:MP010',
    'migrationpilot:MP071',
    'pgsafe:rename',
    'safemigrate:rename-column-warning',
    'diesel-guard:rename-column',
    'bytebase:migration_compatibility',
  ],
  examples: [
    {
      title: 'The column is in use',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'ALTER TABLE users RENAME COLUMN email TO email_address;',
      fires: true,
    },
    {
      title: 'An attribute of a type that columns are of',
      given: 'CREATE TYPE place AS (street text, city text);\nCREATE TABLE homes (id bigint PRIMARY KEY, at place);',
      sql: 'ALTER TYPE place RENAME ATTRIBUTE city TO town;',
      fires: true,
    },
    {
      title: 'The table is new',
      sql: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users RENAME COLUMN email TO email_address;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'ChangeObject') return yield* inType(context);
    if (change.kind === 'RenameViewColumn') return yield* inView(context, change.view, change.column, change.newName);
    if (change.kind !== 'RenameColumn') return;
    if (liveView(context, change.table) !== undefined)
      return yield* inView(context, change.table, change.column, change.newName);
    if (!isLiveColumn(context, change.table, change.column.name)) return;
    const table = written(change.table);
    const args = { table, column: change.column.name, newName: change.newName.name };
    yield {
      messageId: 'renames',
      args,
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, 'error'),
      related: madeBy(context, change.table, change.column.name),
      plan: { operation: 'rename-column', args },
    };
  },
});

function* inView(context: ChangeContext, view: ObjectName, { name: column }: Ident, newName: Ident): Generator<Draft> {
  const found = context.relation(view);
  if (found.kind === 'absent' || (found.kind === 'known' && liveView(context, view) === undefined)) return;
  const table = written(view);
  yield {
    messageId: 'view',
    args: { table, column, newName: newName.name },
    anchor: at(context.step, context.step.change.span),
    object: `${table}.${column}`,
    severity: severity(context, 'error'),
    related: found.kind === 'known' ? [context.madeAt(found.value.origin, 'made-here', { object: table })] : [],
  };
}

/** An attribute is a column of tables that are made of the type, and a part of what columns hold. */
function* inType(context: ChangeContext): Generator<Draft> {
  const altered = attributeChange(context);
  if (altered?.action !== 'rename' || altered.newName === undefined || context.isUnreleased(altered.type.origin))
    return;
  const { type, key, attribute: column, tables } = altered;
  if (!type.attributes.some(({ name }) => name === column) || (tables.length > 0 && !altered.cascade)) return;
  const places = [
    ...tables.flatMap(([, made]) => (context.isUnreleased(made.origin) ? [] : [made.name.name])),
    ...columnsHolding(context.before, key).flatMap(({ owner, column: name }) =>
      context.isUnreleased(owner.origin) ? [] : [`${owner.name.name}.${name}`],
    ),
  ];
  if (places.length === 0) return;
  const table = type.name.name;
  yield {
    messageId: 'attribute',
    args: { table, column, newName: altered.newName.name, tables: listed(places) },
    anchor: at(context.step, context.step.change.span),
    object: `${table}.${column}`,
    severity: severity(context, 'error'),
    related: [context.madeAt(type.origin, 'made-here', { object: table })],
  };
}
