import type { ObjectKey, Sequence, Table } from '../../schema/catalog.ts';
import { ownersKey } from '../../schema/keys.ts';
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
    owner:
      'Fails: {sequence} belongs to {from}, {table} to {to}, and a sequence is owned by a table of its own role. ALTER SEQUENCE {sequence} OWNER TO {to} before it.',
    column: 'Fails: {table} has no column {column} at this point.',
    identity:
      'Fails: {sequence} counts the identity column {column} of {table}, and stays with it. DROP IDENTITY takes it away.',
  },
  explanation: `\`OWNED BY\` ties a sequence to a column, so that it goes with it. Both must stand in one schema and belong to one role (\`sequence must be in same schema as table it is linked
to\`). The sequence behind an identity column cannot be given to another one, nor to none.

Which role runs a migration, the files do not tell: that the owners differ is said where \`OWNER TO\` or, in the same migration, \`SET ROLE\` names both. Silent where the sequence or the table is not known, and for what a branch of a DO block
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
    const [role, other] = [roleOf(context, made.value), roleOf(context, found.value)];
    if (from !== to) yield failed('schema', { table, from, to });
    else if (role !== undefined && other !== undefined && role !== other)
      yield failed('owner', { table, from: role, to: other });
    else if (!found.value.partial && found.value.columns.every(({ name }) => name !== column))
      yield failed('column', { table, column });
  },
});

/** The role that the files name as the owner: by OWNER TO, or by SET ROLE before it was made in this migration. */
function roleOf(context: ChangeContext, object: Sequence | Table): string | undefined {
  if (context.before.tainted.has(ownersKey)) return undefined;
  const given = object.kind === 'table' ? object.options.owner : object.owner;
  if (typeof given === 'string') return given;
  // The last word of a table's owner is kept as it was said; `true` where that was no name.
  if (given !== undefined)
    return typeof given === 'object' && given !== null && 'setting' in given && typeof given.setting === 'string'
      ? given.setting
      : undefined;
  if (object.origin.migration !== context.migration.id) return undefined;
  let role: string | undefined;
  for (const { change, statement } of context.steps) {
    if (change.kind === 'SetSession' && (change.name === 'role' || change.name === 'session_authorization'))
      role = change.value === 'DEFAULT' || change.value.toLowerCase() === 'none' ? undefined : change.value;
    if (change.kind === 'Transaction' && change.verb !== 'begin') role = undefined;
    if (statement === object.origin.statement) return role;
  }
  return undefined;
}

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
