import type { SchemaChange } from '../../schema/change.ts';
import { constraintsMade, indexesOf, startsWith } from '../plain-index.ts';
import { at, defineRule } from '../rule.ts';
import { lastName, tableAfter, written } from '../support.ts';

export const fkWithoutIndex = defineRule({
  id: 'design/fk-without-index',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint'],
  severity: 'hint',
  summary: 'A foreign key whose own columns have no index makes each delete of a referenced row read the whole table.',
  messages: {
    missing:
      'No index of {table} starts with {columns}: each DELETE of a row of {referenced}, and each UPDATE of its key, reads all of {table} to look for rows that point to it. Create one.',
  },
  explanation: `The referenced side of a foreign key always has an index, because it is a key. The referencing side gets none by itself. A DELETE of
a referenced row looks there for rows that point to it; without an index it reads the whole table, once for each row that is deleted, and
keeps its locks for as long. Joins along the key read it as well.

An index serves when its first columns are those of the key, in any order, with more behind them or not. A partial one over
\`c IS NOT NULL\` serves too. It may come later: in this migration, or in another one that is not released.

The quick fix writes the index: behind a new table, or CONCURRENTLY in a migration of its own. It adds to the schema, so _fix all_ leaves it out.

Silent for temporary tables, and where not all of the table is known. A hint: small tables, and referenced rows that nobody ever deletes, need none.`,
  peers: ['eugene:E15', 'pgfence:fk-missing-index', 'migrationpilot:MP016', 'pgsafe:fk-without-covering-index'],
  examples: [
    {
      title: 'Nothing to look it up by',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);',
      fires: true,
    },
    {
      title: 'An index follows',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);\nCREATE INDEX ON orders (user_id, id);',
      fires: false,
    },
  ],
  settledBy: {
    words: ({ table }) => [lastName(String(table))],
    isBy: ({ table, columns }, change) => isSettled(lastName(String(table)), String(columns).split(', '), change),
  },
  *check(context) {
    if (context.step.change.certainty === 'maybe') return;
    for (const { table: name, constraint } of constraintsMade(context)) {
      if (constraint.kind !== 'foreign-key' || constraint.references === undefined) continue;
      const table = tableAfter(context, name);
      if (table === undefined || table.partial || table.temporary) continue;
      const columns = constraint.columns.map((each) => each.name);
      if (indexesOf(context.after, table).some(([, index]) => startsWith(index, columns))) continue;
      const args = {
        table: written(name),
        columns: columns.join(', '),
        referenced: written(constraint.references.table),
      };
      yield {
        messageId: 'missing',
        args,
        anchor: at(context.step, constraint.span),
        object: `${written(name)}.${columns.join(', ')}`,
        compat: 'none',
        rollback: 'none',
        fixes: [{ id: 'create-key-index', args }],
      };
    }
  },
});

function isSettled(table: string, columns: readonly string[], change: SchemaChange): boolean {
  switch (change.kind) {
    case 'CreateIndex':
      return change.table.name === table && startsWith(change.index, columns);
    case 'AddConstraint': {
      const { kind, columns: keys } = change.constraint;
      const isKey = kind === 'unique' || kind === 'primary-key';
      return isKey && change.table.name === table && columns.every((each) => keys.some(({ name }) => name === each));
    }
    case 'DropTable':
      return change.table.name === table;
    case 'DropColumn':
      return change.table.name === table && columns.includes(change.column.name);
    default:
      return false;
  }
}
