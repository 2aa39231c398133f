import type { Impact } from '../../model/impact.ts';
import type { ChangeOf } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { type KeptLock, keptFromReaders, lockedAt } from '../held-locks.ts';
import { hasRowKey } from '../row-key.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import {
  blockedBy,
  displayed,
  indexWithName,
  isLive,
  knownTable,
  listed,
  liveTablesIn,
  lockArgs,
  madeBy,
  mainLock,
  severity,
  written,
} from '../support.ts';

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
      'CLUSTER writes {target} anew under {lock}: every read and write waits until it ends. It does not belong in a migration; pg_repack orders a table online.',
    reindex:
      'REINDEX rebuilds {target} under {lock}: every write waits until it ends, and so does every read that would use the index. Use REINDEX CONCURRENTLY, outside a transaction.',
    'reindex-held':
      'REINDEX rebuilds {target} while this transaction keeps {lock} on {table}: {waits} waits until it ends. Use REINDEX CONCURRENTLY, outside a transaction.',
    refresh:
      'Refreshes {target} under {lock}: every read of it waits until the query has run. Refresh CONCURRENTLY, which needs a unique index on it.',
  },
  explanation: `These commands read or write whole tables while others wait: \`VACUUM FULL\` and \`CLUSTER\` under ACCESS EXCLUSIVE, \`REINDEX\` under SHARE on the
table and ACCESS EXCLUSIVE on the index, \`REFRESH MATERIALIZED VIEW\` under ACCESS EXCLUSIVE on the view.

**Do instead**: the CONCURRENTLY forms, outside a transaction, or maintenance outside the migrations. The quick fix writes
\`REINDEX ... CONCURRENTLY\` from PostgreSQL 12 on (14 for a partitioned table), and \`REFRESH ... CONCURRENTLY\` where the view has a unique index for it. There is no fix for VACUUM FULL and
CLUSTER, which have no such form.

Behind a statement of the same transaction that keeps readers out of the table, REINDEX keeps them out as well.

Silent for the CONCURRENTLY forms, for plain VACUUM and ANALYZE, and for new tables and views.`,
  peers: [
    'squawk:require-concurrent-reindex',
    'squawk:prefer-repack',
    'pgls:banVacuumFull',
    'pgls:requireConcurrentReindex',
    'pgls:requireConcurrentRefreshMatview',
    'pgfence:vacuum-full',
    'pgfence:reindex-non-concurrent',
    'pgfence:refresh-matview-blocking',
    'migrationpilot:MP006',
    'migrationpilot:MP021',
    'migrationpilot:MP032',
    'migrationpilot:MP033',
    'pgsafe:vacuum-full-cluster',
    'pgsafe:reindex-non-concurrent',
    'pgsafe:refresh-matview-non-concurrent',
    'safemigrate:concurrent-reindex-required',
    'safemigrate:refresh-matview-blocks-reads',
    'diesel-guard:reindex',
    'diesel-guard:refresh-matview',
  ],
  examples: [
    {
      title: 'VACUUM FULL',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'VACUUM FULL orders;',
      fires: true,
    },
    {
      title: 'REFRESH of a view with a unique index',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;\nCREATE UNIQUE INDEX totals_id ON totals (id);',
      sql: 'REFRESH MATERIALIZED VIEW totals;',
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
    const name = change.kind === 'RefreshView' ? change.view : isOfRelation(change.scope) ? change.target : undefined;
    const messageId = change.kind === 'RefreshView' ? 'refresh' : messages[change.operation];
    if (messageId === undefined) return;
    if (name !== undefined) {
      const found = context.relation(name);
      if (found.kind === 'absent') return;
      const isNew = found.kind === 'known' && context.isUnreleased(found.value.origin);
      if (isNew || (found.kind === 'known' && found.value.kind === 'table' && !isLive(context, name))) return;
      if (change.kind === 'RefreshView' && !change.withData) return;
    }
    const target = name === undefined ? wholeTarget(context) : written(name);
    if (target === undefined) return;
    const impact = context.impact();
    const kept =
      change.kind === 'Maintain' && change.operation === 'reindex' ? keptByOthers(context, impact) : undefined;
    const waits = kept === undefined ? lockArgs(tableFirst(impact)) : { table: kept.table, ...blockedBy(kept.lock) };
    const fix = fixOf(context, change);
    yield {
      messageId: kept === undefined ? messageId : 'reindex-held',
      args: { target, ...waits },
      anchor: at(context.step, change.span),
      object: target,
      severity: severity(context, 'warning'),
      related: kept !== undefined ? [lockedAt(kept.step, kept.table)] : name === undefined ? [] : madeBy(context, name),
      fixes: fix === undefined ? [] : [{ id: fix, args: { target } }],
    };
  },
});

/** What an earlier statement of the transaction keeps from readers of the table that is rebuilt. */
function keptByOthers(context: ChangeContext, impact: Impact): (KeptLock & { readonly table: string }) | undefined {
  const table = mainLock(tableFirst(impact))?.relation ?? '';
  const kept = table === '' ? undefined : keptFromReaders(context, displayed(table));
  return kept === undefined ? undefined : { ...kept, table };
}

function fixOf(context: ChangeContext, change: ChangeOf<'Maintain'> | ChangeOf<'RefreshView'>): string | undefined {
  if (change.kind === 'RefreshView')
    return hasRowKey(context, change.view) === true ? 'refresh-concurrently' : undefined;
  if (change.operation !== 'reindex' || change.scope === 'database') return undefined;
  const needed = change.target !== undefined && isPartitioned(context, change.target) ? 14 : 12;
  return context.target.version >= needed ? 'reindex-concurrently' : undefined;
}

/** Of a partitioned table, or of one of its indexes. */
function isPartitioned(context: ChangeContext, name: ObjectName): boolean {
  const index = indexWithName(context, name);
  const table = index === undefined ? knownTable(context, name) : context.before.objects.get(index.table);
  return table?.kind === 'table' && table.partitionBy !== undefined;
}

const messages: Readonly<Record<string, string | undefined>> = {
  'vacuum-full': 'vacuum',
  cluster: 'cluster',
  reindex: 'reindex',
};

const isOfRelation = (scope: 'table' | 'index' | 'schema' | 'database'): boolean =>
  scope === 'table' || scope === 'index';

/** What REINDEX SCHEMA and the commands without a table work through; undefined where nothing live stands there. */
function wholeTarget(context: ChangeContext): string | undefined {
  const { change } = context.step;
  if (change.kind !== 'Maintain' || change.scope !== 'schema' || change.target === undefined)
    return 'every table of the database';
  const tables = liveTablesIn(context, change.target.name);
  if (tables?.length === 0) return undefined;
  return tables === undefined
    ? `every table of ${change.target.name}`
    : `every table of ${change.target.name} (${listed(tables)})`;
}

/** The lock on the table, not the one on its index. */
function tableFirst(impact: Impact): Impact {
  const onTable = impact.locks.filter(({ role }) => role !== 'index');
  const table = onTable.find(({ role }) => role === 'parent') ?? onTable[0];
  return { ...impact, locks: [table === undefined ? onUnknown : { ...table, role: 'target' }] };
}

/** Of a table that nobody named. */
const onUnknown = { relation: '', role: 'target', mode: 'ACCESS EXCLUSIVE', blocks: 'reads-and-writes' } as const;
