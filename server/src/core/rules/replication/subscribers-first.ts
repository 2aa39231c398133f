import type { ChangeOf, SchemaChange } from '../../schema/change.ts';
import { publicationsOf } from '../publications.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, listed, severity, written } from '../support.ts';

export const subscribersFirst = defineRule({
  id: 'replication/subscribers-first',
  scope: 'migration',
  severity: 'info',
  consequence: 'breaks',
  summary: 'Schema changes are not replicated: subscribers of a published table need them first.',
  messages: {
    first:
      'Schema changes are not replicated: subscribers of {publications} stop at the first row of {table} that has {what}, and hold back WAL until they are changed as well. Change them first.',
  },
  explanation: `Logical replication sends rows, never statements. A subscriber matches tables and columns by name: where the publisher sends a column that it does
not have, or a table under another name, its worker stops with "logical replication target relation is missing replicated column"
and tries again for ever, while the publisher keeps the WAL. A column that is dropped on the publisher does no harm.

**Do instead**: add the column to the subscribers first (nullable, or with a default), then to the publisher; for a new name or type use a new
column. There is no quick fix: the subscribers are other databases. Tools that follow the schema by themselves, as Debezium does, need nothing.

Told once per table and migration. Known are publications that the history makes; silent for unreleased tables and for columns that a column list
leaves out.`,
  examples: [
    {
      title: 'A column that subscribers do not have',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE PUBLICATION feed FOR TABLE orders;',
      sql: 'ALTER TABLE orders ADD COLUMN note text;',
      fires: true,
    },
    {
      title: 'A column less',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\nCREATE PUBLICATION feed FOR TABLE orders;',
      sql: 'ALTER TABLE orders DROP COLUMN note;',
      fires: false,
    },
  ],
  *check(context) {
    const told = new Set<string>();
    for (const each of context.contexts) {
      const { change } = each.step;
      if (!isSeen(change) || told.has(change.table.name)) continue;
      const publications = each.once('replication/subscribers-first', () => publishedAs(each, change));
      if (publications.length === 0) continue;
      told.add(change.table.name);
      yield {
        messageId: 'first',
        args: { table: written(change.table), publications: listed(publications), what: what(change) },
        anchor: at(each.step, change.span),
        object: written(change.table),
        severity: severity(each, 'info'),
      };
    }
  },
});

type Seen =
  | ChangeOf<'AddColumn'>
  | ChangeOf<'RenameColumn'>
  | ChangeOf<'ChangeColumnType'>
  | ChangeOf<'RenameTable'>
  | ChangeOf<'SetTableSchema'>;

function isSeen(change: SchemaChange): change is Seen {
  switch (change.kind) {
    case 'AddColumn':
    case 'RenameColumn':
    case 'ChangeColumnType':
    case 'RenameTable':
    case 'SetTableSchema':
      return true;
    default:
      return false;
  }
}

function publishedAs(context: ChangeContext, change: Seen): readonly string[] {
  const found = context.table(change.table);
  if (found.kind !== 'known' || !isLive(context, change.table)) return [];
  const column = columnOf(change);
  const publications = publicationsOf(context.before, found.key, found.value).filter(
    ({ tables }) =>
      column === undefined ||
      tables.every(({ table, columns }) => table !== found.key || columns === undefined || columns.includes(column)),
  );
  return [...new Set(publications.map(({ name }) => name.name))];
}

function columnOf(change: Seen): string | undefined {
  switch (change.kind) {
    case 'AddColumn':
      return change.spec.column.name;
    case 'RenameColumn':
    case 'ChangeColumnType':
      return change.column.name;
    case 'RenameTable':
    case 'SetTableSchema':
      return undefined;
    default: {
      const never: never = change;
      return never;
    }
  }
}

function what(change: Seen): string {
  switch (change.kind) {
    case 'AddColumn':
      return `the column ${change.spec.column.name}`;
    case 'RenameColumn':
      return `the column ${change.newName.name}`;
    case 'ChangeColumnType':
      return `a ${change.column.name} that does not fit their type`;
    case 'RenameTable':
    case 'SetTableSchema':
      return 'its new name';
    default: {
      const never: never = change;
      return never;
    }
  }
}
