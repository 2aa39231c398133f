import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type pg from 'pg';
import type { Snapshot } from '#core/service.ts';
import { FEATURES, FUNCTIONS, SETTINGS, TYPES } from '#core/sql/dialects/postgresql/features/table.ts';
import { applied, checkAll, engine, folder, snapshot } from '../core/support/engine.ts';
import { type PgServer, startServer } from './impact/server.ts';

/** What the table of features says, by the servers: each example fails before its version and runs from it on. */
const majors = (process.env.MAJORS ?? '10,11,12,13,14,15,16,17,18').split(',').map(Number);

/** What examples stand on. A server that lacks one of them lacks what needs it too. */
const GIVEN = [
  'CREATE TABLE t (id int PRIMARY KEY, a int, b text)',
  'CREATE TABLE p (a int) PARTITION BY RANGE (a)',
  'CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)',
  'CREATE INDEX pi ON ONLY p (a)',
  'CREATE INDEX p1i ON p1 (a)',
  'CREATE TABLE gen (a int, g int GENERATED ALWAYS AS (a * 2) STORED)',
  'CREATE TABLE c (t int CONSTRAINT cf REFERENCES t, n int CONSTRAINT c_nn NOT NULL)',
  'CREATE TABLE spans (q int4range, r int4range, PRIMARY KEY (q, r WITHOUT OVERLAPS))',
  'CREATE VIEW v AS SELECT a FROM t',
  'CREATE STATISTICS st ON a, b FROM t',
  "CREATE FUNCTION trig() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
  "CREATE PROCEDURE proc() LANGUAGE sql AS 'SELECT 1'",
  'CREATE FOREIGN DATA WRAPPER w',
  'CREATE SERVER srv FOREIGN DATA WRAPPER w',
  'CREATE ROLE r',
  'CREATE ROLE r2',
  "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION o WITH (connect = false)",
];

interface Example {
  readonly since: number;
  readonly sql: string;
}

const named = (table: Readonly<Record<number, string>>, sql: (name: string) => string): readonly Example[] =>
  Object.entries(table).flatMap(([since, names]) =>
    names.split(' ').map((name) => ({ since: Number(since), sql: sql(name) })),
  );

const examples: readonly Example[] = [
  ...FEATURES.map(({ since, example }) => ({ since, sql: example })),
  ...named(TYPES, (name) => `CREATE TABLE n (c ${name})`),
  ...named(SETTINGS, (name) => `SET ${name} TO DEFAULT`),
];

/** Functions are called in so many ways that their presence is asked for. */
const functions = named(FUNCTIONS, (name) => name);

/** Refused by a server that has it: for what the test does not give it. */
const REFUSED_ANYWAY = new Set(['55000', '55006', '22P04']);

for (const major of majors) {
  describe(`features of PostgreSQL ${major}`, () => {
    let server: PgServer;
    before(async () => {
      server = await startServer(major);
      for (const sql of GIVEN) await server.client.query(sql).catch(() => undefined);
    });
    after(() => server.stop());

    test('each example fails before its version, and runs from it on', async () => {
      const wrong: string[] = [];
      for (const { since, sql } of examples) {
        const refused = await refusal(server.client, sql);
        const has = refused === undefined || REFUSED_ANYWAY.has(refused);
        if (has !== major >= since) wrong.push(`${sql}: since ${since}, but ${refused ?? 'runs'}`);
      }
      const { rows } = await server.client.query('SELECT proname FROM pg_proc');
      const there = new Set(rows.map(({ proname }) => proname));
      for (const { since, sql: name } of functions)
        if (there.has(name) !== major >= since) wrong.push(`${name}: since ${since}`);
      assert.deepEqual(wrong, []);
    });

    test('what is written for older servers runs there', async () => {
      const wrong: string[] = [];
      for (const { since, example, older } of FEATURES) {
        if (older === undefined || since !== major + 1) continue;
        const sql = rewritten(example, major);
        const refused = await refusal(server.client, sql);
        if (refused !== undefined) wrong.push(`${sql}: ${refused}`);
      }
      assert.deepEqual(wrong, []);
    });

    test('the rule says it of the examples of later versions, and of no other', () => {
      const wrong = [...examples, ...functions.map(({ since, sql }) => ({ since, sql: `SELECT ${sql}(1)` }))].filter(
        ({ since, sql }) => unsupported(sql, major) !== major < since,
      );
      assert.deepEqual(wrong, []);
    });
  });
}

const shared = engine();

const file = `${folder}/V2__new.sql`;

function unsupported(sql: string, version: number): boolean {
  return checkAll(shared, workspace(sql, version)).findings.some(({ rule }) => rule === 'run/unsupported-syntax');
}

/** The statement as the quick fix leaves it. */
function rewritten(sql: string, version: number): string {
  const made = workspace(sql, version);
  const [finding] = checkAll(shared, made).findings.filter(({ rule }) => rule === 'run/unsupported-syntax');
  const offer = shared.actions(made, file, finding?.span ?? { start: 0, end: 0 }).find(({ kind }) => kind === 'fix');
  assert.ok(offer !== undefined, sql);
  const text = applied(shared.resolveAction(made, offer.data), made).get(file) ?? '';
  return text.slice(text.indexOf('\n') + 1);
}

function workspace(sql: string, version: number): Snapshot {
  return snapshot({
    released: { 'V1__given.sql': 'CREATE TABLE o (id int);\n' },
    pending: { 'V2__new.sql': `CREATE TABLE before (id int);\n${sql};\n` },
    version,
  });
}

/** Each example alone, and gone again. */
async function refusal(client: pg.Client, sql: string): Promise<string | undefined> {
  const outside = /CONCURRENTLY|FINALIZE|VACUUM|DATABASE|BEGIN;|SUBSCRIPTION|REINDEX \(TABLESPACE/.test(sql);
  if (!outside) await client.query('BEGIN');
  try {
    for (const each of sql.startsWith('BEGIN;') ? sql.split(';') : [sql]) await client.query(each);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    if (!outside) await client.query('ROLLBACK');
    if (sql.startsWith('BEGIN;')) await client.query('ROLLBACK');
  }
}
