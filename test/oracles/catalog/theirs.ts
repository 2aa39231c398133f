import type { Client } from 'pg';
import { type Facts, line } from './facts.ts';
import { queriesAt } from './queries.ts';

/** The schema as the server's own catalog has it. Prepared once per session; no answer depends on the search path. */
export async function serverFacts(client: Client, major: number): Promise<Facts> {
  const facts = new Map<string, string>();
  for (const [name, text] of Object.entries(queriesAt(major))) {
    const { rows } = await client.query<Row>({ name, text });
    const fields = FIELDS[name as keyof ReturnType<typeof queriesAt>];
    for (const row of rows) facts.set(String(row.fact), line(fields(row)));
  }
  return facts;
}

type Row = Readonly<Record<string, unknown>>;
type Fields = Parameters<typeof line>[0];

const FIELDS: Readonly<Record<keyof ReturnType<typeof queriesAt>, (row: Row) => Fields>> = {
  schemas: () => ({}),
  tables: (row) => ({
    strategy: text(row.strategy),
    keys: list(row.keys),
    parent: text(row.parent),
    default: row.is_default === true,
    bound: text(row.bound)?.replaceAll("'", ''),
    inherits: list(row.inherits),
    rowSecurity: row.row_security === true,
    forced: row.forced === true,
    identity: text(row.identity),
  }),
  policies: (row) => ({ restrictive: row.restrictive === true }),
  publications: (row) => ({
    all: row.all_tables === true,
    schemas: list(row.schemas),
    tables: list(row.tables),
    operations: list(row.operations),
  }),
  privileges: (row) => ({ of: list(row.of) }),
  columns: (row) => ({
    at: Number(row.at),
    type: text(row.type),
    notNull: row.not_null === true,
    default: row.has_default === true,
    identity: text(row.identity),
    generated: text(row.generated),
    collation: text(row.collation),
    inherited: row.inherited === true,
  }),
  constraints: (row) => ({
    kind: text(row.kind),
    columns: list(row.columns),
    references: text(row.target),
    to: list(row.target_columns),
    onDelete: text(row.on_delete),
    onUpdate: text(row.on_update),
    validated: row.validated === true,
    notEnforced: row.enforced === false,
    deferrable: row.deferrable === true,
    deferred: row.deferred === true,
    index: text(row.index),
    noInherit: row.no_inherit === true,
    local: row.local === true,
    inherited: row.inherited === true,
  }),
  indexes: (row) => ({
    on: text(row.table_name),
    unique: row.is_unique === true,
    method: text(row.method),
    keys: list(row.keys),
    includes: list(row.includes),
    partial: row.is_partial === true,
    nullsNotDistinct: row.nulls_not_distinct === true,
    valid: row.valid === true,
  }),
  views: (row) => ({
    materialized: row.materialized === true,
    unpopulated: row.unpopulated === true,
    columns: list(row.columns),
    options: list(row.options),
  }),
  outputs: (row) => ({ type: text(row.type) }),
  reads: (row) => ({ columns: list(row.columns) }),
  sequences: (row) => ({ ownedBy: text(row.owned_by) }),
  types: (row) => ({
    form: text(row.form),
    values: list(row.labels),
    base: text(row.base),
    notNull: row.not_null === true,
    checks: list(row.checks),
    constrained: row.constrained === true,
    attributes: list(row.attributes),
  }),
  statistics: (row) => ({
    on: text(row.owner),
    columns: list(row.columns),
    expressions: Number(row.expressions) > 0 && Number(row.expressions),
    kinds: list(row.kinds),
    target: typeof row.target === 'number' && row.target >= 0 ? row.target : undefined,
  }),
  triggers: (row) => ({ fn: text(row.fn), enabled: row.enabled === true, columns: list(row.columns) }),
  routines: (row) => ({
    kind: text(row.kind),
    defaults: Number(row.defaults) > 0 && Number(row.defaults),
    variadic: row.variadic === true,
    volatility: text(row.volatility),
  }),
  rules: () => ({}),
  looks: (row) => ({ columns: list(row.columns) }),
  uses: () => ({}),
};

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
