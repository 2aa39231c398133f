import type { Origin, Table } from '../../schema/catalog.ts';
import { heldLocks } from '../held-locks.ts';
import { at, type ChangeContext, defineRule, type RuleOption } from '../rule.ts';
import { knownTable } from '../support.ts';

const most: RuleOption = {
  name: 'migrations',
  description: 'Migrations of one release that may lock the same table without a word.',
  min: 1,
  max: 100,
  default: 2,
};

export const sameTableAgain = defineRule({
  id: 'lock/same-table-again',
  scope: 'migration',
  severity: 'hint',
  summary: 'Several migrations of one release lock the same table: each waits for it anew, and everybody behind each.',
  messages: {
    again:
      '{count} migrations of this release ask for a strong lock on {table}: each waits until every query on it has ended, and everything else waits behind it each time. Put the changes into one ALTER TABLE.',
    'changed-here': '{table} is changed here as well.',
  },
  explanation: `A strong lock is short once it is there; getting it is what hurts. It waits for the oldest query on the table, and every query that
comes later waits behind it. Three migrations that each add a column do this three times.

**Do instead**: one \`ALTER TABLE\` with all its changes, in one migration. There is no quick fix: what may be moved forward depends on
what stands between.

Counted are migrations that no database has run yet and that add columns, constraints or triggers to a table of an earlier release. Two
are few enough to be silent (option \`migrations\`).`,
  options: [most],
  examples: [
    {
      title: 'Three times in one release',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      earlier: ['ALTER TABLE users ADD COLUMN a int;', 'ALTER TABLE users ADD COLUMN b int;'],
      sql: 'ALTER TABLE users ADD COLUMN c int;',
      fires: true,
    },
    {
      title: 'All at once',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE users ADD COLUMN a int, ADD COLUMN b int, ADD COLUMN c int;',
      fires: false,
    },
  ],
  *check({ contexts }, option) {
    const told = new Set<string>();
    for (const context of contexts) {
      for (const { lock } of heldLocks(context)) {
        if (lock.role !== 'target' || told.has(lock.relation)) continue;
        told.add(lock.relation);
        const earlier = earlierIn(context, lock.relation);
        if (earlier.length < option(most)) continue;
        yield {
          messageId: 'again',
          args: { count: earlier.length + 1, table: lock.relation },
          anchor: at(context.step, context.step.change.span),
          object: lock.relation,
          impact: context.impact(),
          compat: 'none',
          rollback: 'none',
          related: earlier.map((origin) => context.madeAt(origin, 'changed-here', { table: lock.relation })),
        };
      }
    }
  },
});

/** One place in each other unreleased migration that shaped the table before. */
function earlierIn(context: ChangeContext, display: string): readonly Origin[] {
  const { change } = context.step;
  const name = 'table' in change ? change.table : undefined;
  const table = name === undefined || !display.endsWith(name.name) ? undefined : knownTable(context, name);
  const found = new Map<string, Origin>();
  for (const origin of table === undefined ? [] : originsOf(table)) {
    if (origin.migration === context.migration.id || !context.isUnreleased(origin)) continue;
    if (!found.has(origin.migration)) found.set(origin.migration, origin);
  }
  return [...found.values()];
}

function originsOf({ columns, constraints, triggers }: Table): readonly Origin[] {
  return [...columns, ...constraints, ...triggers].map(({ origin }) => origin);
}
