import type { Column, Origin, Table } from '../../schema/catalog.ts';
import type { SchemaChange } from '../../schema/change.ts';
import { type ChangeContext, defineRule, type Step } from '../rule.ts';
import { baseType, knownTable, written } from '../support.ts';
import { failure } from './failure.ts';

export const nullRows = defineRule({
  id: 'run/null-rows',
  scope: 'change',
  on: ['AddColumn', 'SetNotNull', 'AddConstraint'],
  severity: 'error',
  summary: 'NOT NULL on a column that the rows of this history leave empty fails.',
  messages: {
    added:
      'Fails: earlier migrations put rows into {table}, and {column} has nothing for them. Give it a DEFAULT, or add it without NOT NULL, fill it, and SET NOT NULL then.',
    set: 'Fails: earlier migrations put rows into {table}, and nothing has filled {column} since it was added. UPDATE {table} first.',
  },
  explanation: `The history was replayed up to this statement, and it has put rows into the table (\`INSERT ... VALUES\`, \`COPY\`). A column that is added gets its default in
each of them, or NULL, and NOT NULL refuses that (\`column contains null values\`). It fails on every database, not only on one with data.

Silent where nothing is known of the rows, where the table was emptied since, for identity, serial and generated columns, and for what a branch of a DO block does.

No fix is offered here: which value the old rows get is not in the text. \`schema/add-required-column\` has a plan.`,
  examples: [
    {
      title: 'Rows of an earlier migration',
      given: "CREATE TABLE states (id int, name text);\nINSERT INTO states VALUES (1, 'new');",
      sql: 'ALTER TABLE states ADD COLUMN rank int NOT NULL;',
      fires: true,
    },
    {
      title: 'With a default',
      given: "CREATE TABLE states (id int, name text);\nINSERT INTO states VALUES (1, 'new');",
      sql: 'ALTER TABLE states ADD COLUMN rank int NOT NULL DEFAULT 0;',
      fires: false,
    },
    {
      title: 'Filled before',
      given: "CREATE TABLE states (id int, name text);\nINSERT INTO states VALUES (1, 'new');",
      sql: 'ALTER TABLE states ADD COLUMN rank int;\nUPDATE states SET rank = id;\nALTER TABLE states ALTER COLUMN rank SET NOT NULL;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || !('table' in change) || change.table === undefined) return;
    const table = knownTable(context, change.table);
    if (table?.rows !== 'filled' || table.partitionBy !== undefined) return;
    const found = emptyColumn(context, change, table);
    if (found === undefined) return;
    const args = { table: written(change.table), column: found.column };
    yield failure(context, { messageId: found.messageId, args }, `${args.table}.${found.column}`, change.span);
  },
});

function emptyColumn(
  context: ChangeContext,
  change: SchemaChange,
  table: Table,
): { readonly messageId: string; readonly column: string } | undefined {
  if (change.kind === 'AddColumn') {
    const { spec, constraints } = change;
    const column = spec.column.name;
    const isKey = constraints.some(({ kind }) => kind === 'primary-key');
    const isThere = table.columns.some((each) => each.name === column);
    const fills =
      spec.identity !== undefined || spec.generated !== undefined || spec.serial === true || hasDefault(context, spec);
    return (spec.notNull || isKey) && !isThere && !fills ? { messageId: 'added', column } : undefined;
  }
  const column = requiredColumn(change);
  const own = table.columns.find((each) => each.name === column);
  return own !== undefined && column !== undefined && own.nullable && isNewAndEmpty(context, own)
    ? { messageId: 'set', column }
    : undefined;
}

function requiredColumn(change: SchemaChange): string | undefined {
  if (change.kind === 'SetNotNull') return change.column.name;
  if (change.kind !== 'AddConstraint') return undefined;
  const { kind, notValid, columns, usingIndex } = change.constraint;
  if (kind === 'primary-key' && usingIndex === undefined) return columns[0]?.name;
  return kind === 'not-null' && !notValid ? columns[0]?.name : undefined;
}

/** Its own default, or that of its domain; NULL is none. */
function hasDefault(context: ChangeContext, { defaultTo, type }: Pick<Column, 'defaultTo' | 'type'>): boolean {
  if (defaultTo !== undefined) return !/^null\b/i.test(defaultTo.text);
  return context.dialect.semantics(context.target).casts?.knows(type) !== true || baseType(context, type).constrained;
}

/** Added in this migration without a value, and nothing between that could have filled it or brought a row. */
function isNewAndEmpty(context: ChangeContext, { origin }: Column): boolean {
  if (origin.migration !== context.migration.id) return false;
  for (const step of context.back()) {
    if (isOf(origin, step)) return isEmptyAfter(context, step.change);
    // Filled before the column was there: rows that came behind it may have had a value.
    if (!HARMLESS.has(step.change.kind) || step.reading.verb === 'DO') return false;
  }
  return false;
}

function isOf({ statement, nth }: Origin, step: Step): boolean {
  return nth === step.nth && statement.nth === step.statement.nth && statement.text === step.statement.text;
}

/** Rows that were there before the change have no value in the column that it adds. */
function isEmptyAfter(context: ChangeContext, change: SchemaChange): boolean {
  if (change.kind !== 'AddColumn' || change.certainty === 'maybe') return false;
  const { spec } = change;
  return (
    spec.generated === undefined && spec.identity === undefined && spec.serial !== true && !hasDefault(context, spec)
  );
}

/** What puts no value into a column. */
const HARMLESS: ReadonlySet<SchemaChange['kind']> = new Set([
  'AddColumn',
  'AddConstraint',
  'SetNotNull',
  'SetDefault',
  'DropDefault',
  'CreateIndex',
  'CreateTable',
  'CreateSequence',
  'Comment',
  'Grant',
  'SetTableOption',
]);
