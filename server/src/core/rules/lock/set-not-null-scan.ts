import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { blockingWork, isLive, isLiveColumn, knownColumn, lockArgs, madeBy, severity, written } from '../support.ts';

export const setNotNullScan = defineRule({
  id: 'lock/set-not-null-scan',
  scope: 'change',
  on: ['SetNotNull', 'AddConstraint'],
  severity: 'warning',
  summary: 'SET NOT NULL reads the whole table under a lock that blocks reads and writes.',
  messages: {
    scans:
      'Reads every row of {table} under {lock}: {waits} waits until it ends. Prove it first with CHECK ({column} IS NOT NULL) NOT VALID, validated in its own migration; then this needs no scan.',
    older:
      'Reads every row of {table} under {lock}: {waits} waits until it ends, and before PostgreSQL 12 nothing proves it first. Keep CHECK ({column} IS NOT NULL), added NOT VALID and validated in its own migration, instead.',
    constraint:
      'Reads every row of {table} under {lock}: {waits} waits until it ends. Add it NOT VALID, and validate it in the next migration.',
    key: 'Reads every row of {table} under {lock}, because {column} may be NULL: {waits} waits until it ends. Make the columns NOT NULL first, by a validated CHECK; then the key over an index needs no scan.',
  },
  explanation: `\`SET NOT NULL\` takes ACCESS EXCLUSIVE and looks at every row for a NULL.

**Do instead**: since PostgreSQL 12 a validated \`CHECK (column IS NOT NULL)\` makes the scan unnecessary. Add the CHECK as \`NOT VALID\`, validate
it in a migration of its own (reads and writes go on), then \`SET NOT NULL\`, and drop the CHECK. Since 18 a NOT NULL constraint can
itself be added \`NOT VALID\` and validated. Before 12 the scan cannot be spared: keep the validated CHECK instead.

\`PRIMARY KEY USING INDEX\` over a column that may be NULL does the same scan.

Where the running version breaks, the scan is a sentence of \`schema/set-not-null\`: one act, one finding.

Silent for new tables, for columns that are NOT NULL already, and where a validated CHECK proves it.`,
  peers: [
    'squawk:adding-not-nullable-field',
    'strong_migrations:change_column_null',
    'strong_migrations:change_column_null_postgresql',
    'eugene:E2',
    'atlas:PG303',
    'pgls:addingNotNullField',
    'pgfence:alter-column-set-not-null',
    'migrationpilot:MP002',
    'migrationpilot:MP018',
    'migrationpilot:MP081',
    'pgsafe:set-not-null',
    'safemigrate:nullable-to-non-nullable-may-fail',
    'diesel-guard:set-not-null',
    'bytebase:statement_disallow_add_not_null',
  ],
  examples: [
    {
      title: 'Reads every row',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      fires: true,
    },
    {
      title: 'A validated CHECK proves it',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT email_set;',
      sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      fires: false,
    },
    {
      title: 'A validated CHECK does not spare it yet',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CHECK (email IS NOT NULL));',
      sql: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
      target: 11,
      fires: true,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'AddConstraint') yield* byConstraint(context);
    if (change.kind !== 'SetNotNull') return;
    const { table: name, column } = change;
    const known = knownColumn(context, name, column.name);
    const inLiveTable = isLiveColumn(context, name, column.name) || (known !== undefined && !context.isNew(name));
    if (!inLiveTable || known?.nullable === false) return;
    const impact = context.impact();
    if (blockingWork(impact, ['scan']).length === 0) return;
    const table = written(name);
    const canBeProven = context.target.version >= 12;
    yield {
      messageId: canBeProven ? 'scans' : 'older',
      args: { table, column: column.name, ...lockArgs(impact) },
      anchor: at(context.step, change.span),
      object: `${table}.${column.name}`,
      severity: severity(context, 'warning'),
      related: madeBy(context, name, column.name),
      ...(canBeProven ? { plan: { operation: 'set-not-null', args: { table, column: column.name } } } : {}),
    };
  },
});

/** `ADD CONSTRAINT ... NOT NULL` (18), and a primary key over an index: what builds its own index is `lock/add-primary-key`. */
function* byConstraint(context: ChangeContext): Generator<Draft> {
  const { change } = context.step;
  if (change.kind !== 'AddConstraint' || !isLive(context, change.table)) return;
  const { constraint, table: name } = change;
  const isKey = constraint.kind === 'primary-key' && constraint.usingIndex !== undefined;
  if (!isKey && constraint.kind !== 'not-null') return;
  const [column = constraint.usingIndex] = constraint.columns;
  if (column === undefined || (!isKey && knownColumn(context, name, column.name)?.nullable === false)) return;
  const impact = context.impact();
  if (blockingWork(impact, ['scan']).length === 0 || (isKey && !impact.certain)) return;
  const table = written(name);
  const args = { table, column: isKey ? 'a column of its index' : column.name, ...lockArgs(impact) };
  yield {
    messageId: isKey ? 'key' : 'constraint',
    args,
    anchor: at(context.step, change.span),
    object: `${table}.${column.name}`,
    severity: severity(context, 'warning'),
    related: madeBy(context, name, column.name),
    fixes: isKey ? [] : [{ id: 'not-valid-then-validate', args }],
  };
}
