import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { fixes } from '#core/rules/fixes/index.ts';
import type { ActionOffer, Snapshot } from '#core/service.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';
import { applied, engine, folder, saidAlone, snapshot } from '../core/support/engine.ts';
import { ALL, tries } from '../core/support/tries.ts';
import { type PgServer, startServer } from './impact/server.ts';
import { catalogOf } from './support/catalog.ts';

/** No fix changes the schema that a file ends in: every pair of statements, run as written and as each fix leaves them. */
const given = `CREATE TABLE users (id bigint PRIMARY KEY, email text, age int, "Nick" text DEFAULT 'x');
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total int NOT NULL);
CREATE TABLE loose (id bigint NOT NULL, val text);
CREATE INDEX users_age ON users (age);
CREATE TYPE level AS ENUM ('low');
CREATE SEQUENCE ticks;
CREATE TABLE teams (id bigint PRIMARY KEY, name text CONSTRAINT teams_name UNIQUE, part text, twice text GENERATED ALWAYS AS (part || part) STORED);
CREATE INDEX teams_part ON teams (id, part);
CREATE TABLE members (id bigint DEFAULT nextval('ticks'), team text CONSTRAINT members_team REFERENCES teams (name), up bigint CONSTRAINT members_up REFERENCES teams, level level);
CREATE VIEW names AS SELECT name, part FROM teams;
CREATE MATERIALIZED VIEW parts AS SELECT part FROM names;
CREATE VIEW levels AS SELECT level FROM members;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE OF part ON teams FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE loose ADD CONSTRAINT val_set CHECK (val IS NOT NULL) NOT VALID;
CREATE MATERIALIZED VIEW seen AS SELECT id, total FROM orders;
INSERT INTO users SELECT n, 'm' || n, n, 'n' || n FROM generate_series(1, 20) n;
INSERT INTO orders SELECT n, n, n FROM generate_series(1, 20) n;`;

const statements = [
  'CREATE INDEX i1 ON users (email)',
  'CREATE UNIQUE INDEX IF NOT EXISTS i2 ON orders (user_id) WHERE total > 3',
  'CREATE INDEX ON users (lower(email) DESC, age) INCLUDE (id)',
  'DROP INDEX users_age',
  'CREATE INDEX CONCURRENTLY i3 ON users (age)',
  'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE DEFERRABLE',
  'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users',
  'ALTER TABLE users ADD CHECK (age > 0)',
  'ALTER TABLE users ADD CHECK (age > 0), ADD COLUMN y int',
  'ALTER TABLE users ADD CONSTRAINT u UNIQUE (email)',
  'ALTER TABLE users ADD UNIQUE ("Nick", age) INCLUDE (email)',
  'ALTER TABLE users ADD CONSTRAINT late UNIQUE (age) DEFERRABLE INITIALLY DEFERRED',
  'ALTER TABLE loose ADD PRIMARY KEY (id)',
  'ALTER TABLE users ADD CONSTRAINT v CHECK (age > 1) NOT VALID; UPDATE users SET age = 2; ALTER TABLE users VALIDATE CONSTRAINT v',
  'ALTER TABLE loose ADD COLUMN x int; ALTER TABLE loose VALIDATE CONSTRAINT val_set',
  'ALTER TABLE users ADD COLUMN x int; REFRESH MATERIALIZED VIEW seen',
  'CREATE INDEX CONCURRENTLY IF NOT EXISTS i9 ON users (age)',
  // What may stand beside them and care about the order.
  'ALTER TABLE users RENAME TO people',
  'ALTER TABLE users RENAME COLUMN age TO years',
  'ALTER TABLE users DROP COLUMN email CASCADE',
  'DROP TABLE orders',
  'ALTER INDEX users_age RENAME TO by_age',
  'CREATE INDEX users_age2 ON users (age)',
  'ALTER TABLE orders ALTER COLUMN user_id TYPE int',
  'ALTER TABLE loose RENAME CONSTRAINT loose_pkey TO pk',
];

/** What goes with them is written out. */
const cascades = [
  'DROP TABLE teams CASCADE',
  'DROP VIEW names CASCADE',
  'DROP VIEW IF EXISTS names CASCADE',
  'ALTER TABLE teams DROP COLUMN part CASCADE',
  'ALTER TABLE teams DROP name CASCADE',
  'ALTER TABLE teams DROP CONSTRAINT teams_pkey CASCADE',
  'ALTER TABLE teams DROP CONSTRAINT teams_name CASCADE',
  'DROP TYPE level CASCADE',
  'DROP SEQUENCE ticks CASCADE',
  'DROP FUNCTION touch() CASCADE',
];

let server18: Promise<PgServer> | undefined;
after(async () => (await server18)?.stop());

const path = `${folder}/V2__new.sql`;
const service = engine();

for (const major of process.env.MAJORS?.split(',').map(Number) ?? [15]) {
  let server: Promise<PgServer> | undefined;
  after(async () => (await server)?.stop());
  for (const [first, others] of [statements, cascades].flatMap((group) =>
    group.map((each) => [each, group] as const),
  )) {
    test(`PostgreSQL ${major}: ${first}, beside every other statement`, async () => {
      server ??= startServer(major);
      const { client } = await server;
      let tried = 0;
      for (const second of others) {
        const text = first === second ? `${first};\n` : `${first};\n${second};\n`;
        const before = await outcome(client, [text]);
        if (before === undefined) continue;
        for (const [title, files] of fixed(text, major)) {
          tried += 1;
          const told = `${title}\n${text}---\n${files.join('\n---\n')}`;
          const end = await outcome(client, files);
          assert.ok(end !== undefined, `runs: ${told}`);
          assert.deepEqual(end, before, told);
        }
      }
      assert.ok(tried > 0 || !/^(CREATE|DROP) .*INDEX|ADD|CASCADE$/.test(first));
    });
  }
}

/** Roles and extensions of other tests, a script's own COMMIT: what the one schema of this test does not hold. */
const APART = /\b(?:PUBLICATION|ROLE|EXTENSION|SCHEMA|COMMIT)\b|app\.|public\./i;

test('every quick fix of every fixture leaves the schema that the file ends in, and what failed runs', async () => {
  server18 ??= startServer(18);
  const { client } = await server18;
  const ran = new Set<string>();
  const wrong: string[] = [];
  for (const made of ALL.filter(({ version = 18 }) => version === 18)) {
    for (const { fix, rule, after: behind } of tries(made)) {
      const [old, now] = [sqlOf(snapshot(made)), sqlOf(behind())];
      if (MEANT.has(fix) || APART.test(now.join('\n'))) continue;
      const [before, end] = [await outcome(client, old, ''), await outcome(client, now, '')];
      if (end === undefined && before === undefined) continue;
      ran.add(fix);
      if (end === undefined || (before !== undefined && !isDeepStrictEqual(before, end)))
        wrong.push(`${fix} for ${rule}\n${old.join('\n---\n')}\n=>\n${now.join('\n---\n')}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(ran.size >= 20, [...ran].join());
});

/** Texts of the versioned migrations, in the order in which they run. */
function sqlOf({ files }: Snapshot): readonly string[] {
  return [...files.values()]
    .filter((file) => /\/V[^/]*\.sql$/.test(file.path))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }))
    .map((file) => file.text);
}

/** The new files, in the order in which they run, after each fix that is offered, and after all of them that one edit makes. */
function fixed(text: string, version: number): readonly (readonly [string, readonly string[]])[] {
  const files = { released: { 'V1__given.sql': given }, pending: { 'V2__new.sql': text } };
  const made = snapshot({ ...files, version });
  const inPlace = snapshot({ ...files, other: lockOff, version });
  return [...fixedBy(made, eachFix(made)), ...fixedBy(inPlace, service.sourceActions(inPlace, path))];
}

/** Then nothing but the file has to be edited for CONCURRENTLY. */
const lockOff = { 'flyway.conf': 'flyway.postgresql.transactional.lock=false\n' };

/** Fixes that are chosen for another schema. */
const MEANT = new Set(fixes.filter(({ changesSchema }) => changesSchema === true).map(({ id }) => id));

function eachFix(made: Snapshot): readonly ActionOffer[] {
  const offers = saidAlone(service, made)
    .filter((finding) => finding.path === path)
    .flatMap(({ span }) => service.actions(made, path, span))
    .filter(({ data, disabled }) => data.kind === 'fix' && disabled === undefined && !MEANT.has(data.fix));
  const each = new Map(offers.map((offer) => [JSON.stringify(offer.data), offer]));
  return [...each.values()];
}

function fixedBy(made: Snapshot, offers: readonly ActionOffer[]): readonly (readonly [string, readonly string[]])[] {
  return offers.map((offer) => {
    const texts = applied(service.resolveAction(made, offer.data), made);
    const files = [...texts.keys()].filter((file) => file.endsWith('.sql') && !file.endsWith('V1__given.sql')).sort();
    return [offer.title, files.map((file) => texts.get(file) ?? '')] as const;
  });
}

/** The catalog afterwards, or undefined where the server refuses a statement. */
async function outcome(db: pg.Client, files: readonly string[], first = given): Promise<unknown> {
  await db.query('ROLLBACK');
  await db.query('RESET ALL; DROP SCHEMA IF EXISTS it CASCADE; CREATE SCHEMA it; SET search_path TO it');
  try {
    for (const text of [first, ...files])
      for (const { id } of splitScript(text, postgresqlLexical)) await db.query(id.text);
    return await catalogOf(db, 'it');
  } catch {
    return undefined;
  }
}
