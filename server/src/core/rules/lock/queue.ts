import type { Severity } from '../../model/finding.ts';
import type { ObjectName } from '../../schema/names.ts';
import { type HeldLock, heldLocks, lockedHere, stronger } from '../held-locks.ts';
import { at, type ChangeContext, defineRule, type MigrationContext } from '../rule.ts';
import { sharedMessages } from '../shared-messages.ts';
import { blockedBy, displayed, isLive, knownTable, liveView, severity, written } from '../support.ts';

export const queue = defineRule({
  id: 'lock/queue',
  scope: 'migration',
  severity: 'warning',
  summary: 'A long statement behind a strong lock in one transaction makes everybody wait for as long as it takes.',
  messages: {
    holds:
      '{statement} runs while this transaction keeps {lock} on {locked}: {waits} waits until it has finished. Put it into a migration of its own.',
    'first-here': sharedMessages['first-here'] ?? '',
  },
  explanation: `A lock is kept until its transaction ends, however short the statement was that took it. \`ADD COLUMN\` takes a moment; the
\`INSERT ... SELECT\` behind it takes minutes, and for those minutes nobody reads the altered table. The same holds for a new table
that references a busy one: nobody writes to that one until the new table is filled.

Long are here: \`VALIDATE CONSTRAINT\`, \`INSERT ... SELECT\` and \`CREATE TABLE AS\` from a table with rows, \`COPY\` from a file, a
materialized view that is created or refreshed, and \`ATTACH PARTITION\` where it reads the partition. UPDATE, DELETE and MERGE are told
by \`data/unbatched-backfill\`, and an INSERT whose WHERE may leave few rows is a hint; what takes a strong lock itself is told by its own rule and by \`lock/several-tables\`.

**Do instead**: the long statement first, or in a migration of its own. The quick fix moves \`VALIDATE CONSTRAINT\` and \`REFRESH\`; what
writes rows is not moved by itself, because statements behind it may need them.

One transaction is told once. Silent for locks on new tables, for statements that touch one key or a few rows, and where each statement commits by itself.`,
  peers: ['eugene:E4', 'pgfence:statement-after-access-exclusive', 'pgls:runningStatementWhileHoldingAccessExclusive'],
  examples: [
    {
      title: 'A copy of rows behind ADD COLUMN',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE events (id bigint PRIMARY KEY, user_id bigint);',
      sql: 'ALTER TABLE users ADD COLUMN seen timestamptz;\nCREATE TABLE visits AS SELECT user_id, id FROM events;',
      fires: true,
    },
    {
      title: 'The long statement first',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE events (id bigint PRIMARY KEY, user_id bigint);',
      sql: 'CREATE TABLE visits AS SELECT user_id, id FROM events;\nALTER TABLE users ADD COLUMN seen timestamptz;',
      fires: false,
    },
  ],
  *check({ contexts }) {
    const told = new Set<number | undefined>();
    for (const [context, held] of waiting(contexts)) {
      const { change, transaction } = context.step;
      const long = told.has(transaction) ? undefined : longStatement(context);
      if (long === undefined) continue;
      told.add(transaction);
      yield {
        messageId: 'holds',
        args: { statement: long.words, locked: held.lock.relation, ...blockedBy(held.lock) },
        anchor: at(context.step, change.span),
        object: long.object,
        severity: severity(context, long.severity),
        impact: context.impact(),
        compat: 'none',
        rollback: 'none',
        related: [lockedHere(held)],
        fixes: fixesFor(context),
      };
    }
  },
});

/** Each change that runs behind a strong lock of an earlier statement. */
function* waiting(contexts: MigrationContext['contexts']): Iterable<readonly [ChangeContext, HeldLock]> {
  const held = new Map<number, HeldLock>();
  for (const context of contexts) {
    const { transaction } = context.step;
    if (transaction === undefined) continue;
    const before = held.get(transaction);
    if (before !== undefined && before.context.step.statementIndex < context.step.statementIndex)
      yield [context, before];
    const now = heldLocks(context).reduce<HeldLock | undefined>(stronger, before);
    if (now !== undefined && now !== before) held.set(transaction, now);
  }
}

interface Long {
  /** What the statement does, in words. */
  readonly words: string;
  readonly object: string;
  readonly severity: Severity;
}

/** Statements that read or write whole tables while they themselves block nobody. */
function longStatement(context: ChangeContext): Long | undefined {
  const { change } = context.step;
  switch (change.kind) {
    case 'ValidateConstraint':
      return validates(context, change.table, change.constraint.name)
        ? long(`VALIDATE CONSTRAINT ${change.constraint.name}`, written(change.table))
        : undefined;
    case 'CreateTable':
      return change.asQuery !== undefined && readsLive(context)
        ? long(`Filling ${written(change.table)}`, written(change.table))
        : undefined;
    case 'CreateView':
      return change.materialized && change.withData && readsLive(context)
        ? long(`Filling ${written(change.view)}`, written(change.view))
        : undefined;
    case 'RefreshView':
      return change.withData && liveView(context, change.view) !== undefined
        ? long(`REFRESH of ${written(change.view)}`, written(change.view))
        : undefined;
    case 'AttachPartition':
      return isLive(context, change.partition) && context.impact().certain && context.impact().work.length > 0
        ? long(`Reading ${written(change.partition)} to attach it`, written(change.partition))
        : undefined;
    case 'WriteRows':
      return writesMany(context);
    default:
      return undefined;
  }
}

/** A live table, be it beneath a view. */
function readsLive(context: ChangeContext): boolean {
  return context.impact().work.some(({ kind, relation }) => kind === 'scan' && isLive(context, displayed(relation)));
}

function long(words: string, object: string): Long {
  return { words, object, severity: 'warning' };
}

/** Where the constraint was added in the same transaction, tx/validate-with-add says it. */
function validates(context: ChangeContext, table: ObjectName, name: string): boolean {
  if (!isLive(context, table)) return false;
  const known = knownTable(context, table);
  if (known === undefined) return true;
  const constraint = known.constraints.find((each) => each.name === name);
  return constraint !== undefined && !constraint.validated && constraint.origin.migration !== context.migration.id;
}

/** UPDATE, DELETE and MERGE are told by data/unbatched-backfill. */
function writesMany(context: ChangeContext): Long | undefined {
  const { change, reading } = context.step;
  if (change.kind !== 'WriteRows' || (change.rows !== 'all' && change.rows !== 'some')) return undefined;
  const table = written(change.table);
  if (change.verb === 'copy') return long(`COPY into ${table}`, table);
  if (change.verb !== 'insert') return undefined;
  const source = reading.reads.find(({ relation }) => isLive(context, relation));
  if (source === undefined) return undefined;
  const words = `INSERT from ${written(source.relation)} into ${table}`;
  return { words, object: table, severity: change.rows === 'all' ? 'warning' : 'hint' };
}

function fixesFor({ step: { change } }: ChangeContext) {
  if (change.kind === 'ValidateConstraint')
    return [
      {
        id: 'validate-in-next-migration',
        args: { table: written(change.table), constraint: change.constraint.name },
      },
    ];
  return change.kind === 'RefreshView' ? [{ id: 'move-to-own-migration', args: {} }] : [];
}
