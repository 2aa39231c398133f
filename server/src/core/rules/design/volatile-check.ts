import type { Expression } from '../../schema/types.ts';
import { constraintsMade } from '../plain-index.ts';
import { at, defineRule } from '../rule.ts';
import { listed, written } from '../support.ts';

export const volatileCheck = defineRule({
  id: 'design/volatile-check',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'AddConstraint'],
  severity: 'hint',
  summary: 'A CHECK whose result changes with time or session is only true on the day of the INSERT.',
  messages: {
    changes:
      'The result of this CHECK changes with time or session ({functions}): rows of {table} that were let in may violate it later, and then a restore of a dump or a new validation fails. Test it in a trigger.',
  },
  explanation: `PostgreSQL tests a CHECK when a row is written and believes it from then on. With \`now()\`, \`current_date\`, \`random()\` or a setting of the session
in it, rows that are there break the rule by themselves: \`pg_restore\` refuses them, and so does \`VALIDATE CONSTRAINT\`.

**Do instead**: a trigger for what must hold at the time of writing, or a column that says when it was written. There is no quick fix, because a
trigger is another rule than a CHECK.

Silent where a function is not known to change.`,
  peers: ['migrationpilot:MP087'],
  examples: [
    {
      title: 'Today',
      sql: 'CREATE TABLE visits (id bigint PRIMARY KEY, day date CHECK (day <= current_date));',
      fires: true,
    },
    {
      title: 'A range',
      sql: "CREATE TABLE visits (id bigint PRIMARY KEY, day date CHECK (day > DATE '2000-01-01'));",
      fires: false,
    },
  ],
  *check(context) {
    if (context.step.change.certainty === 'maybe') return;
    for (const { table, constraint } of constraintsMade(context)) {
      const { kind, expression } = constraint;
      const functions = kind === 'check' && expression !== undefined ? changingIn(expression) : [];
      if (functions.length === 0) continue;
      yield {
        messageId: 'changes',
        args: { table: written(table), functions: listed(functions) },
        anchor: at(context.step, constraint.span),
        object: `${written(table)}.${constraint.name?.name ?? 'check'}`,
        compat: 'none',
        rollback: 'none',
      };
    }
  },
});

/** What surely changes: of many functions only one form does, such as `length` of bytes in some encoding. */
const CHANGING: ReadonlySet<string> = new Set(
  (
    'now clock_timestamp statement_timestamp transaction_timestamp timeofday random gen_random_uuid uuid_generate_v4 nextval currval lastval ' +
    'current_setting pg_backend_pid inet_client_addr txid_current pg_current_xact_id'
  ).split(' '),
);

const WORDS =
  /\b(?:current_(?:date|time|timestamp|user|role|catalog|schema)|localtime|localtimestamp|session_user)\b/gi;

function changingIn({ text, functions, volatility }: Expression): readonly string[] {
  if (volatility === 'immutable') return [];
  const words = text.replace(/'(?:[^']|'')*'/g, '').match(WORDS) ?? [];
  return [...functions.filter((name) => CHANGING.has(name)), ...words.map((word) => word.toLowerCase())];
}
