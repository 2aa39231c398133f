import { hasRowKey } from '../row-key.ts';
import { type ChangeContext, defineRule } from '../rule.ts';
import { written } from '../support.ts';
import { failure } from './failure.ts';

export const refresh = defineRule({
  id: 'run/refresh-concurrently',
  scope: 'change',
  on: ['RefreshView'],
  severity: 'error',
  summary: 'REFRESH ... CONCURRENTLY needs a unique index that covers every row of the view.',
  messages: {
    index:
      'Fails: {view} has no unique index on columns and without WHERE at this point, and CONCURRENTLY finds its rows by one. Create it first, or refresh without CONCURRENTLY, which blocks every read meanwhile.',
    empty:
      'Fails: {view} was left WITH NO DATA, and CONCURRENTLY compares with rows that are there. Refresh it without CONCURRENTLY the first time.',
    data: 'Fails: CONCURRENTLY and WITH NO DATA exclude each other. Leave one of them out.',
  },
  explanation: `\`REFRESH MATERIALIZED VIEW CONCURRENTLY\` compares the new rows with the old ones, and needs a unique index on plain columns of the whole view to tell them
apart: one with an expression or a \`WHERE\` does not count (\`cannot refresh materialized view concurrently\`).

**Do instead**: \`CREATE UNIQUE INDEX ... ON view (column)\` in an earlier migration. Which columns are unique, only you know, so the quick fix leaves the index to you
and takes \`CONCURRENTLY\` away. The first refresh of a view \`WITH NO DATA\` takes no \`CONCURRENTLY\` either.

Silent where the view or its indexes are not known, and for what a branch of a DO block does.`,
  examples: [
    {
      title: 'No unique index',
      given: 'CREATE TABLE t (id int);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM t;',
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
      fires: true,
    },
    {
      title: 'With one',
      given:
        'CREATE TABLE t (id int);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM t;\nCREATE UNIQUE INDEX totals_id ON totals (id);',
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'RefreshView' || !change.concurrently || change.certainty === 'maybe') return;
    const messageId = change.withData ? problemOf(context, change.view) : 'data';
    if (messageId === undefined) return;
    const view = written(change.view);
    yield {
      ...failure(context, { messageId, args: { view } }, view, change.span),
      fixes: [{ id: 'not-concurrently', args: {} }],
    };
  },
});

function problemOf(
  context: ChangeContext,
  name: Parameters<ChangeContext['relation']>[0],
): 'index' | 'empty' | undefined {
  const found = context.relation(name);
  if (found.kind !== 'known' || found.value.kind !== 'view' || !found.value.materialized) return undefined;
  const { unpopulatedSince } = found.value;
  // A job may have refreshed what a released migration left so.
  if (unpopulatedSince !== undefined && context.isUnreleased(unpopulatedSince)) return 'empty';
  return hasRowKey(context, name) === false ? 'index' : undefined;
}
