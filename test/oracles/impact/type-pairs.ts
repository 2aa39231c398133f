import type { Client } from 'pg';
import { prepare } from './measure.ts';

/** Types that migrations use, with the modifiers that matter, and made-up domains and enums. */
export const TYPES: readonly string[] = [
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'numeric(8)',
  'numeric(10,2)',
  'numeric(12,2)',
  'numeric(12,3)',
  'real',
  'double precision',
  'text',
  'varchar',
  'varchar(20)',
  'varchar(50)',
  'char(5)',
  'char(10)',
  'bpchar',
  'name',
  '"char"',
  'date',
  'time',
  'time(3)',
  'time(6)',
  'timetz',
  'timetz(3)',
  'timestamp',
  'timestamp(3)',
  'timestamp(6)',
  'timestamptz',
  'timestamptz(3)',
  'interval',
  'interval(3)',
  'interval(6)',
  'interval day to second',
  'interval day to second(3)',
  'interval year',
  'interval year to month',
  'boolean',
  'uuid',
  'json',
  'jsonb',
  'xml',
  'bytea',
  'inet',
  'cidr',
  'macaddr',
  'macaddr8',
  'money',
  'oid',
  'regclass',
  'regtype',
  'bit(8)',
  'bit(16)',
  'bit varying',
  'bit varying(8)',
  'bit varying(16)',
  'tsvector',
  'int4range',
  'point',
  'plain',
  'positive',
  'filled',
  'short',
  'nested',
  'mood',
  'pair',
  'integer[]',
  'bigint[]',
  'text[]',
  'varchar[]',
  'varchar(20)[]',
  'varchar(50)[]',
  'numeric(10,2)[]',
  'plain[]',
];

/** Refused before 11. */
const ARRAY_OF_DOMAIN = 'plain[]';

/** The user-defined ones among them, as earlier migrations would have made them. */
export const TYPE_SETUP = `
  CREATE DOMAIN plain AS integer;
  CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
  CREATE DOMAIN filled AS integer NOT NULL;
  CREATE DOMAIN short AS varchar(20);
  CREATE DOMAIN nested AS plain;
  CREATE TYPE mood AS ENUM ('sad', 'ok');
  CREATE TYPE pair AS (a integer, b text);
`;

export interface PairMeasure {
  readonly from: string;
  readonly to: string;
  /** Undefined: PostgreSQL refuses the change. */
  readonly rewritten: boolean | undefined;
  /** With a TimeZone other than UTC. */
  readonly rewrittenElsewhere: boolean | undefined;
  /** An index on the column has a new file; undefined where the type has no index. */
  readonly rebuilt: boolean | undefined;
}

export function tableOf(from: string): string {
  return `ty_${TYPES.indexOf(from)}`;
}

export function setupOf(from: string, indexed: boolean): string {
  const table = tableOf(from);
  const index = indexed ? ` CREATE INDEX ${table}_c ON ${table} (c);` : '';
  return `${TYPE_SETUP}\nCREATE TABLE ${table} (c ${from});${index}`;
}

export function statementOf(from: string, to: string): string {
  return `ALTER TABLE ${tableOf(from)} ALTER COLUMN c TYPE ${to}`;
}

/** Changes a column of every type to every other one, in UTC and elsewhere, without and with an index. */
export async function measurePairs(client: Client, major: number): Promise<readonly PairMeasure[]> {
  const types = TYPES.filter((type) => major >= 11 || type !== ARRAY_OF_DOMAIN);
  await prepare(
    client,
    `${TYPE_SETUP}\n${types.map((from) => `CREATE TABLE ${tableOf(from)} (c ${from});`).join('\n')}`,
  );
  const found: PairMeasure[] = [];
  for (const from of types)
    for (const to of types) {
      const [rewritten] = await renewedBy(client, from, to, 'UTC', false);
      const [rewrittenElsewhere] =
        rewritten === undefined ? [] : await renewedBy(client, from, to, 'Europe/Paris', false);
      const [, rebuilt] = rewritten === undefined ? [] : await renewedBy(client, from, to, 'UTC', true);
      found.push({ from, to, rewritten, rewrittenElsewhere, rebuilt });
    }
  return found;
}

/** Whether the table's file and the index's file change; nothing where PostgreSQL refuses. */
async function renewedBy(
  client: Client,
  from: string,
  to: string,
  zone: string,
  indexed: boolean,
): Promise<readonly (boolean | undefined)[]> {
  const table = tableOf(from);
  const file = `SELECT relfilenode AS file FROM pg_class WHERE relname IN ('${table}', '${table}_c') ORDER BY relname`;
  const index = indexed ? `CREATE INDEX ${table}_c ON ${table} (c);` : 'SELECT 1;';
  try {
    const results = (await client.query(
      `BEGIN; ${index} SET LOCAL TimeZone = '${zone}'; ${file}; ${statementOf(from, to)}; ${file}`,
    )) as unknown as readonly { rows: readonly { file: string }[] }[];
    const [before = [], after = []] = [results[3]?.rows, results[5]?.rows];
    return before.map((row, nth) => row.file !== after[nth]?.file);
  } catch {
    return [];
  } finally {
    await client.query('ROLLBACK');
  }
}
