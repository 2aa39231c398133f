import type { Constraint, Origin, Table } from '../../schema/catalog.ts';
import { cascadeOf } from '../losses.ts';
import { at, type ChangeContext, type Draft, defineRule, type Step } from '../rule.ts';
import { isLive, knownTable, listed, severity, written } from '../support.ts';

export const dropConstraint = defineRule({
  id: 'schema/drop-constraint',
  scope: 'change',
  on: ['DropConstraint', 'DropIndex'],
  severity: 'info',
  consequence: 'breaks',
  summary: 'Without a unique key duplicates come in, and ON CONFLICT fails.',
  messages: {
    unique:
      'Without {constraint} nothing keeps ({columns}) of {table} unique: INSERT ... ON CONFLICT ({columns}) of the running version fails as soon as this commits, and duplicates come in that keep it from being added again. Build another unique index first, or release code that does without.',
    guards:
      'Without {constraint} rows come into {table} that it kept out, and to add it again every row has to be checked. Make sure that nothing relies on it.',
  },
  explanation: `A unique constraint or index is more than a check: \`ON CONFLICT (columns)\` needs it ("there is no unique or exclusion constraint matching"), upserts
of the running version fail without it at once, and a foreign key can point to nothing else. Duplicates that come in meanwhile have to be
cleaned before it can come back. Foreign keys and checks that are dropped are told as a hint: rows that break them come in without a word.

**Do instead**: build the unique index that takes its place CONCURRENTLY first, and drop the old one behind it. There is no quick fix: what
takes its place only people know.

Silent where another unique index over the same columns, or over some of them, is there or made in the same migration, where a constraint of that
kind over the same columns is added again, for what is unreleased, and for CASCADE, which \`schema/cascade\` tells.`,
  peers: [
    'safemigrate:constraint-dropped-warning',
    'pgfence:drop-constraint',
    'diesel-guard:drop-constraint',
    'diesel-guard:drop-primary-key',
    'pgsafe:drop-constraint',
    'atlas:CD101',
    'migrationpilot:MP097',
  ],
  examples: [
    {
      title: 'Upserts rely on it',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email UNIQUE);',
      sql: 'ALTER TABLE users DROP CONSTRAINT users_email;',
      fires: true,
    },
    {
      title: 'Another index keeps it unique',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email UNIQUE);\nCREATE UNIQUE INDEX users_email_2 ON users (email);',
      sql: 'ALTER TABLE users DROP CONSTRAINT users_email;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'DropIndex') return yield* ofIndex(context);
    if (change.kind !== 'DropConstraint' || !isLive(context, change.table)) return;
    const table = knownTable(context, change.table);
    const dropped = table?.constraints.find(({ name }) => name === change.constraint.name);
    if (table === undefined || dropped === undefined || context.isUnreleased(dropped.origin)) return;
    if (isAddedAgain(context, table, dropped) || dropped.kind === 'not-null') return;
    if (change.cascade && cascadeOf(context) !== undefined) return;
    const isUnique = dropped.kind === 'unique' || dropped.kind === 'primary-key';
    if (isUnique && isStillUnique(context, table, dropped.columns, dropped.index)) return;
    yield draft(context, table, dropped.name, dropped.columns, isUnique, dropped.origin);
  },
});

function* ofIndex(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  if (change.kind !== 'DropIndex') return;
  const found = context.relation(change.index);
  if (found.kind !== 'known' || found.value.kind !== 'index') return;
  const { unique, keys, where, table: owner, origin } = found.value;
  const columns = keys.flatMap(({ column }) => column ?? []);
  const table = context.before.objects.get(owner);
  if (!unique || where !== undefined || columns.length < keys.length || context.isUnreleased(origin)) return;
  if (table?.kind !== 'table' || context.isUnreleased(table.origin)) return;
  if (table.constraints.some(({ index }) => index === found.key)) return;
  if (!isStillUnique(context, table, columns, found.key))
    yield draft(context, table, written(change.index), columns, true, origin);
}

function draft(
  context: ChangeContext,
  table: Table,
  constraint: string,
  columns: readonly string[],
  isUnique: boolean,
  origin: Origin,
): Draft {
  return {
    messageId: isUnique ? 'unique' : 'guards',
    args: { constraint, table: table.name.name, columns: columns.length === 0 ? 'it' : listed(columns, 8) },
    anchor: at(context.step, context.step.change.span),
    object: `${table.name.name}.${constraint}`,
    severity: severity(context, isUnique ? 'info' : 'hint'),
    related: [context.madeAt(origin, 'made-here', { object: constraint })],
  };
}

/** By another index that is there, or is made in this migration. */
function isStillUnique(
  context: ChangeContext,
  table: Table,
  columns: readonly string[],
  dropped: string | undefined,
): boolean {
  const isThere = table.indexes.some((key) => {
    const index = key === dropped ? undefined : context.before.objects.get(key);
    return (
      index?.kind === 'index' && index.unique && index.where === undefined && keeps(index.keys.map(columnOf), columns)
    );
  });
  if (isThere) return true;
  const behind = later(context);
  const called = [...columns, ...behind.flatMap((step) => newNameOf(step, table, columns))];
  return behind.some((step) => makesUnique(step, table, called));
}

/** A key over a column that is renamed meanwhile names it anew. */
function newNameOf({ change }: Step, table: Table, columns: readonly string[]): readonly string[] {
  return change.kind === 'RenameColumn' && change.table.name === table.name.name && columns.includes(change.column.name)
    ? [change.newName.name]
    : [];
}

function makesUnique({ change }: Step, table: Table, columns: readonly string[]): boolean {
  switch (change.kind) {
    case 'CreateIndex':
      return (
        change.table.name === table.name.name && change.index.unique && keeps(change.index.keys.map(columnOf), columns)
      );
    case 'AddConstraint': {
      const { kind, columns: own, usingIndex } = change.constraint;
      const isKey = kind === 'unique' || kind === 'primary-key';
      const added = own.map(({ name }) => name);
      return change.table.name === table.name.name && isKey && (usingIndex !== undefined || keeps(added, columns));
    }
    case 'DropTable':
      return change.table.name === table.name.name;
    default:
      return false;
  }
}

/** What is unique in fewer columns is unique in all of them. */
function keeps(key: readonly string[], columns: readonly string[]): boolean {
  return key.length > 0 && key.every((column) => columns.includes(column));
}

function isAddedAgain(context: ChangeContext, table: Table, dropped: Constraint): boolean {
  return later(context).some(({ change }) => {
    if (change.kind === 'DropTable') return change.table.name === table.name.name;
    if (change.kind === 'DropColumn')
      return change.table.name === table.name.name && dropped.columns.includes(change.column.name);
    if (change.kind !== 'AddConstraint' || change.table.name !== table.name.name) return false;
    const { kind, name, columns } = change.constraint;
    if (kind !== dropped.kind) return false;
    return (
      name?.name === dropped.name ||
      kind === 'check' ||
      same(
        columns.map((each) => each.name),
        dropped.columns,
      )
    );
  });
}

function later({ steps, step }: ChangeContext): readonly Step[] {
  return steps.filter(
    (each) =>
      each.statementIndex > step.statementIndex ||
      (each.statementIndex === step.statementIndex && each.nth !== step.nth),
  );
}

function columnOf({ column }: { readonly column?: string }): string {
  return column ?? '';
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each) => b.includes(each));
}
