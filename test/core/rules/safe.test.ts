import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAll, engine, snapshot } from '../support/engine.ts';

/** What others warn of although it is safe, as a careful team writes it: nothing but hints may be said of it, in no preset. */

const GIVEN = `
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, code varchar(50), plain varchar, total numeric(10,2), span interval(3), addr cidr, bits varbit(8), n int, at timestamp, note text, CONSTRAINT note_set CHECK (note IS NOT NULL));
CREATE INDEX orders_code ON orders (code);
CREATE DOMAIN anything AS int;
CREATE TABLE bare (k bigint NOT NULL);
CREATE UNIQUE INDEX bare_k ON bare (k);
CREATE TABLE parts (k int NOT NULL) PARTITION BY RANGE (k);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
`;

interface Safe {
  readonly sql: string;
  /** How a column is declared is a matter of taste, which `strict` has: nothing else may be said. */
  readonly taste?: true;
  /** Migrations of the same release before and behind it. */
  readonly before?: string;
  readonly behind?: string;
}

const key =
  'ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer) REFERENCES customers (id) NOT VALID';
const index = 'CREATE INDEX CONCURRENTLY orders_customer_idx ON orders (customer)';
const fresh = 'CREATE TABLE fresh (id bigint, customer bigint NOT NULL, n int);';
const onFresh =
  'CREATE INDEX fresh_n ON fresh (n); CREATE INDEX fresh_customer ON fresh (customer); ALTER TABLE fresh ADD PRIMARY KEY (id); ALTER TABLE fresh ADD CHECK (n > 0); ALTER TABLE fresh ADD FOREIGN KEY (customer) REFERENCES customers';

const safe: readonly Safe[] = [
  { sql: 'ALTER TABLE orders ADD COLUMN made timestamptz NOT NULL DEFAULT now()' },
  { sql: 'ALTER TABLE orders ADD COLUMN c int NOT NULL DEFAULT 0' },
  { sql: 'ALTER TABLE orders ALTER COLUMN code TYPE varchar(100)' },
  { sql: 'ALTER TABLE orders ALTER COLUMN code TYPE text' },
  { sql: 'ALTER TABLE orders ALTER COLUMN code TYPE varchar' },
  { sql: 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2)' },
  { sql: 'ALTER TABLE orders ALTER COLUMN total TYPE numeric' },
  { sql: 'ALTER TABLE orders ALTER COLUMN span TYPE interval(6)' },
  { sql: 'ALTER TABLE orders ALTER COLUMN span TYPE interval' },
  { sql: 'ALTER TABLE orders ALTER COLUMN addr TYPE inet' },
  { sql: 'ALTER TABLE orders ALTER COLUMN n TYPE oid' },
  { sql: 'ALTER TABLE orders ALTER COLUMN bits TYPE varbit(16)' },
  { sql: 'ALTER TABLE orders ALTER COLUMN n TYPE anything' },
  { sql: 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL' },
  { sql: `${fresh} ${onFresh}` },
  { before: fresh, sql: onFresh },
  {
    sql: 'ALTER TABLE orders ADD COLUMN other bigint REFERENCES customers',
    behind: 'CREATE INDEX CONCURRENTLY orders_other ON orders (other)',
  },
  { sql: 'ALTER TABLE bare ADD PRIMARY KEY USING INDEX bare_k' },
  { before: index, sql: key, behind: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_customer' },
  { before: 'CREATE INDEX CONCURRENTLY gone ON orders (n)', sql: 'DROP INDEX gone' },
  { before: 'ALTER TABLE orders ADD COLUMN gone int', sql: 'ALTER TABLE orders DROP COLUMN gone' },
  { before: `${index};;${key}`, sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_customer' },
  { sql: 'ALTER TABLE orders ALTER COLUMN n SET DEFAULT random()' },
  { sql: 'CREATE TABLE counted (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial)', taste: true },
  { sql: 'ALTER TABLE parts DETACH PARTITION parts_1 CONCURRENTLY' },
  { sql: 'REINDEX INDEX CONCURRENTLY orders_code' },
];

function said({ sql, taste, before, behind }: Safe, preset: string): readonly string[] {
  const files = [...(before?.split(';;') ?? []), sql, ...(behind === undefined ? [] : [behind])];
  const isOutside = (text: string) => /CONCURRENTLY/.test(text);
  const pending = Object.fromEntries(
    files.flatMap((text, nth) => [
      [
        `V${nth + 2}__m.sql`,
        isOutside(text)
          ? `SET lock_timeout = '2s';\n${text};\nRESET lock_timeout;\n`
          : `SET LOCAL lock_timeout = '2s';\n${text};\n`,
      ],
      ...(isOutside(text) ? [[`V${nth + 2}__m.sql.conf`, 'executeInTransaction=false\n'] as const] : []),
    ]),
  );
  const other = {
    'schemaward.yaml': `version: 1\nrules:\n  preset: ${preset}\n`,
    'flyway.conf': 'flyway.locations=filesystem:db/migration\nflyway.postgresql.transactional.lock=false\n',
  };
  const made = snapshot({ released: { 'V1__given.sql': GIVEN }, pending, other, version: 18 });
  const path = `V${(before?.split(';;').length ?? 0) + 2}__m.sql`;
  return checkAll(engine(), made)
    .findings.filter(
      (each) =>
        each.path.endsWith(`/${path}`) && each.severity !== 'hint' && !(taste && each.rule.startsWith('design/')),
    )
    .map(({ severity, rule, messageId }) => `${severity} ${rule}/${messageId}`);
}

for (const preset of ['minimal', 'recommended', 'strict'])
  describe(`what is safe, in the preset ${preset}`, () => {
    for (const each of safe) test(each.sql, () => assert.deepEqual(said(each, preset), []));
  });
