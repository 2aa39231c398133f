import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** Repeatables that have run, and name what a pending migration takes away. */
const released = {
  'V1__given.sql':
    'CREATE TABLE users (id bigint PRIMARY KEY, email text, note text);\nCREATE TABLE logs (id bigint PRIMARY KEY);',
  'R__mails.sql': 'CREATE OR REPLACE VIEW mails AS SELECT id, email FROM users;',
  'R__count.sql':
    "CREATE OR REPLACE FUNCTION n() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM logs';\nGRANT SELECT ON nothing_here TO PUBLIC;",
  'R__body.sql':
    "CREATE OR REPLACE FUNCTION m() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT email FROM users); END';",
};

function said(pending: Readonly<Record<string, string>>, given: Readonly<Record<string, string>> = released) {
  return checkAll(engine(), snapshot({ released: given, pending, version: 18 }))
    .findings.filter(({ path }) => path.includes('/R__'))
    .map(({ path, severity, rule, message, relatedPlaces }) => ({
      said: `${severity} ${rule} ${path.split('/').at(-1)}: ${message}`,
      related: relatedPlaces.map((each) => each.path.split('/').at(-1)),
    }));
}

test('a renamed column', () => {
  assert.deepEqual(said({ 'V2__new.sql': 'ALTER TABLE users RENAME COLUMN email TO mail;' }), [
    {
      said: 'warning run/unknown-object R__mails.sql: Fails: users has no column email at this point. V2__new.sql takes it away: the file runs again when it is edited, and behind it on a fresh database.',
      related: ['V2__new.sql'],
    },
  ]);
});

test('a dropped table', () => {
  assert.deepEqual(
    said({ 'V2__new.sql': 'DROP TABLE logs;' }).map((each) => each.said.split(':')[0]),
    ['warning run/unknown-object R__count.sql'],
  );
});

test('silent: another column, one that comes back, a repeatable that is edited with it, no pending migration', () => {
  assert.deepEqual(said({ 'V2__new.sql': 'ALTER TABLE users DROP COLUMN note;' }), []);
  assert.deepEqual(
    said({ 'V2__new.sql': 'ALTER TABLE users RENAME COLUMN email TO mail;\nALTER TABLE users ADD COLUMN email text;' }),
    [],
  );
  const { 'R__mails.sql': _, ...others } = released;
  assert.deepEqual(
    said(
      {
        'V2__new.sql': 'ALTER TABLE users RENAME COLUMN email TO mail;',
        'R__mails.sql': 'CREATE OR REPLACE VIEW mails AS SELECT id, mail AS email FROM users;',
      },
      others,
    ),
    [],
  );
  assert.deepEqual(said({}), []);
});
