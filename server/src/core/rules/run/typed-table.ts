import type { Table, UserType } from '../../schema/catalog.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable, knownType, settledType, written } from '../support.ts';
import { failure } from './failure.ts';

export const typedTable = defineRule({
  id: 'run/typed-table',
  scope: 'change',
  on: ['AddColumn', 'DropColumn', 'RenameColumn', 'ChangeColumnType', 'SetTableOption'],
  severity: 'error',
  summary: 'A table that is made of a type has the columns of the type, and no others.',
  messages: {
    columns:
      'Fails: {table} is made of {type} and has its columns from there. ALTER TYPE {type} ... CASCADE changes them, NOT OF makes it a table of its own.',
    extra: 'Fails: {table} has the column {column}, and {type} has none of that name at that place.',
    missing: 'Fails: {type} has {column} at a place where {table} has another column or none.',
    differs: 'Fails: {column} is {from} in {table}, and {to} in {type}.',
    untyped: 'Fails: {table} is not made of a type at this point.',
  },
  explanation: `\`CREATE TABLE t OF c\` and \`ALTER TABLE t OF c\` make a table of a composite type: it has the type's attributes as its columns, in their order and with
their types. Its columns are added, dropped, renamed and given other types by \`ALTER TYPE c ... CASCADE\` only; constraints, defaults and indexes are its own.

Silent where the table or the type is not known, and for what a branch of a DO block does. No fix is offered: whether the type is to change for all of its
tables, or this one is to leave it, only you know.`,
  examples: [
    {
      title: 'A column of its own',
      given: 'CREATE TYPE place AS (street text, city text);\nCREATE TABLE homes OF place;',
      sql: 'ALTER TABLE homes ADD COLUMN floor int;',
      fires: true,
    },
    {
      title: 'No longer made of the type',
      given: 'CREATE TYPE place AS (street text, city text);\nCREATE TABLE homes OF place;',
      sql: 'ALTER TABLE homes NOT OF;\nALTER TABLE homes ADD COLUMN floor int;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    switch (change.kind) {
      case 'SetTableOption':
        if (change.option === 'of-type') yield* ofType(context, change);
        return;
      case 'AddColumn':
      case 'DropColumn':
      case 'RenameColumn':
      case 'ChangeColumnType': {
        const type = context.before.objects.get(knownTable(context, change.table)?.ofType ?? '');
        const args = { table: written(change.table), type: type?.name.name ?? '' };
        if (type !== undefined) yield failure(context, { messageId: 'columns', args }, args.table, change.span);
        return;
      }
      default:
        return;
    }
  },
});

/** `OF c` and `NOT OF` */
function* ofType(context: ChangeContext, change: ChangeOf<'SetTableOption'>): Generator<Draft> {
  const table = knownTable(context, change.table);
  if (table === undefined || table.partial) return;
  const name = written(change.table);
  const failed = (messageId: string, args: Draft['args'] = {}) =>
    failure(context, { messageId, args: { table: name, ...args } }, name, change.span);
  const said = change.options?.type as { readonly schema?: string; readonly name: string } | undefined;
  if (said === undefined) {
    if (table.ofType === undefined) yield failed('untyped');
    return;
  }
  const type = knownType(context, said)?.value;
  const problem = type?.form === 'composite' ? mismatch(context, table, type) : undefined;
  if (problem !== undefined) yield failed(problem.messageId, { ...problem.args, type: written(said) });
}

function mismatch(context: ChangeContext, { columns }: Table, { attributes }: UserType) {
  const { sameType } = context.dialect.semantics(context.target);
  for (const [nth, { name: column, type }] of attributes.entries()) {
    const own = columns[nth];
    if (own?.name !== column) return { messageId: 'missing', args: { column } };
    if (!sameType(settledType(context, own.type), settledType(context, type)))
      return { messageId: 'differs', args: { column, from: own.type.text, to: type.text } };
  }
  const extra = columns[attributes.length];
  return extra === undefined ? undefined : { messageId: 'extra', args: { column: extra.name } };
}
