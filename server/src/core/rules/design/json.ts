import { defineRule } from '../rule.ts';
import { noFix, typeHints } from './type-hint.ts';

export const json = defineRule({
  id: 'design/json',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'ChangeColumnType'],
  severity: 'hint',
  summary: 'json keeps text; jsonb can be compared and indexed.',
  messages: {
    json: 'Values of json cannot be compared, so DISTINCT, GROUP BY and UNION over {table}.{column} fail, and no index finds what is in them. Use jsonb.',
  },
  explanation: `\`json\` keeps the text as it was written, with its white space and equal keys, and parses it at every read. It has no equality: a query
that says \`SELECT DISTINCT\`, \`GROUP BY\` or \`UNION\` over all columns of the table fails from then on. \`jsonb\` is parsed once, compares, and takes
GIN indexes.

\`json\` is right where the very text matters, such as a signed message.

${noFix}`,
  peers: [
    'strong_migrations:add_column_json',
    'eugene:E3',
    'pgls:preferJsonb',
    'pgfence:add-column-json',
    'pgsafe:prefer-jsonb',
    'diesel-guard:json',
  ],
  examples: [
    { title: 'A new column', sql: 'CREATE TABLE events (id bigint PRIMARY KEY, body json);', fires: true },
    { title: 'Its other form', sql: 'CREATE TABLE events (id bigint PRIMARY KEY, body jsonb);', fires: false },
  ],
  *check(context) {
    yield* typeHints(context, ({ type }) => (type.name === 'json' ? 'json' : undefined));
  },
});
