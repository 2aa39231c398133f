import { defineRule } from '../rule.ts';
import { noFix, typeHints } from './type-hint.ts';

export const timestamp = defineRule({
  id: 'design/timestamp',
  scope: 'change',
  on: ['CreateTable', 'AddColumn', 'ChangeColumnType'],
  severity: 'hint',
  summary: 'timestamp without time zone says no moment: who reads it must know the zone it was written in.',
  messages: {
    zone: '{table}.{column} does not say in which zone it is: sessions of different time zones write and read different moments. Use timestamptz.',
  },
  explanation: `\`timestamptz\` keeps a moment and shows it in the session's zone; it takes the same eight bytes. \`timestamp\` keeps what a clock on a wall
showed. \`now()\` written into it is the local time of that session, arithmetic over a change to summer time is an hour off, and making
it a \`timestamptz\` later must guess (\`data/lossy-cast\`).

\`timestamp\` is right for times of a wall clock: an opening hour on a day, an appointment whose zone stands in another column.

${noFix}`,
  peers: [
    'squawk:prefer-timestamp-tz',
    'pgls:preferTimestamptz',
    'pgfence:prefer-timestamptz',
    'migrationpilot:MP040',
    'safemigrate:timestamptz-over-timestamp-preferred',
    'diesel-guard:timestamp',
  ],
  examples: [
    { title: 'A new column', sql: 'CREATE TABLE events (id bigint PRIMARY KEY, at timestamp);', fires: true },
    { title: 'A moment', sql: 'CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz);', fires: false },
  ],
  *check(context) {
    yield* typeHints(context, ({ type }) => (type.name === 'timestamp' ? 'zone' : undefined));
  },
});
