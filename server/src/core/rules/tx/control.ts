import type { Severity } from '../../model/finding.ts';
import type { Span } from '../../model/text.ts';
import type { ChangeOf } from '../../schema/change.ts';
import { tokenize } from '../../sql/tokenize.ts';
import type { LexicalRules, Token } from '../../sql/tokens.ts';
import { at, type Draft, defineRule, type MigrationContext, type Step } from '../rule.ts';

export const control = defineRule({
  id: 'tx/control',
  scope: 'migration',
  severity: 'warning',
  consequence: { block: 'fails' },
  summary: "BEGIN, COMMIT or ROLLBACK of a migration's own, inside the tool's transaction or without an end.",
  messages: {
    begin: 'Does nothing but warn: the tool runs this migration in a transaction already. Leave it out.',
    commit:
      "Ends the tool's own transaction: what stands before it stays when a later statement fails, and the migration cannot simply run again. Leave it out, or split the migration here.",
    'commit-last': "Ends the tool's own transaction before the tool has noted the migration. Leave it out.",
    rollback: 'Takes back everything before it in this migration, which the tool then notes as applied. Leave it out.',
    unfinished:
      'This transaction is not ended in the migration: its locks stay, and what follows runs in it, until the tool commits something of its own. COMMIT where it is meant to end.',
    block:
      'Fails: {word} in a block ends a transaction, which PostgreSQL refuses where the block did not begin it (invalid transaction termination), and {whose} is open here. Run the migration outside a transaction, without BEGIN.',
    'no-begin':
      'Does nothing but warn: no transaction is open here. Leave it out, or BEGIN before what belongs together.',
  },
  explanation: `Flyway runs each migration in a transaction of its own, unless it is told otherwise. A \`BEGIN\` inside it is only warned of, but a \`COMMIT\` really commits: the first half of the
migration stays if the second fails, although the tool believes that all was taken back. A \`ROLLBACK\` takes the migration's work back, and the tool notes it as done.

In a migration that runs outside a transaction both belong together: what stands behind a \`BEGIN\` that nobody ends is committed when the tool next commits, with its note of the migration,
and keeps its locks until then. A DO block can only \`COMMIT\` where no transaction was open before it; in one it fails.

The quick fix takes the statement out where that changes nothing: \`BEGIN\`, and the \`COMMIT\` at the end. For a block that commits it runs the migration outside a transaction.

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
    { title: 'A block that commits', sql: 'DO $$ BEGIN COMMIT; END $$;', fires: true },
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
    yield* inBlocks(context);
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
    const isLastStep = step === steps.at(-1);
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
            messageId: isLastStep ? 'commit-last' : 'commit',
            severity: isLastStep ? 'info' : 'hint',
            isNeutral: isLastStep,
          };
        else if (open === undefined) yield { step, messageId: 'no-begin', severity: 'hint', isNeutral: true };
        open = undefined;
        break;
      case 'rollback':
        if (isInside) yield { step, messageId: 'rollback', severity: 'warning', isNeutral: false };
        else if (open === undefined) yield { step, messageId: 'no-begin', severity: 'hint', isNeutral: true };
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
  if (open !== undefined) yield { step: open, messageId: 'unfinished', severity: 'info', isNeutral: false };
}

function isEnd({ change }: Step): boolean {
  return change.kind === 'Transaction' && (change.verb === 'commit' || change.verb === 'rollback');
}

/** Blocks that end a transaction which was open before them. */
function* inBlocks({ transactionRule, statements, dialect, migration }: MigrationContext): Generator<Draft> {
  if (transactionRule.mode === 'refused') return;
  const isInside = transactionRule.mode === 'one-transaction';
  let isOpen = isInside;
  for (const { id, reading } of statements) {
    const end = isOpen && reading.verb === 'DO' ? endIn(id.text, dialect.lexical) : undefined;
    if (end !== undefined)
      yield {
        messageId: 'block',
        args: { word: end.word.toUpperCase(), whose: isInside ? "the tool's" : "the migration's own" },
        severity: end.isSure ? 'error' : 'info',
        anchor: { file: migration.file, statement: id, span: end.span },
        object: 'DO',
        compat: 'none',
        rollback: 'none',
        fixes: isInside ? [{ id: 'run-outside-transaction', args: {} }] : [],
      };
    for (const change of reading.verb === 'DO' ? [] : reading.changes)
      if (change.kind === 'Transaction')
        isOpen = isInside || change.verb === 'begin' || (isOpen && !isLast(change.verb));
  }
}

function isLast(verb: ChangeOf<'Transaction'>['verb']): boolean {
  return verb === 'commit' || verb === 'rollback';
}

interface End {
  readonly word: string;
  readonly span: Span;
  /** No condition, loop or handler stands before it. */
  readonly isSure: boolean;
}

/** The first COMMIT or ROLLBACK of a block's body. */
function endIn(text: string, lexical: LexicalRules): End | undefined {
  if (!/commit|rollback/i.test(text)) return undefined;
  const body = tokenize(text, lexical).find(({ kind }) => kind === 'string');
  const open = /^\$\w*\$/.exec(body?.text ?? '')?.[0];
  if (body === undefined || open === undefined) return undefined;
  const words = tokenize(body.text.slice(open.length, -open.length), lexical);
  const at = words.findIndex(
    ({ kind, value }, nth) =>
      kind === 'word' && /^(commit|rollback)$/.test(value) && isStart(words[nth - 1]) && isEndOf(words[nth + 1]),
  );
  const found = words[at];
  if (found === undefined) return undefined;
  const start = body.start + open.length + found.start;
  return {
    word: found.value,
    span: { start, end: start + found.text.length },
    isSure: !words.slice(0, at).some(({ kind, value }) => kind === 'word' && CONDITIONS.has(value)),
  };
}

const CONDITIONS: ReadonlySet<string> = new Set(['if', 'case', 'loop', 'for', 'while', 'foreach', 'exception']);

function isStart(before: Token | undefined): boolean {
  return before === undefined || before.text === ';' || /^(begin|then|else|loop)$/.test(before.value);
}

function isEndOf(behind: Token | undefined): boolean {
  return behind?.text === ';' || behind?.value === 'and';
}
