import type { ObjectKey, Table } from '../../schema/catalog.ts';
import { type ChangeContext, defineRule } from '../rule.ts';
import { listed, written } from '../support.ts';
import { failure } from './failure.ts';

export const truncateReferenced = defineRule({
  id: 'run/truncate-referenced',
  scope: 'change',
  on: ['Truncate'],
  severity: 'error',
  summary: 'TRUNCATE of a table that a foreign key points to fails, even where nothing points to its rows.',
  messages: {
    referenced:
      'Fails: {referencing} has a foreign key to {table}, and TRUNCATE looks at no rows. DELETE FROM {table}, or name both tables in one TRUNCATE if both are to be empty.',
  },
  explanation: `\`TRUNCATE\` does not look at rows, so it cannot know that no row of another table points to one of these: it refuses where a foreign key could
(\`cannot truncate a table referenced in a foreign key constraint\`), also where that table is empty.

\`CASCADE\` empties the other tables as well, and those that point to them. No fix writes it: it is a decision about their rows.

Silent where every referencing table stands in the same statement, for keys of a table to itself, where the table is not known, and for what a branch of a DO block does.`,
  examples: [
    {
      title: 'A foreign key points to it',
      given: 'CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE logins (user_id int REFERENCES users);',
      sql: 'TRUNCATE users;',
      fires: true,
    },
    {
      title: 'Both at once',
      given: 'CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE logins (user_id int REFERENCES users);',
      sql: 'TRUNCATE users, logins;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'Truncate' || change.cascade || change.certainty === 'maybe') return;
    const named = change.tables.flatMap((name) => {
      const found = context.table(name);
      return found.kind === 'known' ? [{ name, key: found.key }] : [];
    });
    const emptied = new Set(named.flatMap(({ key }) => family(context, key)));
    for (const { name, key } of named) {
      const referencing = family(context, key).flatMap((each) => referencingTables(context, each, emptied));
      if (referencing.length === 0) continue;
      const table = written(name);
      const args = { table, referencing: listed([...new Set(referencing)]) };
      yield failure(context, { messageId: 'referenced', args }, table, name.span);
    }
  },
});

/** The table and its partitions, which are emptied with it. */
function family(context: ChangeContext, key: ObjectKey): readonly ObjectKey[] {
  const parts = context.dependents(key).filter((each) => {
    const table = tableAt(context, each);
    return table?.partitionOf?.parent === key || table?.inherits.includes(key) === true;
  });
  return [key, ...parts.flatMap((each) => family(context, each))];
}

function referencingTables(context: ChangeContext, key: ObjectKey, emptied: ReadonlySet<ObjectKey>): readonly string[] {
  return context.dependents(key).flatMap((each) => {
    const table = emptied.has(each) ? undefined : tableAt(context, each);
    return table?.constraints.some(({ references }) => references?.table === key) === true ? [table.name.name] : [];
  });
}

function tableAt({ before }: ChangeContext, key: ObjectKey): Table | undefined {
  const object = before.objects.get(key);
  return object?.kind === 'table' ? object : undefined;
}
