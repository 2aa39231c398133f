import type { Severity } from '../../model/finding.ts';
import { at, defineRule, type MigrationContext, type Step } from '../rule.ts';

export const control = defineRule({
  id: 'tx/control',
  scope: 'migration',
  severity: 'warning',
  summary: "BEGIN, COMMIT or ROLLBACK of a migration's own, inside the tool's transaction or without an end.",
  messages: {
    begin: 'Does nothing but warn: the tool runs this migration in a transaction already. Leave it out.',
    commit:
      "Ends the tool's own transaction: what stands before it stays when a later statement fails, and the migration cannot simply run again. Leave it out, or split the migration here.",
    'commit-last': "Ends the tool's own transaction before the tool has noted the migration. Leave it out.",
    rollback: 'Takes back everything before it in this migration, which the tool then notes as applied. Leave it out.',
    unfinished:
      'This transaction is not ended in the migration: what it does is taken back when the session ends, or stays locked until then. COMMIT at its end.',
    'no-begin':
      'Does nothing but warn: no transaction is open here. Leave it out, or BEGIN before what belongs together.',
  },
  explanation: `Flyway runs each migration in a transaction of its own, unless it is told otherwise. A \`BEGIN\` inside it is only warned of, but a \`COMMIT\` really commits: the first half of the
migration stays if the second fails, although the tool believes that all was taken back. A \`ROLLBACK\` takes the migration's work back, and the tool notes it as done.

In a migration that runs outside a transaction both belong together: a \`BEGIN\` that nobody ends keeps its locks, and loses its work.

The quick fix takes the statement out where that changes nothing: \`BEGIN\`, and the \`COMMIT\` at the end.

A \`COMMIT\` in the middle may be meant, and is only hinted at.

Silent for savepoints, and where \`COMMIT AND CHAIN\` goes on.`,
  peers: [
    'squawk:transaction-nesting',
    'squawk:ban-uncommitted-transaction',
    'pgls:transactionNesting',
    'pgfence:unclosed-transaction',
    'migrationpilot:MP053',
    'safemigrate:transaction-nesting-banned',
    'safemigrate:uncommitted-transaction-banned',
    'bytebase:statement_disallow_commit',
  ],
  examples: [
    { title: 'As a dump writes it', sql: 'BEGIN;\nCREATE TABLE t (id int);\nCOMMIT;', fires: true },
    { title: 'The tool does it', sql: 'CREATE TABLE t (id int);', fires: false },
  ],
  *check(context) {
    const steps = context.contexts.map(({ step }) => step);
    for (const { step, messageId, severity, isNeutral } of found(context, steps))
      yield {
        messageId,
        args: {},
        severity,
        anchor: at(step, step.change.span),
        object: step.reading.verb,
        compat: 'none',
        rollback: 'none',
        fixes: isNeutral ? [{ id: 'leave-out', args: {} }] : [],
      };
  },
});

interface Found {
  readonly step: Step;
  readonly messageId: string;
  readonly severity: Severity;
  /** Without it the migration does the same. */
  readonly isNeutral: boolean;
}

function* found({ transactionRule }: MigrationContext, steps: readonly Step[]): Generator<Found> {
  // What the tool refuses to run at all is told elsewhere.
  if (transactionRule.mode === 'refused') return;
  const isInside = transactionRule.mode === 'one-transaction';
  let open: Step | undefined;
  for (const step of steps) {
    const { change } = step;
    if (
      change.kind !== 'Transaction' ||
      change.certainty === 'maybe' ||
      change.chain === true ||
      step.reading.verb === 'DO'
    )
      continue;
    const isLast = step === steps.at(-1);
    switch (change.verb) {
      case 'begin':
        if (isInside) {
          // With a COMMIT behind it that one is told, and the words go together.
          if (!steps.slice(steps.indexOf(step)).some(isEnd))
            yield { step, messageId: 'begin', severity: 'hint', isNeutral: true };
        } else open = step;
        break;
      case 'commit':
        if (isInside)
          yield {
            step,
            messageId: isLast ? 'commit-last' : 'commit',
            severity: isLast ? 'info' : 'hint',
            isNeutral: isLast,
          };
        else if (open === undefined) yield { step, messageId: 'no-begin', severity: 'hint', isNeutral: true };
        open = undefined;
        break;
      case 'rollback':
        if (isInside) yield { step, messageId: 'rollback', severity: 'warning', isNeutral: false };
        open = undefined;
        break;
      case 'savepoint':
      case 'release':
      case 'rollback-to':
        break;
      default: {
        const never: never = change;
        return never;
      }
    }
  }
  if (open !== undefined) yield { step: open, messageId: 'unfinished', severity: 'warning', isNeutral: false };
}

function isEnd({ change }: Step): boolean {
  return change.kind === 'Transaction' && (change.verb === 'commit' || change.verb === 'rollback');
}
