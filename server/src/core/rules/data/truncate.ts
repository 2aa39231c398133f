import { at, defineRule } from '../rule.ts';
import { isLive, listed, lockArgs, madeBy, mainLock, severity, written } from '../support.ts';

export const truncate = defineRule({
  id: 'data/truncate',
  scope: 'change',
  on: ['Truncate'],
  severity: 'error',
  summary: 'TRUNCATE deletes every row and blocks reads and writes.',
  messages: {
    deletes:
      'Deletes every row of {tables} for good, under {lock}. If the rows must go, delete them in batches outside the migration.',
    cascades:
      'Deletes every row of {tables} and, by CASCADE, of {others} for good, under {lock}. If the rows must go, delete them in batches outside the migration.',
  },
  explanation: `\`TRUNCATE\` takes ACCESS EXCLUSIVE, fires no row triggers, and with CASCADE empties every table that has a foreign key to this one.
A migration that runs in every environment then empties production as well.

**Do instead**: delete what must go, in batches, as a job with an owner. There is no quick fix: which rows are to go, the statement does
not say.

Silent for new tables.`,
  peers: [
    'squawk:ban-truncate-cascade',
    'pgls:banTruncate',
    'pgls:banTruncateCascade',
    'pgfence:truncate',
    'pgfence:truncate-cascade',
    'migrationpilot:MP036',
    'pgsafe:truncate',
    'safemigrate:truncate-cascade-banned',
    'diesel-guard:truncate',
    'bytebase:statement_disallow_truncate',
  ],
  examples: [
    { title: 'A table with rows', given: 'CREATE TABLE logs (id int);', sql: 'TRUNCATE logs;', fires: true },
    { title: 'A new table', sql: 'CREATE TABLE staging (id int);\nTRUNCATE staging;', fires: false },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'Truncate') return;
    const live = change.tables.filter((table) => isLive(context, table));
    if (live.length === 0) return;
    const impact = context.impact();
    const tables = listed(live.map(written));
    const others = impact.locks.filter(({ role }) => role === 'dependent').map(({ relation }) => relation);
    const reaches = others.length > 0 || live.some((table) => context.table(table).kind !== 'known');
    yield {
      messageId: change.cascade && reaches ? 'cascades' : 'deletes',
      args: {
        tables,
        others: others.length === 0 ? 'every table that references it' : listed(others),
        ...(mainLock(impact) === undefined ? { lock: 'ACCESS EXCLUSIVE', waits: '' } : lockArgs(impact)),
      },
      anchor: at(context.step, change.span),
      object: tables,
      severity: severity(context, 'error'),
      compat: 'destructive',
      rollback: 'impossible',
      related: live.flatMap((table) => madeBy(context, table)),
    };
  },
});
