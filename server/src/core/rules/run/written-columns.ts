import type { Column, Table, View } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import type { Ident } from '../../schema/names.ts';
import { type ChangeContext, defineRule } from '../rule.ts';
import { listed, written } from '../support.ts';
import { failure, type Problem } from './failure.ts';

export const writtenColumns = defineRule({
  id: 'run/written-columns',
  scope: 'change',
  on: ['WriteRows'],
  severity: 'error',
  summary: 'INSERT or UPDATE with a value too many, too few, or for a column that takes none fails.',
  messages: {
    more: 'Fails: {width} values for {count} {columns} of {table}. Name the columns, and one value for each.',
    fewer: 'Fails: {width} values for {count} columns of {table}. Give each a value, or leave the others out.',
    twice: 'Fails: {column} is given a value twice.',
    generated:
      'Fails: {column} of {table} is a generated column, and its value comes from its expression. Leave it out.',
    identity:
      'Fails: {column} of {table} is GENERATED ALWAYS AS IDENTITY, and takes a value of its own only behind OVERRIDING SYSTEM VALUE. Leave the column out, or say that.',
    updated: 'Fails: {column} of {table} {kind}, and UPDATE sets it to DEFAULT or not at all.',
    missing: 'Fails: {columns} of {table} cannot be NULL and has no default, and the row has no value for it.',
  },
  explanation: `The columns of the table are known from the history, so some writes fail before or at their first row: more values than columns or fewer, a column twice, a value for
a generated column or for an identity column that is \`ALWAYS\` (also in UPDATE), a NOT NULL column that the row leaves out.

Silent where the table is not known, for a NOT NULL column where a trigger could fill it or its type is a domain, for queries that may give no row, and for what a branch of a
DO block does. No fix is offered: which value was meant is not in the text.`,
  peers: ['squawk:ban-duplicate-column-assignments'],
  examples: [
    {
      title: 'A NOT NULL column is left out',
      given: 'CREATE TABLE states (id int PRIMARY KEY, name text NOT NULL);',
      sql: 'INSERT INTO states (id) VALUES (1);',
      fires: true,
    },
    {
      title: 'A value of its own for an identity column',
      given: 'CREATE TABLE states (id int GENERATED ALWAYS AS IDENTITY, name text);',
      sql: "INSERT INTO states (id, name) VALUES (1, 'new');",
      fires: true,
    },
    {
      title: 'Overridden',
      given: 'CREATE TABLE states (id int GENERATED ALWAYS AS IDENTITY, name text);',
      sql: "INSERT INTO states (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'new');",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'WriteRows' || change.certainty === 'maybe' || isMerge(context, change)) return;
    const found = context.relation(change.table);
    const relation = found.kind === 'known' ? found.value : undefined;
    if (relation?.kind !== 'table' && relation?.kind !== 'view') return;
    const [problem] = problems(context, change, relation);
    if (problem === undefined) return;
    const name = written(change.table);
    const args = { table: name, ...problem.args };
    yield {
      ...failure(context, { messageId: problem.messageId, args }, name, problem.at?.span ?? change.span),
      related: [context.madeAt(relation.origin, 'made-here', { object: name })],
    };
  },
});

type Found = Problem & { readonly at?: Ident };

/** Its columns are those of several clauses. */
function isMerge({ step }: ChangeContext, { span }: ChangeOf<'WriteRows'>): boolean {
  return /^merge\b/i.test(step.statement.text.slice(span.start, span.end));
}

function* problems(context: ChangeContext, change: ChangeOf<'WriteRows'>, relation: Table | View): Generator<Found> {
  const { columns, values } = change;
  const own = namesOf(relation);
  const twice = columns.find(({ name }, nth) => columns.findIndex((each) => each.name === name) !== nth);
  if (twice !== undefined && !columns.some((each) => isPart(context, each)))
    yield { messageId: 'twice', args: { column: twice.name }, at: twice };
  if (change.verb === 'update' && relation.kind === 'table') yield* ofUpdate(change, relation);
  if (values === undefined || change.verb !== 'insert' || columns.some((each) => isPart(context, each))) return;
  const { width } = values;
  const count = columns.length > 0 ? columns.length : own.length;
  if (own.length === 0) return;
  if (width > count) yield { messageId: 'more', args: { width, count, columns: count === 1 ? 'column' : 'columns' } };
  if (width < columns.length) yield { messageId: 'fewer', args: { width, count } };
  if (relation.kind === 'table' && columns.every(({ name }) => own.includes(name)))
    yield* ofValues(context, change, relation, values);
}

/** `SET c = 1` of a column that only the server writes. */
function* ofUpdate({ columns, toDefault = [] }: ChangeOf<'WriteRows'>, table: Table): Generator<Found> {
  for (const at of columns) {
    const own = table.columns.find(({ name }) => name === at.name);
    if (own === undefined || toDefault.includes(at.name)) continue;
    const kind =
      own.generated !== undefined
        ? 'is a generated column'
        : own.identity === 'always'
          ? 'is GENERATED ALWAYS AS IDENTITY'
          : undefined;
    if (kind !== undefined) yield { messageId: 'updated', args: { column: at.name, kind }, at };
  }
}

/** None where not all of them are known. */
function namesOf(relation: Table | View): readonly string[] {
  if (relation.kind === 'view') return relation.columns.includes('*') ? [] : relation.columns;
  return relation.partial ? [] : relation.columns.map(({ name }) => name);
}

/** `a[1]`, `a.b`: a part of the column. */
function isPart({ step }: ChangeContext, { span }: Ident): boolean {
  return /^\s*[[.]/.test(step.statement.text.slice(span.end, span.end + 50));
}

function* ofValues(
  context: ChangeContext,
  { columns }: ChangeOf<'WriteRows'>,
  table: Table,
  { from, width, defaults, overriding }: NonNullable<ChangeOf<'WriteRows'>['values']>,
): Generator<Found> {
  const targets = (columns.length > 0 ? columns.map(({ name }) => name) : table.columns.map(({ name }) => name)).slice(
    0,
    width,
  );
  const given = table.columns.filter(({ name }) => {
    const place = targets.indexOf(name);
    return place !== -1 && !defaults.includes(place);
  });
  const place = (name: string) => {
    const at = columns.find((each) => each.name === name);
    return at === undefined ? {} : { at };
  };
  const generated = given.find((column) => column.generated !== undefined);
  if (generated !== undefined)
    yield { messageId: 'generated', args: { column: generated.name }, ...place(generated.name) };
  const identity = overriding ? undefined : given.find((column) => column.identity === 'always');
  if (identity !== undefined) yield { messageId: 'identity', args: { column: identity.name }, ...place(identity.name) };
  if (from === 'query' || table.triggers.length > 0) return;
  const missing = table.columns.filter((column) => !given.includes(column) && isRequired(context, column));
  if (missing.length > 0) yield { messageId: 'missing', args: { columns: listed(missing.map(({ name }) => name)) } };
}

function isRequired({ dialect, target }: ChangeContext, column: Column): boolean {
  if (column.nullable || column.identity !== undefined || column.generated !== undefined) return false;
  if (column.sequence !== undefined || (column.defaultTo !== undefined && !/^null\b/i.test(column.defaultTo.text)))
    return false;
  return dialect.semantics(target).casts?.knows(column.type) === true;
}
