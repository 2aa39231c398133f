import type { Dialect, ReadProblem, SqlTarget } from '../../sql/dialect.ts';
import { defineRule } from '../rule.ts';

export const syntaxError = defineRule({
  id: 'run/syntax-error',
  scope: 'migration',
  severity: 'error',
  summary: "PostgreSQL's own parser refuses the statement.",
  messages: { refused: 'PostgreSQL refuses this statement: {message}.' },
  explanation: `The statement was given to the parser of PostgreSQL itself, which cannot read it; the migration would fail here. Other statements of
the file are checked as if this one were not there.

The parser is that of the newest version that is known here. Silent for what an older target version still takes (\`WITH OIDS\`, an operator behind its
operand, a name that has become a keyword), and where the target is newer than the parser: then a notice says so. What is newer than the target is
\`run/unsupported-syntax\`.

No fix is offered: what was meant is not in the text.`,
  peers: ['squawk:syntax-error', 'migrationpilot:MP024'],
  examples: [
    { title: 'A typing mistake', sql: 'ALTER TABEL t ADD COLUMN c int;', fires: true },
    {
      title: 'No value leaves an enum',
      given: "CREATE TYPE mood AS ENUM ('ok', 'sad');",
      sql: "ALTER TYPE mood DROP VALUE 'sad';",
      fires: true,
    },
    { title: 'Complete', sql: 'CREATE TABLE t (id int);', fires: false },
  ],
  *check(context) {
    for (const { id, reading } of context.statements) {
      if (reading.problem?.kind !== 'syntax' || isOfAnother(context.target, reading.problem, context.dialect)) continue;
      yield {
        messageId: 'refused',
        args: { message: reading.problem.message },
        anchor: { file: context.migration.file, statement: id, span: reading.problem.span },
        object: reading.verb,
      };
    }
  },
});

/** Only the parser of another version could say. */
function isOfAnother(
  { version, versionKnown }: SqlTarget,
  { until }: Extract<ReadProblem, { kind: 'syntax' }>,
  { versions }: Dialect,
): boolean {
  return versionKnown && (version > versions.newest || (until !== undefined && version < until));
}
