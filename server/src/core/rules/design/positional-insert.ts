import { at, defineRule } from '../rule.ts';
import { isLive, written } from '../support.ts';

export const positionalInsert = defineRule({
  id: 'design/positional-insert',
  scope: 'change',
  on: ['WriteRows'],
  severity: 'hint',
  summary: 'An INSERT without a list of columns depends on their order, which databases of one history may not share.',
  messages: {
    positional:
      'The values go to the columns of {table} by their place: where a database has them in another order, or one more, they land in the wrong ones or it fails. Name the columns.',
  },
  explanation: `Columns stand in the order in which they were added. A database that was restored, made from a later script, or patched by hand may have another one.

The quick fix writes the names of the columns that the history gives the table.

Silent for tables that this release makes, and for \`DEFAULT VALUES\`.`,
  peers: ['bytebase:insert_must_specify_column'],
  examples: [
    {
      title: 'By place',
      given: 'CREATE TABLE plans (id bigint PRIMARY KEY, name text);',
      sql: "INSERT INTO plans VALUES (1, 'free');",
      fires: true,
    },
    {
      title: 'By name',
      given: 'CREATE TABLE plans (id bigint PRIMARY KEY, name text);',
      sql: "INSERT INTO plans (id, name) VALUES (1, 'free');",
      fires: false,
    },
  ],
  *check(context) {
    const { change, statement } = context.step;
    if (change.kind !== 'WriteRows' || change.verb !== 'insert' || change.columns.length > 0) return;
    if (change.certainty === 'maybe' || !isLive(context, change.table)) return;
    if (/^\s*DEFAULT\s+VALUES/i.test(statement.text.slice(change.table.span.end, change.table.span.end + 60))) return;
    const table = written(change.table);
    yield {
      messageId: 'positional',
      args: { table },
      anchor: at(context.step, change.span),
      object: table,
      compat: 'none',
      rollback: 'none',
      fixes: [{ id: 'name-columns', args: { table } }],
    };
  },
});
