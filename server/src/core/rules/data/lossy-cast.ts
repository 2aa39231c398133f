import type { Column } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import type { Loss } from '../../schema/semantics.ts';
import type { DataType } from '../../schema/types.ts';
import { isAssignable, judged } from '../casts.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import {
  baseType,
  isLiveColumn,
  knownColumn,
  knownType,
  listed,
  madeBy,
  settledType,
  severity,
  written,
} from '../support.ts';

export const lossyCast = defineRule({
  id: 'data/lossy-cast',
  scope: 'change',
  on: ['ChangeColumnType'],
  severity: 'warning',
  consequence: { length: 'fails', range: 'fails', form: 'fails', labels: 'fails', check: 'fails' },
  summary:
    'A change of type that cuts or rounds stored values without a word, reads them by the session, or fails on the first that does not fit.',
  messages: {
    rounds: 'Rounds every value of {table}.{column} that has more digits than {to} holds, without a word and for good.',
    cut: 'Cuts every value of {table}.{column} that is longer than {to}, without a word and for good.',
    time: 'Keeps the date of {table}.{column} and drops its time of day for good; of a value with a time zone, the date that it is in the TimeZone of the session.',
    date: 'Keeps the time of day of {table}.{column} and drops its date for good.',
    days: 'Keeps what is less than a day of {table}.{column} and drops days, months and years for good.',
    offset: 'Drops the offset of {table}.{column} for good: values of different zones become the same.',
    keys: 'Keeps the last one of equal keys in {table}.{column}, and neither the order of keys nor white space, for good.',
    host: 'Clears the bits behind the netmask of {table}.{column} for good: addresses of one network become the same.',
    truth: 'Makes true of every number of {table}.{column} but 0, for good.',
    zone: "Reads {table}.{column} in the TimeZone of whoever runs this, so that the same migration makes different values elsewhere. Say it: USING {column} AT TIME ZONE 'UTC', or SET LOCAL TimeZone before it.",
    length: 'Fails on the first value of {table}.{column} that is longer than {to}. Look for them before it runs.',
    range: 'Fails on the first value of {table}.{column} that is too large for {to}. Look for them before it runs.',
    form: 'Fails on the first value of {table}.{column} that does not read as {to}. Look for them before it runs.',
    labels: 'Fails on the first value of {table}.{column} that is {labels}: {to} does not have it.',
    check: 'Fails on the first value of {table}.{column} that the domain {to} refuses. Look for them before it runs.',
  },
  explanation: `What happens to the rows that are there, whichever version of the application runs.

**Without a word**: a smaller scale of numeric, a float, integer or money from more digits, and a lower precision of seconds round. Dates and
times drop the part that the new type has no room for. \`jsonb\` keeps one of equal keys. A cast in USING (\`c::varchar(10)\`) cuts what is
longer, where the same change without it fails.

**By the session**: between \`timestamp\` and \`timestamptz\`, and from \`date\` or \`time\`, the server takes the TimeZone of the session that runs
the migration: a laptop, a CI job and production may differ.

**Fails**: values that are too long or too large, or that do not read as the new type. The database of a test has none of them.

**Do instead**: ask for such values first; or keep the old column beside the new one for a release, which is what the plan of
\`schema/change-column-type\` does. There is no other fix: what may be lost, only the owner of the data knows.

Silent for columns without rows of an earlier release, for any other expression in USING, and where a type is not known.`,
  peers: ['migrationpilot:MP044'],
  examples: [
    {
      title: 'Cents are rounded away',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 4));',
      sql: 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2);',
      fires: true,
    },
    {
      title: 'The zone of whoever runs it',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp);',
      sql: 'ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz;',
      fires: true,
    },
    {
      title: 'The zone is said',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp);',
      sql: "ALTER TABLE orders ALTER COLUMN placed TYPE timestamptz USING placed AT TIME ZONE 'UTC';",
      fires: false,
    },
    {
      title: 'Room for all',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer);',
      sql: 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(10, 0);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'ChangeColumnType' || !isLiveColumn(context, change.table, change.column.name)) return;
    const column = knownColumn(context, change.table, change.column.name);
    const loss = column === undefined ? undefined : lossOf(context, change, column);
    if (column === undefined || loss === undefined) return;
    if (loss.messageId === 'zone' && saysZone(context)) return;
    const table = written(change.table);
    const fails = FAILS.has(loss.messageId);
    yield {
      messageId: loss.messageId,
      args: { table, column: column.name, from: column.type.text, to: change.type.text, ...loss.args },
      anchor: at(context.step, change.using === undefined ? change.typeSpan : change.span),
      object: `${table}.${column.name}`,
      // The usual way to jsonb: nobody writes a key twice on purpose.
      severity: loss.messageId === 'keys' ? 'hint' : severity(context, 'warning'),
      ...(fails ? { compat: 'none', rollback: 'none' } : { compat: 'destructive', rollback: 'impossible' }),
      related: madeBy(context, change.table, column.name),
    };
  },
});

const FAILS: ReadonlySet<string> = new Set<Loss | 'labels' | 'check'>(['length', 'range', 'form', 'labels', 'check']);

type Found = Pick<Draft, 'messageId'> & { readonly args?: Draft['args'] };

function lossOf(context: ChangeContext, change: ChangeOf<'ChangeColumnType'>, column: Column): Found | undefined {
  const { casts } = context.dialect.semantics(context.target);
  const how = casts?.conversionOf(change.using?.text, column.name, change.type) ?? 'other';
  if (how === 'other') return undefined;
  if (how === 'assignment' && isAssignable(context, column.type, change.type) === false) return undefined;
  const from = baseType(context, column.type);
  const to = baseType(context, change.type);
  const labels = labelsOf(context, to.type);
  if (labels !== undefined)
    return from.type.name === to.type.name ? undefined : missing(labelsOf(context, from.type), labels);
  if (how === 'text') return undefined;
  const loss = judged(context, column.type, change.type, (casts, ...types) => casts.lossOf(...types, how));
  if (loss !== undefined) return { messageId: loss };
  const isSame = settledType(context, column.type).name === settledType(context, change.type).name;
  return to.constrained && !isSame ? { messageId: 'check' } : undefined;
}

/** Values of an enum. */
function labelsOf(context: ChangeContext, type: DataType): readonly string[] | undefined {
  const found = type.array > 0 ? undefined : knownType(context, type)?.value;
  return found?.form === 'enum' ? found.values.map(({ name }) => name) : undefined;
}

/** Text, or the text of another enum, becomes a value of the new one where it is called like it. */
function missing(from: readonly string[] | undefined, to: readonly string[]): Found | undefined {
  if (from === undefined) return { messageId: 'form' };
  const gone = from.filter((label) => !to.includes(label)).map((label) => `'${label}'`);
  return gone.length === 0
    ? undefined
    : { messageId: 'labels', args: { labels: listed(gone, 4).replace(/ and (?=')/, ' or ') } };
}

/** Earlier in this migration. */
function saysZone({ steps, step }: ChangeContext): boolean {
  return steps.some(
    ({ change, statementIndex }) =>
      statementIndex < step.statementIndex && change.kind === 'SetSession' && change.name.toLowerCase() === 'timezone',
  );
}
