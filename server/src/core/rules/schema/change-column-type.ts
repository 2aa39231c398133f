import type { DataType } from '../../schema/types.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { baseType, isLiveColumn, knownColumn, knownType, madeBy, settledType, severity, written } from '../support.ts';
import { type TypeVerdict, typeCompatibility } from '../type-compatibility.ts';

export const changeColumnType = defineRule({
  id: 'schema/change-column-type',
  scope: 'change',
  on: ['ChangeColumnType'],
  severity: 'error',
  consequence: { narrows: 'breaks' },
  summary: 'A new column type can refuse values that the running version writes, or send it others than it reads.',
  messages: {
    narrows:
      'Values that fit {from} may not fit {to}: the version that is still running fails when it writes one. Add a column of the new type beside {table}.{column}, and swap them in a later release.',
    changes:
      'The version that is still running reads and writes {table}.{column} as {from}; as {to} its parameters and results no longer match. Add a column of the new type beside it, and swap them in a later release.',
  },
  explanation: `A change between families (text to integer, timestamp to timestamptz, json to jsonb) changes what drivers send and return; a
narrower type refuses values that the running version still writes.

Where the table is rewritten as well, the finding says so: the same plan settles both, and \`lock/rewrite-table\` speaks for itself only
where nobody is broken. What becomes of the rows is another matter, told by \`data/lossy-cast\`. Columns of one table are one finding.

**Do instead**: add a column of the new type, keep both in sync, copy the rows in batches, and swap in a later release. The
quick fix scaffolds it.

Silent for widenings of the same family (varchar(20) to varchar(50) or text, integer to bigint, numeric with more digits,
a domain without a constraint over the same type), for new columns and tables, and where the old type is not known.`,
  peers: [
    'squawk:changing-column-type',
    'strong_migrations:change_column',
    'eugene:E5',
    'atlas:PG301',
    'pgls:changingColumnType',
    'pgfence:alter-column-type',
    'migrationpilot:MP007',
    'pgsafe:alter-column-type',
    'safemigrate:column-type-change-rewrites-table',
    'diesel-guard:change-type',
    'bytebase:column_disallow_changing_type',
    'bytebase:migration_compatibility',
  ],
  examples: [
    {
      title: 'Another family',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code text);',
      sql: 'ALTER TABLE orders ALTER COLUMN code TYPE integer USING code::integer;',
      fires: true,
    },
    {
      title: 'A wider one of the same family',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(20));',
      sql: 'ALTER TABLE orders ALTER COLUMN code TYPE varchar(60);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'ChangeColumnType' || !isLiveColumn(context, change.table, change.column.name)) return;
    const old = knownColumn(context, change.table, change.column.name);
    if (old === undefined) return;
    const verdict = verdictOf(context, old.type, change.type);
    if (verdict === 'same' || verdict === 'wider') return;
    const table = written(change.table);
    const using = change.using === undefined ? {} : { using: change.using.text };
    yield {
      messageId: verdict === 'narrower' ? 'narrows' : 'changes',
      args: { table, column: change.column.name, from: old.type.text, to: change.type.text },
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, 'error'),
      related: madeBy(context, change.table, change.column.name),
      plan: {
        operation: 'change-column-type',
        args: { table, column: change.column.name, type: change.type.text, ...using },
      },
    };
  },
});

/** A driver hands over a domain as the type it is made of; its constraints refuse values. */
function verdictOf(context: ChangeContext, from: DataType, to: DataType): TypeVerdict {
  const swapped = ofSwappedEnum(context, from, to);
  if (swapped !== undefined) return swapped;
  const [old, wanted] = [baseType(context, from), baseType(context, to)];
  const verdict = typeCompatibility(old.type, wanted.type);
  const isOther = from.name !== to.name || settledType(context, from).schema !== settledType(context, to).schema;
  return isOther && wanted.constrained && verdict !== 'other' ? 'narrower' : verdict;
}

/** An enum that took the name of the old one, which stepped aside for it: whoever knows the name finds the new one. */
function ofSwappedEnum(context: ChangeContext, from: DataType, to: DataType): TypeVerdict | undefined {
  const [old, wanted] = [knownType(context, from)?.value, knownType(context, to)?.value];
  if (old?.form !== 'enum' || wanted?.form !== 'enum' || from.array !== to.array) return undefined;
  const stepsAside = context.steps.some(
    ({ change }) =>
      change.kind === 'RenameType' && change.newName.name === old.name.name && change.type.name === wanted.name.name,
  );
  if (!stepsAside) return undefined;
  return old.values.every(({ name }) => wanted.values.some((each) => each.name === name)) ? 'wider' : 'narrower';
}
