import type { Table } from '../../schema/catalog.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isLive, knownTable, madeBy, severity, written } from '../support.ts';

export const partitionScan = defineRule({
  id: 'lock/partition-scan',
  scope: 'change',
  on: ['AttachPartition', 'CreateTable'],
  severity: 'warning',
  summary:
    'A new partition makes PostgreSQL read the default partition, and an attached one itself, while nobody can use them.',
  messages: {
    attached:
      'Reads every row of {partition} under ACCESS EXCLUSIVE, because no validated CHECK proves that all of them belong there: every read and write of it waits. Add a CHECK of the bound NOT VALID, validate it in the next migration, and attach it after that.',
    default:
      'Reads every row of the default partition {default} under ACCESS EXCLUSIVE to see that none belongs to {partition}: every read and write of {parent} that reaches it waits. Add a CHECK that keeps the new bound out of {default} NOT VALID, and validate it in an earlier migration.',
    created:
      'Locks all of {parent} with ACCESS EXCLUSIVE while every row of its default partition {default} is read: every read and write waits until it ends. Add a CHECK that keeps the new bound out of {default} first; then create the table by itself and ATTACH it, which blocks nobody on {parent}.',
  },
  explanation: `\`ATTACH PARTITION\` takes only SHARE UPDATE EXCLUSIVE on the partitioned table, but ACCESS EXCLUSIVE on the partition, and reads it
whole unless a validated \`CHECK\` implies the bound. Where there is a default partition, that one is read as well, under ACCESS
EXCLUSIVE: a row in it might belong to the new partition. \`CREATE TABLE ... PARTITION OF\` does the same and holds ACCESS EXCLUSIVE on
the partitioned table for all that time.

**Do instead**: prove it beforehand. \`ADD CONSTRAINT ... CHECK (...) NOT VALID\`, \`VALIDATE CONSTRAINT\` in the next migration, attach, and
drop the CHECK. For the default partition the CHECK says the opposite: \`NOT (bound)\`. No quick fix writes it, because it follows from
the meaning of the bound.

Silent where the partition is new, where a validated CHECK over the partition key stands on the table that would be read, for a
partitioned table that is new, and where the catalog does not know the tables.`,
  peers: [
    'migrationpilot:MP072',
    'migrationpilot:MP094',
    'pgsafe:attach-partition',
    'pgls:avoidAttachingPartition',
    'pgfence:attach-partition',
  ],
  examples: [
    {
      title: 'A table with rows',
      given:
        'CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2025 (at date NOT NULL);',
      sql: "ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
      fires: true,
    },
    {
      title: 'A CHECK proves it',
      given:
        "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2025 (at date NOT NULL, CHECK (at >= '2025-01-01' AND at < '2026-01-01'));",
      sql: "ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
      fires: false,
    },
    {
      title: 'Beside a default partition',
      given:
        'CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_rest PARTITION OF events DEFAULT;',
      sql: "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
      fires: true,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'AttachPartition') {
      if (isLive(context, change.partition) && readsIt(context, change.table, change.partition))
        yield draft(context, 'attached', change.table, change.partition, undefined);
      if (!change.isDefault) yield* besideDefault(context, 'default', change.table, change.partition);
    } else if (change.kind === 'CreateTable' && change.partitionOf !== undefined && !change.partitionOf.isDefault)
      yield* besideDefault(context, 'created', change.partitionOf.parent, change.table);
  },
});

function readsIt(context: ChangeContext, parent: ObjectName, partition: ObjectName): boolean {
  const [whole, part] = [knownTable(context, parent), knownTable(context, partition)];
  return whole !== undefined && part !== undefined && !hasKeyCheck(part, whole);
}

function* besideDefault(
  context: ChangeContext,
  messageId: 'default' | 'created',
  parent: ObjectName,
  partition: ObjectName,
): Iterable<Draft> {
  const whole = isLive(context, parent) ? context.relation(parent) : undefined;
  if (whole?.kind !== 'known' || whole.value.kind !== 'table') return;
  const rest = defaultOf(context, whole.key);
  if (rest === undefined || hasKeyCheck(rest, whole.value)) return;
  yield draft(context, messageId, parent, partition, rest);
}

function draft(
  context: ChangeContext,
  messageId: 'attached' | 'default' | 'created',
  parent: ObjectName,
  partition: ObjectName,
  rest: Table | undefined,
): Draft {
  return {
    messageId,
    args: { parent: written(parent), partition: written(partition), default: rest?.name.name ?? '' },
    anchor: at(context.step, context.step.change.span),
    object: written(partition),
    severity: severity(context, 'warning'),
    compat: 'none',
    related: madeBy(context, rest === undefined ? partition : { ...parent, ...rest.name }),
  };
}

/** The default partition directly under a table, where it is live. */
function defaultOf(context: ChangeContext, parent: string): Table | undefined {
  for (const key of context.dependents(parent)) {
    const table = context.before.objects.get(key);
    if (table?.kind !== 'table' || table.partitionOf?.isDefault !== true || table.partitionOf.parent !== parent)
      continue;
    return context.isUnreleased(table.origin) ? undefined : table;
  }
  return undefined;
}

/** A validated CHECK over every column of the partition key: whether it proves the bound, PostgreSQL decides. */
function hasKeyCheck(table: Table, { partitionBy }: Table): boolean {
  const keys = (partitionBy?.keys ?? []).flatMap(({ column }) => column ?? []);
  const checked = table.constraints
    .filter(({ kind, validated, enforced }) => kind === 'check' && validated && enforced)
    .flatMap(({ columns, expression }) => [...columns, ...(expression?.columns ?? [])]);
  return keys.length === 0 || keys.every((key) => checked.includes(key));
}
