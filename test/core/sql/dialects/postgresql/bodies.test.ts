import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mentions } from '#core/schema/mentions.ts';
import { quote, read, worded } from '../../../support/read.ts';

/** What functions, policies, triggers, rules and statistics read, as `relation: columns`; `?x` where only a catalog knows. */
const CASES: Readonly<Record<string, readonly string[]>> = {
  'CREATE FUNCTION s.f(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO log (at) VALUES (now()); SELECT t.id FROM s.t WHERE t.a = x; END':
    ['log: at', 's.t: id a ?x'],
  'CREATE FUNCTION f() RETURNS int RETURN (SELECT max(t.id) FROM s.t)': ['s.t: id'],
  "CREATE FUNCTION f(x text DEFAULT 'a') RETURNS int LANGUAGE sql AS 'SELECT t.id FROM \"T\" t WHERE t.k = ''x''; DELETE FROM u WHERE b = 1'":
    ['T: id k', 'u: b'],
  "CREATE PROCEDURE f() AS 'UPDATE t SET a = 1, b = 2' LANGUAGE sql": ['t: a b'],
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN SELECT t.a FROM t LOOP UPDATE u SET n = r.a; END LOOP; RETURN NEW; END $$':
    ['u: n', 't: a'],
  'CREATE FUNCTION f() RETURNS SETOF t LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT * FROM t; END $$': ['t: *'],
  'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ DECLARE n int; BEGIN n := (SELECT max(t.a) FROM t); IF EXISTS (SELECT 1 FROM w) THEN RETURN n; END IF; RETURN 1; END $$':
    ['t: a', 'w:'],
  "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE z'; END $$": ['z:'],
  'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN nonsense ( $$': [],
  "CREATE FUNCTION f() RETURNS void LANGUAGE plv8 AS 'SELECT a FROM t'": [],
  "CREATE FUNCTION f() RETURNS void LANGUAGE c AS 'lib', 'symbol'": [],
  'CREATE POLICY p ON s.t USING (owner = current_user AND id IN (SELECT m.t_id FROM m WHERE m.u = t.owner)) WITH CHECK (a > 0)':
    ['s.t: owner id', 'm: t_id u', 's.t: a'],
  'ALTER POLICY p ON t WITH CHECK (a > 0)': ['t: a'],
  'CREATE POLICY p ON t TO r': [],
  'CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.b) EXECUTE FUNCTION f()': [
    't: b',
    't: a',
  ],
  'CREATE RULE r AS ON UPDATE TO t WHERE NEW.a > 0 DO INSTEAD (INSERT INTO log (x) VALUES (NEW.a); DELETE FROM u WHERE id = OLD.id)':
    ['t: a', 'log: x', 't: a', 'u: id', 't: id'],
  'CREATE STATISTICS st ON a, (lower(b)) FROM s.t': ['s.t: a', 's.t: b'],
};

describe('what an object reads', () => {
  for (const [sql, expected] of Object.entries(CASES))
    test(sql, async () => {
      const { changes, problem } = await read(sql);
      assert.equal(problem, undefined);
      assert.equal(changes.length, 1);
      const [change] = changes;
      assert.ok(change !== undefined);
      const reads = ('reads' in change ? change.reads : undefined) ?? [];
      const found = reads.map(({ relation: { schema, name }, columns, maybe = [] }) => {
        const names = [...columns.map((each) => each.name), ...maybe.map((each) => `?${each.name}`)];
        return `${schema === undefined ? name : `${schema}.${name}`}: ${names.join(' ')}`.trimEnd();
      });
      assert.deepEqual(found, expected);
      for (const mention of mentions(change))
        if (mention.kind === 'column')
          assert.match(quote(sql, mention.span), new RegExp(`^(${mention.column}|\\*)$`, 'i'));
    });

  test('names of a body stand where they are written', async () => {
    const sql =
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT é.\"Ü\" FROM \"Wörter\" é WHERE é.k = ''x'' AND é.z'";
    const [change] = (await read(sql)).changes;
    assert.deepEqual(worded(sql, change?.kind === 'CreateFunction' ? change.reads : undefined), [
      { relation: 'Wörter <- "Wörter"', columns: ['Ü <- "Ü"', 'k', 'z'], lookedUp: true },
    ]);
  });

  test('only what the server keeps is bound', async () => {
    for (const [body, bound] of [
      ['BEGIN ATOMIC SELECT a FROM t; END', true],
      ["AS 'SELECT a FROM t'", undefined],
    ] as const) {
      const [change] = (await read(`CREATE FUNCTION f() RETURNS int LANGUAGE sql ${body}`)).changes;
      assert.equal(change?.kind === 'CreateFunction' ? change.bound : 'none', bound);
    }
  });
});
