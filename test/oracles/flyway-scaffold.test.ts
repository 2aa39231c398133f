import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import pg from 'pg';
import type { Snapshot } from '#core/service.ts';
import { postgresqlLexical } from '#core/sql/dialects/postgresql/lexical.ts';
import { splitScript } from '#core/sql/split.ts';
import { applied, engine, folder, type Made, snapshot } from '../core/support/engine.ts';
import { type PgServer, startServer } from './impact/server.ts';
import { catalogOf } from './support/catalog.ts';
import { type Flyway, startFlyway } from './support/flyway/flyway.ts';
import type { FlywayVersion } from './support/flyway/install.ts';

/**
 * Real Flyway migrates native PostgreSQL with what each fix and each scaffold writes, then with the promoted contract:
 * nothing hangs, nothing is refused, and the schema is the one that the unsafe statement would have made.
 */
interface Case {
  readonly name: string;
  readonly given: string;
  readonly sql: string;
  /** Where the action is asked for. */
  readonly at: string;
  readonly kind: 'fix' | 'plan';
  /** One-step change, where it is not `sql` itself. */
  readonly oneStep?: string;
  /** What a person does between the release and the contract. */
  readonly meanwhile?: string;
  /** Further files of the project. */
  readonly other?: Readonly<Record<string, string>>;
}

const users = `CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age int, nick varchar(40) DEFAULT 'nobody');
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, ref text NOT NULL, total integer);
CREATE TABLE loose (id bigint NOT NULL);
CREATE INDEX users_age ON users (age);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE VIEW adults AS SELECT id, email FROM users WHERE age > 17;
INSERT INTO users SELECT n, 'm' || n, 20 + n % 50 FROM generate_series(1, 300) n;
INSERT INTO orders SELECT n, n, 'r' || n, n FROM generate_series(1, 300) n;`;

const app = `CREATE SCHEMA app;
CREATE TABLE app."Items" (id uuid PRIMARY KEY, "Name" varchar(40) NOT NULL DEFAULT 'x' CHECK (length("Name") > 0), other int NOT NULL);
CREATE INDEX "Items_Name" ON app."Items" (lower("Name"), id);
CREATE VIEW app.names AS SELECT "Name" FROM app."Items";
COMMENT ON VIEW app.names IS 'all';
COMMENT ON COLUMN app."Items"."Name" IS 'of it';
INSERT INTO app."Items" SELECT md5(n::text)::uuid, 'n' || n, n FROM generate_series(1, 50) n;`;

const fix = (name: string, sql: string, at: string, more: Partial<Case> = {}): Case => ({
  name,
  given: users,
  sql,
  at,
  kind: 'fix',
  ...more,
});
const plan = (name: string, sql: string, at: string, more: Partial<Case> = {}): Case => ({
  ...fix(name, sql, at, more),
  kind: 'plan',
});

const cases: readonly Case[] = [
  fix('an index, alone', 'CREATE INDEX orders_user ON orders (user_id);', 'CREATE'),
  fix(
    'an index among others',
    'ALTER TABLE orders ADD COLUMN x int;\nCREATE INDEX orders_user ON orders (user_id);\nSELECT 1;',
    'CREATE',
  ),
  fix('an index that goes', 'DROP INDEX users_age;', 'DROP'),
  fix(
    'CONCURRENTLY among others',
    'ALTER TABLE orders ADD COLUMN x int;\nCREATE INDEX CONCURRENTLY orders_user ON orders (user_id);',
    'CREATE',
  ),
  fix('CONCURRENTLY under the lock', 'CREATE INDEX CONCURRENTLY orders_user ON orders (user_id);', 'CREATE'),
  fix('a reindex, which Flyway does not see', 'REINDEX INDEX CONCURRENTLY users_age;', 'REINDEX'),
  fix('a unique constraint', 'ALTER TABLE orders ADD CONSTRAINT u UNIQUE (ref);', 'ADD'),
  fix('a unique constraint without a name', 'ALTER TABLE orders ADD UNIQUE (ref, user_id);', 'ADD'),
  fix('a primary key', 'ALTER TABLE loose ADD PRIMARY KEY (id);', 'ADD'),
  fix(
    'a foreign key',
    'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;',
    'ADD',
  ),
  fix('a check without a name', 'ALTER TABLE users ADD CHECK (age > 0);', 'ADD'),
  fix(
    'a validation beside its constraint',
    'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT c;',
    'VALIDATE',
  ),
  plan('rename column', 'ALTER TABLE users RENAME COLUMN email TO mail;', 'RENAME'),
  plan(
    'rename column among others, with a script for the backfill',
    'ALTER TABLE orders ADD COLUMN x int;\nALTER TABLE users RENAME nick TO alias;\nALTER TABLE orders ADD COLUMN y int;',
    'RENAME',
    { other: { 'schemaward.yaml': 'version: 1\nevolutions: { backfill: { as: script } }\n' } },
  ),
  plan('change column type', 'ALTER TABLE orders ALTER COLUMN total TYPE bigint;', 'ALTER COLUMN'),
  plan('set not null', 'ALTER TABLE users ALTER COLUMN age SET NOT NULL;', 'SET NOT NULL'),
  plan('set not null with a default', 'ALTER TABLE users ALTER COLUMN nick SET NOT NULL;', 'SET NOT NULL'),
  plan('add required column', 'ALTER TABLE orders ADD COLUMN memo text NOT NULL, ADD COLUMN x int;', 'NOT NULL', {
    oneStep:
      "ALTER TABLE orders ADD COLUMN memo text NOT NULL DEFAULT '', ADD COLUMN x int; ALTER TABLE orders ALTER memo DROP DEFAULT;",
    meanwhile: "UPDATE orders SET memo = '' WHERE memo IS NULL;",
  }),
  plan(
    'add required column with a check and a foreign key',
    'ALTER TABLE orders ADD COLUMN memo text COLLATE "C" NOT NULL CHECK (length(memo) < 9) REFERENCES users (email);',
    'NOT NULL',
    {
      oneStep:
        'ALTER TABLE orders ADD COLUMN memo text COLLATE "C" CHECK (length(memo) < 9) REFERENCES users (email); UPDATE orders SET memo = \'m1\'; ALTER TABLE orders ALTER memo SET NOT NULL;',
      meanwhile: "UPDATE orders SET memo = 'm1' WHERE memo IS NULL;",
    },
  ),
  plan('rename column in small letters', 'alter table users rename column email to mail;', 'rename', {
    given: users.replaceAll('CREATE', 'create').replaceAll('INSERT', 'insert'),
  }),
  plan('rename column in another schema', 'ALTER TABLE app."Items" RENAME COLUMN "Name" TO label;', 'RENAME', {
    given: app,
  }),
  plan(
    'change column type in another schema, with all that hangs on it',
    'ALTER TABLE app."Items" ALTER COLUMN "Name" TYPE varchar(90);',
    'ALTER COLUMN',
    {
      given: app,
      oneStep:
        'DROP VIEW app.names; ALTER TABLE app."Items" ALTER COLUMN "Name" TYPE varchar(90); CREATE VIEW app.names AS SELECT "Name" FROM app."Items"; COMMENT ON VIEW app.names IS \'all\';',
    },
  ),
  plan('drop a required column in another schema', 'ALTER TABLE app."Items" DROP COLUMN other;', 'DROP', {
    given: app,
  }),
  plan('drop column', 'ALTER TABLE orders DROP COLUMN ref;', 'DROP'),
  plan('drop one of several', 'ALTER TABLE orders DROP ref, ADD COLUMN x int;', 'DROP'),
];

const versions: readonly FlywayVersion[] = ['9.22.3', '13.12.0'];
const root = mkdtempSync(join(tmpdir(), 'schemaward-scaffold-'));
let started: Promise<PgServer> | undefined;
const server = () => {
  started ??= startServer(15);
  return started;
};
after(async () => {
  await (await started)?.stop();
  rmSync(root, { recursive: true, force: true });
});

for (const version of versions) {
  let real: Promise<Flyway> | undefined;
  const flyway = () => {
    real ??= startFlyway(version, 20_000);
    return real;
  };
  after(async () => (await real)?.stop());

  for (const [nth, it] of cases.entries()) {
    test(`Flyway ${version}: ${it.kind}: ${it.name}`, async () => {
      const name = `c${version.replaceAll('.', '_')}_${nth}`;
      const project = join(root, name);
      const database = await newDatabase(name);
      try {
        const first = { 'V1__given.sql': it.given };
        const made = snapshot({ released: first, pending: { 'V2__new.sql': it.sql }, ...settings(it), version: 15 });
        write(project, new Map([...made.files].map(([path, { text }]) => [path, text])));
        await migrate(await flyway(), project, database, { target: '1' });
        const texts = applied(act(made, it), made);
        write(project, texts);
        await migrate(await flyway(), project, database);
        if (it.kind === 'plan') {
          for (const script of scripts(texts)) await run(database, script);
          if (it.meanwhile !== undefined) await run(database, it.meanwhile);
          const released = snapshotOf(texts);
          const later = applied(promote(released), released);
          write(project, later);
          await migrate(await flyway(), project, database);
        }
        assert.deepEqual(await schemaOf(database), await oneStep(`${name}_one`, it));
      } finally {
        await dropDatabase(name);
      }
    });
  }

  for (const how of ['pg_cancel_backend', 'pg_terminate_backend'])
    test(`Flyway ${version}: a backfill that ${how} ends goes on after repair, as its note says`, async () => {
      const name = `${how}_${version.replaceAll('.', '_')}`;
      const project = join(root, name);
      const database = await newDatabase(name);
      try {
        const yaml = { 'schemaward.yaml': 'version: 1\nevolutions: { backfill: { batch: 2 } }\n' };
        const rename = plan('killed', 'ALTER TABLE users RENAME COLUMN email TO mail;', 'RENAME', { other: yaml });
        const first = { 'V1__given.sql': users };
        const made = snapshot({
          released: first,
          pending: { 'V2__new.sql': rename.sql },
          ...settings(rename),
          version: 15,
        });
        const proposal = act(made, rename);
        assert.ok(proposal.kind === 'proposal' && proposal.notes.some((note) => note.includes('repair')));
        write(project, applied(proposal, made));
        const running = migrate(await flyway(), project, database).then(
          () => 'ran through',
          (error: unknown) => String(error),
        );
        const { client } = await server();
        const kill = `SELECT ${how}(pid) FROM pg_stat_activity WHERE datname = '${name}' AND query LIKE '%pg_sleep%'`;
        for (let looks = 0; looks < 5000 && (await client.query(kill)).rowCount === 0; looks += 1);
        assert.notEqual(await running, 'ran through');
        // A session that is gone cannot write down that it failed.
        if (how === 'pg_cancel_backend')
          await assert.rejects(migrate(await flyway(), project, database), /failed migration/);
        const url = { url: database.url, locations: `filesystem:${join(project, 'db/migration')}` };
        const repaired = await (await flyway()).call('repair', url);
        assert.ok('value' in repaired);
        await migrate(await flyway(), project, database);
        await connected(name, async (db) => {
          const { rows } = await db.query('SELECT count(*) AS n FROM users WHERE mail IS DISTINCT FROM email');
          assert.equal(rows[0].n, '0');
        });
      } finally {
        await dropDatabase(name);
      }
    });

  test(`Flyway ${version}: without the setting CONCURRENTLY hangs, so the fix writes it`, async () => {
    const impatient = await startFlyway(version, 3_000);
    const name = `hang_${version.replaceAll('.', '_')}`;
    const project = join(root, name);
    const database = await newDatabase(name);
    try {
      const sql = 'CREATE INDEX CONCURRENTLY i ON users (age);';
      write(project, filesFor({ 'V1__given.sql': users }));
      await migrate(await flyway(), project, database);
      write(project, filesFor({ 'V1__given.sql': users, 'V2__new.sql': sql }));
      await assert.rejects(migrate(impatient, project, database), /No answer in/);
    } finally {
      await impatient.stop();
      await dropDatabase(name);
    }
  });

  test(`Flyway ${version}: without its script configuration a backfill fails, so the scaffold writes it`, async () => {
    const name = `conf_${version.replaceAll('.', '_')}`;
    const project = join(root, name);
    const database = await newDatabase(name);
    try {
      write(project, filesFor({ 'V1__given.sql': users, 'V2__b.sql': 'DO $$ BEGIN COMMIT; END $$;' }));
      await assert.rejects(migrate(await flyway(), project, database), /invalid transaction termination/);
    } finally {
      await dropDatabase(name);
    }
  });
}

function settings({ other }: Case): Pick<Made, 'other'> {
  return { other: { 'flyway.conf': 'flyway.locations=filesystem:db/migration\n', ...other } };
}

function filesFor(migrations: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map([...snapshot({ released: migrations }).files].map(([path, { text }]) => [path, text]));
}

function act(made: Snapshot, { at, kind, name }: Case) {
  const path = `${folder}/V2__new.sql`;
  const start = made.files.get(path)?.text.indexOf(at) ?? -1;
  const offers = engine().actions(made, path, { start, end: start });
  const offer = offers.find((each) => each.kind === kind && each.disabled === undefined);
  assert.ok(offer !== undefined, `${name}: ${JSON.stringify(offers)}`);
  return engine().resolveAction(made, offer.data);
}

/** Everything that stands in the migrations folder has been released. */
function snapshotOf(texts: ReadonlyMap<string, string>): Snapshot {
  const inFolder = [...texts].filter(([path]) => path.startsWith(`${folder}/`));
  const rest = [...texts].filter(([path]) => !path.startsWith(`${folder}/`));
  const released = Object.fromEntries(inFolder.map(([path, text]) => [path.slice(folder.length + 1), text]));
  const other = Object.fromEntries(rest.map(([path, text]) => [path.slice('/repo/'.length), text]));
  return snapshot({ released, other, version: 15 });
}

function promote(made: Snapshot) {
  const [evolution] = engine().status(made).projects[0]?.evolutions ?? [];
  assert.ok(evolution?.due, evolution?.next);
  return engine().promote(made, evolution.ref.id);
}

function scripts(texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts].filter(([path]) => /\/evolutions\/[^/]+\/backfill/.test(path)).map(([, text]) => text);
}

function write(project: string, texts: ReadonlyMap<string, string>): void {
  rmSync(project, { recursive: true, force: true });
  for (const [path, text] of texts) {
    const file = join(project, path.slice('/repo/'.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

interface Database {
  readonly name: string;
  readonly url: string;
}

async function newDatabase(name: string): Promise<Database> {
  const { client, port } = await server();
  await client.query(`CREATE DATABASE ${name}`);
  return { name, url: `jdbc:postgresql://127.0.0.1:${port}/${name}?user=postgres` };
}

async function dropDatabase(name: string): Promise<void> {
  const { client } = await server();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** With the configuration that lies in the project, as the command line would read it. */
async function migrate(tool: Flyway, project: string, { url }: Database, more: Readonly<Record<string, string>> = {}) {
  const written = settingsIn(join(project, 'flyway.conf'));
  const config = { ...written, url, locations: `filesystem:${join(project, 'db/migration')}`, ...more };
  const answer = await tool.call('migrate', config);
  if ('error' in answer) throw new Error(answer.message ?? answer.error);
}

function settingsIn(file: string): Record<string, string> {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  const pairs = text.split('\n').flatMap((line) => {
    const [, key, value] = /^flyway\.([^=]+)=(.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [[key, value ?? ''] as const];
  });
  return Object.fromEntries(pairs);
}

async function connected<T>(name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { port } = await server();
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: name });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function run({ name }: Database, text: string): Promise<void> {
  await connected(name, async (client) => {
    for (const { id } of splitScript(text, postgresqlLexical)) await client.query(id.text);
  });
}

/** Without Flyway's own table. */
async function schemaOf({ name }: Database): Promise<unknown> {
  return connected(name, async (client) => {
    await client.query('DROP TABLE IF EXISTS flyway_schema_history');
    return [await catalogOf(client, 'public'), await catalogOf(client, 'app').catch(() => undefined)];
  });
}

async function oneStep(name: string, { given, sql, oneStep: written }: Case): Promise<unknown> {
  const database = await newDatabase(name);
  try {
    await run(database, given);
    await run(database, written ?? sql);
    return await schemaOf(database);
  } finally {
    await dropDatabase(name);
  }
}
