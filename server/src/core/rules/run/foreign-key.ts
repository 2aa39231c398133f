import type { Table } from '../../schema/catalog.ts';
import type { ChangeOf, ConstraintSpec } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import type { DataType } from '../../schema/types.ts';
import type { CatalogView } from '../../schema/view.ts';
import { canReference } from '../casts.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { listed, relationAfter, tableAfter, written } from '../support.ts';
import { failure } from './failure.ts';

export const foreignKey = defineRule({
  id: 'run/foreign-key',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint', 'ChangeColumnType'],
  severity: 'error',
  summary: 'A foreign key to columns that have no key, or of another type, fails.',
  messages: {
    key: 'Fails: {referenced} has no primary key or unique constraint on exactly ({columns}) at this point. A foreign key points to one: add it first, or reference the columns of another.',
    'primary-key':
      'Fails: {referenced} has no primary key at this point, and a foreign key that names no columns points to it. Add one first, or name the columns of a unique constraint.',
    deferrable:
      'Fails: the constraint on ({columns}) of {referenced} is DEFERRABLE, and a foreign key cannot point to it. Make it NOT DEFERRABLE, or reference another key.',
    count: 'Fails: the foreign key has {own} columns and references {other} of {referenced}. Name one for each.',
    column: 'Fails: {referenced} has no column {column} at this point.',
    relation: 'Fails: {referenced} is no table, and a foreign key points to the rows of a table only.',
    type: 'Fails: {table}.{column} is {from}, {referenced}.{other} is {to}, and PostgreSQL does not compare the two. Give {column} the type of the column that it references.',
    retyped:
      'Fails: {table}.{column} is {from}, {referenced}.{other} is {to} then, and the foreign key {constraint} between them stays. Drop it before, give both columns the type, and add it again.',
    'not-valid':
      'Fails before PostgreSQL 18: {table} is partitioned, and its foreign keys cannot be NOT VALID. Add it to each partition first, NOT VALID and validated there, and then to {table}.',
  },
  explanation: `A foreign key needs a primary key, a unique constraint or a unique index on exactly the columns that it references, in any order; a partial index, one
with an expression and a deferrable constraint do not count (\`there is no unique constraint matching given keys\`). The types of each pair of
columns must be comparable: integers of different sizes are, text and uuid are not (\`key columns are of incompatible types\`).

The history was replayed up to this statement; the rule says what the server would say there.

No fix is offered: a key that is missing is a promise about the rows that are there, and only you can give it.

Silent where the referenced table or one of the types is not known, and for what a branch of a DO block does.`,
  examples: [
    {
      title: 'No key on the column',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'CREATE TABLE logins (email text REFERENCES users (email));',
      fires: true,
    },
    {
      title: 'Another type',
      given: 'CREATE TABLE users (id uuid PRIMARY KEY);',
      sql: 'CREATE TABLE logins (user_id bigint REFERENCES users);',
      fires: true,
    },
    {
      title: 'A smaller integer',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'CREATE TABLE logins (user_id int REFERENCES users);',
      fires: false,
    },
  ],
  *check(context) {
    for (const { table, constraint } of addedKeys(context)) {
      const [problem] = problems(context, table, constraint);
      if (problem === undefined) continue;
      const object = `${written(table)}.${constraint.name?.name ?? listed(constraint.columns.map(({ name }) => name))}`;
      yield failure(context, problem, object, constraint.span);
    }
    if (context.step.change.kind === 'ChangeColumnType') yield* retyped(context, context.step.change);
  },
});

interface Added {
  readonly table: ObjectName;
  readonly constraint: ConstraintSpec;
}

/** Foreign keys that the change really adds: IF NOT EXISTS of what is there adds none. */
function addedKeys(context: ChangeContext): readonly Added[] {
  const { change } = context.step;
  if (change.certainty === 'maybe') return [];
  switch (change.kind) {
    case 'CreateTable':
      if (change.ifNotExists && context.relation(change.table).kind !== 'absent') return [];
      return foreignKeys(change.table, change.constraints);
    case 'AddColumn': {
      const found = change.ifNotExists ? context.table(change.table) : undefined;
      const isThere =
        found?.kind === 'known' && found.value.columns.some(({ name }) => name === change.spec.column.name);
      return isThere ? [] : foreignKeys(change.table, change.constraints);
    }
    case 'AddConstraint':
      return foreignKeys(change.table, [change.constraint]);
    default:
      return [];
  }
}

function foreignKeys(table: ObjectName, constraints: readonly ConstraintSpec[]): readonly Added[] {
  return constraints.filter(({ kind }) => kind === 'foreign-key').map((constraint) => ({ table, constraint }));
}

type Problem = Pick<Draft, 'messageId' | 'args' | 'related'>;

/** Foreign keys that a new type of one column leaves between types that the server does not compare. */
function* retyped(context: ChangeContext, change: ChangeOf<'ChangeColumnType'>): Generator<Draft> {
  const found = context.table(change.table);
  if (change.certainty === 'maybe' || found.kind !== 'known') return;
  const { key, value: own } = found;
  const isChanged = (table: Table, column: string) => table === own && column === change.column.name;
  const typeOf = (table: Table, column: string): DataType | undefined =>
    isChanged(table, column) ? change.type : table.columns.find(({ name }) => name === column)?.type;
  const others = context.dependents(key).flatMap((each) => {
    const table = each === key ? undefined : context.before.objects.get(each);
    return table?.kind === 'table' ? [table] : [];
  });
  for (const table of [own, ...others])
    for (const { kind, columns, references, name } of table.constraints) {
      const other = references === undefined ? undefined : context.before.objects.get(references.table);
      if (kind !== 'foreign-key' || references === undefined || other?.kind !== 'table') continue;
      // Both ends of its own may change in one statement.
      if (other === table || (table !== own && other !== own)) continue;
      for (const [nth, column] of columns.entries()) {
        const target = references.columns[nth] ?? '';
        if (!isChanged(table, column) && !isChanged(other, target)) continue;
        const [from, to] = [typeOf(table, column), typeOf(other, target)];
        if (from === undefined || to === undefined || canReference(context, from, to) !== false) continue;
        const args = {
          table: table.name.name,
          column,
          from: from.text,
          referenced: other.name.name,
          other: target,
          to: to.text,
          constraint: name,
        };
        return yield failure(
          context,
          { messageId: 'retyped', args },
          `${written(change.table)}.${change.column.name}`,
          change.span,
        );
      }
    }
}

/** What the server would refuse, in its order. */
function* problems(context: ChangeContext, name: ObjectName, constraint: ConstraintSpec): Generator<Problem> {
  const target = constraint.references;
  const own = tableAfter(context, name);
  if (target === undefined || own === undefined) return;
  const referenced = written(target.table);
  const found = relationAfter(context, target.table);
  if (found.kind !== 'known') return;
  const other = found.value;
  if (other.kind !== 'table') return yield { messageId: 'relation', args: { referenced } };
  if (other.partial) return;
  const related = [context.madeAt(other.origin, 'made-here', { object: referenced })];
  const { target: version } = context;
  if (constraint.notValid && own.partitionBy !== undefined && version.versionKnown && version.version < 18)
    yield { messageId: 'not-valid', args: { table: written(name) } };
  const primary = other.constraints.find(({ kind }) => kind === 'primary-key');
  const columns = target.columns.length > 0 ? target.columns.map((each) => each.name) : primary?.columns;
  if (columns === undefined) return yield { messageId: 'primary-key', args: { referenced }, related };
  const missing = columns.find((column) => other.columns.every((each) => each.name !== column));
  if (missing !== undefined) return yield { messageId: 'column', args: { referenced, column: missing }, related };
  if (columns.length !== constraint.columns.length)
    return yield {
      messageId: 'count',
      args: { referenced, own: constraint.columns.length, other: columns.length },
      related,
    };
  const key = keyOn(context.after, other, columns);
  if (key !== 'usable')
    yield {
      messageId: key === 'none' ? 'key' : 'deferrable',
      args: { referenced, columns: columns.join(', ') },
      related,
    };
  yield* incompatible(context, { name, own, columns: constraint.columns.map((each) => each.name) }, other, columns);
}

/** A unique index on exactly these columns, in any order. */
function keyOn(catalog: CatalogView, table: Table, columns: readonly string[]): 'usable' | 'deferrable' | 'none' {
  const wanted = columns.toSorted().join('\n');
  const carriers = table.indexes.filter((key) => {
    const index = catalog.objects.get(key);
    if (index?.kind !== 'index' || !index.unique || !index.valid || index.where !== undefined) return false;
    const named = index.keys.flatMap(({ column }) => column ?? []);
    return named.length === index.keys.length && named.toSorted().join('\n') === wanted;
  });
  if (carriers.length === 0) return 'none';
  const isDeferrable = (key: string) => table.constraints.some(({ index, deferrable }) => deferrable && index === key);
  return carriers.every(isDeferrable) ? 'deferrable' : 'usable';
}

function* incompatible(
  context: ChangeContext,
  { name, own, columns }: { readonly name: ObjectName; readonly own: Table; readonly columns: readonly string[] },
  other: Table,
  referenced: readonly string[],
): Generator<Problem> {
  for (const [nth, column] of columns.entries()) {
    const from = own.columns.find((each) => each.name === column)?.type;
    const to = other.columns.find((each) => each.name === referenced[nth])?.type;
    if (from === undefined || to === undefined || canReference(context, from, to) !== false) continue;
    yield {
      messageId: 'type',
      args: {
        table: written(name),
        column,
        from: from.text,
        referenced: other.name.name,
        other: referenced[nth] ?? '',
        to: to.text,
      },
      related: [context.madeAt(other.origin, 'made-here', { object: other.name.name })],
    };
  }
}
