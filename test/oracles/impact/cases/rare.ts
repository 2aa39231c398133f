import { BASE, type ImpactCase, PARTITIONED } from './case.ts';

const one = (row: string, sql: string, more: Partial<ImpactCase> = {}): ImpactCase => ({
  row,
  setup: BASE,
  sql,
  ...more,
});

const TOUCH = `CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;`;
const TRIGGER = `${BASE} ${TOUCH} CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();`;
const RULE = `${BASE} CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING;`;
const TYPED = `${BASE} CREATE TYPE pair AS (x int, y text); CREATE TABLE typed OF pair; INSERT INTO typed VALUES (1, 'a');`;
const POLICY = `${BASE} CREATE POLICY po ON t USING (a > 0);`;
const FUNCTION = `${BASE} CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x';`;

/** Subcommands and statements that few migrations have: a test counts that none is left out. */
export const RARE_CASES: readonly ImpactCase[] = [
  ...['ENABLE TRIGGER tr', 'ENABLE ALWAYS TRIGGER tr', 'ENABLE REPLICA TRIGGER tr', 'DISABLE TRIGGER USER'].map(
    (command) => one('set-trigger', `ALTER TABLE t ${command}`, { setup: TRIGGER }),
  ),
  // Version 12 looks for the copies of the partitions among the users' triggers, and fails.
  one('set-trigger', 'ALTER TABLE p DISABLE TRIGGER USER', {
    from: 13,
    setup: `${PARTITIONED} ${TOUCH} CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch();`,
  }),
  ...['ENABLE RULE r', 'ENABLE ALWAYS RULE r', 'ENABLE REPLICA RULE r'].map((command) =>
    one('set-rule', `ALTER TABLE t ${command}`, { setup: RULE }),
  ),
  one('set-row-security', 'ALTER TABLE t DISABLE ROW LEVEL SECURITY'),
  one('set-table-option', 'ALTER TABLE typed NOT OF', { setup: TYPED }),
  one('set-table-option', 'ALTER TABLE t SET WITHOUT OIDS'),

  one('change-policy', 'ALTER POLICY po ON t USING (a > 1)', { setup: POLICY }),
  one('change-policy', 'ALTER POLICY po ON t RENAME TO pp', { setup: POLICY }),
  one('change-policy', 'CREATE POLICY px ON t USING (EXISTS (SELECT 1 FROM par WHERE par.id = t.a))'),
  one('change-rule', 'ALTER RULE r ON t RENAME TO rr', { setup: RULE }),
  one('change-rule', 'CREATE RULE rx AS ON DELETE TO t DO ALSO DELETE FROM par WHERE par.id = OLD.a'),
  one('change-rule', 'CREATE RULE rx AS ON DELETE TO t WHERE OLD.a IN (SELECT id FROM par) DO ALSO NOTHING'),

  one('drop-function', 'DROP FUNCTION f(int)', { setup: FUNCTION }),
  one('drop-function', 'DROP FUNCTION f CASCADE', {
    setup: `${FUNCTION} ALTER TABLE t ADD CONSTRAINT fc CHECK (f(a) > 0);`,
  }),
  one('drop-function', 'DROP FUNCTION f CASCADE', { setup: `${FUNCTION} ALTER TABLE t ALTER a SET DEFAULT f(1);` }),
  one('drop-function', 'DROP FUNCTION f CASCADE', { setup: `${FUNCTION} CREATE POLICY po ON t USING (f(a) > 0);` }),
  one('change-object', 'ALTER FUNCTION f(int) STABLE', { setup: FUNCTION }),
  one('change-object', 'ALTER FUNCTION f(int) RENAME TO g', { setup: FUNCTION }),
  one('change-object', 'CREATE AGGREGATE ag (int) (sfunc = int4pl, stype = int)'),
  one('create-type', 'CREATE TYPE fresh AS RANGE (subtype = float8)'),
  one('change-object', 'ALTER TYPE lone ADD ATTRIBUTE z int', { setup: `${BASE} CREATE TYPE lone AS (x int);` }),
  one('grant', 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC'),
  one('change-object', 'CREATE ROLE fresh'),
  one('change-object', 'CREATE CAST (int AS box) WITH FUNCTION f(int)', {
    setup: `${BASE} CREATE FUNCTION f(x int) RETURNS box LANGUAGE sql AS 'SELECT NULL::box';`,
  }),
];
