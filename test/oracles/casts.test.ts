import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { applied, checkAll, engine, folder, snapshot, strict } from '../core/support/engine.ts';
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

/** Types whose values are compared before and after a change. */
const COMPARED = (
  'boolean;smallint;integer;bigint;numeric;numeric(5,0);numeric(8,2);numeric(19,0);real;double precision;money;oid;' +
  'text;varchar(4);varchar(9);char(5);name;uuid;date;time;time(2);timetz;timestamp;timestamp(0);timestamptz;interval;interval(1);' +
  'json;jsonb;inet;cidr;macaddr;macaddr8;bit(3);varbit(5)'
).split(';');

/** Each type takes those that it can read. */
const VALUES = [
  ...'0 1 -7 12345 -32768 32767 -2147483648 2147483647 4294967295 9223372036854775807 -9223372036854775808 16777217'.split(
    ' ',
  ),
  ...'123456789012345677 1234567.891234 9999.9999 999999.99 0.015 123456789.123456789 2.5e30 true false 99999 9999999999999999999 123456.78 -123456.78'.split(
    ' ',
  ),
  ...[
    'a',
    'abcdefghi',
    `long${'x'.repeat(70)}`,
    `"${'x'.repeat(70)}"`,
    `1${'0'.repeat(70)}`,
    '{"a":1,"b":2,"a":3}',
    '[1,2]',
    '"s"',
    '10.0.0.7/8',
    '10.0.0.0/8',
  ],
  ...[
    '2020-02-29',
    '2021-02-28',
    '1999-12-31 23:59:59.987654+05:30',
    '2020-06-01 01:30:00.5',
    '13:14:15.678901',
    '3 days 04:05:06.789',
    '1 year',
  ],
  ...[
    '08:00:2b:01:02:03',
    '08:00:2b:01:02:03:04:05',
    '08:00:2b:ff:fe:01:02:03',
    '101',
    '11',
    '10101',
    '6d3a9b3e-6c55-4a9e-9d1b-0a1b2c3d4e5f',
  ],
];

/** Cut, but still read as they were (`fals`); blanks that bits do not read. Nothing is lost for who reads text. */
const READ_ALL_THE_SAME = /^boolean to varchar|bit\(\d\) to char/;

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

    test('USING as the quick fix writes it runs', async () => {
      const wrong: string[] = [];
      for (const from of ['text', 'varchar(9)', 'char(5)', 'word'])
        for (const to of TYPES) {
          const sql = withUsing(`CREATE TABLE t (c ${from})`, `ALTER TABLE t ALTER c TYPE ${to}, ADD d int`, major);
          const said = sql === undefined ? undefined : await refusal(server, `CREATE TABLE t (c ${from})`, sql);
          if (said !== undefined) wrong.push(`${from}: ${sql}: ${said}`);
        }
      assert.deepEqual(wrong, []);
      assert.match(
        withUsing('CREATE TABLE t (c text)', 'ALTER TABLE t ALTER c TYPE uuid', major) ?? '',
        / USING c::uuid;$/,
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

    test('what becomes of stored values is what the rule says of them', {
      skip: major !== majors.at(-1),
    }, async (context) => {
      const held = new Map<string, readonly string[]>();
      for (const type of COMPARED) held.set(type, await readBy(server, type));
      const wrong: string[] = [];
      const counts = { kept: 0, silent: 0, zone: 0, fails: 0 };
      for (const from of COMPARED)
        for (const to of COMPARED)
          for (const using of from === to ? [] : ['', ` USING c::${to}`]) {
            const values = held.get(from) ?? [];
            const seen = await outcomeOf(server, from, to, using, values);
            if (seen === undefined || READ_ALL_THE_SAME.test(`${from} to ${to}`)) continue;
            const said = lossSaid(from, `ALTER TABLE t ALTER c TYPE ${to}${using}`, major);
            const kind = said === undefined ? 'kept' : (KINDS[said] ?? 'silent');
            counts[kind] += 1;
            const isRight = kind === 'kept' ? !seen.silent && !seen.zone && !seen.fails : seen[kind];
            if (!isRight) wrong.push(`${from} to ${to}${using}: ${JSON.stringify(seen)}, said: ${said ?? 'nothing'}`);
          }
      context.diagnostic(JSON.stringify(counts));
      assert.deepEqual(wrong, []);
      assert.ok(
        Object.values(counts).every((count) => count > 8),
        JSON.stringify(counts),
      );
    });

    test('a sequence ends before its column where the rule says so, and only there', async () => {
      const makes = ['serial', 'smallserial', 'bigserial', 'int GENERATED BY DEFAULT AS IDENTITY'].map(
        (type) => `id ${type}`,
      );
      const named = ['', ' AS smallint', ' AS integer', ' AS bigint'];
      const sizes = ['smallint', 'int', 'bigint'];
      const cases = [
        ...makes.flatMap((make) =>
          sizes.map((to) => [`CREATE TABLE t (${make})`, `ALTER TABLE t ALTER id TYPE ${to}`]),
        ),
        ...makes.map((make) => [
          `CREATE TABLE t (${make})`,
          'ALTER TABLE t ALTER id TYPE bigint; ALTER SEQUENCE t_id_seq AS bigint',
        ]),
        ...named.flatMap((as) =>
          sizes.flatMap((to) => [
            [`CREATE SEQUENCE q${as}`, `CREATE TABLE t (id ${to} DEFAULT nextval('q'))`],
            [`CREATE SEQUENCE q${as}; CREATE TABLE t (id ${to})`, "ALTER TABLE t ALTER id SET DEFAULT nextval('q')"],
            [
              `CREATE SEQUENCE q${as}; ALTER SEQUENCE q AS integer; CREATE TABLE t ()`,
              `ALTER TABLE t ADD id ${to} DEFAULT nextval('q')`,
            ],
          ]),
        ),
      ];
      let found = 0;
      for (const [before = '', sql = ''] of cases) {
        await server.client.query(`BEGIN; ${before}; ${sql}`);
        const { rows } =
          await server.client.query(`SELECT s.seqmax < CASE a.atttypid::regtype::text WHEN 'smallint' THEN 32767
          WHEN 'integer' THEN 2147483647 ELSE 9223372036854775807 END AS small FROM pg_sequence s, pg_attribute a WHERE a.attrelid = 't'::regclass AND a.attname = 'id'`);
        await server.client.query('ROLLBACK');
        const made = snapshot({
          released: { 'V1__given.sql': `${before};\n` },
          pending: { 'V2__new.sql': `${sql};\n` },
          version: major,
        });
        const isSaid = checkAll(shared, made).findings.some(({ rule }) => rule === 'design/sequence-range');
        assert.equal(isSaid, rows[0].small, `${before}; ${sql}`);
        found += isSaid ? 1 : 0;
      }
      assert.ok(found > 8 && found < cases.length - 8, String(found));
    });

    test('a sequence hands out numbers that rows brought along, unless the fix has set it', async () => {
      const path = '/repo/db/migration/V2__new.sql';
      for (const id of ['id serial', 'id int GENERATED BY DEFAULT AS IDENTITY', '"Id" bigserial'])
        for (const insert of [
          "VALUES (1, 'a'), (2, 'b')",
          `(${id.split(' ')[0]}, name) VALUES (3, 'a'), (1, 'b')`,
          "(name) VALUES ('a')",
        ]) {
          const given = `CREATE TABLE "T" (${id} PRIMARY KEY, name text)`;
          const sql = `INSERT INTO "T" ${insert}`;
          const next = `INSERT INTO "T" (name) VALUES ('next')`;
          const made = snapshot({
            released: { 'V1__given.sql': `${given};\n` },
            pending: { 'V2__new.sql': `${sql};\n` },
            other: strict,
            version: major,
          });
          const found = checkAll(shared, made).findings.find(({ rule }) => rule === 'data/sequence-behind');
          assert.equal(
            await refusal(server, given, sql, next, next, next),
            found === undefined ? undefined : '23505',
            sql,
          );
          if (found === undefined) continue;
          const offer = shared
            .actions(made, path, found.span)
            .find(({ kind, rule }) => kind === 'fix' && rule === found.rule);
          assert.ok(offer !== undefined);
          const fixed = applied(shared.resolveAction(made, offer.data), made).get(path) ?? '';
          assert.equal(await refusal(server, given, fixed, next, next, next), undefined, fixed);
        }
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

const file = `${folder}/V2__new.sql`;

/** The statement with the quick fix of run/needs-using; undefined: none is offered. */
function withUsing(given: string, sql: string, version: number): string | undefined {
  const made = snapshot({
    released: { 'V1__given.sql': `${MADE}\n${given};\n` },
    pending: { 'V2__new.sql': `${sql};\n` },
    version,
  });
  const found = checkAll(shared, made).findings.find(({ rule }) => rule === 'run/needs-using');
  if (found === undefined) return undefined;
  const offer = shared.actions(made, file, found.span).find(({ title }) => title.startsWith('Add USING'));
  return offer === undefined ? undefined : applied(shared.resolveAction(made, offer.data), made).get(file)?.trim();
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

/** Messages that are not about a silent loss. */
const KINDS: Readonly<Record<string, 'zone' | 'fails'>> = {
  zone: 'zone',
  length: 'fails',
  range: 'fails',
  form: 'fails',
};

function lossSaid(from: string, sql: string, version: number): string | undefined {
  const made = snapshot({
    released: { 'V1__given.sql': `CREATE TABLE t (c ${from});\n` },
    pending: { 'V2__new.sql': `${sql};\n` },
    other: strict,
    version,
  });
  return checkAll(shared, made).findings.find(({ rule }) => rule === 'data/lossy-cast')?.messageId;
}

async function readBy(server: PgServer, type: string): Promise<readonly string[]> {
  const read: string[] = [];
  for (const value of VALUES)
    if ((await refusal(server, `SELECT ${literal(value)}::text::${type}`)) === undefined) read.push(value);
  return read;
}

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

interface Outcome {
  /** Some value is another one when it is brought back, or two became one. */
  readonly silent: boolean;
  /** Sessions of two time zones make different values. */
  readonly zone: boolean;
  /** Some value cannot be converted. */
  readonly fails: boolean;
}

/** Undefined: the server does not convert between the two types, even where there is no row. */
async function outcomeOf(
  server: PgServer,
  from: string,
  to: string,
  using: string,
  values: readonly string[],
): Promise<Outcome | undefined> {
  if ((await refusal(server, `CREATE TABLE t (c ${from})`, `ALTER TABLE t ALTER c TYPE ${to}${using}`)) !== undefined)
    return undefined;
  const array = (some: readonly string[]) => `ARRAY[${some.map(literal).join()}]::text[]`;
  const filled = (some: readonly string[]) =>
    `CREATE TABLE t AS SELECT v::${from} AS o, v::${from} AS c FROM unnest(${array(some)}) v`;
  const alter = `ALTER TABLE t ALTER c TYPE ${to}${using}`;
  // A value that is stored is converted as one is whose column changes.
  await server.client.query(`CREATE TABLE t (c ${to}); DO $do$ DECLARE v text; taken text[] := '{}'; BEGIN
    FOREACH v IN ARRAY ${array(values)} LOOP BEGIN
      INSERT INTO t SELECT ${using === '' ? 'c' : `c::${to}`} FROM (SELECT v::${from} AS c) w; taken := taken || v;
    EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP;
    PERFORM set_config('it.taken', to_json(taken)::text, false); END $do$; DROP TABLE t`);
  const { rows: settings } = await server.client.query("SELECT current_setting('it.taken') AS taken");
  const converted: readonly string[] = JSON.parse(settings[0].taken);
  const isMoment = [from, to].every((type) => /^(date|time|interval)/.test(type));
  const texts = async (zone: string) => {
    await server.client.query(
      `BEGIN; ${filled(converted)}; SET LOCAL TimeZone = '${zone}'; ${alter}; SET LOCAL TimeZone = 'UTC'`,
    );
    const { rows } = await server.client.query('SELECT o::text, c::text FROM t');
    await server.client.query('ROLLBACK');
    return rows.map(({ o, c }: { o: string; c: string }) => [o, c] as const);
  };
  const plain = await texts('UTC');
  const zone = isMoment && JSON.stringify(plain) !== JSON.stringify(await texts('America/New_York'));
  const distinct = (nth: 0 | 1) => new Set(plain.map((pair) => pair[nth])).size;
  const back = `ALTER TABLE t ALTER c TYPE ${from} USING c::${from}`;
  const isSame = from === 'json' ? 'o::text IS NOT DISTINCT FROM c::text' : 'o IS NOT DISTINCT FROM c';
  const compared = `DO $$ BEGIN ASSERT (SELECT bool_and(${isSame}) FROM t); END $$`;
  const hasBack = (await refusal(server, filled([]), alter, back)) === undefined;
  const isBack = !hasBack || (await refusal(server, filled(converted), alter, back, compared)) === undefined;
  const silent = distinct(1) < distinct(0) || !isBack;
  return { silent, zone, fails: converted.length < values.length };
}
