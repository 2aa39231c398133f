import type { Table } from '#core/schema/catalog.ts';
import { columnDefinition, tableConstraint } from './columns.ts';
import type { Draw } from './draw.ts';
import {
  behaviour,
  columnList,
  freshColumn,
  newBareName,
  newName,
  q,
  SCHEMAS,
  someColumn,
  someTable,
  tableName,
  tables,
  type World,
  written,
} from './world.ts';

export function createTable(world: World): string | undefined {
  const { draw } = world;
  const roll = draw.below(20);
  if (roll < 2) return createPartitioned(world);
  if (roll < 5) return createPartition(world);
  if (roll < 7) return createChild(world);
  if (roll < 9) return createLike(world);
  if (roll < 10) return createAs(world);
  const temporary = draw.maybe(0.1, 'TEMP ');
  const name = temporary === '' ? newName(world) : hidingName(world);
  const { names, definitions } = columns(world, 1 + draw.below(5));
  const constraints = Array.from({ length: draw.below(3) }, () => tableConstraint(world, names));
  const parts = draw.chance(0.2) ? [...constraints, ...definitions] : [...definitions, ...constraints];
  return `CREATE ${temporary}${temporary === '' ? draw.maybe(0.05, 'UNLOGGED ') : ''}TABLE ${draw.maybe(0.1, 'IF NOT EXISTS ')}${name} (${parts.join(', ')})`;
}

/** What is temporary may have the name of another relation, which then is found by its schema only. */
export function hidingName(world: World): string {
  const hidden = someTable(world, ({ name }) => name.schema !== 'pg_temp');
  return hidden !== undefined && world.draw.chance(0.4) ? q(hidden.name.name) : newBareName(world);
}

function columns(world: World, count: number) {
  const names: string[] = [];
  const definitions: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const name = freshColumn(world, names);
    definitions.push(columnDefinition(world, name, names));
    names.push(name);
  }
  return { names, definitions };
}

export function createPartitioned(world: World): string {
  const { draw } = world;
  const { definitions } = columns(world, draw.below(3));
  const key = draw.maybe(
    0.4,
    `, ${draw.pick(['PRIMARY KEY (region)', 'UNIQUE (region)', 'CONSTRAINT pk PRIMARY KEY (region)'])}`,
  );
  const strategy = draw.pick(['RANGE (region)', 'LIST (region)', 'HASH (region)', 'RANGE (region)']);
  const type = draw.pick(['integer', 'integer', 'integer', 'date', 'timestamp', 'text', 'numeric']);
  const [zone, by] =
    key === '' && strategy.startsWith('RANGE') && draw.chance(0.2)
      ? [['zone date'], 'RANGE (region, zone)']
      : [[], strategy];
  return `CREATE TABLE ${newName(world)} (${[`region ${type}`, ...zone, ...definitions].join(', ')}${key}) PARTITION BY ${by}`;
}

function bound(world: World, { partitionBy, columns: all }: Table): string {
  const { draw } = world;
  if (draw.chance(0.15)) return 'DEFAULT';
  const strategy = draw.chance(0.97) ? partitionBy?.strategy : draw.pick(['hash', 'list', 'range']);
  const types = (partitionBy?.keys ?? []).map(
    ({ column }) => all.find(({ name }) => name === column)?.type.name ?? 'int4',
  );
  const row = (at: number, end: string) =>
    `(${types.map((type, i) => (draw.chance(0.06) || (i > 0 && draw.chance(0.3)) ? end : boundValue(draw, type, at))).join(', ')})`;
  const at = draw.below(30);
  if (strategy === 'hash') {
    const modulus = draw.pick([2, 4, 4, 8]);
    return `FOR VALUES WITH (MODULUS ${modulus}, REMAINDER ${draw.below(modulus)})`;
  }
  if (strategy === 'range')
    return `FOR VALUES FROM ${row(at, 'MINVALUE')} TO ${row(at + draw.pick([1, 1, 1, 2, 3, 0]), 'MAXVALUE')}`;
  const values = Array.from({ length: 1 + draw.below(2) }, (_, i) => boundValue(draw, types[0] ?? 'int4', at + i));
  return `FOR VALUES IN (${[...values, ...(draw.chance(0.05) ? ['NULL'] : [])].join(', ')})`;
}

/** The nth value of a type, in its order. */
function boundValue(draw: Draw, type: string, nth: number): string {
  if (type === 'text') return `'k${String(nth).padStart(2, '0')}'`;
  if (type === 'date' || type === 'timestamp')
    return `'${2020 + Math.floor(nth / 12)}-${String((nth % 12) + 1).padStart(2, '0')}-01'`;
  const number = String((nth - 3) * 10);
  return draw.chance(0.15) ? `'${number}'` : number;
}

export function createPartition(world: World): string | undefined {
  const { draw } = world;
  const parent = someTable(world, (table) => table.partitionBy !== undefined);
  if (parent === undefined) return createPartitioned(world);
  const names = parent.columns.map(({ name }) => name);
  const refined = `${q(someColumn(world, parent))} ${draw.pick(['NOT NULL', 'DEFAULT NULL', 'WITH OPTIONS CHECK (true)'])}`;
  const elements = draw.maybe(0.15, ` (${draw.chance(0.3) ? refined : tableConstraint(world, names)})`);
  const nested = draw.maybe(0.15, ` PARTITION BY LIST (region)`);
  return `CREATE TABLE ${newName(world)} PARTITION OF ${tableName(world, parent)}${elements} ${bound(world, parent)}${nested}`;
}

export function createChild(world: World): string | undefined {
  const { draw } = world;
  const parents = draw.some(
    tables(world).filter(({ partitionBy, partitionOf }) => partitionBy === undefined && partitionOf === undefined),
    draw.chance(0.2) ? 2 : 1,
  );
  if (parents.length === 0) return undefined;
  const { definitions } = columns(world, draw.below(3));
  const shared = parents[0]?.columns[0];
  const merged =
    shared !== undefined && draw.chance(0.25)
      ? [`${q(shared.name)} ${shared.type.text}${draw.maybe(0.5, ' NOT NULL')}`]
      : [];
  return `CREATE TABLE ${newName(world)} (${[...merged, ...definitions].join(', ')}) INHERITS (${parents.map(({ name }) => written(world, name)).join(', ')})`;
}

export function createLike(world: World): string | undefined {
  const { draw } = world;
  const source = someTable(world);
  if (source === undefined) return undefined;
  const all = [
    'INCLUDING ALL',
    'INCLUDING STATISTICS',
    'INCLUDING DEFAULTS',
    'INCLUDING CONSTRAINTS',
    'INCLUDING INDEXES',
    'INCLUDING IDENTITY',
    'INCLUDING GENERATED',
    'INCLUDING ALL EXCLUDING INDEXES',
  ];
  const options = draw.chance(0.3) ? '' : ` ${draw.some(all, 2).join(' ')}`;
  const { definitions } = columns(world, draw.below(2));
  return `CREATE TABLE ${newName(world)} (${[`LIKE ${written(world, source.name)}${options}`, ...definitions].join(', ')})`;
}

function createAs(world: World): string | undefined {
  const { draw } = world;
  const source = someTable(world, ({ columns: each }) => each.length > 0);
  if (source === undefined) return undefined;
  const some = draw.some(
    source.columns.map(({ name }) => q(name)),
    3,
  );
  return `CREATE TABLE ${newName(world)} AS SELECT ${some.join(', ')} FROM ${written(world, source.name)}`;
}

export function dropTable(world: World): string | undefined {
  const { draw } = world;
  const found = draw.some(tables(world), draw.chance(0.2) ? 2 : 1);
  if (found.length === 0) return undefined;
  return `DROP TABLE ${draw.maybe(0.25, 'IF EXISTS ')}${found.map((each) => tableName(world, each)).join(', ')}${behaviour(world)}`;
}

export function renameTable(world: World): string | undefined {
  const table = someTable(world);
  return (
    table &&
    `ALTER TABLE ${world.draw.maybe(0.15, 'IF EXISTS ')}${tableName(world, table)} RENAME TO ${newBareName(world)}`
  );
}

export function setSchema(world: World): string | undefined {
  const table = someTable(world);
  return table && `ALTER TABLE ${tableName(world, table)} SET SCHEMA ${q(world.draw.pick(SCHEMAS))}`;
}

export function partitions(world: World): string | undefined {
  const { draw } = world;
  const parent = someTable(world, ({ partitionBy }) => partitionBy !== undefined);
  if (parent === undefined) return undefined;
  const children = tables(world).filter(
    ({ partitionOf }) => partitionOf?.parent === `rel:${parent.name.schema}.${parent.name.name}`,
  );
  if (children.length > 0 && draw.chance(0.5))
    return `ALTER TABLE ${written(world, parent.name)} DETACH PARTITION ${written(world, draw.pick(children).name)}`;
  const alike = someTable(
    world,
    (table) =>
      table.partitionOf === undefined &&
      table.columns.length === parent.columns.length &&
      parent.columns.every((column) =>
        table.columns.some(({ name, type }) => name === column.name && type.text === column.type.text),
      ),
  );
  if (alike === undefined)
    return `CREATE TABLE ${newName(world)} (LIKE ${written(world, parent.name)}${draw.pick(['', ' INCLUDING CONSTRAINTS', ' INCLUDING CONSTRAINTS', ' INCLUDING ALL'])})`;
  return `ALTER TABLE ${written(world, parent.name)} ATTACH PARTITION ${written(world, alike.name)} ${bound(world, parent)}`;
}

export function truncate(world: World): string | undefined {
  const table = someTable(world);
  return (
    table &&
    world.draw.pick([
      `TRUNCATE ${written(world, table.name)}${world.draw.maybe(0.5, ' CASCADE')}`,
      `COMMENT ON TABLE ${written(world, table.name)} IS 'x'`,
      `LOCK TABLE ${written(world, table.name)}`,
      `ANALYZE ${written(world, table.name)} ${columnList(table.columns.slice(0, 1).map(({ name }) => name))}`,
    ])
  );
}
