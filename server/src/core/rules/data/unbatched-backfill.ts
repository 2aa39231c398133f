import type { Related, Severity } from '../../model/finding.ts';
import type { ObjectKey } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { filledNulls } from '../filling.ts';
import { type HeldLock, heldLocks, lockedHere, stronger } from '../held-locks.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isLive, knownTable, madeBy, severity, written } from '../support.ts';

export const unbatchedBackfill = defineRule({
  id: 'data/unbatched-backfill',
  scope: 'migration',
  severity: 'warning',
  consequence: 'waits',
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

**Do instead**: batches of a few thousand rows, each its own transaction, in a migration that runs outside a transaction, or as a job. There is
no quick fix: by which key to cut the rows, and whether some of them may be done before others, the statement does not say. Plans bring their
backfills along.

A hint only where a WHERE may leave few rows and the transaction holds no lock of a table, unless it asks for the NULLs that it fills.

Told once for each table of a transaction. Silent for statements that touch one key or a bounded batch (\`WHERE id = 7\`, every column of a unique key, a key range, \`IN (SELECT ... LIMIT n)\`), for new tables, and for
INSERT ... VALUES.`,
  peers: [
    'pgls:banUpdateWithoutWhere',
    'pgls:banDeleteWithoutWhere',
    'pgfence:update-in-migration',
    'pgfence:delete-without-where',
    'migrationpilot:MP011',
    'migrationpilot:MP067',
    'safemigrate:update-delete-row-scope',
    'diesel-guard:mutation-without-where',
    'bytebase:statement_where_required_update_delete',
  ],
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
  *check({ contexts }) {
    const held = new Map<number, HeldLock>();
    const told = new Set<string>();
    for (const context of contexts) {
      const { change, transaction } = context.step;
      if (change.kind === 'WriteRows')
        for (const draft of backfill(context, change, held.get(transaction ?? -1))) {
          const table = `${transaction} ${draft.object}`;
          if (transaction === undefined || !told.has(table)) yield draft;
          if (draft.severity === 'warning') told.add(table);
        }
      else if (transaction !== undefined) {
        const lock = heldLocks(context).reduce<HeldLock | undefined>(stronger, held.get(transaction));
        if (lock !== undefined) held.set(transaction, lock);
      }
    }
  },
});

function* backfill(context: ChangeContext, change: ChangeOf<'WriteRows'>, held: HeldLock | undefined): Iterable<Draft> {
  if (change.rows !== 'all' && change.rows !== 'some') return;
  if (change.verb === 'insert' || change.verb === 'copy') return;
  if (change.rows === 'some' && held === undefined && context.step.transaction === undefined) return;
  const made = context.once('unbatched-backfill', () => madeOfMany(context, change));
  if (made === undefined) return;
  const table = written(change.table);
  const verb = change.verb.toUpperCase();
  yield {
    messageId: held === undefined ? change.rows : 'beside',
    args: { verb, table, ...(held === undefined ? {} : { lock: held.lock.mode, locked: held.lock.relation }) },
    anchor: at(context.step, change.span),
    object: table,
    severity: severity(context, weight(context, change, held)),
    impact: context.impact(),
    compat: 'none',
    related: held === undefined ? made : [lockedHere(held)],
  };
}

/** A WHERE that does not name what is missing may leave few rows: nobody knows. */
function weight(context: ChangeContext, change: ChangeOf<'WriteRows'>, held: HeldLock | undefined): Severity {
  if (change.rows === 'all' || held !== undefined) return 'warning';
  // The rows from before the column was filled may be all.
  return filledNulls(context.step.statement.text, change).length > 0 ? 'info' : 'hint';
}

/** Where a live table was made whose rows are not named one by one. */
function madeOfMany(context: ChangeContext, change: ChangeOf<'WriteRows'>): readonly Related[] | undefined {
  return isLive(context, change.table) && !isOneRow(context, change) ? madeBy(context, change.table) : undefined;
}

/** WHERE holds every column of a key to one value. */
function isOneRow(context: ChangeContext, { table: name, equals = [] }: ChangeOf<'WriteRows'>): boolean {
  const table = knownTable(context, name);
  if (table === undefined || equals.length === 0) return false;
  const keys = [
    ...table.constraints.flatMap(({ kind, columns }) => (kind === 'unique' || kind === 'primary-key' ? [columns] : [])),
    ...table.indexes.flatMap((key) => uniqueColumns(context, key)),
  ];
  return keys.some((columns) => columns.length > 0 && columns.every((column) => equals.includes(column)));
}

function uniqueColumns({ before }: ChangeContext, key: ObjectKey): readonly (readonly string[])[] {
  const index = before.objects.get(key);
  if (index?.kind !== 'index' || !index.unique || index.where !== undefined) return [];
  const columns = index.keys.flatMap(({ column }) => column ?? []);
  return columns.length === index.keys.length ? [columns] : [];
}
