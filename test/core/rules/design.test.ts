import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applied, checkAll, engine, folder, snapshot, strict } from '../support/engine.ts';

/** Rules about the design of a schema: hints, which the preset `strict` shows. */
const given =
  'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);\nCREATE INDEX users_email_age ON users (email, age);\nCREATE TABLE plans (id bigint PRIMARY KEY, name text);';

function made(pending: readonly string[], other: Readonly<Record<string, string>> = strict) {
  const files = Object.fromEntries(pending.map((text, nth) => [`V${nth + 2}__new.sql`, `${text};\n`]));
  return snapshot({ released: { 'V1__given.sql': given }, pending: files, other, version: 18 });
}

function said(...pending: readonly string[]): readonly string[] {
  return checkAll(engine(), made(pending)).findings.flatMap(({ rule, messageId, args }) =>
    rule.startsWith('design/')
      ? [`${rule.slice(7)}/${messageId} ${args.index ?? args.columns ?? args.column ?? ''}`]
      : [],
  );
}

/** The files after the first quick fix of a finding of the rule. */
function fixed(rule: string, ...pending: readonly string[]): readonly string[] {
  const now = made(pending);
  const service = engine();
  const found = checkAll(service, now).findings.find((each) => each.rule === rule);
  assert.ok(found !== undefined);
  const offer = service.actions(now, found.path, found.span).find((each) => each.kind === 'fix' && each.rule === rule);
  assert.ok(offer !== undefined && offer.disabled === undefined, offer?.disabled);
  const texts = applied(service.resolveAction(now, offer.data), now);
  return [...texts]
    .filter(([path]) => /V[2-9]__.*sql$/.test(path))
    .map(([path, text]) => `${path.slice(folder.length + 1)}: ${text}`);
}

test('none of it is said in the preset that everybody starts with', () => {
  const all = ['CREATE TABLE o (id serial PRIMARY KEY, u bigint REFERENCES users)', 'CREATE INDEX i ON users (email)'];
  const { findings } = checkAll(engine(), made(all, {}));
  assert.deepEqual(
    findings.filter(({ rule }) => rule.startsWith('design/')),
    [],
  );
});

describe('an index for a foreign key', () => {
  const key = 'CREATE TABLE o (id bigint PRIMARY KEY, u bigint REFERENCES users, p bigint)';
  const missing = 'fk-without-index/missing u';

  test('may come later in the series', () => {
    assert.deepEqual(said(key), [missing]);
    assert.deepEqual(said(key, 'CREATE INDEX CONCURRENTLY o_u ON o (u)'), []);
    assert.deepEqual(said(key, 'SELECT 1', 'ALTER TABLE o ADD UNIQUE (u, p)'), []);
    assert.deepEqual(said(key, 'DROP TABLE o'), []);
    assert.deepEqual(said(key, 'CREATE INDEX CONCURRENTLY o_p ON o (p)'), [missing]);
    assert.deepEqual(said(key, 'CREATE INDEX CONCURRENTLY o_u ON o (p, u)'), [missing]);
    assert.deepEqual(said(key, 'CREATE INDEX CONCURRENTLY o_u ON o (u) WHERE p > 1'), [missing]);
  });

  test('of several columns starts with them in any order', () => {
    const two =
      'ALTER TABLE plans ADD UNIQUE (id, name);\nCREATE TABLE o (id bigint PRIMARY KEY, n text, p bigint, FOREIGN KEY (p, n) REFERENCES plans (id, name));\nCREATE INDEX ON o';
    assert.deepEqual(said(`${two} (n, p)`), []);
    assert.deepEqual(said(`${two} (p)`), ['fk-without-index/missing p, n']);
  });

  test('is written behind a new table, or built CONCURRENTLY on one with rows', () => {
    assert.deepEqual(fixed('design/fk-without-index', key), [`V2__new.sql: ${key};\nCREATE INDEX o_u_idx ON o (u);\n`]);
    const add = 'ALTER TABLE plans ADD COLUMN "U" bigint REFERENCES users';
    assert.deepEqual(fixed('design/fk-without-index', add), [
      `V2__new.sql: ${add};\n`,
      'V3__index_plans_u_idx.sql: CREATE INDEX CONCURRENTLY "plans_U_idx" ON plans ("U");\n',
    ]);
  });
});

describe('an index that another one serves', () => {
  test('is the same, shorter, or made needless by a new one', () => {
    for (const [sql, expected] of [
      ['CREATE INDEX i ON users (email, age)', 'redundant-index/duplicate i'],
      ['CREATE INDEX i ON users (email)', 'redundant-index/prefix i'],
      ['CREATE INDEX i ON users (email, age, id)', 'redundant-index/replaces i'],
      ['CREATE UNIQUE INDEX i ON users (email, age)', 'redundant-index/replaces i'],
      ['CREATE INDEX i ON users (id)', 'redundant-index/duplicate i'],
      ['CREATE UNIQUE INDEX i ON users (id)', 'redundant-index/duplicate i'],
      ['ALTER TABLE users ADD CONSTRAINT i UNIQUE (id)', 'redundant-index/duplicate i'],
      [
        'CREATE TABLE n (a int PRIMARY KEY, b int); CREATE INDEX i ON n (b); CREATE INDEX j ON n (b)',
        'redundant-index/duplicate j',
      ],
      ['CREATE INDEX i ON users (age, id, age)', 'redundant-index/repeated i'],
      ['CREATE INDEX i ON users (email, email varchar_pattern_ops)', undefined],
      ['CREATE TABLE n (a int, b int, PRIMARY KEY (a, b), UNIQUE (a))', undefined],
      ['ALTER TABLE users ADD CONSTRAINT i UNIQUE (id) DEFERRABLE', undefined],
      ['CREATE UNIQUE INDEX i ON users (id, age)', undefined],
      ['CREATE UNIQUE INDEX i ON users (email)', undefined],
      ['CREATE INDEX IF NOT EXISTS users_email_age ON users (email, age)', undefined],
    ] as const)
      assert.deepEqual(said(sql), expected === undefined ? [] : [expected], sql);
  });

  test('where one of them goes later on there is nothing to say', () => {
    assert.deepEqual(
      said('CREATE INDEX CONCURRENTLY i ON users (email)', 'DROP INDEX CONCURRENTLY users_email_age'),
      [],
    );
    assert.deepEqual(said('CREATE INDEX CONCURRENTLY i ON users (email, age, id)', 'DROP INDEX users_email_age'), []);
    assert.deepEqual(said('CREATE INDEX i ON users (email)', 'DROP TABLE users'), [], 'with its table');
    assert.deepEqual(said('CREATE INDEX i ON public.users (email)', 'DROP TABLE IF EXISTS public.users'), []);
    assert.deepEqual(said('CREATE INDEX i ON users (email)', 'DROP TABLE plans'), ['redundant-index/prefix i']);
  });

  test('is taken out where its statement makes nothing else', () => {
    assert.deepEqual(fixed('design/redundant-index', 'SELECT 1;\nCREATE INDEX i ON users (email);\nSELECT 2'), [
      'V2__new.sql: SELECT 1;\nSELECT 2;\n',
    ]);
  });
});

describe('what counts up', () => {
  const kept = 'sequence-range/kept id';
  const given = 'CREATE TABLE s (id serial PRIMARY KEY, n smallint)';

  test('a sequence stays as small as it was made', () => {
    const widen = 'ALTER TABLE s ALTER id TYPE bigint';
    const hints = said(given);
    const more = (...rest: readonly string[]) => said(given, ...rest).filter((each) => !hints.includes(each));
    assert.deepEqual(more(widen), [kept]);
    assert.deepEqual(more(widen, 'ALTER SEQUENCE s_id_seq AS bigint'), []);
    assert.deepEqual(more(`ALTER SEQUENCE s_id_seq AS bigint; ${widen}`), []);
    assert.deepEqual(more('ALTER TABLE s ALTER n TYPE int'), []);
    assert.deepEqual(more(`CREATE SEQUENCE q AS smallint; ALTER TABLE s ALTER n SET DEFAULT nextval('q')`), []);
    assert.deepEqual(more(`CREATE SEQUENCE q AS smallint; ALTER TABLE s ADD b int DEFAULT nextval('q')`), [
      'sequence-range/smaller b',
    ]);
  });

  test('is made larger behind the statement', () => {
    const widen = 'ALTER TABLE s ALTER id TYPE bigint';
    const [, file] = fixed('design/sequence-range', given, widen);
    assert.equal(file, `V3__new.sql: ${widen};\nALTER SEQUENCE s_id_seq AS bigint;\n`);
  });

  test('a reference is as large as its key', () => {
    assert.deepEqual(said('CREATE TABLE r (id bigint PRIMARY KEY, u int REFERENCES users); CREATE INDEX ON r (u)'), [
      'small-key/reference u',
    ]);
    assert.deepEqual(said('ALTER TABLE users ADD u smallint REFERENCES plans; CREATE INDEX ON users (u)'), [
      'small-key/reference u',
    ]);
    assert.deepEqual(
      said('CREATE TABLE r (id bigint PRIMARY KEY, u numeric REFERENCES users); CREATE INDEX ON r (u)'),
      [],
    );
  });
});

test('columns of an INSERT are named as far as it has values', () => {
  const one = (sql: string) => fixed('design/positional-insert', sql)[0]?.replace(/^V2__new.sql: /, '');
  assert.equal(
    one("INSERT INTO users VALUES (1, f('a,b', (2)))"),
    "INSERT INTO users (id, email) VALUES (1, f('a,b', (2)));\n",
  );
});
