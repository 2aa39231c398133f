import type { ObjectKey, View } from '../../schema/catalog.ts';
import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { type ChangeContext, defineRule, type Step } from '../rule.ts';
import { written } from '../support.ts';
import { failure } from './failure.ts';

export const unpopulatedView = defineRule({
  id: 'run/unpopulated-view',
  scope: 'change',
  on: ['CreateTable', 'CreateView', 'RefreshView', 'WriteRows'],
  severity: 'error',
  summary: 'A materialized view WITH NO DATA cannot be read before it was refreshed.',
  messages: {
    read: 'Fails: {view} was left WITH NO DATA, and nobody can read it before it is refreshed. REFRESH MATERIALIZED VIEW {view} first.',
  },
  explanation: `\`WITH NO DATA\` leaves a materialized view unpopulated: each query that reads it, through other views too, fails with \`has not been populated\`, even
where it would find nothing. A plain view over it can be made, and fails when it is read.

Silent where the view was left so by a released migration, because a job may have refreshed it since, where a view is not known, and for what a branch of a
DO block does. No fix is offered: when the view is to be filled, and how long that may take, only you know.`,
  examples: [
    {
      title: 'Read before it is filled',
      given: 'CREATE TABLE t (id int);\nCREATE TABLE counts (n int);',
      sql: 'CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM t WITH NO DATA;\nINSERT INTO counts SELECT n FROM totals;',
      fires: true,
    },
    {
      title: 'Filled first',
      given: 'CREATE TABLE t (id int);\nCREATE TABLE counts (n int);',
      sql: 'CREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM t WITH NO DATA;\nREFRESH MATERIALIZED VIEW totals;\nINSERT INTO counts SELECT n FROM totals;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    for (const key of readNow(context)) {
      const found = emptyBeneath(context, key);
      if (found === undefined) continue;
      const view = written(found.name.schema === context.before.searchPath[0] ? { name: found.name.name } : found.name);
      yield failure(context, { messageId: 'read', args: { view } }, view, change.span);
      return;
    }
  },
});

/** Keys of the relations whose rows the statement looks at. */
function readNow(context: ChangeContext): readonly ObjectKey[] {
  const names = namesRead(context.step);
  const keys = names.flatMap((name) => {
    const found = context.relation(name);
    return found.kind === 'known' && found.value.kind === 'view' ? [found.key] : [];
  });
  const { change } = context.step;
  if (change.kind !== 'RefreshView' || !change.withData) return keys;
  const found = context.relation(change.view);
  return found.kind === 'known' && found.value.kind === 'view' ? found.value.reads.map(({ relation }) => relation) : [];
}

function namesRead({ change, reading }: Step): readonly ObjectName[] {
  switch (change.kind) {
    case 'CreateTable':
      return withRows(change) ? (change.asQuery ?? []).map(({ relation }) => relation) : [];
    case 'CreateView':
      return change.materialized && change.withData ? change.reads.map(({ relation }) => relation) : [];
    case 'WriteRows':
      // What a DO block reads may stand in a branch.
      return reading.verb === 'DO' ? [] : reading.reads.map(({ relation }) => relation);
    default:
      return [];
  }
}

function withRows({ options }: SchemaChange): boolean {
  return options?.withNoData !== true;
}

/** The materialized view without data that a query of this relation comes to. */
function emptyBeneath(context: ChangeContext, key: ObjectKey, depth = 0): View | undefined {
  const view = context.before.objects.get(key);
  if (view?.kind !== 'view' || depth > 8) return undefined;
  if (view.materialized)
    return view.unpopulatedSince !== undefined && context.isUnreleased(view.unpopulatedSince) ? view : undefined;
  for (const { relation } of view.reads) {
    const found = emptyBeneath(context, relation, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
