import { at, defineRule } from '../rule.ts';
import { isLiveColumn, knownColumn, knownTable, madeBy, severity, written } from '../support.ts';

export const setNotNull = defineRule({
  id: 'schema/set-not-null',
  scope: 'change',
  on: ['SetNotNull'],
  severity: 'warning',
  summary: 'NOT NULL on a column that the running version may leave empty fails its writes.',
  messages: {
    requires:
      'Fails if {table}.{column} holds a NULL, and from then on the version that is still running fails when it writes one. Make sure that every writer sets it first, and require it in a later release.',
  },
  explanation: `Two things can fail. The statement itself, on the first NULL that it finds. And afterwards every INSERT or UPDATE of the
running version that leaves the column empty.

**Do instead**: release code that always sets the column (or a default for it), fill the rows in batches, and only then
require it. With a \`CHECK (column IS NOT NULL)\` that was validated in an earlier migration the statement needs no scan either. The
quick fix scaffolds this.

Silent where a validated CHECK from an earlier release proves that there is no NULL, where the column is NOT NULL already or is
filled by a default that the running version already knows, and for new columns and tables.`,
  peers: ['squawk:adding-not-nullable-field', 'strong_migrations:change_column_null'],
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
    const { change } = context.step;
    if (change.kind !== 'SetNotNull') return;
    const { table: name, column } = change;
    if (!isLiveColumn(context, name, column.name)) return;
    const known = knownColumn(context, name, column.name);
    if (known !== undefined && (!known.nullable || known.identity !== undefined || known.generated !== undefined))
      return;
    const proven = knownTable(context, name)?.constraints.some(
      (each) =>
        each.validated &&
        !context.isUnreleased(each.origin) &&
        each.expression?.provesNotNull.includes(column.name) === true,
    );
    if (proven === true) return;
    const table = written(name);
    yield {
      messageId: 'requires',
      args: { table, column: column.name },
      anchor: at(context.step, change.span),
      object: `${table}.${column.name}`,
      severity: severity(context, 'warning'),
      compat: 'breaking',
      related: madeBy(context, name, column.name),
      plan: { operation: 'set-not-null', args: { table, column: column.name } },
    };
  },
});
