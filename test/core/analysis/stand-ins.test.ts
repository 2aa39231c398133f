import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** Placeholders of a value that nobody told us: what their names mean is not known, so nothing is said to be missing. */
function failures(released: string, pending: string): readonly string[] {
  const made = snapshot({ released: { 'V1__given.sql': released }, pending: { 'V2__new.sql': pending }, version: 18 });
  return checkAll(engine(), made)
    .findings.filter(({ rule }) => rule.startsWith('run/'))
    .map(({ message }) => message);
}

const USERS = 'CREATE TABLE users (id bigint PRIMARY KEY, email text);';

const SILENT: readonly (readonly [title: string, released: string, pending: string])[] = [
  [
    'bare before',
    USERS,
    'ALTER TABLE ${s}.users ADD COLUMN x int;\nCREATE VIEW ${s}.v AS SELECT email FROM ${s}.users;',
  ],
  ['bare behind', 'CREATE TABLE ${s}.users (id int);', 'ALTER TABLE users ADD COLUMN x int;\nDROP TABLE public.users;'],
  [
    'another schema before',
    `CREATE SCHEMA app;\nSET search_path TO app;\n${USERS}`,
    'CREATE INDEX ON ${s}.users (nope);\nGRANT SELECT ON ${s}.users TO bob;',
  ],
  [
    'another schema behind',
    'CREATE SCHEMA ${s};\nCREATE TABLE ${s}.users (id int);',
    'ALTER TABLE app.users ADD COLUMN x int;\nALTER TABLE users ADD COLUMN y int;',
  ],
  [
    'a function',
    USERS,
    'CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION ${s}.f();\nDROP FUNCTION ${s}.g();',
  ],
  [
    'the search path',
    'SET search_path TO ${s};\nCREATE TABLE users (id int);',
    'ALTER TABLE other.users ADD COLUMN x int;',
  ],
  [
    'a part of a name',
    'CREATE TABLE ${p}users (id int);',
    'ALTER TABLE app_users ADD COLUMN x int;\nDROP TABLE ${p}orders;',
  ],
  [
    'a column',
    'CREATE TABLE users (id int, ${c} text);',
    'CREATE INDEX ON users (email);\nALTER TABLE users DROP COLUMN name;',
  ],
  ['an added column', `${USERS}\nALTER TABLE users ADD COLUMN \${c} int;`, 'ALTER TABLE users DROP COLUMN name;'],
  ['a dropped column', `${USERS}\nALTER TABLE users DROP COLUMN \${c};`, 'ALTER TABLE users ADD COLUMN email text;'],
  [
    'a renamed column',
    `${USERS}\nALTER TABLE users RENAME COLUMN \${c} TO mail;`,
    'ALTER TABLE users DROP COLUMN mail;',
  ],
  [
    'a constraint',
    `${USERS}\nALTER TABLE users ADD CONSTRAINT \${n} CHECK (id > 0);`,
    'ALTER TABLE users DROP CONSTRAINT users_id;',
  ],
  ['altered under another name', `${USERS}\nALTER TABLE \${s}.users ADD COLUMN x int;`, 'CREATE INDEX ON users (x);'],
  [
    'altered under its own name',
    'CREATE TABLE ${s}.users (id int);\nALTER TABLE users ADD COLUMN x int;',
    'CREATE INDEX ON ${s}.users (x);',
  ],
];

for (const [title, released, pending] of SILENT)
  test(`silent: ${title}`, () => assert.deepEqual(failures(released, pending), []));

test('what stands under the very same name is known, and told without what marks it', () => {
  assert.deepEqual(failures('CREATE TABLE ${s}.users (id int);', 'ALTER TABLE ${s}.users DROP COLUMN nope;'), [
    'Fails: s.users has no column nope at this point.',
  ]);
});
