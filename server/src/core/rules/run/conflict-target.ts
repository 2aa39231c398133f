import type { Table } from '../../schema/catalog.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable, written } from '../support.ts';
import { failure } from './failure.ts';

export const conflictTarget = defineRule({
  id: 'run/conflict-target',
  scope: 'change',
  on: ['WriteRows'],
  severity: 'error',
  summary: 'ON CONFLICT on columns or a constraint without a unique index fails, whatever the rows are.',
  messages: {
    index:
      'Fails: {table} has no unique index on exactly ({columns}) at this point, so ON CONFLICT finds nothing that could conflict. Name the columns of one, or add it first.',
    partial:
      'Fails: the unique index on ({columns}) of {table} is partial, and ON CONFLICT uses one only with its condition. Write that condition behind the columns: ON CONFLICT ({columns}) WHERE ...',
    deferrable:
      'Fails: the constraint on ({columns}) of {table} is DEFERRABLE, and ON CONFLICT cannot use it. Make it NOT DEFERRABLE.',
    column: 'Fails: {table} has no column {column} at this point.',
    constraint: 'Fails: {table} has no constraint {constraint} at this point.',
  },
  explanation: `\`ON CONFLICT (a, b)\` looks for a unique index on exactly these columns, in any order; a primary key and a unique constraint have one. Without it the statement
fails before it inserts a row (\`there is no unique or exclusion constraint matching the ON CONFLICT specification\`). A partial index counts only where its condition is
written behind the columns, a deferrable constraint never.

\`ON CONFLICT DO NOTHING\` without columns needs none.

No fix is offered: whether the index is missing or another was meant is not in the text.

Silent where the table is not known, for expressions, and for what a branch of a DO block does.`,
  examples: [
    {
      title: 'No unique index',
      given: 'CREATE TABLE settings (id int PRIMARY KEY, name text, value text);',
      sql: "INSERT INTO settings (id, name) VALUES (1, 'theme') ON CONFLICT (name) DO NOTHING;",
      fires: true,
    },
    {
      title: 'The index is made before',
      given:
        'CREATE TABLE settings (id int PRIMARY KEY, name text, value text);\nCREATE UNIQUE INDEX settings_name ON settings (name);',
      sql: "INSERT INTO settings (id, name) VALUES (1, 'theme') ON CONFLICT (name) DO NOTHING;",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'WriteRows' || change.conflict === undefined || change.certainty === 'maybe') return;
    const table = knownTable(context, change.table);
    if (table === undefined || table.partial) return;
    const { conflict } = change;
    const problem =
      conflict.constraint === undefined
        ? ofColumns(
            context,
            table,
            conflict.columns.map(({ name }) => name),
            conflict.where,
          )
        : ofConstraint(table, conflict.constraint.name);
    if (problem === undefined) return;
    const name = written(change.table);
    const args = { table: name, ...problem.args };
    yield {
      ...failure(context, { messageId: problem.messageId, args }, name, conflict.span),
      related: [context.madeAt(table.origin, 'made-here', { object: name })],
    };
  },
});

type Problem = Pick<Draft, 'messageId' | 'args'>;

function ofColumns(
  { before }: ChangeContext,
  table: Table,
  columns: readonly string[],
  hasCondition: boolean,
): Problem | undefined {
  const missing = columns.find((column) => table.columns.every(({ name }) => name !== column));
  if (missing !== undefined) return { messageId: 'column', args: { column: missing } };
  const wanted = [...new Set(columns)].toSorted().join('\n');
  const matching = table.indexes.flatMap((key) => {
    const index = before.objects.get(key);
    if (index?.kind !== 'index' || !index.unique) return [];
    const named = index.keys.flatMap(({ column }) => column ?? []);
    const isMeant = named.length === index.keys.length && [...new Set(named)].toSorted().join('\n') === wanted;
    return isMeant ? [{ key, index }] : [];
  });
  const args = { columns: columns.join(', ') };
  if (matching.length === 0) return { messageId: 'index', args };
  // Whether a condition implies that of an index, only the server can tell.
  const usable = matching.filter(({ index }) => hasCondition || index.where === undefined);
  if (usable.length === 0) return { messageId: 'partial', args };
  const isDeferrable = (key: string) => table.constraints.some(({ index, deferrable }) => deferrable && index === key);
  return usable.every(({ key }) => isDeferrable(key)) ? { messageId: 'deferrable', args } : undefined;
}

function ofConstraint({ constraints }: Table, name: string): Problem | undefined {
  return constraints.some((each) => each.name === name)
    ? undefined
    : { messageId: 'constraint', args: { constraint: name } };
}
