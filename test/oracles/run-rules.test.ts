import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkAll, engine, folder, snapshot } from '../core/support/engine.ts';
import { dataCases, HISTORY, lockCases, runCases, schemaCases, silentCases, txCases } from '../fixtures/rule-cases.ts';
import { MATRIX_HISTORY, matrix } from '../fixtures/run-matrix.ts';
import { type PgServer, startServer } from './impact/server.ts';

/** What a server refuses because of names, keys and types, and nothing else of what it refuses. Grammar is that of PostgreSQL 18. */
const NAMES = new Map([
  ['42601', 'syntax'],
  ['42P01', 'no such relation'],
  ['42703', 'no such column'],
  ['42704', 'no such object'],
  ['42P07', 'relation exists'],
  ['42701', 'column exists'],
  ['42710', 'object exists'],
  ['42P06', 'schema exists'],
  ['42830', 'no key to point to'],
  ['42804', 'types do not fit'],
  ['2BP01', 'others depend on it'],
  ['42P10', 'no index for ON CONFLICT'],
]);

const cases = [schemaCases, lockCases, txCases, dataCases, runCases, silentCases].flat();

/** They change the cluster, need files or other servers' objects, or are refused for what the test database is. */
const ELSEWHERE =
  /CREATE DATABASE|ALTER (DATABASE|SYSTEM)|COPY |TABLESPACE|EXTENSION|citext|vector|geography|ulid|hstore|flyway|REINDEX (DATABASE|SYSTEM)|COMMIT/;
const OUTSIDE = /CONCURRENTLY|VACUUM|REINDEX SCHEMA|^CLUSTER$/;

/** Not looked into: operator classes, columns in conditions, settings, roles, conditions, dynamic SQL, subqueries of VALUES, what a job may have refreshed. */
const UNSEEN =
  /CLUSTER VERBOSE|EXCLUDE|late SELECT|USING gin|WHERE code|current_setting|SET ROLE|EXECUTE |IF true|SELECT max|CONCURRENTLY mn$/;

/** What the server says (its code, its words) of statements that a rule tells whatever they are about. */
const ALWAYS_TOLD: readonly RegExp[] = [
  /multiple primary keys/,
  /must include all partitioning columns/,
  /unsupported UNIQUE/,
  /is in a primary key/,
  /more (expressions|target columns) than/,
  /specified more than once/,
  /multiple assignments/,
  /appears twice/,
  /truncate a table referenced/,
  /view .* concurrently/,
  /null value in column/,
  /contains null values/,
  /is already an identity/,
  /is a partial index/,
  /contains expressions/,
  /default sorting/,
  /cannot insert a non-DEFAULT/,
  /must be declared NOT NULL/,
  /is not partitioned/,
  /is not a partition of/,
  /pending trigger events/,
  /default expression is of type (?!integer\[)/,
  /value for enum mood: "x"/,
  /invalid input syntax for type (uuid|json|boolean|(integer|smallint|bigint|numeric): "x")/,
  /type (json|xml|point) has no default operator class for access method "(btree|hash|brin)/,
  /same schema as table it is linked/,
  /change ownership of identity sequence/,
  /has not been populated/,
  /is not populated/,
  /at most 1600 columns/,
  /return type of existing function/,
  /name of input parameter/,
  /remove parameter defaults/,
  /change routine kind/,
  /cannot add column to a partition/,
  /child table is missing/,
  /would overlap partition/,
  /empty range bound/,
  /invalid bound specification/,
  /^42(?:710|P07) (type|relation) "(mood|pair|q|t_a|mv|v|bare)" already exists/,
];

const majors = (process.env.MAJORS ?? '18').split(',').map(Number);

for (const major of majors) {
  describe(`names on PostgreSQL ${major}`, () => {
    let server: PgServer;
    before(async () => {
      server = await startServer(major);
      await server.client.query('CREATE ROLE x; CREATE ROLE y');
    });
    after(() => server.stop());

    test('a finding of run/* is what the server says, and silence is success', async () => {
      const wrong: string[] = [];
      for (const [sql] of cases.filter(([each]) => isOf(each, major))) {
        const refused = await outcome(server, HISTORY, sql);
        const found = runFindings([HISTORY], sql, major);
        const isMissed = refused !== undefined && NAMES.has(refused) && found.length === 0 && !UNSEEN.test(sql);
        if (isMissed || (refused === undefined && found.length > 0))
          wrong.push(`${sql}\n    server: ${refused ?? 'runs'}; found: ${found.join(', ')}`);
      }
      assert.deepEqual(wrong, []);
    });

    test('every statement on every kind of relation, column, type and index', async (context) => {
      await fresh(server, MATRIX_HISTORY);
      const wrong: string[] = [];
      const counts = { run: 0, refused: 0, told: 0 };
      const met = new Set<RegExp>();
      const findings = findingsBehind([MATRIX_HISTORY], major);
      for (const sql of matrix) {
        await server.client.query('BEGIN');
        const refused = await refusal(server, sql);
        await server.client.query('ROLLBACK');
        const found = findings(sql);
        counts[refused === undefined ? 'run' : 'refused'] += 1;
        if (refused !== undefined && found.length > 0) counts.told += 1;
        const told = ALWAYS_TOLD.filter((each) => refused !== undefined && each.test(refused));
        for (const each of told) met.add(each);
        const isMissed = told.length > 0 && found.length === 0 && !UNSEEN.test(sql);
        if (isMissed || (refused === undefined && found.length > 0))
          wrong.push(`${sql}\n    server: ${refused ?? 'runs'}; found: ${found.join(', ')}`);
      }
      context.diagnostic(
        `${counts.run} ran without a finding; of ${counts.refused} refused ones ${counts.told} were told`,
      );
      assert.deepEqual(wrong, []);
      assert.ok(counts.told > 0.6 * counts.refused, JSON.stringify(counts));
      const unmet = ALWAYS_TOLD.filter((each) => !met.has(each)).map(String);
      if (major >= 18) assert.deepEqual(unmet, [], 'the server says each of them');
    });

    test('a view is replaced by what the rule lets through', async () => {
      const wrong: string[] = [];
      const counts = { runs: 0, refused: 0 };
      await fresh(server, HISTORY);
      for (let seed = 1; seed <= 200; seed++) {
        const random = generator(seed);
        const [given, sql] = [`CREATE VIEW w AS ${query(random)}`, `CREATE OR REPLACE VIEW w AS ${query(random)}`];
        await server.client.query('BEGIN');
        const first = await code(server, given);
        const refused = first === undefined ? await code(server, sql) : undefined;
        await server.client.query('ROLLBACK');
        counts[(first ?? refused) === undefined ? 'runs' : 'refused'] += 1;
        const found = [runFindings([HISTORY], given, major), runFindings([HISTORY, given], sql, major)];
        const isRight =
          first === undefined ? found[1]?.length === (refused === undefined ? 0 : 1) : found[0]?.length === 1;
        if (!isRight) wrong.push(`${given}; ${sql}: ${first ?? refused ?? 'runs'}; ${found.flat().join(', ')}`);
      }
      assert.deepEqual(wrong, []);
      assert.ok(counts.runs > 20 && counts.refused > 20, JSON.stringify(counts));
    });

    test('so it is in generated histories', async (context) => {
      const pool = cases
        .map(([sql]) => sql)
        .filter(
          (sql) => isOf(sql, major) && !OUTSIDE.test(sql) && !UNSEEN.test(sql) && !/BEGIN;|ROLLBACK|^SET /.test(sql),
        );
      const counts = { run: 0, named: 0, seen: 0 };
      for (let seed = 1; seed <= HISTORIES; seed++) {
        const random = generator(seed);
        const history: string[] = [HISTORY];
        await fresh(server, HISTORY);
        await server.client.query('BEGIN');
        for (let nth = 0; nth < LENGTH; nth++) {
          const sql = pool[Math.floor(random() * pool.length)] ?? '';
          const refused = await attempt(server, sql);
          const found = runFindings(history, sql, major);
          const said = `seed ${seed}\n${history.slice(1).join(';\n')};\n>>> ${sql}\nserver: ${refused ?? 'runs'}`;
          if (refused === undefined) {
            assert.deepEqual(found, [], said);
            history.push(sql);
            counts.run += 1;
          } else if (NAMES.has(refused)) {
            counts.named += 1;
            if (found.length > 0) counts.seen += 1;
          }
        }
        await server.client.query('ROLLBACK');
      }
      context.diagnostic(
        `${counts.run} statements ran without a finding; of ${counts.named} refused ones ${counts.seen} were found`,
      );
      assert.ok(counts.seen >= 0.8 * counts.named, JSON.stringify(counts));
    });
  });
}

const HISTORIES = Number(process.env.HISTORIES ?? 20);
const LENGTH = 40;

function isOf(sql: string, major: number): boolean {
  if (ELSEWHERE.test(sql)) return false;
  if (major < 14 && /REINDEX \(CONCURRENTLY|PARTITION p1 CONCURRENTLY|VIEW .*RENAME COLUMN/.test(sql)) return false;
  return major >= 18 || !/NOT NULL email|NULLS NOT DISTINCT|MERGE|uuid|ACCESS METHOD|ALTER CONSTRAINT/.test(sql);
}

/** Error code of the migration on a database with this history; undefined: it runs. */
async function outcome(server: PgServer, history: string, sql: string): Promise<string | undefined> {
  await fresh(server, history);
  if (OUTSIDE.test(sql)) return code(server, sql);
  await server.client.query('BEGIN');
  const refused = await code(server, sql);
  await server.client.query('ROLLBACK');
  return refused;
}

async function fresh({ client }: PgServer, history: string): Promise<void> {
  await client.query('DISCARD ALL');
  const { rows } = await client.query(
    "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  for (const { nspname } of rows) await client.query(`DROP SCHEMA ${nspname} CASCADE`);
  await client.query('CREATE SCHEMA public');
  await client.query(history);
}

async function attempt(server: PgServer, sql: string): Promise<string | undefined> {
  await server.client.query('SAVEPOINT one');
  const refused = await code(server, sql);
  await server.client.query(refused === undefined ? 'RELEASE one' : 'ROLLBACK TO one');
  return refused;
}

async function code(server: PgServer, sql: string): Promise<string | undefined> {
  return (await refusal(server, sql))?.slice(0, 5);
}

/** Code and words of what the server says; undefined: it runs. */
async function refusal({ client }: PgServer, sql: string): Promise<string | undefined> {
  try {
    await client.query(sql);
    return undefined;
  } catch (error) {
    const { code: state = '', message } = error as { code?: string; message: string };
    return `${state} ${message}`;
  }
}

/** Findings of run/* in the statement, behind everything that ran before. */
function runFindings(history: readonly string[], sql: string, version: number): readonly string[] {
  return findingsBehind(history, version)(sql);
}

/** The same for many statements behind one history, which is read once. */
function findingsBehind(history: readonly string[], version: number): (sql: string) => readonly string[] {
  const name = `V${history.length + 1}__new.sql`;
  const released = Object.fromEntries(history.map((text, nth) => [`V${nth + 1}__given.sql`, `${text};`]));
  const made = snapshot({ released, pending: { [name]: 'SELECT 1;' }, version });
  const path = `${folder}/${name}`;
  const service = engine();
  return (sql) =>
    checkAll(service, { ...made, files: new Map(made.files).set(path, { path, text: `${sql};\n` }) })
      .findings.filter(({ rule }) => rule.startsWith('run/') || rule === 'tx/pending-events')
      .map(({ rule, message }) => `${rule}: ${message}`);
}

/** Over one table, so that a star is known; mostly the same columns in the same order, as people change a view. */
function query(random: () => number): string {
  const items = ['id', 'total', 'user_id', 'id AS key', 'id AS user_id', 'abs(total)', '*'];
  const either = (...all: readonly string[]) => all[Math.floor(random() ** 3 * all.length)] ?? '';
  const id = either('id', 'user_id AS id', 'total AS id', 'count(*) OVER () AS id', 'id::text AS id', "'x' AS id");
  const total = either(
    'total',
    'total::int AS total',
    'orders.total',
    'id AS total',
    '1 AS total',
    'total > 1 AS total',
    'now() AS total',
  );
  const first = [id, total].filter(() => random() < 0.9);
  const more = items.filter(() => random() < 0.1);
  return `SELECT ${[...first, ...more].join(', ') || '1'} FROM orders`;
}

/** A small linear congruential generator, so that a seed gives the same history everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
