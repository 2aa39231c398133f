import type { SchemaChange } from '../../schema/change.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, knownColumn, madeBy, severity, written } from '../support.ts';

export const dropDefault = defineRule({
  id: 'schema/drop-default',
  scope: 'change',
  on: ['DropDefault', 'SetDefault', 'SetIdentity', 'SetGenerated'],
  severity: 'error',
  summary: 'Without its default a NOT NULL column fails the inserts of the version that relies on it.',
  messages: {
    drops:
      'Inserts that leave {table}.{column} out fail as soon as this commits, because it is NOT NULL. Release code that always sets it first, and drop the default in a later release.',
  },
  explanation: `A default on a NOT NULL column is a promise to every writer that it may leave the column out. The running version may rely
on it without naming it; where the column itself is new, it surely does. \`SET DEFAULT NULL\`, \`DROP IDENTITY\` and \`DROP EXPRESSION\`
take the same promise back.

**Do instead**: release code that sets the column in every INSERT, then drop the default in a later release. There is no quick
fix: the code comes first.

Silent for nullable columns (the value then simply becomes NULL), for released columns whose default is unreleased, for new
tables, and where the column is not known.`,
  peers: ['strong_migrations:change_column_default'],
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
    if (!takesDefault(change) || !isLive(context, change.table)) return;
    const column = knownColumn(context, change.table, change.column.name);
    if (column === undefined || column.nullable || isSetAgain(context, change)) return;
    if (column.defaultTo?.isNull !== false && column.identity === undefined && column.generated === undefined) return;
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

type Taking = Extract<SchemaChange, { kind: 'DropDefault' | 'SetDefault' | 'SetIdentity' | 'SetGenerated' }>;

/** Is nothing put into the column by itself any more? */
function takesDefault(change: SchemaChange): change is Taking {
  switch (change.kind) {
    case 'DropDefault':
      return true;
    case 'SetDefault':
      return change.expression.isNull;
    case 'SetIdentity':
      return change.identity === 'none';
    case 'SetGenerated':
      return change.expression === undefined;
    default:
      return false;
  }
}

/** This migration gives the column another default, or gave it the one that it takes away. */
function isSetAgain({ steps, step }: ChangeContext, { table, column }: Taking): boolean {
  return steps.some(({ change }) => {
    if (change === step.change || (change.kind !== 'SetDefault' && change.kind !== 'SetIdentity')) return false;
    const gives = change.kind === 'SetDefault' ? !change.expression.isNull : change.identity !== 'none';
    return gives && change.column.name === column.name && change.table.name === table.name;
  });
}
