import type { MadeColumn } from '../columns-made.ts';
import { defineRule } from '../rule.ts';
import { noFix, typeHints } from './type-hint.ts';

export const typeRule = defineRule({
  id: 'design/type',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'ChangeColumnType'],
  severity: 'hint',
  summary: 'Types that rarely mean what they seem to: char(n), money, timetz, and times without fractions.',
  messages: {
    char: '{type} pads {table}.{column} with blanks and ignores them when it compares; it is neither smaller nor faster. Use text or varchar, with a CHECK where the length matters.',
    money:
      'What money shows and reads depends on lc_monetary of the database, and it knows one currency. Use numeric for {table}.{column}.',
    timetz:
      'An offset without a date does not know summer time. Use timestamptz, or time beside a zone, for {table}.{column}.',
    rounded:
      '{type} rounds what is written to {table}.{column}, also up into the next second, which may be in the future. Keep all digits, and use date_trunc where they are read.',
  },
  explanation: `- \`char(n)\` fills up with blanks to n, and \`LIKE\`, \`length\` and drivers disagree on them. \`char(1)\` and other lengths alike.
- \`money\` is a number of cents whose sign, separator and currency come from the locale of the server.
- \`timetz\` exists because the standard has it; PostgreSQL's own manual advises against it.
- \`timestamp(0)\` and \`timestamptz(0)\` round to the nearest second: 23:59:59.7 becomes the next day.

${noFix}`,
  peers: [
    'squawk:ban-char-field',
    'pgls:banCharField',
    'pgfence:ban-char-field',
    'migrationpilot:MP041',
    'safemigrate:char-column-banned',
    'diesel-guard:char',
  ],
  examples: [
    { title: 'Padded', sql: 'CREATE TABLE countries (code char(2) PRIMARY KEY);', fires: true },
    { title: 'As long as it is', sql: 'CREATE TABLE countries (code varchar(2) PRIMARY KEY);', fires: false },
    { title: 'Rounded', sql: 'CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz(0));', fires: true },
  ],
  *check(context) {
    yield* typeHints(context, problemOf);
  },
});

function problemOf({ type: { name, args } }: MadeColumn): string | undefined {
  if (name === 'bpchar' && args.length > 0) return 'char';
  if (name === 'money' || name === 'timetz') return name;
  return (name === 'timestamp' || name === 'timestamptz') && args[0] === 0 ? 'rounded' : undefined;
}
