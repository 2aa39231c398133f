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
import { catalogOf } from './support/catalog.ts';

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
  readonly major?: number;
  /** First major that can do it. */
  readonly from?: number;
  /** Setting of the writers' sessions. */
  readonly writersSet?: string;
  /** Updates write no values of their own. */
  readonly keepValues?: boolean;
  /** Nothing is written behind the contract, because the new type means something else. */
  readonly afterSwap?: 'none';
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
    { value: (_n, random) => String(1 + Math.floor(random() * 400)), keepValues: true },
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
  rename('primary key with a foreign key to it', 'other text', '', {
    setup:
      'CREATE TABLE things (val bigint PRIMARY KEY, id bigint);\nCREATE TABLE parts (id bigint PRIMARY KEY, thing bigint REFERENCES things (val));',
    value: (n) => String(n),
  }),
  rename('identity', '', '', {
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, other text, val bigint GENERATED ALWAYS AS IDENTITY);',
    old: 'other',
    new: 'other',
  }),
  rename('serial', '', '', {
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val serial);',
    value: (n) => String(n),
  }),
  rename('self reference', '', '', {
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val bigint REFERENCES things (id));',
    value: (n, random) => String(1 + Math.floor(random() * n)),
    keepValues: true,
  }),
  rename(
    'views, a materialized one and one over another',
    'val text',
    'CREATE VIEW v AS SELECT id, val FROM things;\nCREATE VIEW w AS SELECT * FROM v;\nCREATE MATERIALIZED VIEW m AS SELECT val, count(*) FROM things GROUP BY val;\nGRANT SELECT ON v TO PUBLIC;',
  ),
  rename(
    'comment, privileges, statistics, policy, generated column, trigger on it, settings',
    'val text COLLATE "C" DEFAULT \'none\', other text, up text GENERATED ALWAYS AS (upper(val)) STORED',
    `COMMENT ON COLUMN things.val IS 'worth';
GRANT SELECT (val), UPDATE (val) ON things TO PUBLIC;
CREATE STATISTICS st (ndistinct) ON val, other FROM things;
CREATE POLICY p ON things USING (val IS NOT NULL);
ALTER TABLE things ALTER COLUMN val SET STATISTICS 500;
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER after_val AFTER UPDATE OF val ON things FOR EACH ROW WHEN (OLD.val IS DISTINCT FROM NEW.val) EXECUTE FUNCTION nothing();
CREATE TRIGGER zzz BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION nothing();`,
  ),
  rename(
    'replica identity and a publication with a column list',
    'val text NOT NULL',
    'CREATE UNIQUE INDEX things_val ON things (val);\nALTER TABLE things REPLICA IDENTITY USING INDEX things_val;\nCREATE PUBLICATION pub_SCHEMA FOR TABLE things (id, val);',
    { from: 15 },
  ),
  rename('exclusion constraint', 'val int4range, EXCLUDE USING gist (val WITH &&)', '', {
    value: (n) => `'[${n * 2},${n * 2 + 1})'`,
  }),
  rename('json, which has no equality', 'val json', '', { value: (n) => `'{"a":${n}}'` }),
  rename('numeric of any scale', 'val numeric', '', { value: (n) => `${n}.${'0'.repeat(n % 4)}5` }),
  rename('partitioned', '', '', {
    setup:
      'CREATE TABLE things (id bigint PRIMARY KEY, val text NOT NULL) PARTITION BY RANGE (id);\nCREATE TABLE things_1 PARTITION OF things FOR VALUES FROM (0) TO (40);\nCREATE TABLE things_2 PARTITION OF things DEFAULT;',
    from: 13,
  }),
  rename('partitioned by another column, no key', '', '', {
    setup:
      'CREATE TABLE things (id bigint, val text) PARTITION BY HASH (id);\nCREATE TABLE things_1 PARTITION OF things FOR VALUES WITH (MODULUS 2, REMAINDER 0);\nCREATE TABLE things_2 PARTITION OF things FOR VALUES WITH (MODULUS 2, REMAINDER 1);',
    from: 13,
  }),
  rename('a unique key instead of a primary one', '', '', {
    setup: 'CREATE TABLE things (id text NOT NULL UNIQUE, val text);',
    key: keys.text,
  }),
  rename('rows that replication applies', 'val text NOT NULL', '', {
    writersSet: "SET session_replication_role = 'replica'",
  }),
  {
    name: 'change type: view, policy, trigger, comment, privileges, statistics, settings, sequence',
    setup: `CREATE TABLE things (id bigint PRIMARY KEY, val serial, other text);
CREATE VIEW v AS SELECT id, val FROM things;
CREATE VIEW w AS SELECT id, val + 1 AS more FROM v;
COMMENT ON VIEW v IS 'things';
GRANT SELECT ON v TO PUBLIC;
CREATE POLICY p ON things USING (val > 0);
COMMENT ON COLUMN things.val IS 'worth';
GRANT SELECT (val) ON things TO PUBLIC;
CREATE STATISTICS st (ndistinct) ON val, other FROM things;
ALTER TABLE things ALTER COLUMN val SET STATISTICS 500, ALTER COLUMN other SET STATISTICS 100;
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER after_val AFTER UPDATE OF val ON things FOR EACH ROW WHEN (OLD.val IS DISTINCT FROM NEW.val) EXECUTE FUNCTION nothing();
CREATE TRIGGER zzz BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION nothing();`,
    request: { operation: 'change-column-type', table: 'things', column: 'val', type: 'bigint' },
    oneStep: `DROP VIEW w; DROP VIEW v; DROP POLICY p ON things; DROP TRIGGER after_val ON things;
ALTER TABLE things ALTER COLUMN val TYPE bigint;
CREATE VIEW v AS SELECT id, val FROM things;
CREATE VIEW w AS SELECT id, val + 1 AS more FROM v;
COMMENT ON VIEW v IS 'things';
GRANT SELECT ON v TO PUBLIC;
CREATE POLICY p ON things USING (val > 0);
CREATE TRIGGER after_val AFTER UPDATE OF val ON things FOR EACH ROW WHEN (OLD.val IS DISTINCT FROM NEW.val) EXECUTE FUNCTION nothing();`,
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: (n) => String(n),
  },
  {
    name: 'change type: by a function, writers with an empty search path',
    setup: `CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION to_mood(text) RETURNS mood LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN $1 = 'ok' THEN 'ok' ELSE 'sad' END::mood $$;
ALTER FUNCTION to_mood(text) SET search_path FROM CURRENT;
CREATE TABLE things (id bigint PRIMARY KEY, val text);`,
    request: {
      operation: 'change-column-type',
      table: 'things',
      column: 'val',
      type: 'mood',
      using: 'to_mood(val)',
    },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE mood USING to_mood(val);',
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: (n) => (n % 2 === 0 ? "'sad'" : "'ok'"),
    writersSet: "SET search_path = ''",
  },
  {
    name: 'change type: json to jsonb',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val json);',
    request: { operation: 'change-column-type', table: 'things', column: 'val', type: 'jsonb' },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE jsonb USING val::jsonb;',
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: (n) => `'{"a": ${n}}'`,
    oldMayBeNull: true,
  },
  {
    name: 'change type: USING finer than the type, no key',
    setup: 'CREATE TABLE things (id bigint, val numeric);',
    request: {
      operation: 'change-column-type',
      table: 'things',
      column: 'val',
      type: 'numeric(10,1)',
      using: 'val / 3',
    },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE numeric(10,1) USING val / 3;',
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: (n) => String(n),
    final: (value) => (Number(value) / 3).toFixed(1),
    afterSwap: 'none',
  },
  {
    name: 'change type: collation',
    setup: 'CREATE TABLE things (id bigint PRIMARY KEY, val varchar(20) NOT NULL);',
    request: { operation: 'change-column-type', table: 'things', column: 'val', type: 'text COLLATE "C"' },
    oneStep: 'ALTER TABLE things ALTER COLUMN val TYPE text COLLATE "C";',
    old: 'val',
    table: 'things',
    key: keys.bigint,
    value: words,
  },
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

for (const major of process.env.MAJORS?.split(',').map(Number) ?? [12, 15, 18]) {
  let server: Promise<PgServer> | undefined;
  const client = async () => {
    server ??= startServer(major);
    return (await server).client;
  };
  after(async () => (await server)?.stop());

  for (const [index, variant] of variants.entries()) {
    if ((variant.from ?? 12) > major) continue;
    test(`PostgreSQL ${major}: ${variant.name}`, async () => {
      const db = await client();
      await inSchema(db, `s${index}`, () => underBothWriters(db, { ...variant, major }));
      const plan = await inSchema(db, `r${index}`, () => rolledBack(db, { ...variant, major }));
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
  const version = variant.major === undefined ? {} : { version: variant.major };
  const made = snapshot({ released: { 'V1__setup.sql': variant.setup }, other: config, ...version });
  const plan = service.scaffold(made, undefined, variant.request);
  if (plan.kind === 'refusal') throw new Error(plan.reason);
  const migrations = plan.creates.filter(({ role }) => role === 'migration');
  const later = snapshot({
    ...version,
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

async function schemaOf(db: pg.Client): Promise<string> {
  return (await db.query<{ s: string }>('SELECT current_schema() AS s')).rows[0]?.s ?? '';
}

async function setUp(db: pg.Client, { setup }: Variant): Promise<string> {
  const schema = await schemaOf(db);
  await runFile(db, setup.replaceAll('SCHEMA', schema), true);
  return schema;
}

async function underBothWriters(db: pg.Client, variant: Variant): Promise<void> {
  const random = generator(variant.name.length * 7919);
  const expected = new Map<string, string>();
  const schema = await setUp(db, variant);
  const table = `${schema}.${variant.table}`;
  let n = 0;
  const write = async (column: string | undefined, mayBeNull = false) => {
    if (column === undefined) return;
    const way = await waysToWrite(db, variant, schema);
    await db.query(variant.writersSet ?? 'SELECT 1');
    for (let i = 0; i < 12; i += 1) {
      n += 1;
      const value = mayBeNull && random() < 0.2 ? 'NULL' : variant.value(n, random);
      const copied = random() < 0.2 ? way.copy(column, variant.key(n), value) : undefined;
      await db.query(copied ?? way.insert(column, variant.key(n), value));
      expected.set(variant.key(n), value);
      const target = variant.key(1 + Math.floor(random() * n));
      if (expected.get(target) === undefined) continue;
      const next = variant.value(n + 10_000 > 20_000 || variant.keepValues ? n : n + 10_000, random);
      if (random() < 0.3 && way.upsert !== undefined) await db.query(way.upsert(column, target, next));
      else
        await db.query(
          `UPDATE ${table} SET ${way.all}${column} = ${next} WHERE id = ${target}`.replace(...way.once(column)),
        );
      expected.set(target, next);
    }
    await db.query(`RESET session_replication_role; SET search_path TO ${schema}`);
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
  if (variant.afterSwap !== 'none') await write(variant.new ?? variant.old);
  await nothingLost(db, variant, expected);
  assert.deepEqual(await catalogOf(db, schema), await oneStepCatalog(db, variant, schema));
}

/** Plain inserts, COPY, upserts by the key, and updates that write every column, as an ORM does. */
async function waysToWrite(db: pg.Client, variant: Variant, schema: string) {
  const { rows } = await db.query<{ name: string; key: boolean; filled: boolean }>(
    `SELECT quote_ident(attname) AS name, attname = 'id' AND EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND indkey::text = attnum::text) AS key,
            attgenerated <> '' OR attidentity <> '' AS filled
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [`${schema}.${variant.table}`],
  );
  const table = `${schema}.${variant.table}`;
  const all = rows.filter(({ name, filled }) => !filled && name !== 'id').map(({ name }) => `${name} = ${name}`);
  const keyed = rows.some(({ key }) => key);
  return {
    insert: (column: string, key: string, value: string) =>
      `INSERT INTO ${table} (id, ${column}) VALUES (${key}, ${value})`,
    /** Where the value is a plain word. */
    copy: (column: string, key: string, value: string) => {
      const words = [key, value].map((each) => each.replaceAll("'", ''));
      return value !== 'NULL' && words.every((each) => /^[\w.-]+$/.test(each))
        ? `COPY ${table} (id, ${column}) FROM PROGRAM 'echo ${words.join(',')}' WITH (FORMAT csv)`
        : undefined;
    },
    upsert: keyed
      ? (column: string, key: string, value: string) =>
          `INSERT INTO ${table} AS it (id, ${column}) VALUES (${key}, ${value}) ON CONFLICT (id) DO UPDATE SET ${column} = excluded.${column}`
      : undefined,
    all: all.length === 0 ? '' : `${all.join(', ')}, `,
    /** A column may stand once in SET. */
    once: (column: string): [string, string] => [`${column} = ${column}, `, ''],
  };
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
    await setUp(db, variant);
    await runFile(db, variant.oneStep, true);
    return await catalogOf(db, `${schema}_one`);
  } finally {
    await db.query(`SET search_path TO ${schema}; DROP SCHEMA ${schema}_one CASCADE`);
  }
}

/** Expand and verify, taken back, leave the schema as it was. */
async function rolledBack(db: pg.Client, variant: Variant): Promise<Proposal> {
  const schema = await setUp(db, variant);
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
