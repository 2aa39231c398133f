import type { MessageArgs } from '../../model/finding.ts';
import type { ObjectKey, Table } from '../../schema/catalog.ts';
import type { ChangeOf, SchemaChange } from '../../schema/change.ts';
import { schemaKey } from '../../schema/keys.ts';
import type { ObjectName } from '../../schema/names.ts';
import { droppedKind, routineNamed } from '../../schema/routines.ts';
import { columnsEnclosing, columnsHolding, type Holding, rowTypeKey } from '../../schema/row-types.ts';
import { attributeChange } from '../attributes.ts';
import {
  countingElsewhere,
  type Dependents,
  DROPS,
  dependentsOfColumn,
  dependentsOfRelation,
  keysLeaningOn,
  named,
  readersOf,
  usersOf,
} from '../dependents.ts';
import { type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { knownType, listed, relationKey, tablesBelow, written } from '../support.ts';
import { failure } from './failure.ts';

export const inUse = defineRule({
  id: 'run/in-use',
  scope: 'change',
  on: [
    ...DROPS,
    'ChangeColumnType',
    'RenameColumn',
    'AddColumn',
    'SetIdentity',
    'DropTrigger',
    'ChangeObject',
    'AlterDomain',
  ],
  severity: 'error',
  summary: 'Something else depends on what the statement drops or changes, so it fails.',
  messages: {
    drop: 'Fails: {object} is still used by {dependents}, and without CASCADE nothing that is used is dropped. Drop or change those first, by name.',
    type: 'Fails: {object} is used by {dependents}, and its type cannot change beneath that. Drop what uses it before, and create it again behind, in the same migration.',
    row: 'Fails: {dependents} holds rows of {object}, whose form cannot change beneath them. Change those columns before.',
    enclosed:
      'Fails: {dependents} holds {object} inside an array or another type, where its values cannot be checked. Add it with NOT VALID.',
    typed: 'Fails: {object} is the type of {dependents}, and changes with CASCADE only.',
    partition:
      'Fails: {object} is part of the partition key of {table}: it can neither be dropped nor get another type. Create a table with another key beside it.',
    inherited: 'Fails: {table} has {column} from {parent}, and it can only be changed there.',
    trigger: 'Fails: {table} has the trigger {trigger} from {parent}, and it can only be dropped there.',
    identity:
      'Fails: the sequence behind the identity of {object} is still used by {dependents}. Give those another default before.',
    index:
      'Fails: {index} belongs to the constraint {constraint} of {table}. Drop the constraint, and the index goes with it.',
    part: 'Fails: {index} is the part of {parent} that belongs to {table}. Drop {parent}, and its parts go with it.',
  },
  explanation: `PostgreSQL drops nothing that something else needs: a table that a view reads or a foreign key points to, a column in a view, a type that a column has,
a function that a trigger calls, the index of a constraint. Nor does it change the type of a column that a view, a generated column, a trigger or
the partition key uses.

\`CASCADE\` is no answer to it: it drops the dependents, silently and for good, with their grants. **Do instead**: drop them by name in the same
migration, and create those again that are still wanted; a migration is one transaction, so nobody sees them missing. There is no quick fix: which of them are still wanted, and in which form, the statement does not say.

Silent with CASCADE, for what the same statement drops as well, where the object is not known, and for what a branch of a DO block does. What depends on something
inside a function body is not known to PostgreSQL either.`,
  peers: ['migrationpilot:MP052'],
  examples: [
    {
      title: 'A view reads the column',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE VIEW mails AS SELECT email FROM users;',
      sql: 'ALTER TABLE users DROP COLUMN email;',
      fires: true,
    },
    {
      title: 'Its type cannot change either',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nCREATE VIEW ages AS SELECT age FROM users;',
      sql: 'ALTER TABLE users ALTER COLUMN age TYPE bigint;',
      fires: true,
    },
    {
      title: 'Dropped before, created again behind',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email varchar(50));\nCREATE VIEW mails AS SELECT email FROM users;',
      sql: 'DROP VIEW mails;\nALTER TABLE users ALTER COLUMN email TYPE text;\nCREATE VIEW mails AS SELECT email FROM users;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.certainty === 'maybe') return;
    switch (change.kind) {
      case 'DropTable':
        return yield* relation(context, change, change.table);
      case 'DropView':
        return yield* relation(context, change, change.view);
      case 'DropSequence':
        return yield* users(context, change, relationKey(context, change.sequence), change.sequence);
      case 'DropType':
        return yield* users(context, change, knownType(context, change.type)?.key, change.type);
      case 'DropFunction':
        return yield* users(
          context,
          change,
          routineNamed(context.before, change.fn, change.argTypes, droppedKind(change)),
          change.fn,
        );
      case 'DropIndex':
        return yield* index(context, change);
      case 'DropConstraint':
        return yield* constraint(context, change);
      case 'DropSchema':
        return yield* schema(context, change);
      case 'DropTrigger':
        return yield* trigger(context, change);
      case 'SetIdentity':
        return yield* identity(context, change);
      case 'AlterDomain':
        return yield* domain(context, change);
      case 'AddColumn':
        if (hasValue(change)) yield* rows(context, change);
        return;
      case 'ChangeObject':
        if (change.options?.attribute !== undefined) yield* attribute(context, change);
        return;
      case 'DropColumn':
      case 'ChangeColumnType':
      case 'RenameColumn':
        return yield* column(context, change);
      default:
        return;
    }
  },
});

type Drop = { readonly cascade: boolean };

function* relation(context: ChangeContext, { cascade }: Drop, name: ObjectName): Generator<Draft> {
  const key = relationKey(context, name);
  if (cascade || key === undefined || !stays(context, key)) return;
  yield* dropped(context, name, dependentsOfRelation(context, key));
}

/** A type, a sequence, a function. What the statement drops besides may be what uses it. */
function* users(
  context: ChangeContext,
  { cascade }: Drop,
  key: ObjectKey | undefined,
  name: ObjectName,
): Generator<Draft> {
  if (cascade || key === undefined || !stays(context, key)) return;
  yield* dropped(context, name, usersOf(context, key));
}

function* index(
  context: ChangeContext,
  { cascade, index: name, concurrently, span }: ChangeOf<'DropIndex'>,
): Generator<Draft> {
  const found = context.relation(name);
  if (found.kind !== 'known' || found.value.kind !== 'index' || concurrently) return;
  const table = context.before.objects.get(found.value.table);
  if (table?.kind !== 'table') return;
  const owner = table.constraints.find((each) => each.index === found.key);
  const above = context.before.objects.get(found.value.parent ?? '');
  const failed = (messageId: string, args: MessageArgs) => failure(context, { messageId, args }, written(name), span);
  if (owner !== undefined)
    yield failed('index', { index: written(name), constraint: owner.name, table: table.name.name });
  else if (above !== undefined)
    yield failed('part', { index: written(name), parent: above.name.name, table: table.name.name });
  else if (!cascade) yield* dropped(context, name, keysLeaningOn(context, found.key));
}

function* constraint(context: ChangeContext, change: ChangeOf<'DropConstraint'>): Generator<Draft> {
  const found = context.table(change.table);
  if (found.kind !== 'known' || change.cascade) return;
  const leaned = found.value.constraints.find(({ name }) => name === change.constraint.name)?.index;
  if (leaned !== undefined) yield* dropped(context, change.constraint, keysLeaningOn(context, leaned));
}

function* trigger(context: ChangeContext, change: ChangeOf<'DropTrigger'>): Generator<Draft> {
  const found = context.table(change.table);
  const { name } = change.trigger;
  const own = found.kind === 'known' ? found.value.triggers.find((each) => each.name === name) : undefined;
  if (found.kind !== 'known' || own?.inherited === undefined) return;
  const args = { table: written(change.table), trigger: name, parent: parentOf(context, found.value) };
  yield failure(context, { messageId: 'trigger', args }, name, change.span);
}

/** DROP IDENTITY takes the sequence with it. */
function* identity(context: ChangeContext, change: ChangeOf<'SetIdentity'>): Generator<Draft> {
  const found = context.table(change.table);
  const { name } = change.column;
  if (change.identity !== 'none' || found.kind !== 'known') return;
  if (found.value.columns.find((each) => each.name === name)?.identity === undefined) return;
  const uses = countingElsewhere(context, found.key, name);
  const object = `${written(change.table)}.${name}`;
  const args = { object, dependents: listed(uses, 12) };
  if (uses.length > 0) yield failure(context, { messageId: 'identity', args }, object, change.span);
}

function* schema(context: ChangeContext, { cascade, schema: name }: ChangeOf<'DropSchema'>): Generator<Draft> {
  if (cascade || !stays(context, schemaKey(name.name))) return;
  const inside = [...context.before.objects].flatMap(([, object]) =>
    object.kind !== 'schema' && object.kind !== 'index' && object.name.schema === name.name ? [named(object)] : [],
  );
  yield* dropped(context, name, inside);
}

type ColumnChange = ChangeOf<'DropColumn'> | ChangeOf<'ChangeColumnType'> | ChangeOf<'RenameColumn'>;

function* column(context: ChangeContext, change: ColumnChange): Generator<Draft> {
  const found = context.table(change.table);
  const { name } = change.column;
  const own = found.kind === 'known' ? found.value.columns.find((each) => each.name === name) : undefined;
  if (found.kind !== 'known' || own === undefined) return;
  const { value: table, key } = found;
  const object = `${written(change.table)}.${name}`;
  const failed = (messageId: string, more: MessageArgs = {}) => {
    const args = { table: written(change.table), column: name, object, ...more };
    return failure(context, { messageId, args }, object, change.span);
  };
  if (own.inherited) return yield failed('inherited', { parent: parentOf(context, table) });
  if (change.kind === 'RenameColumn') return;
  if (isPartitionKey(table, name)) return yield failed('partition');
  if (change.kind === 'DropColumn') {
    if (!change.cascade)
      yield* dropped(context, { ...change.column, name: object }, [
        ...dependentsOfColumn(context, key, name, change.options?.only === true),
        ...(context.dialect.semantics(context.target).habits.generatedColumnsHoldOthers
          ? generatedFrom(table, name)
          : []),
      ]);
    return;
  }
  const uses = [...readersOf(context, key, name), ...generatedFrom(table, name)];
  if (uses.length > 0) return yield failed('type', { dependents: listed(uses, 12) });
  yield* rows(context, change);
}

/** Rows that are held elsewhere would lack its value. */
function hasValue({ spec }: ChangeOf<'AddColumn'>): boolean {
  const { serial, identity, generated, defaultTo } = spec;
  return serial === true || identity !== undefined || generated?.stored === true || defaultTo?.isNull === false;
}

/** Columns elsewhere are of the table's row type. */
function* rows(context: ChangeContext, change: ChangeOf<'ChangeColumnType'> | ChangeOf<'AddColumn'>): Generator<Draft> {
  const found = context.table(change.table);
  if (found.kind !== 'known') return;
  for (const table of [found.value, ...tablesBelow(context, found.key)]) {
    // A partitioned table has no rows that would lack the column.
    const type = change.kind === 'AddColumn' && table.partitionBy !== undefined ? undefined : rowTypeKey(table);
    if (type !== undefined) yield* held(context, change, type, table === found.value ? change.table : table.name);
  }
}

/** `ALTER TYPE c ... ATTRIBUTE`: what has columns of the type holds its values, and tables are made of it. */
function* attribute(context: ChangeContext, change: ChangeOf<'ChangeObject'>): Generator<Draft> {
  const altered = attributeChange(context);
  if (altered === undefined) return;
  const { tables, attribute: name, action } = altered;
  const object = written(change.object);
  const args = {
    object,
    dependents: listed(
      tables.map(([, table]) => named(table)),
      12,
    ),
  };
  if (tables.length > 0 && !altered.cascade)
    return yield failure(context, { messageId: 'typed', args }, object, change.span);
  if (action !== 'type' && action !== 'drop') return;
  for (const [key, table] of tables) {
    const column = `${table.name.name}.${name}`;
    const failed = (messageId: string, more: MessageArgs) =>
      failure(context, { messageId, args: { table: table.name.name, object: column, ...more } }, column, change.span);
    if (isPartitionKey(table, name)) return yield failed('partition', {});
    const uses = action === 'type' ? [...readersOf(context, key, name), ...generatedFrom(table, name)] : [];
    if (uses.length > 0) return yield failed('type', { dependents: listed(uses, 12) });
  }
  if (action === 'type') yield* held(context, change, altered.key, change.object);
}

/** A new constraint of a domain is checked where columns are of it. */
function* domain(context: ChangeContext, change: ChangeOf<'AlterDomain'>): Generator<Draft> {
  const isChecked =
    change.action === 'set-not-null' || change.action === 'validate-constraint' || change.action === 'add-constraint';
  const found = isChecked && !change.notValid ? knownType(context, change.type) : undefined;
  if (found === undefined) return;
  const isThere = found.value.notNull && (change.action === 'set-not-null' || change.options?.notNull === true);
  const words = isThere ? [] : columnsEnclosing(context.before, found.key).map(holdingWords);
  const object = written(change.type);
  const args = { object, dependents: listed(words, 12) };
  if (words.length > 0) yield failure(context, { messageId: 'enclosed', args }, object, change.span);
}

function holdingWords({ owner, column }: Holding): string {
  return `${owner.name.name}.${column}`;
}

function* held(
  context: ChangeContext,
  { span }: SchemaChange,
  type: ObjectKey,
  name: { readonly name: string; readonly schema?: string },
): Generator<Draft> {
  const words = columnsHolding(context.before, type).map(holdingWords);
  const object = written(name);
  const args = { object, dependents: listed(words, 12) };
  if (words.length > 0) yield failure(context, { messageId: 'row', args }, object, span);
}

function generatedFrom({ columns }: Table, column: string): Dependents {
  return columns
    .filter(({ generated }) => generated?.expression.columns.includes(column) === true)
    .map(({ name }) => `generated column ${name}`);
}

function isPartitionKey({ partitionBy }: Table, name: string): boolean {
  return (
    partitionBy?.keys.some(
      ({ column: own, expression }) => own === name || expression?.columns.includes(name) === true,
    ) === true
  );
}

function parentOf({ before }: ChangeContext, { partitionOf, inherits }: Table): string {
  const parent = before.objects.get(partitionOf?.parent ?? inherits[0] ?? '');
  return parent?.name.name ?? 'its parent';
}

/** The replay keeps what the server would refuse to drop. */
function stays({ before, after }: ChangeContext, key: ObjectKey): boolean {
  return before.objects.has(key) && after.objects.has(key);
}

function* dropped(
  context: ChangeContext,
  name: { readonly name: string; readonly schema?: string },
  dependents: Dependents,
): Generator<Draft> {
  if (dependents.length === 0) return;
  const object = written(name);
  const args = { object, dependents: listed(dependents, 12) };
  yield failure(context, { messageId: 'drop', args }, object, context.step.change.span);
}
