import type { MessageArgs } from '../../model/finding.ts';
import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { indexWithName, knownTable, severity, written } from '../support.ts';

export const concurrently = defineRule({
  id: 'tx/concurrently',
  scope: 'change',
  on: ['CreateIndex', 'DropIndex', 'Maintain', 'DetachPartition', 'ChangeObject'],
  severity: 'error',
  summary: "What cannot run inside a transaction fails in a migration that is one, or hangs beside the tool's lock.",
  messages: {
    inside:
      '{statement} cannot run inside a transaction, and here it is in one. Put it alone into a migration of its own.',
    alone:
      '{statement} cannot run inside a transaction, and the tool runs this migration in one. Have it run this file outside a transaction.',
    refused: 'The tool refuses this migration: {why}. Put {statement} alone into a migration of its own.',
    hangs:
      '{statement} waits for ever: it waits for every open transaction, and the tool keeps one open as its lock while the migration runs. Set the transactional lock to false.',
    block: '{statement} cannot run inside a DO block. Put it alone into a migration of its own.',
    several:
      'Fails: DROP INDEX CONCURRENTLY drops one index at a time. Write one statement for each, each alone in its migration.',
    cascade: 'Fails: DROP INDEX CONCURRENTLY takes no CASCADE. Drop what depends on {index} by name first.',
    partitioned:
      'Fails: PostgreSQL builds no index CONCURRENTLY on a partitioned table. Create it ON ONLY {table}, build one CONCURRENTLY on each partition, and attach them.',
    'drop-partitioned':
      'Fails: an index of a partitioned table cannot be dropped CONCURRENTLY. Drop {index} without it, with lock_timeout set.',
  },
  explanation: `\`CREATE INDEX CONCURRENTLY\`, \`DROP INDEX CONCURRENTLY\`, \`REINDEX CONCURRENTLY\`, \`DETACH PARTITION CONCURRENTLY\` and \`VACUUM\` need a
session without a transaction.

Flyway runs each migration in one transaction. It looks for some of these statements and then runs the whole file without one; mixed
with other statements it refuses the file, unless \`mixed\` is set. What it does not look for (\`REINDEX TABLE CONCURRENTLY\`, \`DETACH PARTITION
CONCURRENTLY\`) needs \`executeInTransaction=false\` in a script configuration file beside the migration.

Since Flyway 9.1.2 the tool's own lock on PostgreSQL is an advisory lock in a transaction that stays open. The CONCURRENTLY forms of
indexes wait for every older transaction, so they wait for that one, for ever, unless \`flyway.postgresql.transactional.lock\` is \`false\`.

Some forms fail wherever they run: \`DROP INDEX CONCURRENTLY\` of several indexes or with CASCADE, and both on a partitioned table.`,
  peers: [
    'migrationpilot:MP092',
    'squawk:ban-concurrent-index-creation-in-transaction',
    'atlas:PG103',
    'pgls:banConcurrentIndexCreationInTransaction',
    'pgfence:concurrent-in-transaction',
    'migrationpilot:MP025',
    'pgsafe:concurrently-in-transaction',
    'safemigrate:index-concurrent-in-transaction-banned',
    'bytebase:statement_non_transactional',
  ],
  examples: [
    {
      title: 'Mixed with other statements',
      given: 'CREATE TABLE t (id int);',
      sql: 'CREATE INDEX CONCURRENTLY i ON t (id);\nALTER TABLE t ADD COLUMN c int;',
      fires: true,
    },
    { title: 'An ordinary index', sql: 'CREATE TABLE t (id int);\nCREATE INDEX i ON t (id);', fires: false },
  ],
  *check(context) {
    const { change, transaction } = context.step;
    const failure = failureOf(context);
    if (failure !== undefined) {
      if (failure.isFirst)
        yield {
          messageId: failure.messageId,
          args: failure.args,
          anchor: at(context.step, change.span),
          object: written(failure.name),
          severity: severity(context, 'error'),
          compat: 'none',
        };
      return;
    }
    const statement = needsNoTransaction(change);
    const forbidden = context.impact().transaction === 'forbidden';
    if (!forbidden && statement === undefined) return;
    const words = statement ?? context.step.reading.verb;
    const { mode, why, lockHangsConcurrently, detected } = context.transactionRule;
    const common = {
      anchor: at(context.step, change.span),
      object: words,
      severity: severity(context, 'error'),
      compat: 'none' as const,
    };
    if (context.step.reading.verb === 'DO')
      yield { ...common, messageId: 'block', args: { statement: words }, fixes: [] };
    else if (mode === 'refused')
      yield {
        ...common,
        messageId: 'refused',
        args: { statement: words, why },
        fixes: [{ id: 'move-to-own-migration', args: {} }],
      };
    else if (transaction !== undefined) {
      const alone = context.steps.every((step) => step.statementIndex === context.step.statementIndex);
      const fix = alone && !detected ? 'run-outside-transaction' : 'move-to-own-migration';
      const messageId = fix === 'run-outside-transaction' ? 'alone' : 'inside';
      yield { ...common, messageId, args: { statement: words }, fixes: [{ id: fix, args: {} }] };
    } else if (lockHangsConcurrently && statement !== undefined && waitsForOthers(change)) {
      yield {
        ...common,
        messageId: 'hangs',
        args: { statement: words },
        fixes: [{ id: 'transactional-lock-off', args: {} }],
      };
    }
  },
});

function needsNoTransaction(change: SchemaChange): string | undefined {
  switch (change.kind) {
    case 'CreateIndex':
      return change.concurrently ? 'CREATE INDEX CONCURRENTLY' : undefined;
    case 'DropIndex':
      return change.concurrently ? 'DROP INDEX CONCURRENTLY' : undefined;
    case 'DetachPartition':
      return change.concurrently ? 'DETACH PARTITION CONCURRENTLY' : undefined;
    case 'Maintain':
      return change.operation === 'reindex' && change.concurrently ? 'REINDEX CONCURRENTLY' : undefined;
    default:
      return undefined;
  }
}

/** They wait for the end of every transaction that could still use the index. */
function waitsForOthers(change: SchemaChange): boolean {
  return (
    change.kind === 'CreateIndex' ||
    change.kind === 'DropIndex' ||
    (change.kind === 'Maintain' && change.operation === 'reindex')
  );
}

interface Failure {
  readonly messageId: string;
  readonly name: ObjectName;
  readonly args: MessageArgs;
  /** One statement is told once. */
  readonly isFirst: boolean;
}

/** Forms of CONCURRENTLY that PostgreSQL refuses wherever they run. */
function failureOf(context: ChangeContext): Failure | undefined {
  const { change, nth } = context.step;
  if (change.kind === 'CreateIndex' && change.concurrently) {
    if (knownTable(context, change.table)?.partitionBy === undefined || change.only) return undefined;
    return { messageId: 'partitioned', name: change.table, args: { table: written(change.table) }, isFirst: true };
  }
  if (change.kind !== 'DropIndex' || !change.concurrently) return undefined;
  const args = { index: written(change.index) };
  const together = context.steps.filter(({ statementIndex }) => statementIndex === context.step.statementIndex);
  if (together.length > 1 && context.step.reading.verb !== 'DO')
    return { messageId: 'several', name: change.index, args, isFirst: together[0]?.nth === nth };
  if (change.cascade) return { messageId: 'cascade', name: change.index, args, isFirst: true };
  const index = indexWithName(context, change.index);
  const owner = index === undefined ? undefined : context.before.objects.get(index.table);
  return owner?.kind === 'table' && owner.partitionBy !== undefined
    ? { messageId: 'drop-partitioned', name: change.index, args, isFirst: true }
    : undefined;
}
