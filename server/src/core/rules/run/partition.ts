import type { Column, ObjectKey, Table } from '../../schema/catalog.ts';
import type { ChangeOf, PartitionBound } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { type CompareLiterals, isEmpty, overlap } from '../bounds.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { baseType, knownTable, settledType, written } from '../support.ts';
import { failure, type Problem } from './failure.ts';

export const partition = defineRule({
  id: 'run/partition',
  scope: 'change',
  on: ['CreateTable', 'AttachPartition', 'DetachPartition', 'SetInheritance', 'AddColumn'],
  severity: 'error',
  summary: 'What does not fit a partitioned table or a parent as it is at this point fails.',
  messages: {
    'not-partitioned': 'Fails: {parent} is not partitioned. Only a table made with PARTITION BY has partitions.',
    default: 'Fails: {parent} has a default partition already, {other}. Detach that first.',
    overlaps:
      'Fails: {parent} has the partition {other} already, and its bounds overlap those of {child}. No row may belong to two partitions: choose others, or detach that one first.',
    empty:
      'Fails: the lower bound of {child} is not below its upper bound, which is exclusive: no row would belong there.',
    strategy: 'Fails: {parent} is partitioned by {strategy}, and the bounds of {child} are those of another strategy.',
    taken: 'Fails: {child} is a partition already. Detach it from where it is first.',
    'not-part': 'Fails: {child} is no partition of {parent} at this point.',
    inherits: 'Fails: {child} takes part in inheritance, and a partition cannot.',
    'column-missing': 'Fails: {child} has no column {column}, which {parent} has. Add it first.',
    'column-more':
      'Fails: {child} has a column {column}, which {parent} has not, and a partition has exactly the columns of its table.',
    'column-type':
      'Fails: {child}.{column} is {from}, and {parent}.{column} is {to}. A column has one type in all partitions.',
    'column-null': 'Fails: {child}.{column} can be NULL, and {parent}.{column} cannot. SET NOT NULL on it first.',
    identity:
      'Fails since PostgreSQL 17: {child}.{column} is an identity column, and a partition takes that of {parent}. DROP IDENTITY on it first, or leave INCLUDING IDENTITY (or ALL) out of LIKE.',
    concurrently:
      'Fails: no partition can be detached CONCURRENTLY beside a default partition, {other}. Detach it without, with lock_timeout set.',
    'add-column': 'Fails: {child} is a partition, and a column can only be added to {parent}.',
    only: 'Fails: {parent} has children, and a column goes to all of them. Leave ONLY out.',
  },
  explanation: `A partition has the columns of its table, with the same types and at least as many NOT NULL; a table that is attached must have them before. One partition is the default.
While there is one, \`DETACH PARTITION ... CONCURRENTLY\` is refused.

Bounds are compared where they are literals of numbers, dates and times, and texts and UUIDs for equality; what an expression or a collation decides is left to the server, and so is whether
rows of the default partition belong to the new one. Silent where one of the tables is not known in full, and for what a branch of a DO block does. The quick fix takes \`CONCURRENTLY\` away where that is all; what
else fails is a matter of another statement, which each message names.`,
  examples: [
    {
      title: 'A column is missing',
      given:
        'CREATE TABLE events (id bigint, made date NOT NULL, note text) PARTITION BY RANGE (made);\nCREATE TABLE e24 (id bigint, made date NOT NULL);',
      sql: "ALTER TABLE events ATTACH PARTITION e24 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      fires: true,
    },
    {
      title: 'A month twice',
      given:
        "CREATE TABLE events (made date) PARTITION BY RANGE (made);\nCREATE TABLE e24 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      sql: "CREATE TABLE e24_12 PARTITION OF events FOR VALUES FROM ('2024-12-01') TO ('2025-01-01');",
      fires: true,
    },
    {
      title: 'One begins where the other ends',
      given:
        "CREATE TABLE events (made date) PARTITION BY RANGE (made);\nCREATE TABLE e24 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      sql: "CREATE TABLE e25 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
      fires: false,
    },
    {
      title: 'Beside a default partition',
      given:
        "CREATE TABLE events (made date) PARTITION BY RANGE (made);\nCREATE TABLE e24 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nCREATE TABLE rest PARTITION OF events DEFAULT;",
      sql: 'ALTER TABLE events DETACH PARTITION e24 CONCURRENTLY;',
      target: 14,
      fires: true,
    },
    {
      title: 'It has them all',
      given:
        'CREATE TABLE events (id bigint, made date NOT NULL) PARTITION BY RANGE (made);\nCREATE TABLE e24 (made date NOT NULL, id bigint);',
      sql: "ALTER TABLE events ATTACH PARTITION e24 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    switch (change.kind) {
      case 'CreateTable':
        return yield* created(context, change);
      case 'AttachPartition':
        return yield* attached(context, change);
      case 'DetachPartition':
        return yield* detached(context, change);
      case 'SetInheritance':
        return change.inherit ? yield* inherited(context, change.table, change.parent, change.span) : undefined;
      case 'AddColumn':
        return yield* addedColumn(context, change);
      default:
        return;
    }
  },
});

interface Known {
  readonly key: ObjectKey;
  readonly value: Table;
}

function known(context: ChangeContext, name: ObjectName): Known | undefined {
  const found = context.table(name);
  return found.kind === 'known' && !found.value.partial ? found : undefined;
}

function* created(context: ChangeContext, change: ChangeOf<'CreateTable'>): Generator<Draft> {
  const { partitionOf } = change;
  if (partitionOf === undefined || (change.ifNotExists && context.relation(change.table).kind !== 'absent')) return;
  const parent = known(context, partitionOf.parent);
  const problem = parent === undefined ? undefined : ofParent(context, parent, partitionOf);
  if (problem !== undefined)
    yield draft(context, problem, { parent: partitionOf.parent, child: change.table }, partitionOf.parent.span);
}

function* attached(context: ChangeContext, change: ChangeOf<'AttachPartition'>): Generator<Draft> {
  const parent = known(context, change.table);
  const child = known(context, change.partition);
  const problem =
    (parent === undefined ? undefined : ofParent(context, parent, change)) ??
    (parent === undefined || child === undefined || parent.key === child.key
      ? undefined
      : ofChild(context, parent, child));
  if (problem !== undefined)
    yield draft(context, problem, { parent: change.table, child: change.partition }, change.span);
}

function ofParent(context: ChangeContext, parent: Known, { isDefault, bound }: Bound): Problem | undefined {
  if (parent.value.partitionBy === undefined) return { messageId: 'not-partitioned', args: {} };
  if (bound !== undefined) return ofBound(context, parent, bound);
  const other = isDefault ? defaultOf(context, parent.key) : undefined;
  return other === undefined ? undefined : { messageId: 'default', args: { other } };
}

type Bound = Pick<ChangeOf<'AttachPartition'>, 'isDefault' | 'bound'>;

function ofBound(context: ChangeContext, { key, value }: Known, bound: PartitionBound): Problem | undefined {
  const strategy = value.partitionBy?.strategy ?? '';
  if (bound.strategy !== strategy) return { messageId: 'strategy', args: { strategy: strategy.toUpperCase() } };
  const compare = comparison(context, value);
  if (isEmpty(bound, compare)) return { messageId: 'empty', args: {} };
  const other = childrenOf(context, key).find(
    ({ partitionOf }) => partitionOf?.bound !== undefined && overlap(partitionOf.bound, bound, compare),
  );
  return other && { messageId: 'overlaps', args: { other: other.name.name } };
}

/** By the types of the key's columns; of an expression nothing is known. */
function comparison(context: ChangeContext, { columns, partitionBy }: Table): CompareLiterals {
  const semantics = context.dialect.semantics(context.target);
  const types = (partitionBy?.keys ?? []).map((key) => {
    const type = columns.find(({ name }) => name === key.column)?.type;
    return type && baseType(context, type).type;
  });
  return (a, b, place) => {
    const type = types[place];
    return type && semantics.compareLiterals?.(type, a, b);
  };
}

function ofChild(context: ChangeContext, parent: Known, child: Known): Problem | undefined {
  const { value } = child;
  if (value.partitionOf !== undefined) return { messageId: 'taken', args: {} };
  if (value.inherits.length > 0 || childrenOf(context, child.key).some((each) => each.inherits.includes(child.key)))
    return { messageId: 'inherits', args: {} };
  const more = value.columns.find(({ name }) => parent.value.columns.every((each) => each.name !== name));
  if (more !== undefined) return { messageId: 'column-more', args: { column: more.name } };
  const counted = value.columns.find(({ identity }) => identity !== undefined);
  const { version, versionKnown } = context.target;
  if (counted !== undefined && versionKnown && version >= 17)
    return { messageId: 'identity', args: { column: counted.name } };
  return columnsOf(context, parent.value, value);
}

/** What a child must have of its parent. */
function columnsOf(context: ChangeContext, parent: Table, child: Table): Problem | undefined {
  for (const column of parent.columns) {
    const own = child.columns.find(({ name }) => name === column.name);
    const args = { column: column.name };
    if (own === undefined) return { messageId: 'column-missing', args };
    if (!isSameType(context, own, column))
      return { messageId: 'column-type', args: { ...args, from: own.type.text, to: column.type.text } };
    if (own.nullable && !column.nullable) return { messageId: 'column-null', args };
  }
  return undefined;
}

function isSameType(context: ChangeContext, a: Column, b: Column): boolean {
  const { sameType } = context.dialect.semantics(context.target);
  return sameType(settledType(context, a.type), settledType(context, b.type));
}

function* detached(context: ChangeContext, change: ChangeOf<'DetachPartition'>): Generator<Draft> {
  const parent = known(context, change.table);
  if (parent === undefined) return;
  const child = context.relation(change.partition);
  const other = change.concurrently ? defaultOf(context, parent.key) : undefined;
  const names = { parent: change.table, child: change.partition };
  if (parent.value.partitionBy === undefined)
    yield draft(context, { messageId: 'not-partitioned', args: {} }, names, change.span);
  else if (other !== undefined)
    yield {
      ...draft(context, { messageId: 'concurrently', args: { other } }, names, change.span),
      fixes: [{ id: 'not-concurrently', args: {} }],
    };
  else if (child.kind === 'known' && !(child.value.kind === 'table' && child.value.partitionOf?.parent === parent.key))
    yield draft(context, { messageId: 'not-part', args: {} }, names, change.span);
}

function* inherited(
  context: ChangeContext,
  name: ObjectName,
  parentName: ObjectName,
  span: Draft['anchor']['span'],
): Generator<Draft> {
  const parent = known(context, parentName);
  const child = known(context, name);
  if (parent === undefined || child === undefined || parent.key === child.key) return;
  if (parent.value.partitionBy !== undefined || child.value.partitionBy !== undefined) return;
  const problem = columnsOf(context, parent.value, child.value);
  if (problem !== undefined) yield draft(context, problem, { parent: parentName, child: name }, span);
}

function* addedColumn(context: ChangeContext, change: ChangeOf<'AddColumn'>): Generator<Draft> {
  const table = knownTable(context, change.table);
  if (table === undefined || table.columns.some(({ name }) => name === change.spec.column.name)) return;
  if (table.partitionOf !== undefined) {
    const parent = context.before.objects.get(table.partitionOf.parent)?.name ?? { name: 'its table' };
    yield draft(context, { messageId: 'add-column', args: {} }, { parent, child: change.table }, change.span);
  } else if (change.options?.only === true) {
    const found = context.table(change.table);
    if (found.kind === 'known' && childrenOf(context, found.key).length > 0)
      yield draft(context, { messageId: 'only', args: {} }, { parent: change.table, child: change.table }, change.span);
  }
}

function childrenOf(context: ChangeContext, key: ObjectKey): readonly Table[] {
  return context.dependents(key).flatMap((each) => {
    const object = context.before.objects.get(each);
    const isChild = object?.kind === 'table' && (object.partitionOf?.parent === key || object.inherits.includes(key));
    return isChild ? [object] : [];
  });
}

function defaultOf(context: ChangeContext, key: ObjectKey): string | undefined {
  return childrenOf(context, key).find(({ partitionOf }) => partitionOf?.isDefault === true)?.name.name;
}

type Names = Readonly<Record<'parent' | 'child', { readonly name: string; readonly schema?: string }>>;

function draft(
  context: ChangeContext,
  { messageId, args }: Problem,
  { parent, child }: Names,
  span: Draft['anchor']['span'],
): Draft {
  const names = { parent: written(parent), child: written(child) };
  return failure(context, { messageId, args: { ...names, ...args } }, names.child, span);
}
