import { at, defineRule } from '../rule.ts';
import { indexWithName, lockArgs, mainLock, severity, written } from '../support.ts';

export const dropIndex = defineRule({
  id: 'lock/drop-index',
  scope: 'change',
  on: ['DropIndex'],
  severity: 'info',
  summary: 'Dropping an index the ordinary way blocks reads and writes of its table, and waits behind every query.',
  messages: {
    blocks:
      'Takes {lock} on {table}: dropping {index} is brief, but it waits for every running query, and {waits} queues behind it. Drop it CONCURRENTLY, alone in its migration.',
    partitioned:
      'Takes {lock} on {table} and all its partitions: dropping {index} is brief, but it waits for every running query, and {waits} queues behind it. An index of a partitioned table cannot be dropped CONCURRENTLY: set lock_timeout, and try again when it runs out.',
  },
  explanation: `\`DROP INDEX\` needs ACCESS EXCLUSIVE on the index's table. It is quick once it has it; but while it waits for a long query,
everything that comes later waits behind it.

**Do instead**: \`DROP INDEX CONCURRENTLY\`, one index in one statement, without CASCADE, outside a transaction.

Silent where another statement of the transaction locks the table as strongly anyway, for indexes and tables that are unreleased, and for indexes that belong to a constraint (those go with the constraint).`,
  peers: [
    'squawk:require-concurrent-index-deletion',
    'strong_migrations:remove_index',
    'atlas:PG102',
    'pgls:requireConcurrentIndexDeletion',
    'pgfence:drop-index-not-concurrent',
    'migrationpilot:MP009',
    'pgsafe:drop-index-non-concurrent',
    'safemigrate:concurrent-index-drop-required',
    'diesel-guard:drop-index',
  ],
  examples: [
    {
      title: 'The ordinary way',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, status text);\nCREATE INDEX orders_status_idx ON orders (status);',
      sql: 'DROP INDEX orders_status_idx;',
      fires: true,
    },
    {
      title: 'A new index',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);',
      sql: 'CREATE INDEX CONCURRENTLY i ON orders (status);\nDROP INDEX i;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DropIndex' || change.concurrently) return;
    const found = context.relation(change.index);
    if (found.kind === 'absent') return;
    const index = indexWithName(context, change.index);
    if (found.kind === 'known' && (index === undefined || context.isUnreleased(index.origin))) return;
    const owner = index === undefined ? undefined : context.before.objects.get(index.table);
    if (
      owner?.kind === 'table' &&
      owner.constraints.some((each) => each.index === (found.kind === 'known' && found.key))
    )
      return;
    const isPartitioned = owner?.kind === 'table' && owner.partitionBy !== undefined;
    const impact = context.impact();
    const lock = mainLock(impact);
    if (lock === undefined && found.kind === 'known') return;
    const name = written(change.index);
    const args = {
      index: name,
      table: lock?.relation ?? `the table of ${name}`,
      ...(lock === undefined ? { lock: 'ACCESS EXCLUSIVE', waits: 'every read and write of it' } : lockArgs(impact)),
    };
    yield {
      messageId: isPartitioned ? 'partitioned' : 'blocks',
      args,
      anchor: at(context.step, change.span),
      object: name,
      severity: severity(context, 'info'),
      related: index === undefined ? [] : [context.madeAt(index.origin, 'made-here', { object: name })],
      fixes: change.cascade || isPartitioned ? [] : [{ id: 'drop-index-concurrently', args }],
    };
  },
});
