import { addedConstraints, constraintWords } from '../constraint-forms.ts';
import { at, defineRule } from '../rule.ts';
import { isLive, lockArgs, madeBy, severity, written } from '../support.ts';

export const addCheck = defineRule({
  id: 'lock/add-check',
  scope: 'change',
  on: ['AddConstraint', 'AddColumn'],
  severity: 'warning',
  summary: 'Adding a CHECK blocks reads and writes while every row is checked.',
  messages: {
    blocks:
      'Checks every row of {table} under {lock}: {waits} waits until it ends, and it fails on the first row that does not fit. Add it NOT VALID, and validate it in the next migration.',
    inline:
      'The CHECK on the new column reads every row of {table} under {lock}: {waits} waits until it ends. Add the column first, then the CHECK as NOT VALID, and validate it in the next migration.',
  },
  explanation: `\`ADD CONSTRAINT ... CHECK\` takes ACCESS EXCLUSIVE and reads the whole table under it.

**Do instead**: add it \`NOT VALID\`: that takes the lock for a moment only, and new rows are checked from then on. Then, in a migration of
its own, \`VALIDATE CONSTRAINT\`, which reads under SHARE UPDATE EXCLUSIVE while reads and writes go on.

Silent for new tables, \`NOT VALID\` and \`NOT ENFORCED\`.`,
  peers: ['squawk:constraint-missing-not-valid', 'strong_migrations:add_check_constraint'],
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
