import { BASE, type ImpactCase, PARTITIONED } from './case.ts';

/** A table that a form is tried on: alone, partitioned, a partition, or with a child that inherits. */
interface Host {
  readonly table: string;
  readonly setup: string;
  /** Foreign keys without validation on partitioned tables came with 18. */
  readonly partitioned: boolean;
  /** A partition has its parent's columns and refuses others. */
  readonly partition?: boolean;
}

const MAKERS =
  'CREATE SEQUENCE made; CREATE FUNCTION slow() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; CREATE FUNCTION steady() RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 1; END $$;';
const HOSTS: readonly Host[] = [
  { table: 't', setup: `${BASE} ${MAKERS}`, partitioned: false },
  { table: 'p', setup: `${PARTITIONED} ${MAKERS}`, partitioned: true },
  { table: 'p1', setup: `${PARTITIONED} ${MAKERS}`, partitioned: false, partition: true },
  {
    table: 't',
    setup: `${BASE} ${MAKERS} CREATE TABLE kid (k int) INHERITS (t); INSERT INTO kid SELECT g, g, g::text, g, g::text, g FROM generate_series(1, 5) g;`,
    partitioned: false,
  },
];

const DEFAULTS: readonly (readonly [type: string, expression: string, volatile?: boolean, from?: number])[] = [
  ['int', '0'],
  ['int', '-1'],
  ['bigint', '(1 + 2)'],
  ['text', "''"],
  ['varchar(10)', "'abc'::varchar"],
  ['boolean', 'false'],
  ['numeric(10,2)', '1.50'],
  ['date', 'CURRENT_DATE'],
  ['timestamp', 'LOCALTIMESTAMP'],
  ['timestamptz', 'now()'],
  ['timestamptz', "now() - interval '1 day'"],
  ['timestamptz', 'transaction_timestamp()'],
  ['timestamptz', 'statement_timestamp()'],
  ['text', 'CURRENT_USER'],
  ['text', "upper('x')"],
  ['jsonb', "jsonb_build_object('a', 1)"],
  ['int[]', 'ARRAY[1, 2]'],
  ['text', 'CASE WHEN true THEN NULL ELSE now()::text END'],
  ['timestamptz', 'clock_timestamp()', true],
  ['double precision', 'random()', true],
  ['int', 'floor(random() * 10)::int', true],
  ['text', "coalesce(NULL, 'a' || random()::text)", true],
  ['uuid', 'gen_random_uuid()', true, 13],
  ['uuid', 'uuidv7()', true, 18],
  ['bigint', "nextval('made')", true],
  ['int', 'slow()', true],
  ['int', 'steady()'],
  ['int', 'steady() + 1'],
  ['text', 'timeofday()', true],
];

function defaultCases(host: Host): readonly ImpactCase[] {
  return DEFAULTS.flatMap(([type, expression, volatile, from]) =>
    ['', ' NOT NULL'].map((nullness) => ({
      row: volatile === true ? 'add-column-volatile-default' : 'add-column',
      setup: host.setup,
      sql: `ALTER TABLE ${host.table} ADD COLUMN made_c ${type}${nullness} DEFAULT ${expression}`,
      ...(from === undefined ? {} : { from }),
    })),
  ).filter(({ sql }) => !/NOT NULL DEFAULT CASE/.test(sql));
}

function constraintCases({ table, setup, partitioned }: Host): readonly ImpactCase[] {
  const add = (row: string, form: string, from?: number): ImpactCase => ({
    row,
    setup,
    sql: `ALTER TABLE ${table} ADD CONSTRAINT made_con ${form}`,
    ...(from === undefined ? {} : { from }),
  });
  const unique = table === 't' ? '(a)' : '(k, a)';
  return [
    add('add-check', 'CHECK (a > 0)'),
    add('add-check', 'CHECK (a IS NOT NULL)'),
    add('add-check-not-valid', 'CHECK (a > 0) NOT VALID'),
    add('add-check-not-enforced', 'CHECK (a > 0) NOT ENFORCED', 18),
    add('add-not-null', 'NOT NULL a', 18),
    add('add-not-null-not-valid', 'NOT NULL a NOT VALID', 18),
    add('add-foreign-key', 'FOREIGN KEY (a) REFERENCES par (id)'),
    add('add-foreign-key', 'FOREIGN KEY (a) REFERENCES par (id) ON DELETE CASCADE'),
    add('add-foreign-key-not-valid', 'FOREIGN KEY (a) REFERENCES par (id) NOT VALID', partitioned ? 18 : undefined),
    ...(partitioned
      ? []
      : [add('add-foreign-key-not-enforced', 'FOREIGN KEY (a) REFERENCES par (id) NOT ENFORCED', 18)]),
    add('add-unique', `UNIQUE ${unique}`),
    add('add-unique', `UNIQUE ${unique} DEFERRABLE INITIALLY DEFERRED`),
  ];
}

/** Forms that any table takes; what they do to partitions and children differs. */
const FORMS: readonly (readonly [row: string, form: string, from?: number])[] = [
  ['drop-column', 'DROP COLUMN b'],
  ['drop-column-missing', 'DROP COLUMN IF EXISTS nothing'],
  ['rename-column', 'RENAME COLUMN b TO bb'],
  ['column-type-free', 'ALTER COLUMN b TYPE varchar(80)'],
  ['column-type-rewrite', 'ALTER COLUMN b TYPE varchar(10)'],
  ['column-type-rewrite', 'ALTER COLUMN b TYPE text USING upper(b)'],
  ['set-not-null-scan', 'ALTER COLUMN a SET NOT NULL'],
  ['drop-not-null', 'ALTER COLUMN b DROP NOT NULL'],
  ['set-default', 'ALTER COLUMN a SET DEFAULT 5'],
  ['drop-default', 'ALTER COLUMN a DROP DEFAULT'],
  ['set-statistics', 'ALTER COLUMN a SET STATISTICS 100'],
  ['set-column-parameters', 'ALTER COLUMN a SET (n_distinct = 5)'],
  ['set-column-parameters', 'ALTER COLUMN a RESET (n_distinct)'],
  ['set-storage', 'ALTER COLUMN b SET STORAGE EXTERNAL'],
  ['set-storage', 'ALTER COLUMN b SET COMPRESSION pglz', 14],
  ['set-owner', 'OWNER TO CURRENT_USER'],
  ['set-row-security', 'ENABLE ROW LEVEL SECURITY'],
  ['set-row-security', 'NO FORCE ROW LEVEL SECURITY'],
  ['set-replica-identity', 'REPLICA IDENTITY FULL'],
  ['set-replica-identity', 'REPLICA IDENTITY NOTHING'],
  ['set-trigger', 'DISABLE TRIGGER ALL'],
  ['set-trigger', 'ENABLE TRIGGER USER'],
  ['drop-constraint', 'DROP CONSTRAINT IF EXISTS nothing'],
  ['rename-table', 'RENAME TO renamed'],
];

function formCases({ table, setup, partition }: Host): readonly ImpactCase[] {
  const all = FORMS.map(([row, form, from]) => ({
    row,
    setup,
    sql: `ALTER TABLE ${table} ${form}`,
    ...(from === undefined ? {} : { from }),
  }));
  return partition === true ? all.filter(({ sql }) => !/ (DROP|RENAME|TYPE) (COLUMN|b|varchar|text)/.test(sql)) : all;
}

/** Every default, every constraint and every simple form on every kind of table. */
export const GENERATED_CASES: readonly ImpactCase[] = HOSTS.flatMap((host) => [
  ...(host.partition === true ? [] : defaultCases(host)),
  ...constraintCases(host),
  ...formCases(host),
]);
