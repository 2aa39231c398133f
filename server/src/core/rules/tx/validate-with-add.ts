import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule, type Step } from '../rule.ts';
import { isLive, knownTable, lockArgs, severity, written } from '../support.ts';

export const validateWithAdd = defineRule({
  id: 'tx/validate-with-add',
  scope: 'change',
  on: ['ValidateConstraint'],
  severity: 'warning',
  consequence: 'waits',
  summary: 'VALIDATE in the transaction that added the constraint keeps the strong lock through the scan.',
  messages: {
    holds:
      'The {lock} on {table} that added {constraint} is kept until the commit: {waits} waits while every row is checked, as if it had not been NOT VALID. Validate it in the next migration.',
    'added-here': '{object} is added here.',
  },
  explanation: `\`NOT VALID\` followed by \`VALIDATE CONSTRAINT\` is gentle because the strong lock ends before the scan begins. In one transaction it
does not end: locks are kept until the commit.

**Do instead**: put \`VALIDATE CONSTRAINT\` into the next migration. The quick fix moves it.

Silent for new tables, and where each statement commits by itself.`,
  peers: [
    'squawk:constraint-missing-not-valid',
    'strong_migrations:validate_check_constraint',
    'strong_migrations:validate_foreign_key',
    'eugene:E4',
    'pgls:requireSeparateConstraintValidation',
    'pgfence:not-valid-validate-same-tx',
  ],
  examples: [
    {
      title: 'In one transaction',
      given: 'CREATE TABLE t (id int);',
      sql: 'ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT c;',
      fires: true,
    },
    {
      title: 'In a later migration',
      given: 'CREATE TABLE t (id int);\nALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;',
      sql: 'ALTER TABLE t VALIDATE CONSTRAINT c;',
      fires: false,
    },
  ],
  *check(context) {
    const { change, transaction } = context.step;
    if (change.kind !== 'ValidateConstraint' || transaction === undefined || !isLive(context, change.table)) return;
    const added = addingStep(context, change.table, change.constraint.name);
    if (added === undefined) return;
    const table = written(change.table);
    yield {
      messageId: 'holds',
      args: {
        table,
        constraint: change.constraint.name,
        ...lockArgs(context.dialect.impact(added.change, context.before, context.target)),
      },
      anchor: at(context.step, change.span),
      object: `${table}.${change.constraint.name}`,
      severity: severity(context, 'warning'),
      related: [
        { anchor: at(added, added.change.span), messageId: 'added-here', args: { object: change.constraint.name } },
      ],
      fixes: [{ id: 'validate-in-next-migration', args: { table, constraint: change.constraint.name } }],
    };
  },
});

/** The step of this transaction that added the constraint, under its own name or the one that the server made up. */
function addingStep(context: ChangeContext, table: ObjectName, name: string): Step | undefined {
  const origin = knownTable(context, table)?.constraints.find((each) => each.name === name)?.origin;
  return context.steps.find(({ change, statement, nth, transaction }) => {
    if (transaction !== context.step.transaction) return false;
    if (change.kind !== 'AddConstraint' || !change.constraint.notValid) return false;
    if (change.constraint.name !== undefined)
      return change.constraint.name.name === name && change.table.name === table.name;
    return (
      origin?.migration === context.migration.id &&
      origin.nth === nth &&
      origin.statement.text === statement.text &&
      origin.statement.nth === statement.nth
    );
  });
}
