import type { Index, Table } from '../../schema/catalog.ts';
import type { ConstraintSpec, IndexSpec } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownTable, listed, tableAfter, written } from '../support.ts';
import { failure, type Problem } from './failure.ts';

export const key = defineRule({
  id: 'run/key',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint', 'CreateIndex'],
  severity: 'error',
  summary:
    'A second primary key, a unique key without the partition key, or an index that no constraint can use: it fails.',
  messages: {
    second:
      'Fails: {table} has a primary key already{name}. Drop that first, in the same statement, or make this one UNIQUE.',
    repeated: 'Fails: {column} stands twice in the key.',
    partition:
      'Fails: {table} is partitioned by {keys}, and a unique key of it must hold every column of that: {missing} is missing. Add it, or make the key unique on each partition.',
    expression:
      'Fails: {table} is partitioned by an expression, and PostgreSQL keeps nothing unique across such partitions. Make the key unique on each partition.',
    'index-partial': 'Fails: {index} is partial, and a constraint holds for every row. Build one without WHERE.',
    'index-expression':
      'Fails: {index} has an expression, and a constraint is on columns. Keep it as a unique index, which guards the rows as well.',
    'index-order':
      'Fails: {index} sorts {column} in another order than a constraint does. Build one without DESC and NULLS FIRST.',
    'index-plain': 'Fails: {index} is not unique. Build a UNIQUE one.',
    'index-table': 'Fails: {index} is no index of {table}.',
    'index-taken': 'Fails: {index} carries the constraint {constraint} already.',
  },
  explanation: `A table has one primary key. A unique key of a partitioned table must hold the columns that it is partitioned by, because each partition looks after its own rows
only (\`unique constraint on partitioned table must include all partitioning columns\`). \`USING INDEX\` takes a unique B-tree index over plain columns in their ordinary
order, without \`WHERE\`, that carries no constraint yet.

Silent where the table or the index is not known, and for what a branch of a DO block does. No fix is offered: another key is another promise, and only you can give it.`,
  peers: ['migrationpilot:MP049'],
  examples: [
    {
      title: 'The partition key is missing',
      given: 'CREATE TABLE events (id bigint, made date NOT NULL) PARTITION BY RANGE (made);',
      sql: 'ALTER TABLE events ADD PRIMARY KEY (id);',
      fires: true,
    },
    {
      title: 'With it',
      given: 'CREATE TABLE events (id bigint, made date NOT NULL) PARTITION BY RANGE (made);',
      sql: 'ALTER TABLE events ADD PRIMARY KEY (id, made);',
      fires: false,
    },
    {
      title: 'A partial index',
      given: 'CREATE TABLE users (id int, gone boolean);\nCREATE UNIQUE INDEX users_id ON users (id) WHERE NOT gone;',
      sql: 'ALTER TABLE users ADD CONSTRAINT users_key UNIQUE USING INDEX users_id;',
      fires: true,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    switch (change.kind) {
      case 'CreateTable': {
        if (change.ifNotExists && context.relation(change.table).kind !== 'absent') return;
        const [, second] = change.constraints.filter(({ kind }) => kind === 'primary-key');
        if (second !== undefined) yield draft(context, change.table, second, secondOf(change.table, undefined));
        for (const each of change.constraints)
          yield* ofKey(context, change.table, each, tableAfter(context, change.table));
        return;
      }
      case 'AddColumn':
        for (const each of change.constraints) yield* added(context, change.table, each);
        return;
      case 'AddConstraint':
        return yield* added(context, change.table, change.constraint);
      case 'CreateIndex': {
        const table = knownTable(context, change.table);
        const problem =
          change.index.unique && table !== undefined ? ofPartitions(table, columnsOf(change.index)) : undefined;
        if (problem !== undefined && !(change.ifNotExists && isThere(context, change.index)))
          yield failure(context, withTable(problem, change.table), written(change.table), change.span);
        return;
      }
      default:
        return;
    }
  },
});

function* added(context: ChangeContext, name: ObjectName, constraint: ConstraintSpec): Generator<Draft> {
  const table = knownTable(context, name);
  if (table === undefined || table.partial) return;
  const old =
    constraint.kind === 'primary-key' ? table.constraints.find(({ kind }) => kind === 'primary-key') : undefined;
  if (old !== undefined) yield draft(context, name, constraint, secondOf(name, old.name));
  else if (constraint.usingIndex !== undefined) yield* usingIndex(context, name, table, constraint);
  else yield* ofKey(context, name, constraint, table);
}

function* ofKey(
  context: ChangeContext,
  name: ObjectName,
  constraint: ConstraintSpec,
  table: Pick<Table, 'partitionBy'> | undefined,
): Generator<Draft> {
  if (constraint.kind !== 'primary-key' && constraint.kind !== 'unique') return;
  const columns = constraint.columns.map((each) => each.name);
  const twice = columns.find((column, nth) => columns.indexOf(column) !== nth);
  const problem =
    twice === undefined
      ? table === undefined || constraint.usingIndex !== undefined
        ? undefined
        : ofPartitions(table, columns)
      : { messageId: 'repeated', args: { column: twice } };
  if (problem !== undefined) yield draft(context, name, constraint, problem);
}

/** What a unique key of a partitioned table lacks. */
function ofPartitions(
  { partitionBy }: Pick<Table, 'partitionBy'>,
  columns: readonly (string | undefined)[],
): Problem | undefined {
  if (partitionBy === undefined) return undefined;
  const keys = partitionBy.keys.map(({ column }) => column);
  if (keys.includes(undefined)) return { messageId: 'expression', args: {} };
  const missing = keys.filter((each) => !columns.includes(each)).map((each) => each ?? '');
  if (missing.length === 0) return undefined;
  return { messageId: 'partition', args: { keys: keys.join(', '), missing: listed(missing) } };
}

function* usingIndex(
  context: ChangeContext,
  name: ObjectName,
  table: Table,
  constraint: ConstraintSpec,
): Generator<Draft> {
  const written = constraint.usingIndex;
  const found = written === undefined ? undefined : context.relation({ ...written, schema: table.name.schema });
  if (written === undefined || found?.kind !== 'known' || found.value.kind !== 'index') return;
  const owner = table.constraints.find(({ index }) => index === found.key);
  const problem =
    context.before.objects.get(found.value.table) !== table
      ? 'index-table'
      : owner !== undefined
        ? 'index-taken'
        : unusable(found.value);
  if (problem === undefined) return;
  const column = found.value.keys.find(({ descending, nullsFirst }) => descending || nullsFirst)?.column ?? '';
  const args = { index: written.name, column, constraint: owner?.name ?? '' };
  yield draft(context, name, constraint, { messageId: problem, args });
}

function unusable({ unique, where, keys }: Index): string | undefined {
  if (!unique) return 'index-plain';
  if (keys.some(({ column }) => column === undefined)) return 'index-expression';
  if (where !== undefined) return 'index-partial';
  return keys.some(({ descending, nullsFirst }) => descending || nullsFirst) ? 'index-order' : undefined;
}

function columnsOf({ keys }: IndexSpec): readonly (string | undefined)[] {
  return keys.map(({ column }) => column);
}

function isThere(context: ChangeContext, { name }: IndexSpec): boolean {
  return name === undefined || context.relation(name).kind !== 'absent';
}

function secondOf(table: ObjectName, old: string | undefined): Problem {
  return { messageId: 'second', args: { table: written(table), name: old === undefined ? '' : `, ${old}` } };
}

function withTable({ messageId, args }: Problem, table: ObjectName): Problem {
  return { messageId, args: { table: written(table), ...args } };
}

function draft(
  context: ChangeContext,
  table: ObjectName,
  { name, columns, span }: ConstraintSpec,
  problem: Problem,
): Draft {
  const object = `${written(table)}.${name?.name ?? listed(columns.map((each) => each.name))}`;
  return failure(context, withTable(problem, table), object, span);
}
