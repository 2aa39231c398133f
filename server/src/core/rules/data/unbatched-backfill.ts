import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, severity, written } from '../support.ts';

export const unbatchedBackfill = defineRule({
  id: 'data/unbatched-backfill',
  scope: 'change',
  on: ['WriteRows'],
  severity: 'warning',
  summary:
    'One UPDATE, DELETE or MERGE over many rows keeps them locked, and the locks of the migration with them, until it ends.',
  messages: {
    all: "{verb} touches every row of {table} in one transaction: each row stays locked until it commits, and the table bloats. Do it in batches, outside the migration's transaction.",
    some: "{verb} may touch many rows of {table} in one transaction: each stays locked until it commits. Do it in batches, outside the migration's transaction.",
    beside:
      '{verb} over {table} runs while this transaction holds {lock} on {locked}: everything that waits for that lock waits for the whole {verb}. Put it into a migration of its own, in batches.',
  },
  explanation: `Every row that an UPDATE, DELETE or MERGE touches stays locked until the transaction ends, and every old version of it stays on the disk. Beside
DDL in the same transaction it is worse: the ALTER's lock is held for as long as the rows take.

**Do instead**: batches of a few thousand rows, each its own transaction, in a migration that runs outside a transaction, or as a job.

Silent for statements that touch one key or a bounded batch (\`WHERE id = 7\`, a key range, \`IN (SELECT ... LIMIT n)\`), for new tables, and for
INSERT ... VALUES.`,
  peers: ['atlas:DS104', 'strong_migrations:execute'],
  examples: [
    {
      title: 'Every row',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, locale text);',
      sql: "UPDATE users SET locale = 'en';",
      fires: true,
    },
    {
      title: 'One row',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, locale text);',
      sql: "UPDATE users SET locale = 'en' WHERE id = 7;",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'WriteRows' || change.verb === 'insert' || change.verb === 'copy') return;
    if (change.rows !== 'all' && change.rows !== 'some') return;
    if (!isLive(context, change.table)) return;
    const held = heldLock(context);
    if (change.rows === 'some' && held === undefined && context.step.transaction === undefined) return;
    const table = written(change.table);
    const verb = change.verb.toUpperCase();
    yield {
      messageId: held === undefined ? change.rows : 'beside',
      args: { verb, table, ...held },
      anchor: at(context.step, change.span),
      object: table,
      severity: severity(context, change.rows === 'all' || held !== undefined ? 'warning' : 'info'),
      compat: 'none',
    };
  },
});

/** A lock that blocks others, taken earlier in this transaction on a live table. */
function heldLock({
  steps,
  step,
  impact: _,
  ...context
}: ChangeContext): { readonly lock: string; readonly locked: string } | undefined {
  if (step.transaction === undefined) return undefined;
  for (const earlier of steps) {
    if (earlier === step) return undefined;
    const { change } = earlier;
    if (earlier.transaction !== step.transaction || change.kind === 'WriteRows' || change.kind === 'CreateTable')
      continue;
    if (!('table' in change) || change.table === undefined) continue;
    const known = context.table(change.table);
    if (known.kind === 'absent' || (known.kind === 'known' && context.isUnreleased(known.value.origin))) continue;
    const lock = context.dialect
      .impact(change, context.before, context.target)
      .locks.find(({ role, blocks }) => role === 'target' && (blocks === 'reads-and-writes' || blocks === 'writes'));
    if (lock !== undefined) return { lock: lock.mode, locked: written(change.table) };
  }
  return undefined;
}
