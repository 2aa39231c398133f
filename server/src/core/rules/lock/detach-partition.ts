import { at, defineRule } from '../rule.ts';
import { isLive, severity, written } from '../support.ts';

export const detachPartition = defineRule({
  id: 'lock/detach-partition',
  scope: 'change',
  on: ['DetachPartition'],
  severity: 'info',
  summary: 'Detaching a partition the ordinary way blocks every read and write of the whole partitioned table.',
  messages: {
    blocks:
      'Takes ACCESS EXCLUSIVE on {table}: detaching {partition} is brief, but it waits for every running query, and every read and write of {table} queues behind it. Detach it CONCURRENTLY, alone in its migration.',
  },
  explanation: `\`DETACH PARTITION\` locks the partitioned table, the partition and a default partition with ACCESS EXCLUSIVE. It is quick once it
has them; until then everything that comes later waits behind it.

**Do instead**: \`DETACH PARTITION ... CONCURRENTLY\` (since 14), which takes SHARE UPDATE EXCLUSIVE on the partitioned table. It cannot run
inside a transaction, so it stands alone in its migration (Flyway: with \`executeInTransaction=false\`). If it is interrupted, \`DETACH PARTITION ... FINALIZE\` ends it. There is no quick
fix, because the schema afterwards is another one: the server leaves the old bound on the detached table as a CHECK.

Silent before PostgreSQL 14, for tables that are new, and where there is a default partition: there the server refuses CONCURRENTLY, so
only \`lock_timeout\` and another try help.`,
  peers: [
    'squawk:require-concurrent-partition-detach',
    'pgls:requireConcurrentDetachPartition',
    'safemigrate:concurrent-partition-detach-required',
    'migrationpilot:MP046',
    'pgsafe:detach-partition-non-concurrent',
    'pgfence:detach-partition',
  ],
  examples: [
    {
      title: 'The ordinary way',
      given:
        "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
      sql: 'ALTER TABLE events DETACH PARTITION events_2020;',
      target: 14,
      fires: true,
    },
    {
      title: 'Beside a default partition',
      given:
        "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');\nCREATE TABLE events_rest PARTITION OF events DEFAULT;",
      sql: 'ALTER TABLE events DETACH PARTITION events_2020;',
      target: 14,
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'DetachPartition' || change.concurrently || context.target.version < 14) return;
    const whole = isLive(context, change.table) ? context.relation(change.table) : undefined;
    if (whole?.kind !== 'known' || change.options?.finalize === true) return;
    const hasDefault = context.dependents(whole.key).some((key) => {
      const part = context.before.objects.get(key);
      return part?.kind === 'table' && part.partitionOf?.isDefault === true && part.partitionOf.parent === whole.key;
    });
    if (hasDefault) return;
    const args = { table: written(change.table), partition: written(change.partition) };
    yield {
      messageId: 'blocks',
      args,
      anchor: at(context.step, change.span),
      object: args.partition,
      severity: severity(context, 'info'),
    };
  },
});
