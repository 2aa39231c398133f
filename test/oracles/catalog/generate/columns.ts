import type { Table } from '#core/schema/catalog.ts';
import { someType } from './types.ts';
import { columnList, q, tables, type World, written } from './world.ts';

/** `name type ...`: a column of every kind. `others` are those beside it, for generated ones. */
export function columnDefinition(world: World, name: string, others: readonly string[]): string {
  const { draw, major } = world;
  const roll = draw.below(20);
  if (roll < 2)
    return `${q(name)} ${draw.pick(['serial', 'bigserial', 'smallserial'])}${draw.maybe(0.4, ' PRIMARY KEY')}`;
  if (roll < 4)
    return `${q(name)} ${draw.pick(['integer', 'bigint'])} GENERATED ${draw.pick(['ALWAYS', 'BY DEFAULT'])} AS IDENTITY${draw.maybe(0.3, ' PRIMARY KEY')}`;
  if (roll < 5 && others.length > 0)
    return `${q(name)} boolean GENERATED ALWAYS AS (${q(draw.pick(others))} IS NULL) ${major >= 18 && draw.chance(0.4) ? 'VIRTUAL' : 'STORED'}`;
  const type = someType(world);
  const standard = type.defaults.length > 0 && draw.chance(0.3) ? ` DEFAULT ${draw.pick(type.defaults)}` : '';
  const collation =
    /^(text|varchar)/.test(type.text) && draw.chance(0.15)
      ? ` COLLATE ${draw.pick(['"C"', 'pg_catalog."POSIX"', '"default"'])}`
      : '';
  const constraints = [
    draw.maybe(
      0.25,
      `${draw.maybe(0.2, `CONSTRAINT ${q(`${name}_nn`)} `)}NOT NULL${major >= 18 ? draw.maybe(0.1, ' NO INHERIT') : ''}`,
    ),
    draw.maybe(0.08, 'NULL'),
    draw.maybe(0.08, 'UNIQUE'),
    draw.maybe(0.06, 'PRIMARY KEY'),
    draw.maybe(0.12, `${draw.maybe(0.3, `CONSTRAINT ${q(`ck_${name}`)} `)}CHECK (${check(world, [name, ...others])})`),
    draw.maybe(0.1, inlineReference(world)),
  ].filter((each) => each !== '');
  return `${q(name)} ${type.text}${collation}${standard}${constraints.length === 0 ? '' : ` ${constraints.join(' ')}`}`;
}

/** A condition that holds columns of any type. */
export function check({ draw }: World, columns: readonly string[]): string {
  const [a, b] = draw.some(columns, 2);
  if (a === undefined) return 'true';
  if (b === undefined) return draw.pick([`${q(a)} IS NOT NULL`, `num_nulls(${q(a)}, ${q(a)}) < 2`]);
  return draw.pick([
    `${q(a)} IS NOT NULL OR ${q(b)} IS NULL`,
    `${q(a)} IS NOT NULL AND ${q(b)} IS NOT NULL`,
    `num_nulls(${q(a)}, ${q(b)}) < 2`,
  ]);
}

function inlineReference(world: World): string {
  const target = keyed(world);
  return target === undefined ? '' : `REFERENCES ${written(world, target.name)}${actions(world)}`;
}

/** Before 15 the server loses sight of keys within one family: partitions go beneath them, and leave some to themselves behind. */
function keyed(world: World, own?: Table): Table | undefined {
  const family = ({ name }: Table) =>
    own !== undefined && (name === own.name || own.partitionOf?.parent === `rel:${name.schema}.${name.name}`);
  const found = tables(world).filter(
    (each) => each.constraints.some(({ kind }) => kind === 'primary-key') && !(world.major < 15 && family(each)),
  );
  return found.length === 0 ? undefined : world.draw.pick(found);
}

export function actions({ draw }: World): string {
  const all = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'];
  return `${draw.maybe(0.3, ` ON DELETE ${draw.pick(all)}`)}${draw.maybe(0.2, ` ON UPDATE ${draw.pick(all)}`)}${draw.pick(['', '', '', ' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED', ' NOT DEFERRABLE'])}`;
}

/** A constraint of a table with these columns. `standing`: it is added to a table that stands, where more is possible. */
export function tableConstraint(world: World, columns: readonly string[], table?: Table): string {
  const { draw, major } = world;
  const name = draw.maybe(0.45, `CONSTRAINT ${q(draw.pick(['c1', 'c2', 'my_key', 'The Key', `k${draw.below(60)}`]))} `);
  const roll = draw.below(major >= 18 ? 14 : 12);
  const some = draw.some(columns, 2);
  const include = draw.maybe(0.15, ` INCLUDE ${columnList(draw.some(columns, 1))}`);
  const deferrable = draw.pick(['', '', '', ' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED']);
  if (roll < 2) return `${name}PRIMARY KEY ${columnList(some)}${include}${deferrable}`;
  if (roll < 5)
    return `${name}UNIQUE ${major >= 15 && draw.chance(0.2) ? 'NULLS NOT DISTINCT ' : ''}${columnList(some)}${include}${deferrable}`;
  if (roll < 8) return `${name}CHECK (${check(world, columns)})${draw.maybe(0.08, ' NO INHERIT')}${left(world, table)}`;
  if (roll < 9)
    return `${name}EXCLUDE USING ${draw.pick(['btree', 'btree', 'hash'])} (${q(some[0] ?? 'a')} WITH =)${draw.maybe(0.2, ` WHERE (${check(world, columns)})`)}${deferrable}`;
  if (roll >= 12 && some[0] !== undefined)
    return (
      notNull(world, some[0]) +
      draw.maybe(0.15, ' NO INHERIT') +
      (table === undefined ? '' : draw.maybe(0.3, ' NOT VALID'))
    );
  return foreignKey(world, name, table, columns);
}

/** Of 18 and later. */
export function notNull({ draw }: World, column: string): string {
  return `${draw.maybe(0.5, `CONSTRAINT ${q(draw.pick(['c1', `${column}_nn`, `nn${draw.below(30)}`]))} `)}NOT NULL ${q(column)}`;
}

function foreignKey(world: World, name: string, table: Table | undefined, columns: readonly string[]): string {
  const { draw } = world;
  const target = keyed(world, table);
  const key = target?.constraints.filter(({ kind }) => kind === 'primary-key' || kind === 'unique');
  const chosen = key === undefined || key.length === 0 ? undefined : draw.pick(key);
  if (target === undefined || chosen === undefined || columns.length === 0) return `${name}CHECK (true)`;
  const typeOf = (column: string) => target.columns.find((each) => each.name === column)?.type.name;
  const own = chosen.columns.map((column) => {
    const fits = (table?.columns ?? []).filter(({ type }) => type.name === typeOf(column)).map((each) => each.name);
    return draw.pick(fits.length > 0 ? fits : columns);
  });
  const to = chosen.kind === 'primary-key' && draw.chance(0.5) ? '' : ` ${columnList(chosen.columns)}`;
  return `${name}FOREIGN KEY ${columnList(own)} REFERENCES ${written(world, target.name)}${to}${actions(world)}${left(world, table)}`;
}

/** For later, or for good. */
function left({ draw, major }: World, table: Table | undefined): string {
  return major >= 18 && draw.chance(0.15) ? ' NOT ENFORCED' : table === undefined ? '' : draw.maybe(0.3, ' NOT VALID');
}
