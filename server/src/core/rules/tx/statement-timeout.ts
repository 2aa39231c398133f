import { at, type ChangeContext, defineRule, type RuleOption } from '../rule.ts';
import { isLive, severity, written } from '../support.ts';
import { limits, type Timeout, withTimeouts } from '../timeouts.ts';

const enough: RuleOption = {
  name: 'minutes',
  description: 'From this length on a statement_timeout is long enough for an index build or a validation.',
  min: 1,
  max: 1440,
  default: 10,
};

export const statementTimeout = defineRule({
  id: 'tx/statement-timeout',
  scope: 'migration',
  severity: 'warning',
  summary: 'A short statement_timeout cancels an index build half-way and leaves an invalid index.',
  messages: {
    index:
      'statement_timeout is {value} here: on a large {table} it cancels the build half-way, and since nothing is rolled back outside a transaction, an invalid index stays. Set it to 0 for this migration; lock_timeout may stay.',
    validate:
      'statement_timeout is {value} here: on a large {table} it cancels the validation, and the migration fails every time it is run. Set it to 0 for this migration; lock_timeout may stay.',
    'set-here': '{name} is set here.',
  },
  explanation: `\`lock_timeout\` limits waiting, \`statement_timeout\` limits the work as well. The statements that were made to be gentle take long on
purpose: \`CREATE INDEX CONCURRENTLY\` and \`REINDEX CONCURRENTLY\` read the table twice and wait for old transactions in between,
\`VALIDATE CONSTRAINT\` reads it once, and nobody waits for them. Cancelled, the first two leave an invalid index behind.

**Do instead**: keep \`lock_timeout\`, and set \`statement_timeout\` to 0 (or to hours) for such a migration. There is no quick fix: Flyway
refuses a \`SET\` beside \`CREATE INDEX CONCURRENTLY\`, so it belongs where the timeout is set.

Silent for new tables, for timeouts from ten minutes on (option \`minutes\`), and where nothing in the migration, the tool's \`initSql\` or
its callbacks sets one.`,
  options: [enough],
  examples: [
    {
      title: 'Five seconds to read the table',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;',
      sql: "SET LOCAL statement_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT c;",
      fires: true,
    },
    {
      title: 'Only waiting is limited',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY);\nALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;',
      sql: "SET LOCAL lock_timeout = '5s';\nALTER TABLE orders VALIDATE CONSTRAINT c;",
      fires: false,
    },
  ],
  *check(context, option) {
    for (const [each, { statement }] of withTimeouts(context)) {
      if (statement === undefined || !limits(statement) || statement.milliseconds >= option(enough) * 60_000) continue;
      const long = longWork(each);
      if (long === undefined) continue;
      yield {
        messageId: long.messageId,
        args: { value: statement.value, table: long.table },
        anchor: at(each.step, each.step.change.span),
        object: long.table,
        severity: severity(each, 'warning'),
        compat: 'none',
        rollback: 'none',
        related: setHere(statement),
      };
      return;
    }
  },
});

function longWork(context: ChangeContext): { readonly messageId: string; readonly table: string } | undefined {
  const { change } = context.step;
  switch (change.kind) {
    case 'CreateIndex':
      return change.concurrently && isLive(context, change.table)
        ? { messageId: 'index', table: written(change.table) }
        : undefined;
    case 'Maintain':
      return change.operation === 'reindex' && change.concurrently
        ? { messageId: 'index', table: change.target === undefined ? 'database' : written(change.target) }
        : undefined;
    case 'ValidateConstraint':
      return isLive(context, change.table) && context.impact().work.length > 0
        ? { messageId: 'validate', table: written(change.table) }
        : undefined;
    default:
      return undefined;
  }
}

function setHere({ step }: Timeout) {
  if (step?.change.kind !== 'SetSession') return [];
  return [{ anchor: at(step, step.change.span), messageId: 'set-here', args: { name: step.change.name } }];
}
