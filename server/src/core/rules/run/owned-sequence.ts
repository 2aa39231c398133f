import type { ObjectKey } from '../../schema/catalog.ts';
import { type ChangeContext, defineRule } from '../rule.ts';
import { relationAfter, written } from '../support.ts';
import { failure } from './failure.ts';

export const ownedSequence = defineRule({
  id: 'run/owned-sequence',
  scope: 'change',
  on: ['CreateSequence', 'AlterSequence'],
  severity: 'error',
  summary:
    'A sequence belongs to a column of a table in its own schema, and that of an identity column to nothing else.',
  messages: {
    schema:
      'Fails: {sequence} is in the schema {from}, {table} is in {to}, and a sequence is owned by a table of its own schema. Create it there, or move it with SET SCHEMA first.',
    column: 'Fails: {table} has no column {column} at this point.',
    identity:
      'Fails: {sequence} counts the identity column {column} of {table}, and stays with it. DROP IDENTITY takes it away.',
  },
  explanation: `\`OWNED BY\` ties a sequence to a column, so that it goes with it. Both must stand in one schema and belong to one role (\`sequence must be in same schema as table it is linked
to\`). The sequence behind an identity column cannot be given to another one, nor to none.

Which role runs a migration, the files do not tell: that the owners differ is not predicted. Silent where the sequence or the table is not known, and for what a branch of a DO block
does. No fix is offered: which of the two is in the wrong place, only you know.`,
  examples: [
    {
      title: 'Another schema',
      given: 'CREATE SCHEMA app;\nCREATE TABLE app.orders (id bigint PRIMARY KEY);',
      sql: 'CREATE SEQUENCE orders_id OWNED BY app.orders.id;',
      fires: true,
    },
    {
      title: 'The same schema',
      given: 'CREATE SCHEMA app;\nCREATE TABLE app.orders (id bigint PRIMARY KEY);',
      sql: 'CREATE SEQUENCE app.orders_id OWNED BY app.orders.id;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateSequence' && change.kind !== 'AlterSequence') return;
    const { ownedBy, certainty } = change;
    if (certainty === 'maybe' || ownedBy === undefined) return;
    if (change.kind === 'CreateSequence' && context.relation(change.sequence).kind !== 'absent') return;
    const made = relationAfter(context, change.sequence);
    if (made.kind !== 'known' || made.value.kind !== 'sequence') return;
    const sequence = written(change.sequence);
    const failed = (messageId: string, args: Readonly<Record<string, string>>) =>
      failure(context, { messageId, args: { sequence, ...args } }, sequence, change.span);
    const counted = identityOf(context, made.key);
    if (counted !== undefined) return yield failed('identity', counted);
    if (ownedBy === 'none') return;
    const found = context.relation(ownedBy.table);
    if (found.kind !== 'known' || found.value.kind !== 'table') return;
    const [table, column] = [written(ownedBy.table), ownedBy.column.name];
    const [from, to] = [made.value.name.schema, found.value.name.schema];
    if (from !== to) yield failed('schema', { table, from, to });
    else if (!found.value.partial && found.value.columns.every(({ name }) => name !== column))
      yield failed('column', { table, column });
  },
});

/** The identity column that a sequence counts: one that was given to such a column stands beside its own. */
function identityOf(
  context: ChangeContext,
  key: ObjectKey,
): { readonly table: string; readonly column: string } | undefined {
  const { objects } = context.before;
  const ownerOf = (each: ObjectKey) => {
    const object = objects.get(each);
    return object?.kind === 'sequence' ? object.ownedBy : undefined;
  };
  const owner = ownerOf(key);
  const table = owner === undefined ? undefined : objects.get(owner.table);
  const column = table?.kind === 'table' ? table.columns.find(({ name }) => name === owner?.column) : undefined;
  if (owner === undefined || table === undefined || column?.identity === undefined) return undefined;
  const isBeside = (each: ObjectKey) => each !== key && ownerOf(each)?.column === column.name;
  return context.dependents(owner.table).some(isBeside) ? undefined : { table: table.name.name, column: column.name };
}
