import { indexesOf } from '../plain-index.ts';
import { at, defineRule } from '../rule.ts';
import { tableAfter, written } from '../support.ts';

export const noPrimaryKey = defineRule({
  id: 'design/no-primary-key',
  scope: 'change',
  on: ['CreateTable'],
  severity: 'hint',
  summary: 'Rows of a table without a key cannot be told apart.',
  messages: {
    none: '{table} has no primary key: equal rows cannot be told apart, batches have nothing to go by, and logical replication refuses its UPDATEs and DELETEs. Give it one.',
  },
  explanation: `A key is what a row is known by: to an application, to a batch of a backfill, to \`ON CONFLICT\`, and to a subscriber of logical replication, which
without one cannot apply UPDATE and DELETE.

There is no quick fix: which columns are the key, the statement does not say.

Silent for temporary and partitioned tables, for partitions and tables made by a query, where there is another unique key, and where one comes later in the series.`,
  peers: [
    'migrationpilot:MP045',
    'pgsafe:require-primary-key',
    'diesel-guard:create-table-without-pk',
    'bytebase:table_require_pk',
  ],
  examples: [
    { title: 'None', sql: 'CREATE TABLE visits (at timestamptz, path text);', fires: true },
    {
      title: 'It comes later',
      sql: 'CREATE TABLE visits (id bigint);\nALTER TABLE visits ADD PRIMARY KEY (id);',
      fires: false,
    },
  ],
  settledBy: {
    words: ({ table }) => [String(table).replace(/^.*\./, '')],
    isBy: ({ table }, change) => {
      const name = String(table).replace(/^.*\./, '');
      if (change.kind === 'AddConstraint')
        return (
          change.table.name === name &&
          (change.constraint.kind === 'primary-key' || change.constraint.kind === 'unique')
        );
      if (change.kind === 'CreateIndex') return change.table.name === name && change.index.unique;
      if (change.kind === 'AddColumn')
        return change.table.name === name && change.constraints.some(({ kind }) => kind === 'primary-key');
      if (change.kind === 'AttachPartition') return change.partition.name === name;
      return change.kind === 'DropTable' && change.table.name === name;
    },
  },
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'CreateTable' || change.certainty === 'maybe' || change.temporary) return;
    if (change.asQuery !== undefined || change.partitionOf !== undefined || change.partitionBy !== undefined) return;
    const table = tableAfter(context, change.table);
    if (table === undefined || table.partial || table.origin.migration !== context.migration.id) return;
    if (indexesOf(context.after, table).some(([, index]) => index.unique)) return;
    yield {
      messageId: 'none',
      args: { table: written(change.table) },
      anchor: at(context.step, change.span),
      object: written(change.table),
      compat: 'none',
      rollback: 'none',
    };
  },
});
