import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot, strict } from '../support/engine.ts';

/** What roles and databases give to new sessions: whose they are is not known, so that it only keeps rules silent. */
const drop = 'DROP TABLE app.fresh;';
const add = 'ALTER TABLE a ADD COLUMN y int;';

for (const [setting, statement, rule, says] of [
  ['', drop, 'run/unknown-object', true],
  ['ALTER DATABASE shop SET search_path = app, public;', drop, 'run/unknown-object', false],
  ["ALTER ROLE owner SET search_path TO 'app', public;", drop, 'run/unknown-object', false],
  ['ALTER ROLE owner SET search_path = "$user", public;', drop, 'run/unknown-object', true],
  ['ALTER ROLE owner RESET search_path;', drop, 'run/unknown-object', true],
  ['ALTER ROLE owner SET search_path FROM CURRENT;', drop, 'run/unknown-object', true],
  ['ALTER ROLE owner SET work_mem = 1;', drop, 'run/unknown-object', true],
  ['', add, 'lock/no-timeout', true],
  ["ALTER ROLE owner IN DATABASE shop SET lock_timeout = '5s';", add, 'lock/no-timeout', false],
  ["ALTER DATABASE shop SET statement_timeout = '1min';", add, 'lock/no-timeout', false],
  ['ALTER ROLE ALL SET lock_timeout = 0;', add, 'lock/no-timeout', true],
  ['ALTER DATABASE shop SET lock_timeout TO DEFAULT;', add, 'lock/no-timeout', true],
] as const)
  test(`${statement} behind ${setting || 'nothing'}: ${rule} ${says ? 'speaks' : 'is silent'}`, () => {
    const made = snapshot({
      released: { 'V1__a.sql': `CREATE SCHEMA app; CREATE TABLE a (id int PRIMARY KEY); ${setting}` },
      pending: { 'V2__b.sql': statement },
      other: strict,
    });
    const found = checkAll(engine(), made).findings.map((each) => each.rule);
    assert.equal(found.includes(rule), says, found.join());
  });
