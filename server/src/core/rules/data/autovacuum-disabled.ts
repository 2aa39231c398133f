import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { lastName, madeBy, written } from '../support.ts';

export const autovacuumDisabled = defineRule({
  id: 'data/autovacuum-disabled',
  scope: 'change',
  on: ['SetTableOption', 'CreateTable'],
  severity: 'warning',
  consequence: 'other',
  summary: 'A table whose autovacuum is off and stays off grows, and its plans go by old statistics.',
  messages: {
    off: 'Autovacuum stays off for {table}: space of deleted and updated rows is not used again, statistics grow old, and the table is vacuumed all the same, at a bad time, to prevent wraparound. Reset {parameter} when the load is done, here or in a later migration.',
  },
  explanation: `\`autovacuum_enabled = false\` belongs to the table and lasts until somebody resets it. It is meant for the hour of a bulk load and
forgotten behind it: nothing fails, the table only grows and its queries choose plans by the statistics of the day on which it was switched off.
Inside one transaction it does nothing at all, because autovacuum does not see it before the commit.

**Do instead**: let autovacuum run, with thresholds of the table's own where it comes too seldom or too often
(\`autovacuum_vacuum_scale_factor\`, \`autovacuum_vacuum_cost_delay\`), or reset the parameter behind the load. The quick fix resets it at the end of
the migration.

Silent where this migration, a later one or the draft of a plan resets it, switches it on or drops the table, for temporary tables, which
autovacuum never sees, and for what a branch of a DO block does.`,
  peers: ['migrationpilot:MP066'],
  settledBy: {
    words: ({ table }) => [lastName(String(table))],
    isBy: ({ table, parameter }, later) =>
      'table' in later &&
      later.table?.name === lastName(String(table)) &&
      (later.kind === 'DropTable' || isSetAgain(later, String(parameter))),
  },
  examples: [
    {
      title: 'Switched off for good',
      given: 'CREATE TABLE events (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE events SET (autovacuum_enabled = false);',
      fires: true,
    },
    {
      title: 'For a load only',
      given: 'CREATE TABLE events (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE events SET (autovacuum_enabled = false);\nINSERT INTO events SELECT generate_series(1, 1000);\nALTER TABLE events RESET (autovacuum_enabled);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || !('table' in change) || change.table === undefined) return;
    const parameter = PARAMETERS.find((each) => OFF.test(settingsOf(change)[each] ?? ''));
    if (parameter === undefined || isTold(context, change.table)) return;
    const table = written(change.table);
    yield {
      messageId: 'off',
      args: { table, parameter },
      anchor: at(context.step, change.span),
      object: `${table}.${parameter}`,
      compat: 'none',
      related: madeBy(context, change.table),
      fixes: [{ id: 'reset-parameter', args: { parameter } }],
    };
  },
});

const PARAMETERS = ['autovacuum_enabled', 'toast.autovacuum_enabled'];

/** What the server reads as false, shortened words too. */
const OFF = /^(f(a(l(se?)?)?)?|no?|off?|0)$/i;

function settingsOf(change: SchemaChange): Readonly<Record<string, string>> {
  const isStorage = change.kind === 'CreateTable' || change.kind === 'SetTableOption';
  if (!isStorage || change.options?.setting === 'reset') return {};
  return (change.options?.settings ?? {}) as Readonly<Record<string, string>>;
}

function isSetAgain(change: SchemaChange, parameter: string): boolean {
  if (change.kind !== 'SetTableOption' || change.option !== 'storage-parameters') return false;
  const settings = (change.options?.settings ?? {}) as Readonly<Record<string, string>>;
  return parameter in settings && (change.options?.setting === 'reset' || !OFF.test(settings[parameter] ?? ''));
}

/** Temporary tables, what is not there, and partitioned tables, which take no parameters. */
function isTold(context: ChangeContext, name: ObjectName): boolean {
  const { change } = context.step;
  if (change.kind === 'CreateTable')
    return (
      change.temporary ||
      change.partitionBy !== undefined ||
      (change.ifNotExists && context.relation(name).kind !== 'absent')
    );
  const found = context.relation(name);
  if (found.kind !== 'known') return found.kind === 'absent';
  return found.value.kind !== 'table' || found.value.temporary || found.value.partitionBy !== undefined;
}
