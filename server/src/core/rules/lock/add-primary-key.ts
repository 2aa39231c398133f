import { addedConstraints } from '../constraint-forms.ts';
import { defineRule } from '../rule.ts';
import { buildsUnderLock } from './unique-index.ts';

export const addPrimaryKey = defineRule({
  id: 'lock/add-primary-key',
  scope: 'change',
  on: ['AddConstraint', 'AddColumn'],
  severity: 'warning',
  summary: 'Adding a primary key blocks reads and writes while its index is built.',
  messages: {
    blocks:
      'Builds the primary key of {table} ({columns}) under {lock}: {waits} waits until it is done. Build a unique index CONCURRENTLY in one migration, and add the key USING INDEX in the next.',
    partitioned:
      'Builds the primary key of {table} ({columns}) and of all its partitions under {lock}: {waits} waits until it is done. Add it to ONLY {table}, which builds nothing; build a unique index CONCURRENTLY on each partition, add the key there USING INDEX, and attach those.',
  },
  explanation: `The key's index is built under ACCESS EXCLUSIVE, and columns that may be NULL are scanned as well.

**Do instead**: make the columns NOT NULL first (see \`lock/set-not-null-scan\`), \`CREATE UNIQUE INDEX CONCURRENTLY\` alone in a migration, then
\`ADD PRIMARY KEY USING INDEX\` in the next, which takes the lock for a moment only.

A partitioned table takes no \`USING INDEX\`: add the key to \`ONLY\` the parent, then to each partition \`USING INDEX\`, and \`ALTER INDEX ... ATTACH PARTITION\`. No fix is offered there: it takes a migration for each partition.

Silent for new tables, for \`USING INDEX\`, and for \`ONLY\` a partitioned table.`,
  peers: [
    'squawk:adding-serial-primary-key-field',
    'eugene:E7',
    'eugene:W14',
    'atlas:PG104',
    'atlas:PG304',
    'pgls:addingPrimaryKeyConstraint',
    'pgfence:add-pk-without-using-index',
    'pgfence:add-pk-using-index',
    'migrationpilot:MP027',
    'pgsafe:add-primary-key-without-index',
    'safemigrate:pk-constraint-exclusive-lock',
  ],
  examples: [
    {
      title: 'Builds under the lock',
      given: 'CREATE TABLE events (id bigint NOT NULL);',
      sql: 'ALTER TABLE events ADD PRIMARY KEY (id);',
      fires: true,
    },
    {
      title: 'Using an index',
      given: 'CREATE TABLE events (id bigint NOT NULL);\nCREATE UNIQUE INDEX events_id_idx ON events (id);',
      sql: 'ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY USING INDEX events_id_idx;',
      fires: false,
    },
  ],
  check: (context) => buildsUnderLock(context, addedConstraints(context, 'primary-key'), 'primary-key-using-index'),
});
