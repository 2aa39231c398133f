import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BenchMigration {
  readonly name: string;
  readonly text: string;
  readonly statements: number;
}

/**
 * A generated Flyway history with the mix of statements that public PostgreSQL histories have
 * (shared facts, "SQL migrations in the wild"): about four statements a file, mostly indexes, tables, columns and
 * seed rows. The same seed gives the same files on every machine.
 */
export function* benchMigrations(count: number): Generator<BenchMigration, void> {
  const random = generator(20261124);
  const state: State = { tables: [], next: 1, random };
  for (let version = 1; version <= count; version += 1) {
    const sql = Array.from({ length: 1 + Math.floor(random() * 7) }, () => statement(state));
    const text = `-- Migration ${version}\n${sql.join('\n\n')}\n`;
    yield { name: `V${version}__step_${version}.sql`, text, statements: sql.length };
  }
}

export function writeBenchProject(
  folder: string,
  migrations: number,
  made: (count: number) => Iterable<BenchMigration> = benchMigrations,
): { readonly statements: number; readonly bytes: number } {
  rmSync(folder, { recursive: true, force: true });
  const target = join(folder, 'db', 'migration');
  mkdirSync(target, { recursive: true });
  let statements = 0;
  let bytes = 0;
  for (const each of made(migrations)) {
    statements += each.statements;
    bytes += each.text.length;
    writeFileSync(join(target, each.name), each.text);
  }
  return { statements, bytes };
}

interface Table {
  readonly name: string;
  readonly columns: string[];
}

interface State {
  readonly tables: Table[];
  next: number;
  readonly random: () => number;
}

/** mulberry32: small, seeded, the same everywhere. */
export function generator(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const types = [
  'bigint',
  'integer',
  'text',
  'varchar(80)',
  'numeric(12, 2)',
  'timestamptz',
  'boolean',
  'jsonb',
  'uuid',
  'date',
];

function statement(state: State): string {
  const roll = state.random() * 100;
  if (state.tables.length < 5 || roll < 9) return createTable(state);
  const table = pick(state, state.tables);
  const column = pick(state, table.columns);
  const id = state.next++;
  if (roll < 28) return `CREATE INDEX idx_${table.name}_${id} ON ${table.name} (${column});`;
  if (roll < 36) return `CREATE UNIQUE INDEX uq_${table.name}_${id} ON ${table.name} (id, ${column});`;
  if (roll < 56) return addColumn(state, table, `c${id}`);
  if (roll < 63) return dropColumn(table, column);
  if (roll < 68)
    return `ALTER TABLE ${table.name} ADD CONSTRAINT fk_${table.name}_${id} FOREIGN KEY (id) REFERENCES ${pick(state, state.tables).name} (id);`;
  if (roll < 71) return `ALTER TABLE ${table.name} ALTER COLUMN ${column} SET NOT NULL;`;
  if (roll < 74) return `ALTER TABLE ${table.name} ALTER COLUMN ${column} DROP NOT NULL;`;
  if (roll < 77) return `ALTER TABLE ${table.name} ALTER COLUMN ${column} TYPE text USING ${column}::text;`;
  if (roll < 79)
    return `COMMENT ON COLUMN ${table.name}.${column} IS 'Column ${column} of ${table.name}, version ${id}';`;
  if (roll < 84) return `UPDATE ${table.name} SET ${column} = ${column} WHERE id BETWEEN ${id} AND ${id + 100};`;
  if (roll < 86) return `DELETE FROM ${table.name} WHERE id = ${id};`;
  return insertRows(state, table);
}

function createTable(state: State): string {
  const name = `t${state.next++}`;
  const columns = Array.from({ length: 3 + Math.floor(state.random() * 6) }, (_, index) => `c${state.next + index}`);
  state.next += columns.length;
  state.tables.push({ name, columns });
  const parent = state.tables.length > 3 && state.random() < 0.4 ? pick(state, state.tables).name : undefined;
  const lines = ['  id bigserial PRIMARY KEY', ...columns.map((column) => `  ${column} ${pick(state, types)}`)];
  if (parent !== undefined) lines.push(`  parent_id bigint REFERENCES ${parent} (id)`);
  return `CREATE TABLE ${name} (\n${lines.join(',\n')}\n);`;
}

function addColumn(state: State, table: Table, name: string): string {
  table.columns.push(name);
  const rest = state.random() < 0.35 ? " NOT NULL DEFAULT ''" : '';
  return `ALTER TABLE ${table.name} ADD COLUMN ${name} ${rest === '' ? pick(state, types) : 'text'}${rest};`;
}

function dropColumn(table: Table, column: string): string {
  if (table.columns.length < 3) return `ANALYZE ${table.name};`;
  table.columns.splice(table.columns.indexOf(column), 1);
  return `ALTER TABLE ${table.name} DROP COLUMN ${column};`;
}

function insertRows(state: State, table: Table): string {
  const rows = Array.from({ length: 1 + Math.floor(state.random() * 12) }, (_, index) => `  (${state.next + index})`);
  state.next += rows.length;
  return `INSERT INTO ${table.name} (id) VALUES\n${rows.join(',\n')};`;
}

function pick<T>(state: State, items: readonly T[]): T {
  const item = items[Math.floor(state.random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
