import type { ObjectName } from '../../schema/names.ts';
import { requiredColumns } from '../constraint-forms.ts';
import { leavesNoNull } from '../filling.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isBehind, isLive, isLiveColumn, knownColumn, knownTable, madeBy, severity, written } from '../support.ts';

export const setNotNull = defineRule({
  id: 'schema/set-not-null',
  scope: 'change',
  on: ['SetNotNull', 'AddConstraint'],
  severity: 'warning',
  consequence: { requires: 'fails', fails: 'fails' },
  alone: { requires: { messageId: 'fails', severity: 'warning' } },
  summary: 'NOT NULL on a column that the running version may leave empty fails its writes.',
  messages: {
    requires:
      'Fails if {table}.{column} holds a NULL, and from then on the version that is still running fails when it writes one. Make sure that every writer sets it first, and require it in a later release.',
    fails: 'Fails if {table}.{column} holds a NULL. Fill it first.',
    guards:
      'From here on the version that is still running fails when it writes a NULL into {table}.{column}. Make sure that every writer sets it first.',
    added:
      'The version that is still running does not know {table}.{column}, which is new and has no default: every insert of it fails from here on. Give the column a default, or require it in a later release.',
  },
  explanation: `Two things can fail. The statement itself, on the first NULL that it finds. And afterwards every INSERT or UPDATE of the
running version that leaves the column empty.

**Do instead**: release code that always sets the column (or a default for it), fill the rows in batches, and only then
require it. With a \`CHECK (column IS NOT NULL)\` that was validated in an earlier migration the statement needs no scan either. The
quick fix scaffolds this.

Where a statement of this migration has filled it before, the first of the two is settled, and only the second is told.

A primary key and, since PostgreSQL 18, \`ADD CONSTRAINT ... NOT NULL\` require the same. A column that is added, filled and required in one
release is an error, unless it has a default in the end: the running version does not know it, so every insert of it fails.

Silent where the running version leaves nothing empty: where a CHECK or a NOT NULL constraint of an earlier release refuses NULL (validated or not), and where the
column has a default. Silent too where the column is NOT NULL already and for new tables. How long the statement reads the rows is told by
\`lock/set-not-null-scan\`.`,
  peers: [
    'squawk:adding-not-nullable-field',
    'strong_migrations:change_column_null',
    'eugene:E2',
    'atlas:MF104',
    'pgls:addingNotNullField',
    'pgfence:alter-column-set-not-null',
    'migrationpilot:MP018',
    'pgsafe:set-not-null',
    'safemigrate:nullable-to-non-nullable-may-fail',
  ],
  examples: [
    {
      title: 'Writers may leave it empty',
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
    for (const { table: name, column, notValid } of requiredColumns(context.step.change)) {
      const known = knownColumn(context, name, column);
      const isAdded = known !== undefined && isLive(context, name) && context.isNewColumn(name, column);
      if (!isAdded && !isLiveColumn(context, name, column)) continue;
      if (known !== undefined && (!known.nullable || known.identity !== undefined || known.generated !== undefined))
        continue;
      if (isAdded && (known.defaultTo?.isNull === false || isFilled(context, name))) continue;
      if (isAdded && getsDefault(context, name, column)) continue;
      if (!isAdded && (known?.defaultTo?.isNull === false || isRefused(context, name, column))) continue;
      const table = written(name);
      yield {
        messageId: isAdded ? 'added' : notValid || wasFilled(context, name, column) ? 'guards' : 'requires',
        args: { table, column },
        anchor: at(context.step, context.step.change.span),
        object: `${table}.${column}`,
        severity: severity(context, isAdded ? 'error' : 'warning'),
        compat: 'breaking',
        related: madeBy(context, name, column),
        ...(isAdded || context.step.change.kind !== 'SetNotNull'
          ? {}
          : { plan: { operation: 'set-not-null', args: { table, column } } }),
      };
    }
  },
});

/** A later statement of the same migration gives it one, before anybody inserts. */
function getsDefault({ step, steps }: ChangeContext, { name }: ObjectName, column: string): boolean {
  return steps.some(
    (each) =>
      each.change.kind === 'SetDefault' &&
      each.change.certainty !== 'maybe' &&
      each.change.table.name === name &&
      each.change.column.name === column &&
      !each.change.expression.isNull &&
      each.transaction === step.transaction &&
      step.transaction !== undefined &&
      isBehind(each, step),
  );
}

/** An earlier statement of the migration has put something into every row that held NULL. */
function wasFilled(context: ChangeContext, { name }: ObjectName, column: string): boolean {
  for (const { change, statement } of context.back())
    if (change.kind === 'WriteRows' && change.table.name === name && leavesNoNull(statement.text, change, column))
      return true;
  return false;
}

/** A trigger of this release stands at the table, as one does that fills a new column for those who do not know it. */
function isFilled(context: ChangeContext, name: ObjectName): boolean {
  const triggers = knownTable(context, name)?.triggers ?? [];
  return triggers.some(({ enabled, perRow, origin }) => enabled && perRow && context.isUnreleased(origin));
}

/** An earlier release refuses NULL: nobody writes one, whether or not the old rows were looked at. */
function isRefused(context: ChangeContext, name: ObjectName, column: string): boolean {
  const constraints = knownTable(context, name)?.constraints ?? [];
  return constraints.some(
    ({ kind, enforced, expression, columns, origin }) =>
      enforced &&
      !context.isUnreleased(origin) &&
      (expression?.provesNotNull.includes(column) === true || (kind === 'not-null' && columns.includes(column))),
  );
}
