import { addedConstraints } from '../constraint-forms.ts';
import { defineRule } from '../rule.ts';
import { buildsUnderLock } from './unique-index.ts';

export const addUnique = defineRule({
  id: 'lock/add-unique',
  scope: 'change',
  on: ['AddConstraint', 'AddColumn'],
  severity: 'warning',
  summary: 'Adding a UNIQUE constraint blocks reads and writes while its index is built.',
  messages: {
    blocks:
      'Builds a unique index on {table} ({columns}) under {lock}: {waits} waits until it is done. Build the index CONCURRENTLY in one migration, and add the constraint USING INDEX in the next.',
    partitioned:
      'Builds a unique index on {table} ({columns}) and all its partitions under {lock}: {waits} waits until it is done. Add it to ONLY {table}, which builds nothing; build the index CONCURRENTLY on each partition, add the constraint there USING INDEX, and attach those.',
    exclude:
      'Builds the index of an exclusion constraint on {table} ({columns}) under {lock}: {waits} waits until it is done. It can be neither NOT VALID nor USING INDEX: add it while nobody uses the table, or to a new table beside it.',
  },
  explanation: `The constraint's index is built under ACCESS EXCLUSIVE, so not even reads go on.

**Do instead**: \`CREATE UNIQUE INDEX CONCURRENTLY\` alone in one migration, then \`ADD CONSTRAINT ... UNIQUE USING INDEX\` in the next: that
only takes the lock for a moment.

An exclusion constraint (\`EXCLUDE\`) builds its index in the same way, and has no gentler one.

A partitioned table takes no \`USING INDEX\`: add the constraint to \`ONLY\` the parent, then to each partition \`USING INDEX\`, and \`ALTER INDEX ... ATTACH PARTITION\`. No fix is offered there: it takes a migration for each partition.

Silent for new tables, for \`USING INDEX\`, and for \`ONLY\` a partitioned table.`,
  peers: [
    'squawk:disallowed-unique-constraint',
    'strong_migrations:add_unique_constraint',
    'strong_migrations:add_exclusion_constraint',
    'eugene:E7',
    'eugene:E8',
    'atlas:PG105',
    'atlas:MF101',
    'pgls:disallowUniqueConstraint',
    'pgls:avoidAddingExclusionConstraint',
    'pgfence:add-constraint-unique',
    'pgfence:add-constraint-exclude',
    'migrationpilot:MP027',
    'migrationpilot:MP031',
    'pgsafe:add-unique-constraint',
    'pgsafe:add-exclusion-constraint',
    'safemigrate:unique-constraint-exclusive-lock',
    'safemigrate:unique-constraint-data-dependent',
    'diesel-guard:add-unique',
    'diesel-guard:exclude',
  ],
  examples: [
    {
      title: 'Builds under the lock',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);',
      fires: true,
    },
    {
      title: 'Using an index',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_idx ON users (email);',
      sql: 'ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_idx;',
      fires: false,
    },
  ],
  *check(context) {
    yield* buildsUnderLock(context, addedConstraints(context, 'unique'), 'unique-using-index');
    for (const draft of buildsUnderLock(context, addedConstraints(context, 'exclude'), ''))
      yield { ...draft, messageId: 'exclude', fixes: [] };
  },
});
