import { at, defineRule } from '../rule.ts';
import { isLive, lockArgs, mainLock, severity, written } from '../support.ts';

export const fullTableCommand = defineRule({
  id: 'lock/full-table-command',
  scope: 'change',
  on: ['Maintain', 'RefreshView'],
  severity: 'warning',
  summary: 'VACUUM FULL, CLUSTER, REINDEX and REFRESH work through whole tables under strong locks.',
  messages: {
    vacuum:
      'VACUUM FULL writes {target} anew under {lock}: every read and write waits until it ends. Plain VACUUM blocks nobody; pg_repack shrinks a table online.',
    cluster:
      'CLUSTER writes {target} anew under {lock}: every read and write waits until it ends. It does not belong into a migration; pg_repack orders a table online.',
    reindex:
      'REINDEX rebuilds {target} under {lock}: every write waits until it ends, and reads that would use the index as well. Use REINDEX CONCURRENTLY, outside a transaction.',
    refresh:
      'Refreshes {target} under {lock}: every read of it waits until the query has run. Refresh CONCURRENTLY, which needs a unique index on it.',
  },
  explanation: `These commands read or write whole tables while others wait: \`VACUUM FULL\` and \`CLUSTER\` under ACCESS EXCLUSIVE, \`REINDEX\` under SHARE on the
table and ACCESS EXCLUSIVE on the index, \`REFRESH MATERIALIZED VIEW\` under ACCESS EXCLUSIVE on the view.

**Do instead**: the CONCURRENTLY forms, outside a transaction, or maintenance outside the migrations.

Silent for the CONCURRENTLY forms, for plain VACUUM and ANALYZE, and for new tables and views.`,
  peers: ['squawk:ban-concurrent-index-creation-in-transaction'],
  examples: [
    {
      title: 'VACUUM FULL',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'VACUUM FULL orders;',
      fires: true,
    },
    {
      title: 'REINDEX CONCURRENTLY',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'REINDEX TABLE CONCURRENTLY orders;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'Maintain' && change.kind !== 'RefreshView') return;
    if (change.concurrently) return;
    const name = change.kind === 'Maintain' ? change.target : change.view;
    const messageId = change.kind === 'RefreshView' ? 'refresh' : messages[change.operation];
    if (messageId === undefined) return;
    if (name !== undefined) {
      const found = context.relation(name);
      if (found.kind === 'absent') return;
      const isNew = found.kind === 'known' && context.isUnreleased(found.value.origin);
      if (isNew || (found.kind === 'known' && found.value.kind === 'table' && !isLive(context, name))) return;
      if (change.kind === 'RefreshView' && !change.withData) return;
    }
    const impact = context.impact();
    const target = name === undefined ? 'every table of the database' : written(name);
    const lock = mainLock(impact) === undefined ? { lock: 'ACCESS EXCLUSIVE', waits: '' } : lockArgs(impact);
    yield {
      messageId,
      args: { target, ...lock },
      anchor: at(context.step, change.span),
      object: target,
      severity: severity(context, 'warning'),
    };
  },
});

const messages: Readonly<Record<string, string | undefined>> = {
  'vacuum-full': 'vacuum',
  cluster: 'cluster',
  reindex: 'reindex',
};
