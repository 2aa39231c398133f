import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lowers } from '../../../support/lowering.ts';
import { change, quote } from '../../../support/read.ts';

describe('CREATE TABLE', () => {
  lowers([
    [
      `CREATE TABLE IF NOT EXISTS app."Orders" (
  id bigserial PRIMARY KEY,
  total numeric(10, 2) DEFAULT 0.00 NOT NULL, -- a comment, with a comma
  owner_id bigint NOT NULL REFERENCES app.users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  note text COLLATE "C" CHECK (length(note) < 10),
  CONSTRAINT uq UNIQUE (total, owner_id),
  CHECK (total IS NOT NULL)
)`,
      {
        kind: 'CreateTable',
        span: 'CREATE TABLE IF NOT EXISTS app."Orders"',
        table: 'app.Orders <- app."Orders"',
        ifNotExists: true,
        temporary: false,
        columns: [
          { column: 'id', type: 'bigint', typeSpan: 'bigserial', serial: true, notNull: true },
          {
            column: 'total',
            type: 'numeric(10,2)',
            typeSpan: 'numeric(10, 2)',
            notNullSpan: 'NOT NULL',
            defaultTo: '0.00',
            defaultSpan: 'DEFAULT 0.00',
          },
          { column: 'owner_id', type: 'bigint', notNull: true },
          { column: 'note', type: 'text', collation: 'C', notNull: false },
        ],
        constraints: [
          { kind: 'primary-key', columns: ['id'], span: 'PRIMARY KEY' },
          {
            kind: 'foreign-key',
            columns: ['owner_id'],
            references: { table: 'app.users', columns: [], onDelete: 'cascade' },
            deferrable: true,
            initiallyDeferred: true,
            span: 'REFERENCES app.users ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
          },
          { kind: 'check', columns: ['note'], expression: 'length(note) < 10' },
          {
            kind: 'unique',
            name: 'uq',
            columns: ['total', 'owner_id'],
            span: 'CONSTRAINT uq UNIQUE (total, owner_id)',
          },
          { kind: 'check', columns: [], expression: 'total IS NOT NULL' },
        ],
      },
    ],
    ['CREATE TEMP TABLE t (a int)', { kind: 'CreateTable', temporary: true, span: 'CREATE TEMP TABLE t' }],
    ['CREATE TABLE pg_temp.t (a int)', { kind: 'CreateTable', temporary: true }],
    ['CREATE UNLOGGED TABLE t (a int)', { kind: 'CreateTable', options: { unlogged: true } }],
    [
      'CREATE TABLE t (LIKE s.b INCLUDING ALL EXCLUDING INDEXES, c int)',
      {
        kind: 'CreateTable',
        columns: [{ column: 'c' }],
        like: [
          {
            table: 's.b',
            including: [
              'comments',
              'compression',
              'constraints',
              'defaults',
              'generated',
              'identity',
              'statistics',
              'storage',
            ],
          },
        ],
      },
    ],
    ['CREATE TABLE t (a int) INHERITS (p, s.q)', { kind: 'CreateTable', inherits: ['p', 's.q'] }],
    [
      'CREATE TABLE t (id int, x text) PARTITION BY RANGE (id, lower(x))',
      { kind: 'CreateTable', partitionBy: { strategy: 'range', keys: [{ column: 'id' }, { expression: 'lower(x)' }] } },
    ],
    [
      "CREATE TABLE c PARTITION OF s.p (CONSTRAINT k CHECK (a > 0)) FOR VALUES IN ('x, y')",
      {
        kind: 'CreateTable',
        partitionOf: {
          parent: 's.p',
          isDefault: false,
          bound: { strategy: 'list', values: [{ literal: 'x, y' }] },
        },
        inherits: [],
        columns: [],
        constraints: [{ name: 'k' }],
      },
    ],
    ['CREATE TABLE c PARTITION OF p DEFAULT', { kind: 'CreateTable', partitionOf: { parent: 'p', isDefault: true } }],
    ['CREATE TABLE t OF app.kind', { kind: 'CreateTable', options: { ofType: { schema: 'app', name: 'kind' } } }],
    [
      'CREATE TABLE t AS SELECT o.id, count(*), o.x::text, 5 FROM app.orders o',
      {
        kind: 'CreateTable',
        span: 'CREATE TABLE t',
        columns: [],
        asQuery: [{ relation: 'app.orders', columns: ['id', 'x'] }],
        options: { columnNames: ['id', 'count', 'x', '?column?'] },
      },
    ],
    [
      'CREATE TABLE t (a) AS SELECT 1 WITH NO DATA',
      { kind: 'CreateTable', asQuery: [], options: { columnNames: ['a'], withNoData: true } },
    ],
    [
      'SELECT a INTO TEMP t FROM u',
      { kind: 'CreateTable', temporary: true, asQuery: [{ relation: 'u', columns: ['a'] }] },
    ],
    ['CREATE FOREIGN TABLE f (a int) SERVER s', { kind: 'CreateTable', table: 'f', options: { foreign: true } }],
    [
      'CREATE SCHEMA app CREATE TABLE t (id int) CREATE VIEW v AS SELECT id FROM t',
      { kind: 'CreateSchema', span: 'CREATE SCHEMA app', schema: 'app', ifNotExists: false },
      { kind: 'CreateTable', span: 'CREATE TABLE t', table: 'app.t <- t', columns: [{ column: 'id' }] },
      { kind: 'CreateView', span: 'CREATE VIEW v', view: 'app.v <- v', reads: [{ relation: 't', columns: ['id'] }] },
    ],
    ['CREATE SCHEMA IF NOT EXISTS AUTHORIZATION joe', { kind: 'CreateSchema', schema: 'joe', ifNotExists: true }],
  ]);
});

describe('column types', () => {
  for (const [written, name, args, text] of [
    ['int', 'int4', [], 'integer'],
    ['BIGINT', 'int8', [], 'bigint'],
    ['decimal(8)', 'numeric', [8, 0], 'numeric(8,0)'],
    ['numeric(10,-2)', 'numeric', [10, -2], 'numeric(10,-2)'],
    ['numeric(3,0)', 'numeric', [3, 0], 'numeric(3,0)'],
    ['float(10)', 'float4', [], 'real'],
    ['double precision', 'float8', [], 'double precision'],
    ['character varying(20)', 'varchar', [20], 'character varying(20)'],
    ['char', 'bpchar', [1], 'character(1)'],
    ['national character varying(5)', 'varchar', [5], 'character varying(5)'],
    ['"char"', 'char', [], '"char"'],
    ['bit varying(3)', 'varbit', [3], 'bit varying(3)'],
    ['timestamp', 'timestamp', [], 'timestamp without time zone'],
    ['timestamp(3) with time zone', 'timestamptz', [3], 'timestamp(3) with time zone'],
    ['time without time zone', 'time', [], 'time without time zone'],
    ['timetz(0)', 'timetz', [0], 'time(0) with time zone'],
    ['interval', 'interval', [], 'interval'],
    ['interval day to second(3)', 'interval', [7176, 3], 'interval day to second(3)'],
    ['interval(2)', 'interval', [32767, 2], 'interval(2)'],
    ['pg_catalog.text', 'text', [], 'text'],
    ['geometry(Point, 4326)', 'geometry', [4326], 'geometry(point,4326)'],
    ['vector(3)', 'vector', [3], 'vector(3)'],
    ['"Mood"', 'Mood', [], '"Mood"'],
  ] as const)
    test(written, async () => {
      const sql = `CREATE TABLE t (a ${written} NOT NULL, b int)`;
      const { columns } = await change('CreateTable', sql);
      const own = ['geometry', 'vector', 'Mood'].includes(name) ? { own: true } : {};
      assert.deepEqual(columns[0]?.type, { name, ...own, args, array: 0, text });
      assert.equal(quote(sql, columns[0]?.typeSpan), written);
      assert.equal(columns[0]?.notNull, true);
    });

  test('arrays and schemas', async () => {
    const sql = 'CREATE TABLE t (a int[][], b text ARRAY[4], c app."T"[] DEFAULT \'{}\', d varchar(5) array)';
    const { columns } = await change('CreateTable', sql);
    assert.deepEqual(
      columns.map(({ type, typeSpan }) => [type.schema, type.array, type.text, quote(sql, typeSpan)]),
      [
        [undefined, 2, 'integer[][]', 'int[][]'],
        [undefined, 1, 'text[]', 'text ARRAY[4]'],
        ['app', 1, 'app."T"[]', 'app."T"[]'],
        [undefined, 1, 'character varying(5)[]', 'varchar(5) array'],
      ],
    );
  });
});

describe('default expressions', () => {
  for (const [written, facts] of [
    ["'x'::text", { constant: true, volatility: 'immutable' }],
    ['-5', { constant: true }],
    ['- 5.5', { constant: true }],
    ['NULL', { constant: true, isNull: true }],
    ['NULL::int', { constant: true, isNull: true }],
    ["ARRAY['a', 'b']::text[]", { constant: true }],
    ["'{}'::jsonb", { constant: true }],
    ['now()', { constant: false, volatility: 'stable', functions: ['now'] }],
    ['CURRENT_TIMESTAMP', { constant: false, volatility: 'stable', functions: [] }],
    ["(now() AT TIME ZONE 'utc')", { volatility: 'stable' }],
    ['random()', { volatility: 'volatile' }],
    ['gen_random_uuid()', { volatility: 'volatile' }],
    ['public.uuid_generate_v4()', { volatility: 'unknown', functions: ['public.uuid_generate_v4'] }],
    ['uuid_generate_v4()', { volatility: 'volatile' }],
    ["nextval('s'::regclass)", { volatility: 'volatile' }],
    ["pg_catalog.lower(upper('X'))", { volatility: 'immutable', functions: ['lower', 'upper'], constant: false }],
    ['app.next_code()', { volatility: 'unknown', functions: ['app.next_code'] }],
    ['CASE WHEN true THEN random() ELSE app.f() END', { volatility: 'volatile' }],
  ] as const)
    test(written, async () => {
      const sql = `ALTER TABLE t ADD a int DEFAULT ${written} NOT NULL`;
      const { spec } = await change('AddColumn', sql);
      assert.partialDeepStrictEqual(spec.defaultTo, { text: written, ...facts });
      assert.equal(quote(sql, spec.defaultSpan), `DEFAULT ${written}`);
    });
});

describe('checks', () => {
  for (const [written, provesNotNull, columns] of [
    ['a IS NOT NULL', ['a'], ['a']],
    ['a IS NOT NULL AND b > 0 AND t.c IS NOT NULL', ['a', 'c'], ['a', 'b', 'c']],
    ['a IS NOT NULL OR b IS NOT NULL', [], ['a', 'b']],
    ['(a) IS NOT NULL', ['a'], ['a']],
    ['a IS NULL', [], ['a']],
    ['NOT (a IS NULL)', [], ['a']],
    ['lower(a) IS NOT NULL', [], ['a']],
  ] as const)
    test(written, async () => {
      const { constraint } = await change('AddConstraint', `ALTER TABLE t ADD CHECK (${written})`);
      assert.deepEqual(constraint.expression?.provesNotNull, provesNotNull);
      assert.deepEqual(constraint.expression?.columns, columns);
      assert.equal(constraint.expression?.text, written);
    });
});
