import type { Catalog, CatalogObject, Column, Index, Sequence, Table, UserType, View } from '#core/schema/catalog.ts';
import type { QualifiedName } from '#core/schema/names.ts';
import { bytes } from '#core/text/bytes.ts';
import type { Draw } from './draw.ts';

/** What a statement is made from: the schema that the history has made so far, and the choices. */
export interface World {
  readonly draw: Draw;
  readonly catalog: Catalog;
  readonly major: number;
  /** What the history is mostly about: partitions and inheritance, or what names functions and types. */
  readonly focus: 'all' | 'family' | 'names';
}

/** A statement, or nothing where the schema has nothing to make it from. */
export type Maker = (world: World) => string | undefined;

export const SCHEMAS = ['public', 'app', 'Other One'];
export const RELATIONS = ['users', 'orders', 'items', 'parts', 'My Table', 'log_entries', 'a', 'b', 'größe'];
export const TYPES = ['mood', 'state', 'My Type', 'amount', 'pair'];
const COLUMNS = ['id', 'a', 'b', 'c', 'email', 'user_id', 'Total', 'my col', 'created_at', 'status'];

export function q(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

export function columnList(names: readonly string[]): string {
  return `(${names.map(q).join(', ')})`;
}

export function tables(world: World): readonly Table[] {
  return objects(world).filter((each) => each.kind === 'table');
}

export function indexes(world: World): readonly Index[] {
  return objects(world).filter((each) => each.kind === 'index');
}

export function views(world: World): readonly View[] {
  return objects(world).filter((each) => each.kind === 'view');
}

export function sequences(world: World): readonly Sequence[] {
  return objects(world).filter((each) => each.kind === 'sequence');
}

export function types(world: World): readonly UserType[] {
  return objects(world).filter((each) => each.kind === 'type');
}

export function objects({ catalog }: World): readonly CatalogObject[] {
  return [...catalog.objects].map(([, object]) => object);
}

/** A name as a statement writes it: with its schema, or bare where the search path could find it. */
export function written({ draw, catalog }: World, { schema, name }: QualifiedName): string {
  const bare =
    (schema === 'pg_temp' && !catalog.searchPath.includes(schema)) ||
    (catalog.searchPath.includes(schema) && draw.chance(0.6));
  const own = q(spelled(draw, name));
  return bare && draw.chance(0.9) ? own : `${q(schema)}.${own}`;
}

/** A name that is as long as one can be may be written longer: the server cuts it. */
function spelled(draw: Draw, name: string): string {
  return name + (bytes(name) > 61 ? draw.maybe(0.3, 'ßtail') : '');
}

/** A table to work on; now and then one that may not exist. */
export function someTable(world: World, wanted: (table: Table) => boolean = () => true): Table | undefined {
  const found = tables(world).filter(wanted);
  return found.length === 0 ? undefined : world.draw.pick(found);
}

/** Its name in a statement; now and then another one. */
export function tableName(world: World, table: Table): string {
  return world.draw.chance(0.02) ? newName(world) : written(world, table.name);
}

export function someColumn(world: World, table: Table, wanted: (column: Column) => boolean = () => true): string {
  const found = table.columns.filter(wanted);
  return found.length === 0 || world.draw.chance(0.03) ? world.draw.pick(COLUMNS) : world.draw.pick(found).name;
}

export function freshColumn({ draw }: World, taken: readonly string[] = []): string {
  const free = COLUMNS.filter((each) => !taken.includes(each));
  return free.length === 0 || draw.chance(0.05) ? draw.pick(COLUMNS) : draw.pick(free);
}

/** A name for something new, mostly free. */
export function newName(world: World): string {
  const { draw, catalog } = world;
  const prefix = draw.chance(0.35) ? `${q(draw.pick(SCHEMAS))}.` : '';
  const taken = new Set([...catalog.objects].map(([, { name }]) => name.name));
  return prefix + q(freshName(draw, taken));
}

/** Without a schema: RENAME TO. */
export function newBareName(world: World): string {
  const taken = new Set([...world.catalog.objects].map(([, { name }]) => name.name));
  return q(freshName(world.draw, taken));
}

function freshName(draw: Draw, taken: ReadonlySet<string>): string {
  if (draw.chance(0.04)) return draw.pick(TYPES);
  const base = draw.pick(RELATIONS);
  if (!taken.has(base) || draw.chance(0.06)) return base;
  const tail = draw.pick(['', '', '_a_rather_long_tail_so_that_made_up_names_are_cut_at_63_bytes', 'ü'.repeat(31)]);
  return `${base}${tail}${1 + draw.below(40)}`;
}

export function behaviour({ draw }: World): string {
  return draw.pick(['', '', ' CASCADE', ' RESTRICT']);
}
