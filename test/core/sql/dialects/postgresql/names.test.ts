import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesOf } from '../../../support/engine.ts';

/** Names that a server makes up, by version, as PostgreSQL 10, 11 and 12 did. */
const given =
  'CREATE TABLE p (x int, y int, UNIQUE (x, y));\nCREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES p (x, y));';

for (const [version, name] of [
  [10, 't_a_fkey'],
  [11, 't_a_fkey'],
  [12, 't_a_b_fkey'],
  [18, 't_a_b_fkey'],
] as const)
  test(`a foreign key of two columns is ${name} on PostgreSQL ${version}`, () => {
    const isUnknown = (constraint: string) =>
      rulesOf(`ALTER TABLE t DROP CONSTRAINT ${constraint};`, given, version).includes('run/unknown-object');
    assert.ok(!isUnknown(name));
    assert.ok(isUnknown(name === 't_a_fkey' ? 't_a_b_fkey' : 't_a_fkey'));
  });
