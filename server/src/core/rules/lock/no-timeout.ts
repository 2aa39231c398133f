import { settingKey } from '../../schema/keys.ts';
import { strongLocks } from '../held-locks.ts';
import { at, type ChangeContext, type Draft, defineRule, type MigrationContext } from '../rule.ts';
import { blockedBy } from '../support.ts';
import { limits, TIMEOUTS, type Timeout, withTimeouts } from '../timeouts.ts';

export const noTimeout = defineRule({
  id: 'lock/no-timeout',
  scope: 'migration',
  severity: 'hint',
  summary:
    'A strong lock on a table in use is asked for without lock_timeout: while it waits, everybody waits behind it.',
  messages: {
    none: 'Nothing limits how long this waits for {lock} on {locked}: behind it {waits} waits as well, for as long as the oldest query runs. Set lock_timeout before it, and run the migration again when it runs out.',
    zero: 'lock_timeout = 0 lets {statement} wait for {lock} on {locked} without end: behind it {waits} waits as well. Set a few seconds, and run the migration again when they run out.',
  },
  explanation: `Lock requests queue. An \`ALTER TABLE\` that needs a moment waits for a report that runs for an hour, and every query that comes later
waits behind the \`ALTER TABLE\`. With \`lock_timeout\` the migration gives up instead, and can be tried again.

Off unless the project asks for it: preset \`strict\`, or \`rules.severity\`. What counts as set: \`SET\` and \`SET LOCAL\` earlier in
the migration, what the tool brings along (Flyway: \`initSql\`, \`beforeEachMigrate\` callbacks, options in the URL), and
\`statement_timeout\`, which limits the waiting too. One migration is told once, at the first such statement; the quick fix sets five
seconds before it. Where the history gives a role or the database a timeout (\`ALTER ROLE r SET lock_timeout\`), the rule is
silent from the next migration on; one that is set by hand is not seen from here: turn the rule off then.

Silent for new tables and for locks that block neither reads nor writes.`,
  peers: [
    'squawk:require-timeout-settings',
    'eugene:E9',
    'migrationpilot:MP004',
    'pgsafe:require-timeout',
    'pgfence:missing-lock-timeout',
    'pgfence:lock-timeout-after-dangerous-statement',
    'pgfence:lock-timeout-zero',
    'pgls:lockTimeoutWarning',
    'safemigrate:timeout-settings-required',
    'diesel-guard:ddl-timeouts',
    'diesel-guard:missing-lock-timeout',
  ],
  examples: [
    {
      title: 'It may wait for hours',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE users ADD COLUMN seen timestamptz;',
      fires: true,
    },
    {
      title: 'It gives up after five seconds',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: "SET LOCAL lock_timeout = '5s';\nALTER TABLE users ADD COLUMN seen timestamptz;",
      fires: false,
    },
    {
      title: 'The role has one',
      given: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER ROLE migrator SET lock_timeout = '5s';",
      sql: 'ALTER TABLE users ADD COLUMN seen timestamptz;',
      fires: false,
    },
  ],
  *check(context) {
    if (mayBeginLimited(context)) return;
    for (const [each, { lock, statement }] of withTimeouts(context)) {
      if (limits(lock) || limits(statement)) continue;
      const [strong] = strongLocks(each);
      if (strong === undefined) continue;
      yield draft(each, { ...blockedBy(strong), locked: strong.relation }, lock);
      return;
    }
  },
});

/** An earlier migration gave a role or the database a timeout; whether it is this session's, is not known. */
function mayBeginLimited({ contexts: [first] }: MigrationContext): boolean {
  return first !== undefined && TIMEOUTS.some((name) => first.before.tainted.has(settingKey(name)));
}

type Args = Readonly<Record<'lock' | 'waits' | 'locked', string>>;

/** At the statement that takes the lock, or at the setting that lets it wait. */
function draft({ step }: ChangeContext, args: Args, zero: Timeout | undefined): Draft {
  const set = zero?.step ?? step;
  return {
    messageId: set === step ? 'none' : 'zero',
    args: { ...args, statement: step.reading.verb },
    anchor: at(set, set.change.span),
    object: args.locked,
    compat: 'none',
    rollback: 'none',
    related:
      set === step
        ? []
        : [{ anchor: at(step, step.change.span), messageId: 'first-here', args: { object: args.locked } }],
    fixes: [
      {
        id: 'set-lock-timeout',
        args: { inside: step.transaction === undefined ? 0 : 1, replaces: set === step ? 0 : 1 },
      },
    ],
  };
}
