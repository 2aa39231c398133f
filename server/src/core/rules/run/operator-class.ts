import type { Span } from '../../model/text.ts';
import type { ConstraintSpec, IndexSpec } from '../../schema/change.ts';
import { castsKey } from '../../schema/keys.ts';
import type { ObjectName } from '../../schema/names.ts';
import { type ChangeContext, defineRule } from '../rule.ts';
import { baseType, tableAfter, written } from '../support.ts';
import { failure } from './failure.ts';

export const operatorClass = defineRule({
  id: 'run/operator-class',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint', 'CreateIndex'],
  severity: 'error',
  summary:
    'An index or a key on a type that the index method cannot compare fails; so does one of a form that the method does not have.',
  messages: {
    lacks:
      'Fails: {column} is {type}, and {type} has no default operator class for {method}, so the index cannot hold it. {instead}',
    unique: 'Fails: an index by {method} cannot be UNIQUE. Leave {method} out: a B-tree can be.',
    multicolumn:
      'Fails: an index by {method} has one column. Make one for each, or leave {method} out: a B-tree has as many as it needs.',
  },
  explanation: `An index compares the values of its columns, or finds them by an operator, and needs an operator class for that. B-trees have none for \`json\`, \`xml\` and the geometric types, so
these are neither indexed by default nor part of a primary key or a unique constraint (\`data type json has no default operator class for access method "btree"\`).

Of the methods that PostgreSQL brings along only B-trees are UNIQUE, and \`hash\` and \`spgist\` take one column each.

**Do instead**: \`jsonb\` in the place of \`json\`; GiST for geometric types; an index on an expression that gives another type.

Silent where the type is not known (of an extension), for arrays and expressions, where an operator class is named, where the history makes operator classes of its own, and for what a branch of
a DO block does. No fix is offered: the way out is another type or another kind of index.`,
  examples: [
    {
      title: 'json',
      given: 'CREATE TABLE events (id int, data json);',
      sql: 'CREATE INDEX events_data ON events (data);',
      fires: true,
    },
    {
      title: 'jsonb',
      given: 'CREATE TABLE events (id int, data jsonb);',
      sql: 'CREATE INDEX events_data ON events USING gin (data);',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe' || context.before.tainted.has(castsKey) || context.before.tainted.has('*')) return;
    switch (change.kind) {
      case 'CreateIndex': {
        const { keys, method } = change.index;
        const messageId = formOf(change.index);
        // Looked at before IF NOT EXISTS is.
        if (messageId !== undefined)
          yield failure(context, { messageId, args: { method } }, written(change.table), change.span);
        const columns = keys.flatMap(({ column, opclass }) => (opclass === undefined ? (column ?? []) : []));
        return yield* lacking(context, change.table, columns, method, change.span);
      }
      case 'CreateTable':
        if (change.ifNotExists && context.relation(change.table).kind !== 'absent') return;
        return yield* ofKeys(context, change.table, change.constraints);
      case 'AddColumn':
        return yield* ofKeys(context, change.table, change.constraints);
      case 'AddConstraint':
        return yield* ofKeys(context, change.table, [change.constraint]);
      default:
        return;
    }
  },
});

function formOf({ unique, keys, method }: IndexSpec): string | undefined {
  if (unique && NEVER_UNIQUE.has(method)) return 'unique';
  return keys.length > 1 && SINGLE.has(method) ? 'multicolumn' : undefined;
}

const NEVER_UNIQUE: ReadonlySet<string> = new Set(['hash', 'gin', 'gist', 'spgist', 'brin']);
const SINGLE: ReadonlySet<string> = new Set(['hash', 'spgist']);

function* ofKeys(context: ChangeContext, table: ObjectName, constraints: readonly ConstraintSpec[]) {
  for (const { kind, columns, usingIndex, span } of constraints)
    if ((kind === 'primary-key' || kind === 'unique') && usingIndex === undefined)
      yield* lacking(
        context,
        table,
        columns.map(({ name }) => name),
        'btree',
        span,
      );
}

function* lacking(context: ChangeContext, table: ObjectName, columns: readonly string[], method: string, span: Span) {
  const semantics = context.dialect.semantics(context.target);
  const known = tableAfter(context, table);
  for (const name of columns) {
    const column = known?.columns.find((each) => each.name === name);
    if (column === undefined) continue;
    const { type } = baseType(context, column.type);
    if (semantics.lacksOperatorClass?.(type, method) !== true) continue;
    const object = `${written(table)}.${name}`;
    const args = {
      column: object,
      type: type.text,
      method,
      instead: INSTEAD[type.name] ?? 'Choose another type or another kind of index.',
    };
    yield failure(context, { messageId: 'lacks', args }, object, span);
    return;
  }
}

const INSTEAD: Readonly<Record<string, string>> = {
  json: 'Make the column jsonb, or index an expression of it.',
  point: 'GiST has one.',
  box: 'GiST has one.',
  polygon: 'GiST has one.',
  circle: 'GiST has one.',
};
