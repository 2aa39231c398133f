import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Proposal } from '#core/model/proposal.ts';
import type { PlanRequest } from '#core/plans/recipe.ts';
import type { Snapshot } from '#core/service.ts';
import { applied, checkAll, engine, folder, type Made, snapshot } from '../support/engine.ts';

const users = `CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, age int, nick varchar(40) DEFAULT 'nobody');
CREATE UNIQUE INDEX users_email ON users (email);
`;
const rename: PlanRequest = { operation: 'rename-column', table: 'users', column: 'email', newName: 'mail' };
const path = `${folder}/V2__new.sql`;

function planned(made: Snapshot, request: PlanRequest = rename, line?: number): Proposal {
  const from = line === undefined ? undefined : { path, line };
  const result = engine().scaffold(made, undefined, request, from);
  if (result.kind === 'refusal') throw new Error(`${result.reason} (${result.nearest})`);
  return result;
}

const names = ({ creates }: Proposal) => creates.map((each) => each.path.replace('/repo/', ''));
const text = ({ creates }: Proposal, part: string) => creates.find((each) => each.path.includes(part))?.text ?? '';

function asked(sql: string, line: number, over: Made = {}, more: Partial<PlanRequest> = {}): Proposal {
  const made = snapshot({
    released: { 'V1__given.sql': users },
    pending: { 'V2__new.sql': sql },
    version: 15,
    ...over,
  });
  return planned(made, { operation: '', table: '', ...more }, line);
}

test('a preview equals what is written: everything is derived, nothing is chosen', () => {
  const made = () => snapshot({ released: { 'V1__given.sql': users } });
  assert.deepEqual(planned(made()), planned(made()));
  const other = { ...rename, newName: 'address' };
  assert.notEqual(planned(made()).evolution?.id, planned(made(), other).evolution?.id);
});

test('files follow the versions of the project, in the order in which they run', () => {
  const stamps = snapshot({ released: { 'V20260101120000__given.sql': users } });
  assert.deepEqual(names(planned(stamps)).slice(0, 4), [
    'db/migration/V20261124120000__email_expand.sql',
    'db/migration/V20261124120001__email_backfill.sql',
    'db/migration/V20261124120001__email_backfill.sql.conf',
    'db/migration/V20261124120002__index_mail.sql',
  ]);
  const padded = snapshot({ released: { 'V007__given.sql': users } });
  assert.equal(names(planned(padded))[0], 'db/migration/V008__email_expand.sql');
});

test('a project that writes small letters and CRLF gets both, in every file, function bodies included', () => {
  const small = users.replaceAll('CREATE', 'create').replaceAll('\n', '\r\n');
  const proposal = planned(snapshot({ released: { 'V1__given.sql': small } }));
  for (const each of proposal.creates.filter(({ path: file }) => file.endsWith('.sql'))) {
    assert.ok(!/(?<!\r)\n/.test(each.text), each.path);
    assert.doesNotMatch(each.text.replace(/^--.*$/gm, '').replace(/'(?:[^']|'')*'/g, ''), /[A-Z]{2}/, each.path);
  }
  assert.match(text(proposal, 'expand'), /new\.mail := new\.email/);
});

test('evolutions.dir, minReleases and backfill take effect', () => {
  const yaml = 'version: 1\nevolutions: { dir: db/pairs, minReleases: 3, backfill: { as: script, batch: 77 } }\n';
  const proposal = planned(snapshot({ released: { 'V1__given.sql': users }, other: { 'schemaward.yaml': yaml } }));
  const id = proposal.evolution?.id;
  assert.ok(names(proposal).includes(`db/pairs/${id}/contract-1.sql`));
  assert.ok(names(proposal).includes(`db/pairs/${id}/backfill.sql`));
  assert.ok(!names(proposal).some((name) => name.startsWith('db/migration/') && name.includes('backfill')));
  assert.match(text(proposal, 'backfill.sql'), /LIMIT 77$/m);
  assert.match(text(proposal, 'evolution.yaml'), /^minReleases: 3$/m);
});

test('only the subcommand on the line is replaced, and the rest of the statement stays', () => {
  const sql = `SELECT 1;
ALTER TABLE users
  ADD COLUMN a int,
  ALTER COLUMN age TYPE bigint,
  ADD COLUMN b int;
SELECT 2;
`;
  const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': sql } });
  const proposal = planned(made, { operation: '', table: '' }, 4);
  assert.equal(proposal.evolution?.operation, 'change-column-type');
  const after = applied(proposal, made).get(path) ?? '';
  assert.match(after, /^SELECT 1;\nALTER TABLE users\n {2}ADD COLUMN a int,\n {2}ADD COLUMN b int;\n\n-- schemaward/);
  assert.match(after, /ADD COLUMN age_new bigint;[\s\S]*;\nSELECT 2;\n$/);
});

test('of a statement that drops two columns each can be planned by itself', () => {
  const sql = 'ALTER TABLE users DROP COLUMN nick,\n  DROP COLUMN email;\n';
  const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': sql } });
  const first = applied(planned(made, { operation: '', table: '' }, 1), made).get(path) ?? '';
  assert.match(first, /^ALTER TABLE users DROP COLUMN email;\n\n-- ALTER TABLE users DROP COLUMN nick,/);
  const second = applied(planned(made, { operation: '', table: '' }, 2), made).get(path) ?? '';
  assert.match(
    second,
    /^ALTER TABLE users DROP COLUMN nick;\n\n-- schemaward:evolution .* op=drop-column phase=expand\n/,
  );
});

test('options complete and override what the statement says', () => {
  const sql = 'ALTER TABLE users ALTER COLUMN age TYPE bigint;\n';
  const proposal = asked(sql, 1, {}, { type: 'numeric', newName: 'years' });
  assert.equal(proposal.evolution?.new, 'years');
  assert.match(proposal.edits[0]?.newText ?? '', /ADD COLUMN years numeric;/);
});

test('a frozen statement is planned from a new migration, and stays as it is', () => {
  const made = snapshot({
    released: { 'V1__given.sql': users, 'V2__new.sql': 'ALTER TABLE users ALTER COLUMN age SET NOT NULL;\n' },
    all: true,
  });
  const offer = engine()
    .actions(made, path, { start: 30, end: 30 })
    .find(({ kind }) => kind === 'plan');
  assert.equal(offer?.disabled, undefined);
  const result = offer === undefined ? undefined : engine().resolveAction(made, offer.data);
  assert.ok(result?.kind === 'proposal' && result.edits.length === 0 && result.creates.length > 0);
});

test('the marker and what follows get lines of their own', () => {
  const sql = 'SELECT 1; ALTER TABLE users ALTER COLUMN age SET NOT NULL; SELECT 2;\n';
  const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': sql } });
  const after = applied(planned(made, { operation: '', table: '', defaultTo: '0' }, 1), made).get(path) ?? '';
  assert.match(after, /^SELECT 1; \n-- schemaward:evolution v=1 .* phase=expand\nSET LOCAL/);
  assert.match(after, /NOT VALID;\n SELECT 2;\n$/);
});

/** Each with the words of its reason and of what to do instead. */
const refusals: readonly (readonly [string, string, PlanRequest, RegExp, (RegExp | undefined)?])[] = [
  ['no such table', '', { ...rename, table: 'nobody' }, /not known/, /--table/],
  ['no such column', '', { ...rename, column: 'nothing' }, /no column nothing/, /--column/],
  ['no new name', '', { operation: 'rename-column', table: 'users', column: 'email' }, /new name/, /--new-name/],
  ['a name that is taken', '', { ...rename, newName: 'age' }, /has a column age/, /--new-name/],
  ['no type', '', { operation: 'change-column-type', table: 'users', column: 'age' }, /type is needed/, /--type/],
  [
    'a partition',
    'CREATE TABLE p (id int, v int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p DEFAULT;',
    { ...rename, table: 'p1', column: 'v' },
    /is a partition/,
    /--table/,
  ],
  [
    'the key of a partitioned table',
    'CREATE TABLE p (id int, v int) PARTITION BY RANGE (id);',
    { ...rename, table: 'p', column: 'id' },
    /key by which p is partitioned/,
  ],
  [
    'an index of a partitioned table',
    'CREATE TABLE p (id int, v int) PARTITION BY RANGE (id); CREATE INDEX ON p (v);',
    { ...rename, table: 'p', column: 'v' },
    /CONCURRENTLY/,
    /each partition/,
  ],
  [
    'a generated column',
    'ALTER TABLE users ADD COLUMN up text GENERATED ALWAYS AS (upper(nick)) STORED;',
    { ...rename, column: 'up' },
    /computed by the database/,
    /view/,
  ],
  [
    'an identity that writers may set',
    'CREATE TABLE t (n int GENERATED BY DEFAULT AS IDENTITY);',
    { ...rename, table: 't', column: 'n' },
    /identity column that writers may set/,
    /GENERATED ALWAYS/,
  ],
  ...(
    [
      ['the primary key', '', 'id', /primary key users_pkey/],
      [
        'a foreign key to it',
        'CREATE TABLE o (m text REFERENCES users (email));',
        'email',
        /foreign key o_m_fkey of o points to users.email/,
        /Drop o_m_fkey/,
      ],
      [
        'a generated column from it',
        'ALTER TABLE users ADD COLUMN up text GENERATED ALWAYS AS (upper(email)) STORED;',
        'email',
        /generated column up is computed from users.email/,
        /Drop up/,
      ],
      [
        'an exclusion constraint',
        'ALTER TABLE users ADD CONSTRAINT x EXCLUDE USING gist (age WITH =);',
        'age',
        /exclusion constraint x/,
        /Drop x/,
      ],
      [
        'a publication with a column list',
        'CREATE PUBLICATION pub FOR TABLE users (id, email);',
        'email',
        /publication pub names users.email/,
        /publication first/,
      ],
      [
        'the replica identity',
        'ALTER TABLE users REPLICA IDENTITY USING INDEX users_email;',
        'email',
        /replica identity of users is users_email/,
        /REPLICA IDENTITY/,
      ],
      [
        'a materialized view',
        'CREATE MATERIALIZED VIEW m AS SELECT email FROM users;',
        'email',
        /materialized view m reads users.email/,
        /Drop m/,
      ],
      [
        'a view of everything',
        'CREATE VIEW v AS SELECT * FROM users;',
        'email',
        /view v reads users.email through \*/,
        /Drop v/,
      ],
      [
        'a view whose privileges came with others',
        'CREATE VIEW v AS SELECT email FROM users; GRANT SELECT ON v, users TO PUBLIC;',
        'email',
        /together with others/,
        /Drop v/,
      ],
      [
        'a policy that was altered',
        'CREATE POLICY p ON users USING (age > 1); ALTER POLICY p ON users USING (age > 2);',
        'age',
        /policy p uses users.age and was altered/,
        /Drop it/,
      ],
      [
        'a disabled trigger on it',
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER t AFTER UPDATE OF age ON users FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE users DISABLE TRIGGER t;",
        'age',
        /trigger t names users.age, and it is disabled/,
        /Drop t/,
      ],
    ] as const
  ).map(
    ([name, sql, column, reason, nearest]) =>
      [
        name,
        sql,
        { operation: 'change-column-type', table: 'users', column, type: 'numeric' },
        reason,
        nearest,
      ] as const,
  ),
  [
    'a view and a new name',
    'CREATE VIEW v AS SELECT email FROM users;',
    { operation: 'change-column-type', table: 'users', column: 'email', type: 'varchar(9)', newName: 'mail' },
    /view v is tied to users.email/,
    /--new-name/,
  ],
  [
    'a view over a column that goes',
    'CREATE VIEW v AS SELECT nick FROM users;',
    { operation: 'drop-column', table: 'users', column: 'nick' },
    /view v uses users.nick/,
    /first/,
  ],
  [
    'a policy over a column that goes',
    'CREATE POLICY p ON users USING (age > 1);',
    { operation: 'drop-column', table: 'users', column: 'age' },
    /policy p uses users.age/,
    /first/,
  ],
  ['NOT NULL already', '', { operation: 'set-not-null', table: 'users', column: 'email' }, /NOT NULL already/],
  [
    'a column that is there',
    '',
    { operation: 'add-required-column', table: 'users', column: 'age', type: 'int' },
    /already/,
    /set-not-null/,
  ],
];

for (const [name, sql, request, reason, instead] of refusals) {
  test(`refused with a reason: ${request.operation}: ${name}`, () => {
    const made = snapshot({ released: { 'V1__given.sql': `${users}${sql}` }, version: 15 });
    const result = engine().scaffold(made, undefined, request);
    assert.ok(result.kind === 'refusal', 'refused');
    assert.match(result.reason, reason);
    if (instead !== undefined) assert.match(result.nearest ?? '', instead);
  });
}

test('a new column that is unique is refused, and one with a check and a foreign key keeps both', () => {
  assert.throws(() => asked('ALTER TABLE users ADD COLUMN x int NOT NULL UNIQUE;', 1), /unique as well/);
  const proposal = asked(
    'ALTER TABLE users ADD COLUMN x text COLLATE "C" CONSTRAINT short CHECK (length(x) < 9) NOT NULL REFERENCES users (email);',
    1,
  );
  const expand = proposal.edits[0]?.newText ?? '';
  assert.match(expand, /ADD COLUMN x text COLLATE "C" REFERENCES users \(email\);/);
  assert.match(expand, /ADD CONSTRAINT short CHECK \(length\(x\) < 9\) NOT VALID;/);
  assert.match(text(proposal, 'contract-2'), /VALIDATE CONSTRAINT short;/);
});

const unsafe = [
  'ALTER TABLE users RENAME COLUMN email TO mail;',
  'ALTER TABLE users ALTER COLUMN age TYPE bigint;',
  'ALTER TABLE users ALTER COLUMN age SET NOT NULL;',
  'ALTER TABLE users ALTER COLUMN nick SET NOT NULL;',
  'ALTER TABLE users ADD COLUMN x text NOT NULL;',
  'ALTER TABLE users DROP COLUMN nick;',
  'ALTER TABLE users DROP COLUMN email;',
];

for (const sql of unsafe) {
  test(`nothing that a scaffold writes is complained about, at any time of its life: ${sql}`, () => {
    const made = snapshot({ released: { 'V1__given.sql': users }, pending: { 'V2__new.sql': sql }, version: 15 });
    const first = applied(planned(made, { operation: '', table: '' }, 1), made);
    assert.deepEqual(complaints(first, []), []);
    const released = [...first.keys()].filter((file) => file.startsWith(folder));
    const shipped = snapshotOf(first, released);
    const [evolution] = engine().status(shipped).projects[0]?.evolutions ?? [];
    assert.equal(evolution?.due, true, evolution?.next);
    const second = applied(engine().promote(shipped, evolution?.ref.id ?? ''), shipped);
    assert.deepEqual(complaints(second, released), []);
    const all = [...second.keys()].filter((file) => file.startsWith(folder));
    assert.equal(engine().status(snapshotOf(second, all)).projects[0]?.evolutions[0]?.phase, 'done');
  });
}

test('a contract that is there before its expand has shipped is complained about', () => {
  const made = snapshot({
    released: { 'V1__given.sql': users },
    pending: { 'V2__new.sql': unsafe[0] ?? '' },
    version: 15,
  });
  const texts = new Map(applied(planned(made, { operation: '', table: '' }, 1), made));
  const draft = [...texts.keys()].find((file) => file.endsWith('contract-1.sql')) ?? '';
  texts.set(`${folder}/V9__contract.sql`, texts.get(draft) ?? '');
  assert.ok(complaints(texts, []).some((each) => each.includes('V9__contract.sql schema/rename-column')));
});

function snapshotOf(texts: ReadonlyMap<string, string>, released: readonly string[]): Snapshot {
  const under = (wanted: boolean) =>
    Object.fromEntries(
      [...texts]
        .filter(([file]) => file.startsWith(folder) && released.includes(file) === wanted)
        .map(([file, each]) => [file.slice(folder.length + 1), each]),
    );
  const other = [...texts].filter(([file]) => !file.startsWith(folder));
  return snapshot({
    released: { ...under(true), 'V1__given.sql': users },
    pending: Object.fromEntries(Object.entries(under(false)).filter(([name]) => name !== 'V1__given.sql')),
    other: Object.fromEntries(other.map(([file, each]) => [file.slice('/repo/'.length), each])),
    version: 15,
  });
}

function complaints(texts: ReadonlyMap<string, string>, released: readonly string[]): readonly string[] {
  const { findings } = checkAll(engine(), snapshotOf(texts, released));
  return findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ path: file, rule, message }) => `${file.split('/').at(-1)} ${rule} ${message}`);
}
