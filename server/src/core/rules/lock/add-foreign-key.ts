import type { ObjectName } from '../../schema/names.ts';
import { addedConstraints, constraintWords } from '../constraint-forms.ts';
import { type KeptLock, keptFromReaders, lockedAt } from '../held-locks.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { blockedBy, isLive, knownTable, madeBy, severity, written } from '../support.ts';

export const addForeignKey = defineRule({
  id: 'lock/add-foreign-key',
  scope: 'change',
  on: ['AddConstraint', 'AddColumn'],
  severity: 'warning',
  summary: 'Adding a foreign key blocks writes to both tables while every row is checked.',
  messages: {
    blocks:
      'Checks every row of {table} under {lock} on {table} and {referenced}: every write to both waits until it ends. Add it NOT VALID, and validate it in the next migration.',
    held: 'Checks every row of {table} while this transaction keeps {lock} on {held}: {waits} waits until it ends, and every write to {other}. Add it NOT VALID, and validate it in the next migration.',
    'held-both':
      'Checks every row of {table} while this transaction keeps {lock} on {table} and {referenced}: every read and write of both waits until it ends. Add it NOT VALID, and validate it in the next migration.',
    partitioned:
      'Checks every row of {table} and its partitions under {lock} on them and {referenced}: every write to both waits until it ends, and before PostgreSQL 18 it cannot be NOT VALID there. Add it NOT VALID to each partition, validate each in a migration of its own, and then add it to {table}, which takes those over without reading a row.',
    self: 'Checks every row of {table} under {lock}: {waits} waits until it ends. Add it NOT VALID, and validate it in the next migration.',
  },
  explanation: `\`ADD FOREIGN KEY\` takes SHARE ROW EXCLUSIVE on the table and on the one it references, and holds both while it looks up
every row. Behind a statement of the same transaction that keeps readers out of one of them, reads of that wait as well.

**Do instead**: add it \`NOT VALID\`, which only takes the locks for a moment and already guards new rows; then, in a migration of its
own, \`VALIDATE CONSTRAINT\`, which reads under SHARE UPDATE EXCLUSIVE and blocks no writes. In one transaction the two would hold the
first lock through the scan. A partitioned table takes no \`NOT VALID\` before PostgreSQL 18: no fix is offered there, since it takes a migration for each partition.

Several of one table, in one migration, are one finding, which names them all.

Silent where the referencing table is new, for \`NOT VALID\`, and for a new nullable column without a default: its rows are all NULL, so
nothing is checked.`,
  peers: [
    'squawk:adding-foreign-key-constraint',
    'squawk:constraint-missing-not-valid',
    'strong_migrations:add_foreign_key',
    'strong_migrations:add_reference',
    'eugene:E1',
    'pgls:addingForeignKeyConstraint',
    'pgfence:add-constraint-fk-no-not-valid',
    'pgfence:add-column-inline-foreign-key',
    'migrationpilot:MP005',
    'migrationpilot:MP069',
    'pgsafe:add-fk-without-not-valid',
    'safemigrate:constraint-not-valid-required',
    'diesel-guard:add-foreign-key',
    'bytebase:statement_add_fk_not_valid',
  ],
  examples: [
    {
      title: 'Checks every row',
      given: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint);',
      sql: 'ALTER TABLE b ADD CONSTRAINT b_a_fk FOREIGN KEY (a_id) REFERENCES a (id);',
      fires: true,
    },
    {
      title: 'NOT VALID',
      given: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY, a_id bigint);',
      sql: 'ALTER TABLE b ADD CONSTRAINT b_a_fk FOREIGN KEY (a_id) REFERENCES a (id) NOT VALID;',
      fires: false,
    },
  ],
  *check(context) {
    for (const added of addedConstraints(context, 'foreign-key')) {
      const { table: name, constraint, inline, columnHasDefault } = added;
      if (constraint.notValid || !constraint.enforced || !isLive(context, name) || (inline && !columnHasDefault))
        continue;
      if (
        constraint.columns.length > 0 &&
        constraint.columns.every((column) => context.isNewColumn(name, column.name)) &&
        !inline
      ) {
        if (isEmptyColumn(context, name, constraint.columns)) continue;
      }
      const table = written(name);
      const referenced = constraint.references === undefined ? 'the other table' : written(constraint.references.table);
      const { locks } = context.impact();
      const lock = locks.find(({ role }) => role === 'referenced')?.mode ?? locks[0]?.mode ?? 'a lock';
      const onTable = inline ? byItself(context) : keptFromReaders(context, name);
      const isOwn =
        isSelf(context, name, constraint.references?.table) || isNewTable(context, constraint.references?.table);
      const onReferenced =
        isOwn || constraint.references === undefined
          ? undefined
          : keptFromReaders(context, constraint.references.table);
      const isHeir = context.target.version < 18 && knownTable(context, name)?.partitionBy !== undefined;
      const kept = onTable ?? onReferenced;
      const waits = kept === undefined ? { lock, waits: 'every write to it' } : blockedBy(kept.lock);
      const [held, other] = onTable === undefined ? [referenced, table] : [table, referenced];
      const args = { table, referenced, held, other, ...waits, constraint: constraintWords(added) };
      yield {
        messageId: isHeir ? 'partitioned' : isOwn ? 'self' : messageIdOf(onTable, onReferenced),
        args,
        anchor: at(context.step, added.span),
        object: `${table}.${args.constraint}`,
        severity: severity(context, 'warning'),
        related: kept === undefined || inline ? madeBy(context, name) : [lockedAt(kept.step, held)],
        fixes: inline || isHeir ? [] : [{ id: 'not-valid-then-validate', args }],
      };
    }
  },
});

function messageIdOf(onTable: KeptLock | undefined, onReferenced: KeptLock | undefined): string {
  if (onTable === undefined && onReferenced === undefined) return 'blocks';
  return onTable === undefined || onReferenced === undefined ? 'held' : 'held-both';
}

/** ADD COLUMN keeps readers out of its own table. */
function byItself(context: ChangeContext): KeptLock | undefined {
  const lock = context.impact().locks.find(({ role }) => role === 'target');
  return lock === undefined ? undefined : { step: context.step, lock };
}

/** New nullable columns without a default hold only NULL, unless this release fills them. */
function isEmptyColumn(
  context: ChangeContext,
  table: ObjectName,
  columns: readonly { readonly name: string }[],
): boolean {
  const found = context.table(table);
  if (found.kind !== 'known') return false;
  const empty = columns.every(({ name }) => {
    const column = found.value.columns.find((each) => each.name === name);
    return column?.nullable === true && column.defaultTo === undefined && column.generated === undefined;
  });
  const filled = context.steps.some(
    ({ change }) =>
      change.kind === 'WriteRows' &&
      change.table.name === table.name &&
      change.verb === 'update' &&
      columns.some(({ name }) => change.fills.includes(name)),
  );
  return (
    empty &&
    !filled &&
    columns.every(
      ({ name }) => found.value.columns.find((each) => each.name === name)?.origin.migration === context.migration.id,
    )
  );
}

/** Nobody writes to it yet. */
function isNewTable(context: ChangeContext, referenced: ObjectName | undefined): boolean {
  return referenced !== undefined && context.isNew(referenced);
}

function isSelf(context: ChangeContext, table: ObjectName, referenced: ObjectName | undefined): boolean {
  if (referenced === undefined) return false;
  const [own, other] = [context.relation(table), context.relation(referenced)];
  return own.kind === 'known' && other.kind === 'known'
    ? own.key === other.key
    : written(table) === written(referenced);
}
