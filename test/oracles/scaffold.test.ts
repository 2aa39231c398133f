import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type pg from 'pg';
import type { Proposal } from '#core/model/proposal.ts';
import type { PlanRequest } from '#core/plans/recipe.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';
import { generator } from '../../scripts/bench-project.ts';
import { engine, snapshot } from '../core/support/engine.ts';
import { type PgServer, startServer } from './impact/server.ts';

/**
 * Every scaffold on the real server, phase by phase, under an old and a new version of the application. Nothing may
 * be lost, both sides must agree, and the end must be the schema that the one-step change would have made.
 */
interface Variant {
  readonly name: string;
  readonly setup: string;
  readonly request: PlanRequest;
  readonly oneStep: string;
  /** Column that old code writes; column that new code writes. Undefined: there is no such writer. */
  readonly old?: string;
  readonly new?: string;
  readonly table: string;
  readonly key: (n: number) => string;
  readonly value: (n: number, random: () => number) => string;
  /** What an old writer's value reads as at the end. */
  readonly final?: (value: string) => string;
  readonly oldMayBeNull?: boolean;
}

const keys = {
  bigint: (n: number) => String(n),
  text: (n: number) => `'k${String(n).padStart(5, '0')}'`,
  uuid: (n: number) => `'00000000-0000-4000-8000-${String(n).padStart(12, '0')}'`,
};

const words = (n: number) => `'v${n}'`;

function rename(name: string, columns: string, extra = '', over: Partial<Variant> = {}): Variant {
  return {
    name: `rename: ${name}`,
    setup: `CREATE TABLE things (id bigint PRIMARY KEY, ${columns});\n${extra}`,
    request: { operation: 'rename-column', table: 'things', column: 'val', newName: 'worth' },
    oneStep: 'ALTER TABLE things RENAME COLUMN val TO worth;',
    old: 'val',
    new: 'worth',
    table: 'things',
    key: keys.bigint,
    value: words,
    ...over,
  };
}

const variants: readonly Variant[] = [
  rename('nullable', 'val text', '', { oldMayBeNull: true }),
  rename('NOT NULL', 'val text NOT NULL'),
  rename('default', "val text DEFAULT 'none'"),
  rename('NOT NULL with default', "val varchar(40) NOT NULL DEFAULT 'none'"),
  rename(
    'indexes',
    'val text',
    'CREATE INDEX things_val_idx ON things (val);\nCREATE INDEX things_low ON things (lower(val)) WHERE val IS NOT NULL;\nCREATE UNIQUE INDEX things_u ON things (val, id);',
  ),
  rename('unique constraint', 'val text NOT NULL UNIQUE'),
  rename('check', 'val text, CONSTRAINT val_ok CHECK (length(val) > 1)'),
  rename(
    'foreign key',
    'val bigint',
    'CREATE TABLE others (id bigint PRIMARY KEY);\nINSERT INTO others SELECT generate_series(1, 400);\nALTER TABLE things ADD CONSTRAINT things_val_fk FOREIGN KEY (val) REFERENCES others (id) ON DELETE SET NULL;',
    { value: (_n, random) => String(1 + Math.floor(random() * 400)) },
  ),
  rename('quoted names', '"Val" text', '', {
    setup: 'CREATE TABLE "My Things" (id bigint PRIMARY KEY, "Val" text NOT NULL);',
    request: { operation: 'rename-column', table: '"My Things"', column: '"Val"', newName: '"New Val"' },
    oneStep: 'ALTER TABLE "My Things" RENAME COLUMN "Val" TO "New Val";',
    table: '"My Things"',
    old: '"Val"',
    new: '"New Val"',
  }),
  rename('text key', '', '', { setup: 'CREATE TABLE things (id text PRIMARY KEY, val text);', key: keys.text }),
  rename('uuid key', '', '', { setup: 'CREATE TABLE things (id uuid PRIMARY KEY, val text);', key: keys.uuid }),
  rename('composite key', '', '', {
    setup: 'CREATE TABLE things (id bigint, part int DEFAULT 1, val text, PRIMARY KEY (id, part));',
  }),
  rename('no key', '', '', { setup: 'CREATE TABLE things (id bigint, val text);' }),
  {
    name: 'change type: text to integer',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val text NOT NULL);\nCREATE INDEX things_val ON things (val);',
    request: {
      operation: 'change-column-type',
      table: 'things',
      column: 'val',
      type: 'integer',
      using: 'val::integer',
    },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE integer USING val::integer;',
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: (n) => `'${n}'`,
    final: (value) => value.replaceAll("'", ''),
  },
  {
    name: 'change type: numeric scale, default',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val numeric(10, 2) NOT NULL DEFAULT 0);',
    request: { operation: 'change-column-type', table: 'things', column: 'val', type: 'numeric(14,4)' },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE numeric(14,4);',
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: (n) => `${n}.25`,
    final: (value) => `${value}00`,
  },
  {
    name: 'change type with a new name',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val integer);',
    request: { operation: 'change-column-type', table: 'things', column: 'val', type: 'bigint', newName: 'worth' },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE bigint;\nALTER TABLE things RENAME COLUMN val TO worth;',
    old: 'val',
    new: 'worth',
    table: 'things',
    key: keys.bigint,
    value: (n) => String(n),
    oldMayBeNull: true,
  },
  {
    name: 'add required column with a default',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, other text);',
    request: { operation: 'add-required-column', table: 'things', column: 'worth', type: 'text', defaultTo: "'x'" },
    oneStep:
      "ALTER TABLE things ADD COLUMN worth text NOT NULL DEFAULT 'x';\nALTER TABLE things ALTER COLUMN worth DROP DEFAULT;",
    old: 'other',
    new: 'worth',
    table: 'things',
    key: keys.bigint,
    value: words,
  },
  {
    name: 'set not null with a default',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val text);',
    request: { operation: 'set-not-null', table: 'things', column: 'val', defaultTo: "'none'" },
    oneStep: "UPDATE things SET val = 'none' WHERE val IS NULL;\nALTER TABLE things ALTER COLUMN val SET NOT NULL;",
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: words,
    oldMayBeNull: true,
    final: (value) => (value === 'NULL' ? 'none' : value.replaceAll("'", '')),
  },
  {
    name: 'drop a required column',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val text NOT NULL, worth text);',
    request: { operation: 'drop-column', table: 'things', column: 'val' },
    oneStep: 'ALTER TABLE things DROP COLUMN val;',
    new: 'worth',
    table: 'things',
    key: keys.bigint,
    value: words,
  },
];

for (const major of [12, 15, 18]) {
  let server: Promise<PgServer> | undefined;
  const client = async () => {
    server ??= startServer(major);
    return (await server).client;
  };
  after(async () => (await server)?.stop());

  for (const [index, variant] of variants.entries()) {
    test(`PostgreSQL ${major}: ${variant.name}`, async () => {
      const db = await client();
      await inSchema(db, `s${index}`, () => underBothWriters(db, variant));
      const plan = await inSchema(db, `r${index}`, () => rolledBack(db, variant));
      assert.ok(plan !== undefined);
    });
  }
}

async function inSchema<T>(db: pg.Client, schema: string, work: () => Promise<T>): Promise<T> {
  await db.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}`);
  try {
    return await work();
  } finally {
    await db.query('ROLLBACK').catch(() => undefined);
    await db.query(`SET search_path TO public; DROP SCHEMA ${schema} CASCADE`);
  }
}

function scaffold(variant: Variant): { readonly plan: Proposal; readonly contract: Proposal } {
  const service = engine();
  const config = { 'schemaward.yaml': 'version: 1\nevolutions: { backfill: { batch: 17 } }\n' };
  const made = snapshot({ released: { 'V1__setup.sql': variant.setup }, other: config });
  const plan = service.scaffold(made, undefined, variant.request);
  if (plan.kind === 'refusal') throw new Error(plan.reason);
  const migrations = plan.creates.filter(({ role }) => role === 'migration');
  const later = snapshot({
    released: {
      'V1__setup.sql': variant.setup,
      ...Object.fromEntries(migrations.map(({ path, text }) => [path.slice(path.lastIndexOf('/') + 1), text])),
    },
    other: {
      ...config,
      ...Object.fromEntries(
        plan.creates
          .filter(({ role }) => role !== 'migration')
          .map(({ path, text }) => [path.slice('/repo/'.length), text]),
      ),
    },
  });
  const contract = service.promote(later, plan.evolution?.id ?? '');
  if (contract.kind === 'refusal') throw new Error(contract.reason);
  return { plan, contract };
}

/** Runs a file as Flyway would: in one transaction, or statement by statement. */
async function runFile(db: pg.Client, text: string, transactional: boolean): Promise<void> {
  const statements = splitScript(text, postgresqlLexical).map(({ id }) => id.text);
  if (transactional) await db.query('BEGIN');
  for (const statement of statements) await db.query(statement);
  if (transactional) await db.query('COMMIT');
}

async function underBothWriters(db: pg.Client, variant: Variant): Promise<void> {
  const random = generator(variant.name.length * 7919);
  const expected = new Map<string, string>();
  const schema = (await db.query<{ s: string }>('SELECT current_schema() AS s')).rows[0]?.s ?? '';
  await runFile(db, variant.setup, true);
  let n = 0;
  const write = async (column: string | undefined, mayBeNull = false) => {
    if (column === undefined) return;
    for (let i = 0; i < 12; i += 1) {
      n += 1;
      const value = mayBeNull && random() < 0.2 ? 'NULL' : variant.value(n, random);
      await db.query(`INSERT INTO ${variant.table} (id, ${column}) VALUES (${variant.key(n)}, ${value})`);
      expected.set(variant.key(n), value);
      const target = variant.key(1 + Math.floor(random() * n));
      if (expected.get(target) === undefined) continue;
      const next = variant.value(n + 10_000 > 20_000 ? n : n + (variant.name.includes('foreign') ? 0 : 10_000), random);
      await db.query(`UPDATE ${variant.table} SET ${column} = ${next} WHERE id = ${target}`);
      expected.set(target, next);
    }
  };
  const oldWriter = () => write(variant.old, variant.oldMayBeNull);
  if (variant.old === undefined)
    await runFile(db, `INSERT INTO ${variant.table} (id, val) VALUES (900001, 'x');`, true);
  for (let i = 0; i < 4; i += 1) await oldWriter();
  const { plan, contract } = scaffold(variant);
  const migrations = plan.creates.filter(({ role }) => role === 'migration');
  let backfilled = migrations.every(({ phase }) => phase !== 'backfill');
  for (const file of migrations) {
    await runFile(db, file.text, file.transactional);
    if (file.phase === 'backfill') backfilled = true;
    await oldWriter();
    if (backfilled) await write(variant.new);
  }
  const check = plan.creates.find(({ role }) => role === 'check');
  if (check !== undefined) {
    const { rows } = await db.query<Record<string, string>>(
      splitScript(check.text, postgresqlLexical)[0]?.id.text ?? '',
    );
    assert.deepEqual(Object.values(rows[0] ?? {}), ['0'], 'both columns agree before the contract');
  }
  for (const file of contract.creates) await runFile(db, file.text, file.transactional);
  await write(variant.new ?? finalColumn(variant));
  await nothingLost(db, variant, expected);
  assert.deepEqual(await catalogOf(db, schema), await oneStepCatalog(db, variant, schema));
}

function finalColumn(variant: Variant): string | undefined {
  return variant.old;
}

async function nothingLost(db: pg.Client, variant: Variant, expected: ReadonlyMap<string, string>): Promise<void> {
  if (variant.request.operation === 'drop-column' || variant.request.operation === 'add-required-column') return;
  const column = variant.new ?? variant.old ?? '';
  const { rows } = await db.query<{ id: string; value: string | null }>(
    `SELECT id::text AS id, (${column})::text AS value FROM ${variant.table}`,
  );
  const found = new Map(rows.map(({ id, value }) => [id, value] as const));
  for (const [key, value] of expected) {
    const plain = value === 'NULL' ? null : value.replaceAll("'", '');
    const wanted = variant.final === undefined ? plain : variant.final(value);
    assert.equal(found.get(key.replaceAll("'", '')), wanted, `row ${key}`);
  }
  assert.ok(expected.size > 60);
}

async function oneStepCatalog(db: pg.Client, variant: Variant, schema: string): Promise<unknown> {
  await db.query(`CREATE SCHEMA ${schema}_one; SET search_path TO ${schema}_one`);
  try {
    await runFile(db, variant.setup, true);
    await runFile(db, variant.oneStep, true);
    return await catalogOf(db, `${schema}_one`);
  } finally {
    await db.query(`SET search_path TO ${schema}; DROP SCHEMA ${schema}_one CASCADE`);
  }
}

/** Everything of a schema but the order of its columns; names of the schema itself are cut out. */
async function catalogOf(db: pg.Client, schema: string): Promise<unknown> {
  const rows = async (sql: string) =>
    (await db.query<{ line: string }>(sql, [schema])).rows.map(({ line }) => line.replaceAll(`${schema}.`, '')).sort();
  return {
    columns: await rows(
      `SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped`,
    ),
    constraints: await rows(
      `SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated) AS line FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype <> 'n'`,
    ),
    indexes: await rows(`SELECT indexdef AS line FROM pg_indexes WHERE schemaname = $1`),
    triggers: await rows(
      `SELECT tgname AS line FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = $1::regnamespace AND NOT tgisinternal`,
    ),
    routines: await rows(`SELECT proname AS line FROM pg_proc WHERE pronamespace = $1::regnamespace`),
  };
}

/** Expand and verify, taken back, leave the schema as it was. */
async function rolledBack(db: pg.Client, variant: Variant): Promise<Proposal> {
  await runFile(db, variant.setup, true);
  const schema = (await db.query<{ s: string }>('SELECT current_schema() AS s')).rows[0]?.s ?? '';
  const before = await catalogOf(db, schema);
  const { plan } = scaffold(variant);
  const file = (name: string) => plan.creates.find(({ path }) => path.endsWith(`/rollback-${name}.sql`));
  for (const each of plan.creates.filter(({ role }) => role === 'migration'))
    await runFile(db, each.text, each.transactional);
  for (const phase of ['verify', 'expand']) {
    const rollback = file(phase);
    if (rollback !== undefined) await runFile(db, rollback.text, rollback.transactional);
  }
  assert.deepEqual(await catalogOf(db, schema), before);
  return plan;
}
