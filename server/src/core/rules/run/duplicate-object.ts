import type { Ident, ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable, severity, written } from '../support.ts';

export const duplicateObject = defineRule({
  id: 'run/duplicate-object',
  scope: 'change',
  on: [
    'CreateTable',
    'AddColumn',
    'RenameColumn',
    'RenameTable',
    'AddConstraint',
    'CreateIndex',
    'CreateView',
    'CreateSequence',
  ],
  severity: 'error',
  summary: 'A table, column, constraint or index of this name exists already: the statement fails.',
  messages: {
    relation: 'Fails: {object} exists already at this point.',
    column: 'Fails: {table} already has a column {column}.',
    constraint: 'Fails: {table} already has a constraint {constraint}.',
    'made-here': '{object} was made here.',
  },
  explanation: `The history was replayed up to this statement, and an object of the same name is there.

Silent for IF NOT EXISTS and CREATE OR REPLACE, where something opaque may have dropped it, and for what a branch of a DO block does.`,
  examples: [
    { title: 'Twice', given: 'CREATE TABLE t (id int);', sql: 'CREATE TABLE t (id int);', fires: true },
    {
      title: 'IF NOT EXISTS',
      given: 'CREATE TABLE t (id int);',
      sql: 'CREATE TABLE IF NOT EXISTS t (id int);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || ('ifNotExists' in change && change.ifNotExists)) return;
    switch (change.kind) {
      case 'CreateTable':
        if (!change.temporary) yield* relation(context, change.table);
        return;
      case 'RenameTable':
        yield* relation(context, {
          ...change.newName,
          ...(change.table.schema === undefined ? {} : { schema: change.table.schema }),
        });
        return;
      case 'CreateView':
        if (!change.replace) yield* relation(context, change.view);
        return;
      case 'CreateSequence':
        yield* relation(context, change.sequence);
        return;
      case 'CreateIndex':
        if (change.index.name !== undefined)
          yield* relation(context, {
            ...change.index.name,
            ...(change.table.schema === undefined ? {} : { schema: change.table.schema }),
          });
        return;
      case 'AddColumn':
        yield* column(context, change.table, change.spec.column);
        return;
      case 'RenameColumn':
        yield* column(context, change.table, change.newName);
        return;
      case 'AddConstraint':
        yield* constraint(context, change.table, change.constraint.name);
        return;
      default:
        return;
    }
  },
});

function* relation(context: ChangeContext, name: ObjectName): Generator<Draft> {
  const found = context.relation(name);
  if (found.kind !== 'known' || found.value.name.schema === 'pg_temp') return;
  const creates = name.schema ?? context.before.searchPath[0];
  if (found.value.name.schema !== creates) return;
  const object = written(name);
  yield {
    ...draft(context, 'relation', { object }, name.span, object),
    related: [context.madeAt(found.value.origin, 'made-here', { object })],
  };
}

function* column(context: ChangeContext, table: ObjectName, name: Ident): Generator<Draft> {
  const old = knownTable(context, table)?.columns.find((each) => each.name === name.name);
  if (old === undefined) return;
  const object = `${written(table)}.${name.name}`;
  yield {
    ...draft(context, 'column', { table: written(table), column: name.name }, name.span, object),
    related: [context.madeAt(old.origin, 'made-here', { object })],
  };
}

function* constraint(context: ChangeContext, table: ObjectName, name: Ident | undefined): Generator<Draft> {
  const old =
    name === undefined ? undefined : knownTable(context, table)?.constraints.find((each) => each.name === name.name);
  if (old === undefined || name === undefined) return;
  const object = `${written(table)}.${name.name}`;
  yield {
    ...draft(context, 'constraint', { table: written(table), constraint: name.name }, name.span, object),
    related: [context.madeAt(old.origin, 'made-here', { object })],
  };
}

function draft(
  context: ChangeContext,
  messageId: string,
  args: Draft['args'],
  span: Ident['span'],
  object: string,
): Draft {
  return {
    messageId,
    args,
    anchor: at(context.step, span),
    object,
    severity: severity(context, 'error'),
    compat: 'none',
    rollback: 'none',
  };
}
