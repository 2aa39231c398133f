import type { ConstraintSpec } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule } from '../rule.ts';
import { isLive, severity, written } from '../support.ts';

export const unvalidated = defineRule({
  id: 'data/unvalidated',
  scope: 'change',
  on: ['AddConstraint'],
  severity: 'info',
  summary: 'A constraint that was added NOT VALID and is never validated says nothing of the rows that are there.',
  messages: {
    never:
      'No later migration validates {constraint}: rows of {table} that are there already may break it, and the planner does not rely on it. Add VALIDATE CONSTRAINT {constraint} in the next migration; it blocks neither reads nor writes.',
  },
  explanation: `\`NOT VALID\` checks new rows only. That is the gentle half of adding a constraint; without \`VALIDATE CONSTRAINT\` in a later migration
old rows that break it stay, a dump with such rows cannot be restored, \`SET NOT NULL\` cannot use it as its proof, and an UPDATE of
such a row fails for reasons that nobody sees.

**Do instead**: \`VALIDATE CONSTRAINT\` in the next migration, so that the first lock is gone; the quick fix makes one.

Silent where a later migration, or the draft of a contract, validates or drops it, for new tables, and for NOT ENFORCED (18).`,
  peers: ['squawk:constraint-missing-not-valid'],
  settledBy: {
    words: ({ constraint, table }) => [String(constraint), String(table)],
    isBy: ({ constraint, table }, later) => {
      if (later.kind === 'ValidateConstraint' || later.kind === 'DropConstraint')
        return later.constraint.name === constraint;
      return later.kind === 'DropTable' && written(later.table) === table;
    },
  },
  examples: [
    {
      title: 'Left half done',
      given: 'CREATE TABLE t (id int);',
      sql: 'ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;',
      fires: true,
    },
    {
      title: 'A new table has no old rows',
      sql: 'CREATE TABLE t (id int);\nALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind !== 'AddConstraint' || !change.constraint.notValid || !change.constraint.enforced) return;
    if (!isLive(context, change.table)) return;
    const name = nameOf(context, change.table, change.constraint);
    if (name === undefined || isSettledHere(context, name)) return;
    const args = { table: written(change.table), constraint: name };
    yield {
      messageId: 'never',
      args,
      anchor: at(context.step, change.span),
      object: `${args.table}.${name}`,
      severity: severity(context, 'info'),
      compat: 'none',
      fixes: [{ id: 'validate-later', args }],
    };
  },
});

/** The name as written, or the one that the server made up; undefined where the statement makes none. */
function nameOf(context: ChangeContext, table: ObjectName, { name }: ConstraintSpec): string | undefined {
  const { after, step, migration } = context;
  const found = context.table(table);
  if (found.kind !== 'known') return name?.name;
  if (found.value.constraints.some((each) => each.name === name?.name)) return undefined;
  if (name !== undefined) return name.name;
  const made = after.objects.get(found.key);
  return (made?.kind === 'table' ? made.constraints : []).find(
    ({ origin }) =>
      origin.migration === migration.id && origin.nth === step.nth && origin.statement.text === step.statement.text,
  )?.name;
}

/** Validated here is told by tx/validate-with-add. */
function isSettledHere({ steps, step }: ChangeContext, name: string): boolean {
  return steps.some(
    ({ change, statementIndex }) =>
      statementIndex >= step.statementIndex &&
      (change.kind === 'ValidateConstraint' || change.kind === 'DropConstraint') &&
      change.constraint.name === name,
  );
}
