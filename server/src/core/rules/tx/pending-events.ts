import type { Table } from '../../schema/catalog.ts';
import type { SchemaChange } from '../../schema/change.ts';
import type { ObjectName } from '../../schema/names.ts';
import { at, type ChangeContext, defineRule, type Step } from '../rule.ts';
import { severity, written } from '../support.ts';

export const pendingEvents = defineRule({
  id: 'tx/pending-events',
  scope: 'change',
  on: ['WriteRows'],
  severity: 'error',
  summary: 'A table with rows that a deferred constraint has yet to check cannot be altered in the same transaction.',
  messages: {
    pending:
      'Fails: the rows that this transaction puts into {table} wait for {constraint}, which is deferred, and until it is checked {table} cannot be changed. SET CONSTRAINTS ALL IMMEDIATE before it, or change it in the next migration.',
    'written-here': 'Rows go into {object} here.',
  },
  explanation: `A foreign key that is \`INITIALLY DEFERRED\` is checked at the commit. Until then every new row has an event that waits, and a table with such events can neither be altered, nor get
an index, nor be emptied or dropped (\`cannot ALTER TABLE because it has pending trigger events\`).

**Do instead**: \`SET CONSTRAINTS ALL IMMEDIATE\` checks them now; the quick fix writes it before the statement. Or write the rows in one migration and alter the table in the next.

Silent where the rows may be none, behind a \`SET CONSTRAINTS ... IMMEDIATE\` or a commit, where triggers are off, and for what a branch of a DO block does.`,
  examples: [
    {
      title: 'Rows, and then a column',
      given:
        'CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE logins (user_id int REFERENCES users DEFERRABLE INITIALLY DEFERRED);',
      sql: 'INSERT INTO logins VALUES (NULL);\nALTER TABLE logins ADD COLUMN at timestamptz;',
      fires: true,
    },
    {
      title: 'Checked between',
      given:
        'CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE logins (user_id int REFERENCES users DEFERRABLE INITIALLY DEFERRED);',
      sql: 'INSERT INTO logins VALUES (NULL);\nSET CONSTRAINTS ALL IMMEDIATE;\nALTER TABLE logins ADD COLUMN at timestamptz;',
      fires: false,
    },
  ],
  *check(context) {
    const { change, transaction } = context.step;
    if (change.kind !== 'WriteRows' || transaction === undefined || change.certainty === 'maybe') return;
    if ((change.verb !== 'insert' && change.verb !== 'copy') || change.rows !== 'literal') return;
    const found = context.table(change.table);
    const constraint = found.kind === 'known' ? deferred(context, found.value) : undefined;
    if (found.kind !== 'known' || constraint === undefined) return;
    const step = stopped(context, found.key);
    if (step === undefined) return;
    const table = written(change.table);
    yield {
      messageId: 'pending',
      args: { table, constraint },
      anchor: at(step, step.change.span),
      object: table,
      severity: severity(context, 'error'),
      compat: 'none',
      rollback: 'none',
      related: [{ anchor: at(context.step, change.span), messageId: 'written-here', args: { object: table } }],
      fixes: [{ id: 'check-constraints-now', args: {} }],
    };
  },
});

/** A foreign key that is checked at the commit, by its own word, which SET CONSTRAINTS has not changed. */
function deferred(context: ChangeContext, { constraints, partitionBy }: Table): string | undefined {
  const found = constraints.find(
    ({ kind, enforced, initiallyDeferred }) => kind === 'foreign-key' && enforced && initiallyDeferred,
  );
  if (found === undefined || partitionBy !== undefined) return undefined;
  const { steps, step } = context;
  const isChanged = (change: SchemaChange) => isOff(change) || (isMode(change) && change.value === 'immediate');
  return steps.slice(0, steps.indexOf(step)).some(({ change }) => isChanged(change)) ? undefined : found.name;
}

/** The first step of the transaction that meets the waiting events. */
function stopped(context: ChangeContext, key: string): Step | undefined {
  const { steps, step } = context;
  for (const each of steps.slice(steps.indexOf(step) + 1)) {
    const { change } = each;
    if (each.transaction !== step.transaction || change.kind === 'Transaction') return undefined;
    if (isMode(change) || isOff(change) || change.kind === 'RunSql' || change.kind.startsWith('Rename'))
      return undefined;
    // One failure is enough, and what may not run says nothing of what comes behind it.
    if (tablesOf(change).some((name) => isTable(context, name, key)))
      return change.certainty === 'maybe' ? undefined : each;
  }
  return undefined;
}

function isTable(context: ChangeContext, name: ObjectName, key: string): boolean {
  const found = context.table(name);
  return found.kind === 'known' && found.key === key;
}

/** SET CONSTRAINTS. */
function isMode(change: SchemaChange): change is Extract<SchemaChange, { kind: 'SetSession' }> {
  return change.kind === 'SetSession' && change.name === 'constraints';
}

function isOff(change: SchemaChange): boolean {
  return change.kind === 'SetTrigger' || (change.kind === 'SetSession' && change.name === 'session_replication_role');
}

function tablesOf(change: SchemaChange): readonly ObjectName[] {
  switch (change.kind) {
    case 'AddColumn':
    case 'DropColumn':
    case 'ChangeColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
    case 'SetIdentity':
    case 'SetGenerated':
    case 'AddConstraint':
    case 'DropConstraint':
    case 'ValidateConstraint':
    case 'CreateIndex':
    case 'DropTable':
      return [change.table];
    case 'Truncate':
      return change.tables;
    default:
      return [];
  }
}
