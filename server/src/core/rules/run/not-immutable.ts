import type { Span } from '../../model/text.ts';
import { overloadsCalled } from '../../schema/routines.ts';
import type { Changing, DataType, Expression } from '../../schema/types.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { baseType, knownTable, knownType, tableAfter, written } from '../support.ts';
import { failure } from './failure.ts';

export const notImmutable = defineRule({
  id: 'run/not-immutable',
  scope: 'change',
  on: ['CreateIndex', 'CreateTable', 'AddColumn', 'SetGenerated'],
  severity: 'error',
  summary: 'An index, a generated column or a partition key over what changes without its row fails.',
  messages: {
    now: 'Fails: {what} is another one at every moment, and {place} keeps what was computed once. Compare with it in queries, and keep only what the row says.',
    zone: "Fails: {what} depends on the TimeZone or DateStyle of whoever asks, and {place} keeps what was computed once. Say the zone, as in {column} AT TIME ZONE 'UTC', or keep the value in a column of its own.",
    text: 'Fails: {what} depends on settings of whoever asks, and {place} keeps what was computed once. Use the value as it is, or keep its text in a column of its own.',
    config:
      "Fails: {what} uses the text search configuration of whoever asks, and {place} keeps what was computed once. Name it first, as in to_tsvector('english', ...).",
    concat:
      "Fails: {what} is not IMMUTABLE, and {place} keeps what was computed once. Join the texts with ||, and coalesce(..., '') where one may be NULL.",
    own: 'Fails: {what} is not IMMUTABLE, and {place} keeps what was computed once. Use what depends on nothing but the row, or an IMMUTABLE function of your own where that is true.',
  },
  explanation: `What an index, a stored or virtual generated column and a partition key compute is computed when the row is written. So the server takes only IMMUTABLE functions there, whose value
depends on nothing but their arguments (\`functions in index expression must be marked IMMUTABLE\`, \`generation expression is not immutable\`). A time with a time zone becomes a date by the session's TimeZone, and
\`to_tsvector(text)\` reads \`default_text_search_config\`.

Looked at are functions that have no immutable form, casts and \`date_trunc\` of columns whose type is known, and functions that the history made. Silent for everything else, and for what a branch of a DO block does. No fix
is offered: each message says what to write, and which zone or configuration is meant is not in the text.`,
  examples: [
    {
      title: 'The day of a time with a time zone',
      given: 'CREATE TABLE events (id int, at timestamptz);',
      sql: 'CREATE INDEX events_day ON events ((at::date));',
      fires: true,
    },
    {
      title: 'The zone is said',
      given: 'CREATE TABLE events (id int, at timestamptz);',
      sql: "CREATE INDEX events_day ON events (((at AT TIME ZONE 'UTC')::date));",
      fires: false,
    },
    {
      title: 'The last week',
      given: 'CREATE TABLE events (id int, at timestamptz);',
      sql: "CREATE INDEX events_late ON events (id) WHERE at > now() - interval '7 days';",
      fires: true,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    switch (change.kind) {
      case 'CreateIndex': {
        const types = typesOf(context, knownTable(context, change.table)?.columns ?? []);
        const object = change.index.name?.name ?? written(change.table);
        const keys = change.index.keys.flatMap(({ expression }) => expression ?? []);
        for (const each of keys) yield* judged(context, each, types, 'an index', object, change.span);
        if (change.index.where !== undefined)
          yield* judged(context, change.index.where, types, 'the WHERE of an index', object, change.span);
        return;
      }
      case 'CreateTable': {
        if (change.ifNotExists && context.relation(change.table).kind !== 'absent') return;
        const own =
          tableAfter(context, change.table)?.columns ??
          change.columns.map(({ column, type }) => ({ name: column.name, type }));
        const types = typesOf(context, own);
        const table = written(change.table);
        for (const { column, generated } of change.columns)
          if (generated !== undefined)
            yield* judged(context, generated.expression, types, PLACE, `${table}.${column.name}`, column.span);
        for (const { expression } of change.partitionBy?.keys ?? [])
          if (expression !== undefined)
            yield* judged(context, expression, types, 'a partition key', table, change.span);
        return;
      }
      case 'AddColumn': {
        const { column, generated } = change.spec;
        const columns = knownTable(context, change.table)?.columns ?? [];
        if (generated === undefined || (change.ifNotExists && columns.some(({ name }) => name === column.name))) return;
        const object = `${written(change.table)}.${column.name}`;
        return yield* judged(context, generated.expression, typesOf(context, columns), PLACE, object, change.span);
      }
      case 'SetGenerated': {
        const types = typesOf(context, knownTable(context, change.table)?.columns ?? []);
        const object = `${written(change.table)}.${change.column.name}`;
        if (change.expression !== undefined)
          yield* judged(context, change.expression, types, PLACE, object, change.span);
        return;
      }
      default:
        return;
    }
  },
});

const PLACE = 'a generated column';

/** Of a column, asked for only where a function of it changes. */
type Types = (column: string) => DataType | undefined;

function typesOf(
  context: ChangeContext,
  columns: readonly { readonly name: string; readonly type: DataType }[],
): Types {
  return (column) => {
    const found = columns.find(({ name }) => name === column);
    return found === undefined ? undefined : baseType(context, found.type).type;
  };
}

/** The first of what changes: one sentence is enough to begin with. */
function* judged(
  context: ChangeContext,
  expression: Expression,
  types: Types,
  place: string,
  object: string,
  span: Span,
): Generator<Draft> {
  const found = (expression.changing ?? []).find((each) => changes(context, each, types)) ?? ofOwn(context, expression);
  if (found === undefined) return;
  const args = { what: found.what, place, column: found.column ?? '' };
  yield failure(context, { messageId: found.remedy, args }, object, span);
}

function changes(context: ChangeContext, { fn, column, types: wanted }: Changing, types: Types): boolean {
  // A function of the history by that name may be the one that is called.
  if (fn !== undefined && overloadsCalled(context.before, fn).length > 0) return false;
  if (column === undefined || wanted === undefined) return true;
  const type = types(column);
  if (type === undefined || type.array > 0) return false;
  const own = knownType(context, type)?.value;
  return wanted.includes(own === undefined ? type.name : own.form);
}

/** A function of the history that is declared, or left, STABLE or VOLATILE in every form; one in SQL may be taken for its body. */
function ofOwn(context: ChangeContext, { functions }: Expression): Changing | undefined {
  for (const called of functions) {
    const all = overloadsCalled(context.before, called);
    const isChanging = all.every(
      ([, { volatility, inlined }]) => inlined !== true && (volatility === 'stable' || volatility === 'volatile'),
    );
    if (all.length > 0 && isChanging) return { what: `${called}()`, remedy: 'own' };
  }
  return undefined;
}
