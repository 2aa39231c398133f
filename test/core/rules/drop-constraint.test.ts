import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesOf } from '../support/engine.ts';

const GIVEN = 'CREATE TABLE seats (tenant int, hall int, seat int, CONSTRAINT seats_key UNIQUE (tenant, hall, seat));';
const drop = 'ALTER TABLE seats DROP CONSTRAINT seats_key;';
const isTold = (more: string) => rulesOf(`${drop} ${more}`, GIVEN).includes('schema/drop-constraint');

test('a key over some of the columns keeps all of them unique; one over more does not', () => {
  assert.ok(isTold(''));
  assert.ok(!isTold('ALTER TABLE seats ADD UNIQUE (hall, seat);'));
  assert.ok(!isTold('CREATE UNIQUE INDEX i ON seats (seat);'));
  assert.ok(isTold('ALTER TABLE seats ADD COLUMN day date; ALTER TABLE seats ADD UNIQUE (tenant, hall, seat, day);'));
  assert.ok(isTold('CREATE UNIQUE INDEX i ON seats ((seat + hall));'));
});

test('a key over a column that is renamed meanwhile names it anew', () => {
  const rename = 'ALTER TABLE seats RENAME COLUMN tenant TO owner;';
  assert.ok(!isTold(`${rename} ALTER TABLE seats ADD UNIQUE (owner, hall, seat);`));
  assert.ok(isTold(`${rename} ALTER TABLE seats ADD COLUMN day date; ALTER TABLE seats ADD UNIQUE (owner, day);`));
});
