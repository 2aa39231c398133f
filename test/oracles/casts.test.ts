import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkAll, engine, snapshot } from '../core/support/engine.ts';
import { type PgServer, startServer } from './impact/server.ts';

const majors = (process.env.MAJORS ?? '12,18').split(',').map(Number);

const shared = engine();

/** Every type that the rules know casts of, arrays, and what a history makes itself. */
const TYPES = (
  'boolean;smallint;integer;bigint;numeric(8,2);real;double precision;text;varchar(9);char(5);name;date;time;timetz;timestamp;timestamptz;interval;uuid;' +
  'json;jsonb;bytea;money;inet;cidr;macaddr;macaddr8;bit(3);varbit(5);xml;oid;point;box;circle;polygon;path;lseg;line;tsvector;tsquery;jsonpath;' +
  'int4range;int8range;numrange;daterange;tsrange;tstzrange;integer[];bigint[];text[];varchar(3)[];mood;other;mood[];pair;positive;word;feeling;numbers'
).split(';');

const MADE = `CREATE TYPE mood AS ENUM ('ok'); CREATE TYPE other AS ENUM ('ok'); CREATE TYPE pair AS (a int, b int);
CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN word AS varchar(5); CREATE DOMAIN feeling AS mood; CREATE DOMAIN numbers AS int[];`;

const DEFAULTS: readonly (readonly [type: string, value: string])[] = [
  ['text', "'1'"],
  ['varchar(9)', "'1'::character varying"],
  ['char(5)', "'1'"],
  ['word', "'1'"],
  ['mood', "'ok'"],
  ['boolean', 'true'],
  ['boolean', "'f'"],
  ['smallint', '1'],
  ['integer', '-1'],
  ['bigint', '1'],
  ['numeric(8,2)', '1'],
  ['numeric(8,2)', "'1'"],
  ['json', "'{}'"],
  ['date', "'2020-01-01'"],
  ['text', '1'],
];

for (const major of majors) {
  describe(`casts of PostgreSQL ${major}`, () => {
    let server: PgServer;
    before(async () => {
      server = await startServer(major);
      await server.client.query(MADE);
    });
    after(() => server.stop());

    test('a type change needs USING where the rule says so, and only there', async () => {
      await agree(
        server,
        TYPES.flatMap((from) =>
          TYPES.map((to) => [`CREATE TABLE t (c ${from})`, `ALTER TABLE t ALTER c TYPE ${to}`] as const),
        ),
        'run/needs-using',
        '42804',
        major,
      );
    });

    test('a default is converted or not as the rule says', async () => {
      const changes = DEFAULTS.flatMap(([from, value]) =>
        TYPES.map(
          (to) =>
            [
              `CREATE TABLE t (c ${from} DEFAULT ${value})`,
              `ALTER TABLE t ALTER c TYPE ${to} USING NULL::${to}`,
            ] as const,
        ),
      );
      await agree(server, changes, 'run/needs-using', '42804', major);
    });

    test('a foreign key finds its key comparable where the rule says so, and only there', async () => {
      const keys: string[] = [];
      for (const type of TYPES)
        if ((await refusal(server, `CREATE TABLE k (c ${type} PRIMARY KEY)`)) === undefined) keys.push(type);
      assert.ok(keys.length > 30);
      const changes = keys.flatMap((to) =>
        TYPES.map(
          (from) => [`CREATE TABLE k (c ${to} PRIMARY KEY)`, `CREATE TABLE t (c ${from} REFERENCES k)`] as const,
        ),
      );
      await agree(server, changes, 'run/foreign-key', '42804', major);
    });
  });
}

/** The finding is there exactly where the server refuses with the code. */
async function agree(
  server: PgServer,
  changes: readonly (readonly [given: string, sql: string])[],
  rule: string,
  code: string,
  version: number,
): Promise<void> {
  const wrong: string[] = [];
  let refused = 0;
  for (const [given, sql] of changes) {
    const said = await refusal(server, given, sql);
    if (said === code) refused += 1;
    const found = checkAll(
      shared,
      snapshot({
        released: { 'V1__given.sql': `${MADE}\n${given};\n` },
        pending: { 'V2__new.sql': `${sql};\n` },
        version,
      }),
    ).findings;
    if (found.some((each) => each.rule === rule) !== (said === code)) wrong.push(`${given}; ${sql}: ${said ?? 'runs'}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(refused > 100 && refused < changes.length - 50, `${refused} of ${changes.length}`);
}

async function refusal({ client }: PgServer, ...statements: readonly string[]): Promise<string | undefined> {
  await client.query('BEGIN');
  try {
    for (const sql of statements) await client.query(sql);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.query('ROLLBACK');
  }
}
