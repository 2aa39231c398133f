import { defineRule } from '../rule.ts';

export const syntaxError = defineRule({
  id: 'run/syntax-error',
  scope: 'migration',
  severity: 'error',
  summary: "PostgreSQL's own parser refuses the statement.",
  messages: { refused: 'PostgreSQL refuses this statement: {message}.' },
  explanation: `The statement was given to the parser of PostgreSQL itself, which cannot read it; the migration would fail here. Other statements of
the file are checked as if this one were not there.`,
  peers: ['squawk:syntax-error'],
  examples: [
    { title: 'A typing mistake', sql: 'ALTER TABEL t ADD COLUMN c int;', fires: true },
    { title: 'Complete', sql: 'CREATE TABLE t (id int);', fires: false },
  ],
  *check(context) {
    for (const { id, reading } of context.statements) {
      if (reading.problem?.kind !== 'syntax') continue;
      yield {
        messageId: 'refused',
        args: { message: reading.problem.message },
        anchor: { file: context.migration.file, statement: id, span: reading.problem.span },
        object: reading.verb,
      };
    }
  },
});
