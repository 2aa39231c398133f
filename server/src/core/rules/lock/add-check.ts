import type { ObjectName } from '../../schema/names.ts';
import { addedConstraints, constraintWords } from '../constraint-forms.ts';
import { keptFromReaders, lockedAt } from '../held-locks.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import {
  blockedBy,
  blockingWork,
  isLive,
  knownType,
  listed,
  liveDependents,
  lockArgs,
  madeBy,
  severity,
  written,
} from '../support.ts';

export const addCheck = defineRule({
  id: 'lock/add-check',
  scope: 'change',
  on: ['AddConstraint', 'AddColumn', 'AlterDomain'],
  severity: 'warning',
  summary: 'Adding a CHECK blocks reads and writes while every row is checked.',
  messages: {
    blocks:
      'Checks every row of {table} under {lock}: {waits} waits until it ends, and it fails on the first row that does not fit. Add it NOT VALID, and validate it in the next migration.',
    inline:
      'The CHECK on the new column reads every row of {table} under {lock}: {waits} waits until it ends. Add the column first, then the CHECK as NOT VALID, and validate it in the next migration.',
    domain:
      'Checks every row of {tables}, which has a column of domain {domain}, under {lock}: {waits} waits until it ends, and it fails on the first value that does not fit. Add a NOT VALID check to each table instead, and validate it in the next migration.',
    'domain-held':
      'Checks every row of {tables}, which has a column of domain {domain}, while this transaction keeps {lock} on {held}: {waits} waits until it ends. Add a NOT VALID check to each table instead, and validate it in the next migration.',
  },
  explanation: `\`ADD CONSTRAINT ... CHECK\` takes ACCESS EXCLUSIVE and reads the whole table under it.

**Do instead**: add it \`NOT VALID\`: that takes the lock for a moment only, and new rows are checked from then on. Then, in a migration of
its own, \`VALIDATE CONSTRAINT\`, which reads under SHARE UPDATE EXCLUSIVE while reads and writes go on.

\`ALTER DOMAIN\` with a new constraint or SET NOT NULL reads every table that has a column of the domain, under SHARE; so does its VALIDATE
CONSTRAINT, so NOT VALID only puts it off there.

Silent for new tables, \`NOT VALID\` and \`NOT ENFORCED\`.`,
  peers: [
    'squawk:constraint-missing-not-valid',
    'strong_migrations:add_check_constraint',
    'eugene:E1',
    'atlas:PG305',
    'pgls:constraintMissingNotValid',
    'pgfence:add-constraint-check-no-not-valid',
    'migrationpilot:MP030',
    'pgsafe:add-check-without-not-valid',
    'safemigrate:constraint-not-valid-required',
    'diesel-guard:add-check',
    'bytebase:statement_add_check_not_valid',
    'squawk:ban-alter-domain-with-add-constraint',
    'pgfence:ban-alter-domain-add-constraint',
    'migrationpilot:MP043',
    'pgsafe:add-domain-constraint-without-not-valid',
    'pgsafe:add-domain-not-null',
    'diesel-guard:domain-check',
  ],
  examples: [
    {
      title: 'Reads every row',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);',
      sql: 'ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);',
      fires: true,
    },
    {
      title: 'NOT VALID',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);',
      sql: 'ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;',
      fires: false,
    },
  ],
  *check(context) {
    if (context.step.change.kind === 'AlterDomain') return yield* ofDomain(context, context.step.change.type);
    for (const added of addedConstraints(context, 'check')) {
      const { table: name, constraint, inline } = added;
      if (constraint.notValid || !constraint.enforced || !isLive(context, name)) continue;
      const table = written(name);
      const args = { table, constraint: constraintWords(added), ...lockArgs(context.impact()) };
      yield {
        messageId: inline ? 'inline' : 'blocks',
        args,
        anchor: at(context.step, added.span),
        object: `${table}.${args.constraint}`,
        severity: severity(context, 'warning'),
        related: madeBy(context, name),
        fixes: inline ? [] : [{ id: 'not-valid-then-validate', args }],
      };
    }
  },
});

function* ofDomain(context: ChangeContext, type: ObjectName): Generator<Draft> {
  const found = knownType(context, type);
  if (found === undefined || blockingWork(context.impact(), ['scan']).length === 0) return;
  const tables = liveDependents(context, found.key);
  if (tables.length === 0) return;
  const domain = written(type);
  const [held] = tables.flatMap(({ name: { schema, name } }) => {
    const kept = keptFromReaders(context, { schema, name, span: type.span });
    return kept === undefined ? [] : [{ name, kept }];
  });
  const waits = held === undefined ? lockArgs(context.impact()) : { held: held.name, ...blockedBy(held.kept.lock) };
  yield {
    messageId: held === undefined ? 'domain' : 'domain-held',
    args: { domain, tables: listed(tables.map(({ name }) => name.name)), ...waits },
    anchor: at(context.step, context.step.change.span),
    object: domain,
    severity: severity(context, 'warning'),
    related: [
      held === undefined
        ? context.madeAt(found.value.origin, 'made-here', { object: domain })
        : lockedAt(held.kept.step, held.name),
    ],
  };
}
