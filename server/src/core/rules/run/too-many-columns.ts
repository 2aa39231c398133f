import type { ObjectName } from '../../schema/names.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable, tableAfter, written } from '../support.ts';
import { failure } from './failure.ts';

export const tooManyColumns = defineRule({
  id: 'run/too-many-columns',
  scope: 'change',
  on: ['CreateTable', 'AddColumn'],
  severity: 'error',
  summary: 'A table takes 1,600 columns, and those that were dropped count.',
  messages: {
    many: 'Fails: {table} would have {count} columns, and a table takes {most}. Put some of them into a table of their own, or into one jsonb.',
    dropped:
      'Fails: {table} has had {count} columns with this one, and a table takes {most}: the {dropped} that were dropped keep their places. Only a table made anew has room again.',
  },
  explanation: `PostgreSQL gives each column of a table a number, at most 1,600 of them, and never uses one again: a table from which columns are dropped while others are added reaches the end
with few columns left (\`tables can have at most 1600 columns\`). A restored dump begins anew; the database that ran this history does not.

Silent where the table is not known in full, and for what a branch of a DO block does. No fix is offered: which columns belong elsewhere, only you know.`,
  examples: [
    {
      title: 'One too many',
      given: `CREATE TABLE wide (${Array.from({ length: 1600 }, (_, nth) => `c${nth} int`).join(', ')});`,
      sql: 'ALTER TABLE wide ADD COLUMN more int;',
      fires: true,
    },
    {
      title: 'There is room',
      given: 'CREATE TABLE t (id int);',
      sql: 'ALTER TABLE t ADD COLUMN more int;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    const most = context.dialect.mostColumns;
    if (change.certainty === 'maybe' || most === undefined) return;
    if (change.kind === 'CreateTable') yield* created(context, change.table, most);
    if (change.kind !== 'AddColumn') return;
    const table = knownTable(context, change.table);
    if (table === undefined || table.partial) return;
    const { dropped = 0, columns } = table;
    const count = columns.length + dropped + 1;
    // A table that has more already was refused.
    if (count <= most || columns.length > most || columns.some(({ name }) => name === change.spec.column.name)) return;
    yield draft(context, change.table, { count, most, dropped });
  },
});

function* created(context: ChangeContext, name: ObjectName, most: number): Generator<Draft> {
  const { change } = context.step;
  if (change.kind !== 'CreateTable' || (change.ifNotExists && context.relation(name).kind !== 'absent')) return;
  if (change.columns.length <= most && change.like.length === 0 && change.inherits.length === 0) return;
  const table = tableAfter(context, name);
  const count = table === undefined || table.partial ? change.columns.length : table.columns.length;
  if (count > most) yield draft(context, name, { count, most, dropped: 0 });
}

function draft(
  context: ChangeContext,
  name: ObjectName,
  args: { readonly count: number; readonly most: number; readonly dropped: number },
): Draft {
  const table = written(name);
  const messageId = args.dropped === 0 ? 'many' : 'dropped';
  return failure(context, { messageId, args: { table, ...args } }, table, context.step.change.span);
}
