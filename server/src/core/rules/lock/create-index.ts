import { keptFromReaders, lockedAt } from '../held-locks.ts';
import { at, defineRule } from '../rule.ts';
import { blockedBy, isLive, lockArgs, madeBy, severity, written } from '../support.ts';

export const createIndex = defineRule({
  id: 'lock/create-index',
  scope: 'change',
  on: ['CreateIndex'],
  severity: 'warning',
  summary: 'Building an index the ordinary way blocks writes until it is finished.',
  messages: {
    blocks:
      'Builds {index} on {table} under {lock}: {waits} waits until the whole table is read. Create it CONCURRENTLY, alone in its migration.',
    held: 'Builds {index} on {table} while this transaction keeps {lock} on it: {waits} waits until the whole table is read. Create it CONCURRENTLY, alone in its migration.',
    partitioned:
      'Builds {index} on {table} and all its partitions under {lock}: {waits} waits until it is done. Create it ON ONLY the parent, build one CONCURRENTLY on each partition, and attach them.',
  },
  explanation: `\`CREATE INDEX\` holds SHARE while it reads the whole table: reads go on, every INSERT, UPDATE and DELETE waits. On a large
table that is minutes. Behind an \`ALTER TABLE\` in the same transaction reads wait as well: its lock is kept until the commit.

**Do instead**: \`CREATE INDEX CONCURRENTLY\`, which blocks no writes. It cannot run inside a transaction, so it stands alone in its
migration; Flyway sees that by itself, but holds a transactional lock beside it for which the build would wait for ever, unless
\`flyway.postgresql.transactional.lock\` is \`false\`. If it fails it leaves an invalid index: drop it and try again.

A second index on the table in the same transaction, also that of a key, is told as a place in the first finding: the same people wait
until the same commit.

Silent for new tables, for \`CONCURRENTLY\`, and for \`ON ONLY\` a partitioned table, which builds nothing yet.`,
  peers: [
    'atlas:MF102',
    'migrationpilot:MP092',
    'squawk:require-concurrent-index-creation',
    'strong_migrations:add_index',
    'eugene:E6',
    'atlas:PG101',
    'pgls:requireConcurrentIndexCreation',
    'pgfence:create-index-not-concurrent',
    'migrationpilot:MP001',
    'pgsafe:add-index-non-concurrent',
    'safemigrate:concurrent-index-create-required',
    'diesel-guard:add-index',
    'bytebase:index_create_concurrently',
  ],
  examples: [
    {
      title: 'Blocks writes',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);',
      sql: 'CREATE INDEX orders_status_idx ON orders (status);',
      fires: true,
    },
    {
      title: 'A new table',
      sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);\nCREATE INDEX orders_status_idx ON orders (status);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateIndex' || change.concurrently) return;
    const found = context.relation(change.table);
    const partitioned = found.kind === 'known' && found.value.kind === 'table' && found.value.partitionBy !== undefined;
    if (change.only && (partitioned || found.kind !== 'known')) return;
    const isView =
      found.kind === 'known' &&
      found.value.kind === 'view' &&
      found.value.materialized &&
      !context.isUnreleased(found.value.origin);
    if (!isLive(context, change.table) && !isView) return;
    const impact = context.impact();
    if (impact.locks.length === 0 || impact.work.length === 0) return;
    const table = written(change.table);
    const kept = keptFromReaders(context, change.table);
    const waits = kept === undefined ? lockArgs(impact) : blockedBy(kept.lock);
    const args = { table, index: change.index.name?.name ?? 'the index', ...waits };
    yield {
      messageId: partitioned ? 'partitioned' : kept === undefined ? 'blocks' : 'held',
      args,
      anchor: at(context.step, change.span),
      object: change.index.name?.name ?? table,
      severity: severity(context, 'warning'),
      related: kept === undefined ? madeBy(context, change.table) : [lockedAt(kept.step, table)],
      fixes: partitioned ? [] : [{ id: 'create-index-concurrently', args }],
    };
  },
});
