import type { CatalogObject, Lookup, View } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { newName } from '../../schema/keys.ts';
import type { DataType } from '../../schema/types.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isTemporaryView, relationAfter, written } from '../support.ts';
import { failure } from './failure.ts';

export const viewColumns = defineRule({
  id: 'run/view-columns',
  scope: 'change',
  on: ['CreateView'],
  severity: 'error',
  summary:
    'CREATE OR REPLACE VIEW can only add columns behind those that the view has, and no view has two of one name.',
  messages: {
    fewer:
      'Fails: {view} has a column {column}, which the new query lacks, and CREATE OR REPLACE VIEW takes none away. Keep it, or DROP VIEW first and create the view anew.',
    renames:
      'Fails: column {place} of {view} is {old} and would be {column}, and CREATE OR REPLACE VIEW renames none. Keep the columns in their order and add new ones behind them, or DROP VIEW first.',
    retypes:
      'Fails: column {column} of {view} is {from} and would be {to}, and CREATE OR REPLACE VIEW changes no type. Cast it to {from} in the query, or DROP VIEW first and create the view anew.',
    kind: 'Fails: {view} exists already and is no view.',
    twice: 'Fails: the query gives two columns the name {column}. Give one of them another with AS.',
  },
  explanation: `\`CREATE OR REPLACE VIEW\` keeps what depends on the view, so the columns that it has must stay: the same names, in the same order, with the same types. New ones
go behind them. A column more in the middle of the query moves all that follow, which the server reports as a rename.

**Do instead**: put the new column last. To take one away or to rename one, see \`schema/drop-view\`; \`ALTER VIEW ... RENAME COLUMN\` renames.

No fix is offered: DROP VIEW takes grants and dependents along, and where a column belongs only the query's author knows.

Silent where the columns of the old or the new query are not known, such as those of a star over several tables. A type is compared where the query
takes a column as it is, casts it or counts; of other expressions only the server knows it.`,
  examples: [
    {
      title: 'A column less',
      given: 'CREATE TABLE t (id int, a int, b int);\nCREATE VIEW v AS SELECT id, a FROM t;',
      sql: 'CREATE OR REPLACE VIEW v AS SELECT id FROM t;',
      fires: true,
    },
    {
      title: 'A column in the middle',
      given: 'CREATE TABLE t (id int, a int, b int);\nCREATE VIEW v AS SELECT id, a FROM t;',
      sql: 'CREATE OR REPLACE VIEW v AS SELECT id, b, a FROM t;',
      fires: true,
    },
    {
      title: 'Another type',
      given: 'CREATE TABLE t (id int, a int, b bigint);\nCREATE VIEW v AS SELECT id, a FROM t;',
      sql: 'CREATE OR REPLACE VIEW v AS SELECT id, b AS a FROM t;',
      fires: true,
    },
    {
      title: 'Cast to the type that it had',
      given: 'CREATE TABLE t (id int, a int, b bigint);\nCREATE VIEW v AS SELECT id, a FROM t;',
      sql: 'CREATE OR REPLACE VIEW v AS SELECT id, b::int AS a FROM t;',
      fires: false,
    },
    {
      title: 'A column behind the others',
      given: 'CREATE TABLE t (id int, a int, b int);\nCREATE VIEW v AS SELECT id, a FROM t;',
      sql: 'CREATE OR REPLACE VIEW v AS SELECT id, a, b FROM t;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateView' || change.certainty === 'maybe') return;
    const found = replaced(context, change);
    // Where it stands already, and is not to be replaced, that is what is said.
    if (!change.replace && found.kind === 'known') return;
    if (change.ifNotExists && found.kind !== 'absent') return;
    const [problem] = problems(context, change);
    if (problem === undefined) return;
    const view = written(change.view);
    yield {
      ...failure(context, { messageId: problem.messageId, args: { view, ...problem.args } }, view, change.span),
      related: found.kind === 'known' ? [context.madeAt(found.value.origin, 'made-here', { object: view })] : [],
    };
  },
});

type Problem = Pick<Draft, 'messageId' | 'args'>;

function* problems(context: ChangeContext, change: ChangeOf<'CreateView'>): Generator<Problem> {
  const columns = columnsAfter(context, change);
  const twice = columns?.find((name, nth) => columns.indexOf(name) !== nth);
  if (twice !== undefined) yield { messageId: 'twice', args: { column: twice } };
  if (!change.replace) return;
  const found = replaced(context, change);
  if (found.kind !== 'known') return;
  const old = found.value;
  if (old.kind !== 'view' || old.materialized) return yield { messageId: 'kind', args: {} };
  if (columns === undefined || old.columns.length === 0 || old.columns.includes('*')) return;
  const types = typesAfter(context, change);
  const { sameType } = context.dialect.semantics(context.target);
  if (columns.length < old.columns.length)
    return yield { messageId: 'fewer', args: { column: missing(old.columns, columns) } };
  for (const [nth, name] of old.columns.entries()) {
    const now = columns[nth];
    if (now !== name) return yield { messageId: 'renames', args: { place: nth + 1, old: name, column: now ?? '' } };
    const [from, to] = [old.types[nth], types[nth]];
    if (from && to && !sameType(flat(from), flat(to)))
      return yield { messageId: 'retypes', args: { column: name, from: from.text, to: to.text } };
  }
}

/** What stands where the view goes. */
function replaced(context: ChangeContext, change: ChangeOf<'CreateView'>): Lookup<CatalogObject> {
  return context.relation({
    ...change.view,
    ...newName(context.before, change.view, isTemporaryView(context, change)),
  });
}

function missing(old: readonly string[], columns: readonly string[]): string {
  return old.find((name) => !columns.includes(name)) ?? old[columns.length] ?? '';
}

function typesAfter(context: ChangeContext, { view }: ChangeOf<'CreateView'>): View['types'] {
  const found = relationAfter(context, view);
  return found.kind === 'known' && found.value.kind === 'view' ? found.value.types : [];
}

/** `int[][]` is `int[]` to the server. */
function flat(type: DataType): DataType {
  return { ...type, array: Math.min(type.array, 1) };
}

/** Undefined: not known. A view that could not be replaced has its old columns: then those that are written count. */
function columnsAfter(context: ChangeContext, change: ChangeOf<'CreateView'>): readonly string[] | undefined {
  const found = relationAfter(context, change.view);
  const columns = found.kind === 'known' && found.value.kind === 'view' ? found.value.columns : change.columns;
  return columns.length === 0 || columns.includes('*') ? undefined : columns;
}
