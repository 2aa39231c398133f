import { at, defineRule } from '../rule.ts';
import { knownType, listed, liveDependents, severity, written } from '../support.ts';

export const renameEnumValue = defineRule({
  id: 'schema/rename-enum-value',
  scope: 'change',
  on: ['RenameEnumValue'],
  severity: 'error',
  summary: 'Renaming a value of an enum breaks the version that still reads and writes the old one.',
  messages: {
    renames:
      "From here on the version that is still running fails where it writes or compares '{value}' of {type} (invalid input value for enum), and reads '{newName}', which it does not know, out of {columns}. Add '{newName}' beside it, move the rows, and leave '{value}' unused.",
  },
  explanation: `An enum's value is stored as a number and shown by its name: renamed, every row that has it shows the new name at once, and the old name is an
error wherever a query says it, also in a comparison. Applications map the names to constants of their own, so the running version breaks in both
directions.

The statement takes no lock on any table and is done in a moment; the damage is to the running code.

**Do instead**: add the new value (\`ALTER TYPE ... ADD VALUE\`), release code that reads both and writes the new one, move the rows in batches, and
leave the old value unused: PostgreSQL cannot remove it. There is no quick fix: three releases take part.

Silent for types that are unreleased, and for those that no released table has a column of.`,
  peers: ['migrationpilot:MP060', 'strong_migrations:rename_enum_value'],
  examples: [
    {
      title: 'Rows have it',
      given: "CREATE TYPE mood AS ENUM ('ok', 'sad');\nCREATE TABLE notes (id bigint PRIMARY KEY, mood mood);",
      sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
      fires: true,
    },
    {
      title: 'Made in the same release',
      sql: "CREATE TYPE mood AS ENUM ('ok', 'sad');\nALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'RenameEnumValue') return;
    const found = knownType(context, change.type);
    if (found === undefined || context.isUnreleased(found.value.origin)) return;
    const value = found.value.values.find(({ name }) => name === change.value.name);
    const isTaken = found.value.values.some(({ name }) => name === change.newName.name);
    if (value === undefined || isTaken || context.isUnreleased(value.origin)) return;
    const columns = liveDependents(context, found.key).flatMap(({ name, columns }) =>
      columns
        .filter(({ type }) => type.name === found.value.name.name && type.schema === found.value.name.schema)
        .map((column) => `${name.name}.${column.name}`),
    );
    if (columns.length === 0) return;
    yield {
      messageId: 'renames',
      args: {
        type: written(change.type),
        value: change.value.name,
        newName: change.newName.name,
        columns: listed(columns),
      },
      anchor: at(context.step, change.span),
      object: `${written(change.type)}.${change.value.name}`,
      severity: severity(context, 'error'),
      compat: 'breaking',
      related: [context.madeAt(value.origin, 'made-here', { object: `'${change.value.name}'` })],
    };
  },
});
