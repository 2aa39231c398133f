import { type BenchMigration, generator } from './bench-project.ts';

/**
 * A generated Flyway history of one schema that everything hangs together in: 100 tables, every fifth of them partitioned,
 * views over tables and over views, and migrations that go on changing all of these. The same seed gives the same files.
 */
export function* denseMigrations(count: number): Generator<BenchMigration, void> {
  const state: State = { tables: [], views: [], next: 1, random: generator(20261128) };
  for (let version = 1; version <= count; version += 1) {
    const sql = version <= most.tables ? beginning(state, version) : changes(state);
    yield { name: `V${version}__step_${version}.sql`, text: `${sql.join('\n\n')}\n`, statements: sql.length };
  }
}

const most = { tables: 100, views: 80 };

interface Table {
  readonly name: string;
  readonly columns: string[];
  /** Months that have a partition; undefined: not partitioned. */
  partitions: number | undefined;
}

interface View {
  readonly name: string;
  readonly from: string;
  readonly items: string[];
}

interface State {
  readonly tables: Table[];
  readonly views: View[];
  next: number;
  readonly random: () => number;
}

function beginning(state: State, nth: number): readonly string[] {
  const columns = Array.from({ length: 4 }, (_, index) => `c${index + 1}`);
  const parent = state.tables.find(({ partitions }) => partitions === undefined)?.name;
  const table: Table = { name: `t${nth}`, columns: ['id', ...columns], partitions: nth % 5 === 0 ? 0 : undefined };
  state.tables.push(table);
  const lines = columns.map((column) => `  ${column} text`);
  if (table.partitions !== undefined) {
    const head = `CREATE TABLE ${table.name} (\n  id bigint NOT NULL,\n  day date NOT NULL,\n${lines.join(',\n')},\n  PRIMARY KEY (id, day)\n) PARTITION BY RANGE (day);`;
    return [head, ...Array.from({ length: 4 }, () => addPartition(table))];
  }
  if (parent !== undefined) lines.push(`  parent bigint REFERENCES ${parent} (id)`);
  const head = `CREATE TABLE ${table.name} (\n  id bigint PRIMARY KEY,\n${lines.join(',\n')}\n);`;
  return [head, `CREATE INDEX ${table.name}_c1 ON ${table.name} (c1);`, ...(nth % 3 === 0 ? [createView(state)] : [])];
}

function changes(state: State): readonly string[] {
  return Array.from({ length: 1 + Math.floor(state.random() * 6) }, () => change(state));
}

function change(state: State): string {
  const roll = state.random() * 100;
  const table = pick(state, state.tables);
  const { name } = table;
  const column = pick(state, table.columns);
  const id = state.next++;
  if (roll < 25) return addColumn(table, `n${id}`);
  if (roll < 40) return `CREATE INDEX i${id} ON ${name} (${column}, id);`;
  if (roll < 50) return createView(state);
  if (roll < 65) return widenView(state);
  if (roll < 73)
    return addPartition(
      pick(
        state,
        state.tables.filter(({ partitions }) => partitions !== undefined),
      ),
    );
  if (roll < 78) return `ALTER TABLE ${name} ADD CONSTRAINT k${id} CHECK (id > ${-id}) NOT VALID;`;
  if (roll < 84) return `UPDATE ${name} SET c1 = c2 WHERE id = ${id};`;
  if (roll < 90) return `COMMENT ON COLUMN ${name}.${column} IS 'Version ${id}';`;
  if (roll < 95) return `ALTER TABLE ${name} ALTER COLUMN c3 SET DEFAULT 'v${id}';`;
  return `ALTER TABLE ${name} ALTER COLUMN c4 ${id % 2 === 0 ? 'SET' : 'DROP'} NOT NULL;`;
}

function addColumn(table: Table, column: string): string {
  table.columns.push(column);
  return `ALTER TABLE ${table.name} ADD COLUMN ${column} text;`;
}

/** Twelve months a year, from 2000 on. */
function addPartition(table: Table): string {
  const month = (nth: number) => `${2000 + Math.floor(nth / 12)}-${String((nth % 12) + 1).padStart(2, '0')}-01`;
  const nth = table.partitions ?? 0;
  table.partitions = nth + 1;
  return `CREATE TABLE ${table.name}_p${nth} PARTITION OF ${table.name} FOR VALUES FROM ('${month(nth)}') TO ('${month(nth + 1)}');`;
}

/** Every third view is over another view. */
function createView(state: State): string {
  if (state.views.length >= most.views) return widenView(state);
  const nth = state.views.length + 1;
  const below = nth % 3 === 0 ? state.views.at(-1) : undefined;
  const [a, b] = [pick(state, state.tables), pick(state, state.tables)];
  const view: View =
    below === undefined
      ? { name: `v${nth}`, from: `${a.name} a JOIN ${b.name} b ON a.id = b.id`, items: ['a.id', 'b.c1'] }
      : { name: `v${nth}`, from: `${below.name} a JOIN ${b.name} b ON a.id = b.id`, items: ['a.id', 'b.c2'] };
  state.views.push(view);
  return sqlOf('CREATE VIEW', view);
}

/** One more column at the end: views over it stay as they are. */
function widenView(state: State): string {
  const view = pick(state, state.views);
  view.items.push(`b.c3 AS x${state.next++}`);
  return sqlOf('CREATE OR REPLACE VIEW', view);
}

function sqlOf(verb: string, { name, items, from }: View): string {
  return `${verb} ${name} AS SELECT ${items.join(', ')} FROM ${from};`;
}

function pick<T>(state: State, items: readonly T[]): T {
  const item = items[Math.floor(state.random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
