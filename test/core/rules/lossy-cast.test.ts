import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** What the cast oracle does not cover: types that a history makes, sessions, and other forms of USING. */
const given = `CREATE TYPE mood AS ENUM ('ok', 'sad', 'glad'); CREATE TYPE calm AS ENUM ('ok', 'glad'); CREATE TYPE wide AS ENUM ('ok', 'sad', 'glad', 'odd');
CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN word AS varchar(5);
CREATE TABLE t (m mood, s text, n int, b bigint, at timestamp, w word, list bigint[]);`;

function said(sql: string): string | undefined {
  const made = snapshot({ released: { 'V1__given.sql': given }, pending: { 'V2__new.sql': `${sql};\n` }, version: 18 });
  const found = checkAll(engine(), made).findings.find(({ rule }) => rule === 'data/lossy-cast');
  return found && `${found.messageId}${found.args.labels === undefined ? '' : ` ${found.args.labels}`}`;
}

const cases: Readonly<Record<string, string | undefined>> = {
  'ALTER TABLE t ALTER m TYPE calm USING m::text::calm': "labels 'sad'",
  'ALTER TABLE t ALTER m TYPE calm USING (m::text::calm)': "labels 'sad'",
  'ALTER TABLE t ALTER m TYPE wide USING m::text::wide': undefined,
  'ALTER TABLE t ALTER s TYPE mood USING s::mood': 'form',
  'ALTER TABLE t ALTER m TYPE text': undefined,
  'ALTER TABLE t ALTER n TYPE positive': 'check',
  'ALTER TABLE t ALTER b TYPE positive': 'range',
  'ALTER TABLE t ALTER w TYPE varchar(3)': 'length',
  'ALTER TABLE t ALTER w TYPE varchar(3) USING w::varchar(3)': 'cut',
  'ALTER TABLE t ALTER w TYPE varchar(3) USING CAST(w AS varchar(3))': 'cut',
  'ALTER TABLE t ALTER w TYPE varchar(3) USING w': 'length',
  'ALTER TABLE t ALTER w TYPE text': undefined,
  'ALTER TABLE t ALTER list TYPE int[]': 'range',
  "ALTER TABLE t ALTER s TYPE int USING nullif(s, '')::int": undefined,
  'ALTER TABLE t ALTER s TYPE int': undefined,
  'ALTER TABLE t ALTER at TYPE timestamptz': 'zone',
  'ALTER TABLE t ALTER at TYPE timestamptz USING at::timestamptz': 'zone',
  "ALTER TABLE t ALTER at TYPE timestamptz USING at AT TIME ZONE 'UTC'": undefined,
  "SET LOCAL TimeZone = 'Europe/Berlin'; ALTER TABLE t ALTER at TYPE timestamptz": undefined,
  "SET TIME ZONE 'UTC'; ALTER TABLE t ALTER at TYPE timestamptz": undefined,
  'ALTER TABLE nowhere ALTER at TYPE timestamptz': undefined,
};

for (const [sql, expected] of Object.entries(cases)) test(sql, () => assert.equal(said(sql), expected));
