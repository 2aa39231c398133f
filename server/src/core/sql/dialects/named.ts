import type { Impact } from '../../model/impact.ts';
import type { SchemaSemantics } from '../../schema/semantics.ts';
import type { DataType } from '../../schema/types.ts';
import type { Dialect, Renderer } from '../dialect.ts';
import type { LexicalRules } from '../tokens.ts';

/** SQL as the standard writes it. */
const STANDARD: LexicalRules = {
  dollarQuotes: false,
  backslashEscapes: 'never',
  nestedComments: false,
  hashComments: false,
  backtickNames: false,
  bracketNames: false,
  atomicBodies: false,
  copyData: false,
};

const POSTGRESQL_KIN: LexicalRules = {
  ...STANDARD,
  dollarQuotes: true,
  backslashEscapes: 'e-strings',
  nestedComments: true,
  atomicBodies: true,
};

const MYSQL_KIN: LexicalRules = { ...STANDARD, backslashEscapes: 'always', hashComments: true, backtickNames: true };

interface NamedDialect {
  readonly id: string;
  readonly displayName: string;
  readonly lexical: LexicalRules;
  /** Of names; PostgreSQL's double quote where nothing is said. */
  readonly quotes?: readonly [string, string];
}

/** Nothing is ever applied to a catalog of these dialects. */
const NO_SEMANTICS: SchemaSemantics = {
  defaultSearchPath: ['public'],
  isBuiltIn: () => true,
  constraintName: (_catalog, table) => table.name,
  statisticsName: (_catalog, table) => table.name,
  statisticsKinds: [],
  indexName: (_catalog, table) => table.name,
  indexLabels: ({ includes }) => includes,
  sequenceName: (_catalog, table) => table.name,
  sameType: (a, b) => a.text === b.text,
  habits: {},
};

const NO_IMPACT: Impact = {
  locks: [],
  work: [],
  transaction: 'allowed',
  compat: 'none',
  rollback: 'none',
  evidence: 'derived',
  row: '',
  certain: false,
};

/** Known by name: their scripts are split and ordered, their statements are not examined. */
export const NAMED_DIALECTS: readonly Dialect[] = (
  [
    { id: 'mysql', displayName: 'MySQL', lexical: MYSQL_KIN, quotes: ['`', '`'] },
    { id: 'mariadb', displayName: 'MariaDB', lexical: MYSQL_KIN, quotes: ['`', '`'] },
    { id: 'sqlite', displayName: 'SQLite', lexical: { ...STANDARD, backtickNames: true, bracketNames: true } },
    {
      id: 'sqlserver',
      displayName: 'SQL Server',
      lexical: { ...STANDARD, nestedComments: true, bracketNames: true },
      quotes: ['[', ']'],
    },
    { id: 'oracle', displayName: 'Oracle', lexical: STANDARD },
    { id: 'h2', displayName: 'H2', lexical: { ...STANDARD, dollarQuotes: true, nestedComments: true } },
    { id: 'hsqldb', displayName: 'HSQLDB', lexical: STANDARD },
    { id: 'derby', displayName: 'Derby', lexical: STANDARD },
    { id: 'db2', displayName: 'Db2', lexical: { ...STANDARD, nestedComments: true } },
    { id: 'cockroachdb', displayName: 'CockroachDB', lexical: POSTGRESQL_KIN },
    { id: 'yugabytedb', displayName: 'YugabyteDB', lexical: POSTGRESQL_KIN },
    { id: 'redshift', displayName: 'Redshift', lexical: POSTGRESQL_KIN },
    {
      id: 'snowflake',
      displayName: 'Snowflake',
      lexical: { ...STANDARD, dollarQuotes: true, backslashEscapes: 'always' },
    },
    {
      id: 'clickhouse',
      displayName: 'ClickHouse',
      lexical: { ...STANDARD, backslashEscapes: 'always', backtickNames: true },
    },
    { id: 'firebird', displayName: 'Firebird', lexical: STANDARD },
    { id: 'informix', displayName: 'Informix', lexical: STANDARD },
    { id: 'bigquery', displayName: 'BigQuery', lexical: { ...MYSQL_KIN, dollarQuotes: false } },
    { id: 'spanner', displayName: 'Spanner', lexical: MYSQL_KIN },
  ] satisfies readonly NamedDialect[]
).map(named);

function named({ id, displayName, lexical, quotes = ['"', '"'] }: NamedDialect): Dialect {
  return {
    id,
    displayName,
    lexical,
    versions: { oldest: 0, newest: 0, assumed: 0 },
    semantics: () => NO_SEMANTICS,
    renderer: rendererOf(quotes),
    impact: () => NO_IMPACT,
    impactWords: () => ({ short: '', long: [] }),
  };
}

function rendererOf([open, close]: readonly [string, string]): Renderer {
  return {
    quoteName: (name) =>
      /^[a-z_][a-z0-9_]*$/.test(name) ? name : open + name.replaceAll(close, close + close) + close,
    quoteText: (text) => `'${text.replaceAll("'", "''")}'`,
    typeText: ({ text }: DataType) => text,
    nameLimit: 63,
  };
}
