import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, severity, written } from '../support.ts';

export const invalidIndex = defineRule({
  id: 'tx/invalid-index',
  scope: 'change',
  on: ['CreateIndex'],
  severity: 'info',
  summary: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS takes the invalid index of a failed attempt for the index.',
  messages: {
    stays:
      'If an earlier attempt failed, {index} exists and is invalid: this statement then says success and builds nothing, and no query ever uses the index. Drop it first: DROP INDEX CONCURRENTLY IF EXISTS {index}.',
    'stays-unique':
      'If an earlier attempt failed, {index} exists and is invalid: this statement then says success and builds nothing. Nothing guarantees then that the old rows are unique, while writes of new ones fail all the same. Drop it first: DROP INDEX CONCURRENTLY IF EXISTS {index}.',
  },
  explanation: `A build that fails half-way (a duplicate, a timeout, a deadlock, a lost connection) cannot be rolled back, because it runs outside a
transaction. It leaves the index there, marked invalid: writes keep it up to date, queries do not use it. \`IF NOT EXISTS\` looks at the name
only, so the migration that is run again succeeds, and nobody notices.

**Do instead**: \`DROP INDEX CONCURRENTLY IF EXISTS\` before it, in the same migration; the quick fix writes it. The first run finds nothing
to drop, a second one clears what the first left.

A hint, unless the index is unique: one that no query uses is noticed, duplicates are not.

Silent without \`IF NOT EXISTS\` (a second run then fails, and says why), behind such a DROP, for tables that are new, and for an
index that the released history has made.`,
  peers: ['migrationpilot:MP070'],
  examples: [
    {
      title: 'The name is there, the index is not',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);',
      sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_status_idx ON orders (status);',
      fires: true,
    },
    {
      title: 'Dropped first',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);',
      sql: 'DROP INDEX CONCURRENTLY IF EXISTS orders_status_idx;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS orders_status_idx ON orders (status);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateIndex' || !change.concurrently || !change.ifNotExists) return;
    const { name } = change.index;
    if (name === undefined || !isLive(context, change.table)) return;
    const { schema } = change.table;
    const index: ObjectName = schema === undefined ? name : { ...name, schema };
    if (context.relation(index).kind === 'known' || isDroppedBefore(context, index)) return;
    const fix = { id: 'drop-invalid-index', args: { index: name.name, ...(schema === undefined ? {} : { schema }) } };
    yield {
      messageId: change.index.unique ? 'stays-unique' : 'stays',
      args: { index: written(index) },
      anchor: at(context.step, change.span),
      object: written(index),
      // A query that goes without it is slow; rows that nothing keeps unique are wrong.
      severity: severity(context, change.index.unique ? 'info' : 'hint'),
      compat: 'none',
      fixes: context.step.transaction === undefined ? [fix] : [],
    };
  },
});

function isDroppedBefore({ step, steps }: ChangeContext, { name }: ObjectName): boolean {
  return steps.some(
    ({ statementIndex, change }) =>
      statementIndex < step.statementIndex && change.kind === 'DropIndex' && change.index.name === name,
  );
}
