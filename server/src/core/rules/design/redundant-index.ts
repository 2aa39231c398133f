import type { Constraint, Index, ObjectKey, Table } from '../../schema/catalog.ts';
import type { ChangeOf, IndexKey } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { indexesOf, isPlain, isPrefix } from '../plain-index.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { tableAfter, written } from '../support.ts';

export const redundantIndex = defineRule({
  id: 'design/redundant-index',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint', 'CreateIndex'],
  severity: 'hint',
  summary: 'An index that another one of the same table already serves costs every write, and space.',
  messages: {
    repeated:
      '{column} stands twice in {index}: the second adds nothing to search or sort by, and every write to {table} keeps it.',
    duplicate: '{index} is the same as {other}: every write to {table} keeps both, and nothing reads one of them.',
    prefix: '{other} of {table} starts with the same columns as {index} and serves the same queries.',
    replaces:
      'With {index}, {other} is not needed any more: its columns are the first ones of the new index. Drop it CONCURRENTLY in a later migration.',
  },
  explanation: `Every index is written by every INSERT, and by most UPDATEs. An index over \`(a)\` beside one over \`(a, b)\` finds nothing that the second does
not find, a column that stands twice in one index finds nothing more, and a unique constraint beside a primary key over the same columns checks the same twice.

Compared are b-trees over plain columns and all rows, with the same direction, operator class and collation. A unique index is never called
redundant for a longer one, nor for one that is not unique or is deferrable.

The quick fix removes the new statement where that is the redundant one. It changes the schema that results, so _fix all_ leaves it out; a
constraint in the middle of a table and a repeated column, which may have been meant to be another one, are taken out by hand.

Silent for partial indexes, expressions, other methods, included columns that the other lacks, and where one of the two is dropped later on.`,
  peers: ['migrationpilot:MP100', 'safemigrate:index-no-duplicate-column', 'bytebase:index_no_duplicate_column'],
  examples: [
    {
      title: 'Shorter than another one',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, placed date);\nCREATE INDEX orders_user_placed ON orders (user_id, placed);',
      sql: 'CREATE INDEX CONCURRENTLY orders_user ON orders (user_id);',
      fires: true,
    },
    {
      title: 'The key has one',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      sql: 'CREATE UNIQUE INDEX CONCURRENTLY orders_id ON orders (id);',
      fires: true,
    },
    {
      title: 'Other rows',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, open boolean);\nCREATE INDEX orders_user ON orders (user_id);',
      sql: 'CREATE INDEX CONCURRENTLY orders_open ON orders (user_id) WHERE open;',
      fires: false,
    },
  ],
  settledBy: {
    words: ({ index, other, table }) => [String(index), String(other), String(table).replace(/^.*\./, '')],
    isBy: ({ index, other, table }, change) => {
      if (change.kind === 'DropIndex') return change.index.name === index || change.index.name === other;
      if (change.kind === 'DropConstraint') return change.constraint.name === index || change.constraint.name === other;
      return change.kind === 'DropTable' && written(change.table) === table;
    },
  },
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    if (change.kind === 'CreateTable') yield* withinNew(context, change.table, change.constraints);
    else if (change.kind === 'CreateIndex') {
      yield* repeated(context, change);
      if (change.index.where === undefined && change.index.method === 'btree') yield* beside(context, change.table);
    } else if (change.kind === 'AddColumn') yield* withinNew(context, change.table, change.constraints);
    else if (change.kind === 'AddConstraint') yield* withinNew(context, change.table, [change.constraint]);
  },
});

/** Foreign keys and checks have no index: most tables and constraints are done here. */
function* withinNew(
  context: ChangeContext,
  table: ObjectName,
  constraints: readonly { readonly kind: Constraint['kind']; readonly usingIndex?: unknown }[],
): Generator<Draft> {
  const indexed = constraints.filter(({ kind, usingIndex }) => isKey(kind) && usingIndex === undefined);
  if (indexed.length > 0) yield* beside(context, table);
}

function isKey(kind: Constraint['kind']): boolean {
  return kind === 'unique' || kind === 'primary-key';
}

function* repeated(
  { step }: ChangeContext,
  { index: { name, keys }, table, span }: ChangeOf<'CreateIndex'>,
): Generator<Draft> {
  const isAgain = (key: IndexKey, nth: number) =>
    key.column !== undefined &&
    keys
      .slice(0, nth)
      .some((each) => each.column === key.column && each.opclass === key.opclass && each.collation === key.collation);
  const again = keys.find(isAgain);
  if (again === undefined) return;
  const args = { column: again.column ?? '', index: name?.name ?? 'the index', table: written(table) };
  yield {
    messageId: 'repeated',
    args,
    anchor: at(step, span),
    object: `${args.table}.${args.index}`,
    compat: 'none',
    rollback: 'none',
  };
}

/** Each index that the change made, beside every other one of the table. */
function* beside(context: ChangeContext, name: ObjectName): Generator<Draft> {
  const table = tableAfter(context, name);
  if (table === undefined || table.indexes.length < 2) return;
  const all = indexesOf(context.after, table).filter(([, index]) => isPlain(index) && index.parent === undefined);
  const { migration, nth, step } = { migration: context.migration.id, nth: context.step.nth, step: context.step };
  const isMade = ({ origin }: Index): boolean =>
    origin.migration === migration && origin.nth === nth && origin.statement.text === step.statement.text;
  for (const [position, [key, index]] of all.entries()) {
    if (!isMade(index)) continue;
    const others = all.filter(([other, each], at) => other !== key && (!isMade(each) || at < position));
    const draft = others.flatMap(([other, each]) => relationOf(table, [key, index], [other, each]) ?? [])[0];
    if (draft === undefined) continue;
    const constraint = table.constraints.find((each) => each.index === key);
    const change = context.step.change;
    const args = { index: index.name.name, other: draft.other.name.name, table: written(name) };
    const isRemovable = change.kind === 'CreateIndex' && draft.messageId !== 'replaces';
    yield {
      messageId: draft.messageId,
      args,
      anchor: at(context.step, constraint?.origin.span ?? change.span),
      object: `${written(name)}.${index.name.name}`,
      compat: 'none',
      rollback: 'none',
      fixes: isRemovable ? [{ id: 'remove-statement', args }] : [],
      related:
        draft.other.origin.migration === migration
          ? []
          : [context.madeAt(draft.other.origin, 'made-here', { object: draft.other.name.name })],
    };
  }
}

type Keyed = readonly [ObjectKey, Index];

function relationOf(
  table: Table,
  made: Keyed,
  other: Keyed,
): { readonly messageId: string; readonly other: Index } | undefined {
  const [index, known] = [made[1], other[1]];
  const isEqual = index.keys.length === known.keys.length && isPrefix(index, known);
  if (isServed(table, made, other)) return { messageId: isEqual ? 'duplicate' : 'prefix', other: known };
  if (isServed(table, other, made)) return { messageId: 'replaces', other: known };
  return undefined;
}

/** Does the second do all that the first one does? */
function isServed(table: Table, [key, index]: Keyed, [otherKey, other]: Keyed): boolean {
  if (!isPrefix(index, other)) return false;
  const columns = [...other.keys.map(({ column }) => column), ...other.includes];
  if (!index.includes.every((column) => columns.includes(column))) return false;
  if (!index.unique) return true;
  const isLate = (each: ObjectKey) => table.constraints.some(({ index: of, deferrable }) => of === each && deferrable);
  return (
    other.unique &&
    other.keys.length === index.keys.length &&
    other.nullsNotDistinct === index.nullsNotDistinct &&
    isLate(key) === isLate(otherKey)
  );
}
