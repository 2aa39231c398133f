import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { applied, engine, folder, saidAlone, snapshot } from '../core/support/engine.ts';
import { notUndone, UNDO_GIVEN, undone } from '../fixtures/undo.ts';
import { type PgServer, startServer } from './impact/server.ts';
import { catalogOf } from './support/catalog.ts';

/**
 * What a rule says of those who go on using the database, asked of the database: a probe runs before and after a migration. It
 * goes on where the rule is silent, and ends otherwise where the rule speaks; where a fix is offered, with it the probe goes on.
 */
interface Case {
  readonly rule: string;
  readonly given: string;
  /** A migration of the same release, before it. */
  readonly earlier?: string;
  readonly sql: string;
  /** Run as `reader`, when it says so; what it answers is compared. */
  readonly probe: string;
  readonly as?: 'reader';
  readonly fires: boolean;
  readonly from?: number;
}

const NOTES =
  'CREATE TABLE notes (id bigint PRIMARY KEY, mail text); INSERT INTO notes VALUES (1, NULL), (2, NULL); GRANT ALL ON notes TO reader;';
const COUNT = 'SELECT count(*) FROM notes';
const POLICY = 'CREATE POLICY open ON notes USING (true)';
const CHILD = 'CREATE TABLE child (note bigint REFERENCES notes);';
const ORPHAN = 'INSERT INTO child VALUES (77)';
const VIEW = 'CREATE VIEW v AS SELECT id FROM notes; GRANT SELECT ON v TO reader;';
const HIDING = 'ALTER TABLE notes ENABLE ROW LEVEL SECURITY; CREATE POLICY one ON notes USING (id = 1);';
const FEED = 'CREATE PUBLICATION feed FOR TABLE notes;';
const UPDATE = "UPDATE notes SET mail = 'x' WHERE id = 1";

const KIND =
  'ALTER TABLE notes ADD COLUMN kind int; UPDATE notes SET kind = 1; ALTER TABLE notes ALTER COLUMN kind SET NOT NULL';

const cases: readonly Case[] = [
  {
    rule: 'schema/set-not-null',
    given: NOTES,
    sql: KIND,
    probe: "INSERT INTO notes (id, mail) VALUES (9, 'x')",
    fires: true,
  },
  {
    rule: 'schema/set-not-null',
    given: NOTES,
    sql: `${KIND}; ALTER TABLE notes ALTER COLUMN kind SET DEFAULT 1`,
    probe: "INSERT INTO notes (id, mail) VALUES (9, 'x')",
    fires: false,
  },
  {
    rule: 'security/rls-without-policy',
    given: NOTES,
    sql: 'ALTER TABLE notes ENABLE ROW LEVEL SECURITY',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'security/rls-without-policy',
    given: NOTES,
    sql: `${POLICY}; ALTER TABLE notes ENABLE ROW LEVEL SECURITY`,
    probe: COUNT,
    as: 'reader',
    fires: false,
  },
  {
    rule: 'security/rls-without-policy',
    given: NOTES,
    sql: 'CREATE POLICY open ON notes AS RESTRICTIVE USING (true); ALTER TABLE notes ENABLE ROW LEVEL SECURITY',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'security/rls-without-policy',
    given: `${NOTES} ${POLICY}; ALTER TABLE notes ENABLE ROW LEVEL SECURITY;`,
    sql: 'DROP POLICY open ON notes',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'security/rls-without-policy',
    given: `${NOTES} ${HIDING}`,
    sql: 'ALTER TABLE notes DISABLE ROW LEVEL SECURITY',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'security/rls-without-policy',
    given: NOTES,
    sql: 'ALTER TABLE notes FORCE ROW LEVEL SECURITY',
    probe: COUNT,
    as: 'reader',
    fires: false,
  },
  {
    rule: 'security/triggers-disabled',
    given: `${NOTES} ${CHILD}`,
    sql: 'ALTER TABLE child DISABLE TRIGGER ALL',
    probe: ORPHAN,
    fires: true,
  },
  {
    rule: 'security/triggers-disabled',
    given: `${NOTES} ${CHILD}`,
    sql: 'ALTER TABLE child DISABLE TRIGGER ALL; ALTER TABLE child ENABLE TRIGGER ALL',
    probe: ORPHAN,
    fires: false,
  },
  {
    rule: 'security/triggers-disabled',
    given: `${NOTES} ${CHILD}`,
    sql: 'ALTER TABLE child DISABLE TRIGGER ALL; ALTER TABLE child ENABLE TRIGGER USER',
    probe: ORPHAN,
    fires: true,
  },
  {
    rule: 'security/triggers-disabled',
    given: `${NOTES} ${CHILD}`,
    sql: 'SET session_replication_role = replica',
    probe: ORPHAN,
    fires: true,
  },
  {
    rule: 'security/triggers-disabled',
    given: `${NOTES} ${CHILD}`,
    sql: 'SET LOCAL session_replication_role = replica',
    probe: ORPHAN,
    fires: false,
  },
  {
    rule: 'schema/grants-lost',
    given: `${NOTES} ${VIEW}`,
    sql: 'DROP VIEW v; CREATE VIEW v AS SELECT id FROM notes',
    probe: 'SELECT id FROM v',
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/grants-lost',
    given: `${NOTES} ${VIEW}`,
    earlier: 'DROP VIEW v',
    sql: 'CREATE VIEW v AS SELECT id, id AS again FROM notes',
    probe: 'SELECT id FROM v',
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/grants-lost',
    given: NOTES,
    earlier:
      'ALTER TABLE notes RENAME TO notes_old; CREATE TABLE notes_new (LIKE notes_old INCLUDING ALL); INSERT INTO notes_new SELECT * FROM notes_old',
    sql: 'ALTER TABLE notes_new RENAME TO notes',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/grants-lost',
    given: `${NOTES} ${VIEW}`,
    earlier: 'DROP VIEW v',
    sql: 'CREATE VIEW v AS SELECT id, id AS again FROM notes; GRANT SELECT ON v TO reader',
    probe: 'SELECT id FROM v',
    as: 'reader',
    fires: false,
  },
  {
    rule: 'schema/grants-lost',
    given: `${NOTES} ${VIEW}`,
    sql: 'CREATE OR REPLACE VIEW v AS SELECT id, mail FROM notes',
    probe: 'SELECT id FROM v',
    as: 'reader',
    fires: false,
  },
  {
    rule: 'schema/grants-lost',
    given: `${NOTES} ${VIEW}`,
    sql: 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader; DROP VIEW v; CREATE VIEW v AS SELECT id FROM notes',
    probe: 'SELECT id FROM v',
    as: 'reader',
    fires: false,
  },
  {
    rule: 'schema/grants-lost',
    given: NOTES,
    sql: 'CREATE TABLE fresh (LIKE notes); INSERT INTO fresh SELECT * FROM notes; ALTER TABLE notes RENAME TO old; ALTER TABLE fresh RENAME TO notes',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/grants-lost',
    given: 'CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO reader;',
    sql: 'DROP SEQUENCE s; CREATE SEQUENCE s',
    probe: "SELECT nextval('s') > 0",
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/grants-lost',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION f FROM PUBLIC;",
    sql: "DROP FUNCTION f(int); CREATE FUNCTION f(a int) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
    probe: 'SELECT f(1)',
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/grants-lost',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION f FROM PUBLIC;",
    sql: "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
    probe: 'SELECT f(1)',
    as: 'reader',
    fires: false,
  },
  {
    rule: 'schema/grants-lost',
    given: `${NOTES} ${HIDING} CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM notes; GRANT SELECT ON v TO reader;`,
    sql: 'DROP VIEW v; CREATE VIEW v AS SELECT id FROM notes; GRANT SELECT ON v TO reader',
    probe: 'SELECT count(*) FROM v',
    as: 'reader',
    fires: true,
    from: 15,
  },
  {
    rule: 'security/view-options-lost',
    given: `${NOTES} ${HIDING} CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM notes; GRANT SELECT ON v TO reader;`,
    sql: 'CREATE OR REPLACE VIEW v AS SELECT id FROM notes',
    probe: 'SELECT count(*) FROM v',
    as: 'reader',
    fires: true,
    from: 15,
  },
  {
    rule: 'security/view-options-lost',
    given: `${NOTES} CREATE VIEW v AS SELECT id FROM notes WHERE id < 5 WITH CHECK OPTION;`,
    sql: 'CREATE OR REPLACE VIEW v AS SELECT id FROM notes WHERE id < 5',
    probe: 'INSERT INTO v VALUES (9)',
    fires: true,
  },
  {
    rule: 'security/view-options-lost',
    given: `${NOTES} CREATE VIEW v AS SELECT id FROM notes WHERE id < 5 WITH CHECK OPTION;`,
    sql: 'CREATE OR REPLACE VIEW v AS SELECT id FROM notes WHERE id < 5 WITH LOCAL CHECK OPTION',
    probe: 'INSERT INTO v VALUES (9)',
    fires: false,
  },
  {
    rule: 'replication/no-replica-identity',
    given: `${NOTES} ${FEED}`,
    sql: 'ALTER TABLE notes DROP CONSTRAINT notes_pkey',
    probe: UPDATE,
    fires: true,
  },
  {
    rule: 'replication/no-replica-identity',
    given: `${NOTES} ${FEED}`,
    sql: 'ALTER TABLE notes REPLICA IDENTITY NOTHING',
    probe: UPDATE,
    fires: true,
  },
  {
    rule: 'replication/no-replica-identity',
    given: `${NOTES} ${FEED}`,
    sql: 'ALTER TABLE notes REPLICA IDENTITY FULL, DROP CONSTRAINT notes_pkey',
    probe: UPDATE,
    fires: false,
  },
  {
    rule: 'replication/no-replica-identity',
    given: NOTES,
    sql: 'ALTER TABLE notes REPLICA IDENTITY NOTHING; CREATE PUBLICATION feed FOR ALL TABLES',
    probe: UPDATE,
    fires: true,
  },
  {
    rule: 'replication/no-replica-identity',
    given: NOTES,
    sql: "ALTER TABLE notes REPLICA IDENTITY NOTHING; CREATE PUBLICATION feed FOR ALL TABLES WITH (publish = 'insert')",
    probe: UPDATE,
    fires: false,
  },
  {
    rule: 'replication/no-replica-identity',
    given: `${NOTES} CREATE UNIQUE INDEX u ON notes (id); ALTER TABLE notes REPLICA IDENTITY USING INDEX u; ${FEED}`,
    sql: 'DROP INDEX u',
    probe: UPDATE,
    fires: true,
  },
  {
    rule: 'replication/no-replica-identity',
    given: `${NOTES} CREATE PUBLICATION feed FOR TABLES IN SCHEMA CURRENT_SCHEMA;`,
    sql: 'ALTER TABLE notes DROP COLUMN id, ADD COLUMN id bigint DEFAULT 1',
    probe: UPDATE,
    fires: true,
    from: 15,
  },
  {
    rule: 'schema/rename-enum-value',
    given: "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE m (m mood);",
    sql: "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
    probe: "SELECT count(*) FROM m WHERE m = 'ok'",
    fires: true,
  },
  {
    rule: 'schema/domain-constraint',
    given: 'CREATE DOMAIN d AS int; CREATE TABLE m (d d);',
    sql: 'ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID',
    probe: 'INSERT INTO m VALUES (0)',
    fires: true,
  },
  {
    rule: 'schema/domain-constraint',
    given: 'CREATE DOMAIN d AS int CONSTRAINT pos CHECK (VALUE > 0); CREATE TABLE m (d d);',
    sql: 'ALTER DOMAIN d DROP CONSTRAINT pos',
    probe: 'INSERT INTO m VALUES (0)',
    fires: true,
  },
  {
    rule: 'schema/drop-constraint',
    given: 'CREATE TABLE m (a int CONSTRAINT u UNIQUE);',
    sql: 'ALTER TABLE m DROP CONSTRAINT u',
    probe: 'INSERT INTO m VALUES (1) ON CONFLICT (a) DO NOTHING',
    fires: true,
  },
  {
    rule: 'schema/drop-constraint',
    given: 'CREATE TABLE m (a int CONSTRAINT u UNIQUE);',
    sql: 'CREATE UNIQUE INDEX v ON m (a); ALTER TABLE m DROP CONSTRAINT u',
    probe: 'INSERT INTO m VALUES (1) ON CONFLICT (a) DO NOTHING',
    fires: false,
  },
  {
    rule: 'schema/drop-function',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    sql: 'DROP FUNCTION f(int)',
    probe: 'SELECT f(1)',
    fires: true,
  },
  {
    rule: 'schema/drop-function',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    sql: "DROP FUNCTION f; CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    probe: 'SELECT f(1)',
    fires: true,
  },
  {
    rule: 'schema/drop-function',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    sql: "DROP FUNCTION f; CREATE FUNCTION f(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    probe: 'SELECT f(1)',
    fires: false,
  },
  {
    rule: 'schema/drop-function',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    sql: "CREATE OR REPLACE FUNCTION f(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    probe: 'SELECT f(1)',
    fires: true,
  },
  {
    rule: 'schema/drop-function',
    given: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    sql: "CREATE OR REPLACE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    probe: 'SELECT f(1)',
    fires: false,
  },
  {
    rule: 'schema/drop-function',
    given:
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1';",
    sql: 'DROP FUNCTION f(int)',
    probe: 'SELECT f(1)',
    fires: true,
  },
  {
    rule: 'schema/rename-type',
    given: "CREATE TYPE mood AS ENUM ('ok');",
    sql: 'ALTER TYPE mood RENAME TO feeling',
    probe: "SELECT 'ok'::mood",
    fires: true,
  },
  {
    rule: 'schema/rename-type',
    given: 'CREATE SEQUENCE s;',
    sql: 'ALTER SEQUENCE s RENAME TO r',
    probe: "SELECT nextval('s') > 0",
    fires: true,
  },
  {
    rule: 'schema/revoke',
    given: NOTES,
    sql: 'REVOKE SELECT ON notes FROM reader',
    probe: COUNT,
    as: 'reader',
    fires: true,
  },
  {
    rule: 'schema/revoke',
    given: 'CREATE TABLE m (a int); GRANT SELECT ON m TO reader;',
    sql: 'REVOKE SELECT ON m FROM reader',
    probe: 'SELECT a FROM m',
    as: 'reader',
    fires: true,
  },
];

const majors = (process.env.MAJORS ?? '15').split(',').map(Number);
// Which fix is offered first must be the rule's own.
const strict = {
  'schemaward.yaml': 'version: 1\nrules:\n  preset: strict\n  severity:\n    lock/no-timeout: off\n',
};
const service = engine();

for (const major of majors)
  describe(`PostgreSQL ${major}`, () => {
    let server: Promise<PgServer> | undefined;
    after(async () => (await server)?.stop());

    for (const { rule, given, earlier = '', sql, probe, as, fires, from = 0 } of cases)
      test(`${rule}: ${earlier && `${earlier}; `}${sql}, and then ${probe}`, { skip: major < from }, async () => {
        server ??= started(major);
        const pg = await server;
        const before = await outcome(pg, given, '', probe, as);
        const behind = await outcome(pg, given, joined(earlier, sql), probe, as);
        const made = snapshot({
          released: { 'V1__given.sql': given },
          pending: { ...(earlier === '' ? {} : { 'V1_1__earlier.sql': `${earlier};\n` }), 'V2__new.sql': `${sql};\n` },
          other: strict,
          version: major,
        });
        const found = saidAlone(service, made).filter((each) => each.rule === rule);
        assert.equal(found.length > 0, fires, 'the rule speaks');
        assert.equal(behind !== before, fires, `the probe: ${before}, afterwards: ${behind}`);
        for (const { span, fixes } of found.filter((each) => each.fixes.length > 0)) {
          const path = `${folder}/V2__new.sql`;
          const offer = service.actions(made, path, span).find(({ kind }) => kind === 'fix');
          assert.ok(offer !== undefined, fixes[0]?.id);
          const fixed = applied(service.resolveAction(made, offer.data), made).get(path) ?? '';
          assert.equal(await outcome(pg, given, joined(earlier, fixed), probe, as), before, fixed);
        }
      });
    for (const [change, undo, told] of [...undone.map((each) => [...each, undefined] as const), ...notUndone].filter(
      isOnServer,
    ))
      test(`${change}, undone by ${undo}: ${told ?? 'the same schema'}`, async () => {
        server ??= started(major);
        const { client } = await server;
        await client.query('DISCARD ALL');
        await client.query(
          'DROP PUBLICATION IF EXISTS feed; DROP SCHEMA IF EXISTS it CASCADE; CREATE SCHEMA it; SET search_path TO it',
        );
        // A list of privileges that is there stays, when it says no more than none does.
        await client.query(`${UNDO_GIVEN}; GRANT ALL ON users TO CURRENT_USER`);
        const before = await schemaOf(client);
        await client.query(change);
        await client.query(undo);
        if (told === undefined) assert.deepEqual(await schemaOf(client), before);
        else assert.notDeepEqual(await schemaOf(client), before);
      });
  });

function joined(earlier: string, sql: string): string {
  return earlier === '' ? sql : `${earlier}; ${sql}`;
}

/** With the body of each function and the values of enums. */
async function schemaOf(client: PgServer['client']): Promise<unknown> {
  const { rows } = await client.query(
    "SELECT prosrc AS what FROM pg_proc WHERE pronamespace = 'it'::regnamespace UNION ALL SELECT enumlabel FROM pg_enum ORDER BY 1",
  );
  return [await catalogOf(client, 'it'), rows];
}

/** The extension is not installed; the rest is opaque to us only. */
function isOnServer([change, undo, told]: readonly [string, string, string | undefined]): boolean {
  return !/EXTENSION|^DO /.test(change) && (told === undefined || !undo.startsWith('DROP INDEX m'));
}

async function started(major: number): Promise<PgServer> {
  const server = await startServer(major, ['wal_level=logical']);
  await server.client.query('CREATE ROLE reader; CREATE ROLE reporting');
  return server;
}

/** What the probe answers, or the code of its error, after the migration. The migration is one transaction of the same session. */
async function outcome({ client }: PgServer, given: string, sql: string, probe: string, as?: string): Promise<string> {
  await client.query('DISCARD ALL');
  await client.query(
    'DROP PUBLICATION IF EXISTS feed; DROP SCHEMA IF EXISTS it CASCADE; DROP OWNED BY reader; CREATE SCHEMA it; GRANT USAGE ON SCHEMA it TO reader',
  );
  await client.query('SET search_path TO it');
  await client.query(given);
  await client.query(`BEGIN; ${sql}${/;\s*$/.test(sql) || sql === '' ? '' : ';'} COMMIT`);
  if (as !== undefined) await client.query(`SET ROLE ${as}`);
  try {
    const { rows, rowCount } = await client.query(probe);
    return JSON.stringify([rows, rowCount]);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
