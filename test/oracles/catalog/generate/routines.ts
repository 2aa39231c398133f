import type { Routine, Table } from '#core/schema/catalog.ts';
import type { DataType } from '#core/schema/types.ts';
import { executes } from './others.ts';
import { rowType } from './types.ts';
import {
  behaviour,
  newName,
  objects,
  q,
  someColumn,
  someTable,
  tableName,
  tables,
  types,
  type World,
  written,
} from './world.ts';

const NAMES = ['f', 'g', 'My Fn'];
const ARGUMENTS = [
  '',
  'integer',
  'text',
  'integer, integer',
  'integer, text',
  'integer[]',
  'VARIADIC integer[]',
  'x integer DEFAULT 1, OUT y text',
  "x integer, y text DEFAULT 'a'",
  "INOUT x text DEFAULT 'a'",
];

export function createRoutine(world: World): string {
  const { draw, major } = world;
  const name = `${draw.maybe(0.2, `${q(draw.pick(['public', 'app']))}.`)}${q(draw.pick(NAMES))}`;
  const own = types(world).filter(({ form }) => form !== 'base' && form !== 'range');
  const type = draw.chance(0.1)
    ? rowType(world)
    : own.length > 0 && draw.chance(0.4)
      ? written(world, draw.pick(own).name) + draw.maybe(0.2, '[]')
      : undefined;
  const args = type ?? draw.pick(ARGUMENTS);
  const replace = draw.maybe(0.4, 'OR REPLACE ');
  const roll = draw.below(14);
  if (roll < 1) return `CREATE ${replace}PROCEDURE ${name}(${args.replace(/, OUT.*/, '')}) LANGUAGE sql AS 'SELECT 1'`;
  if (roll < 2) return `CREATE AGGREGATE ${name}(integer) (sfunc = ${someSum(world)}, stype = integer)`;
  const returns = args.includes('OUT ') ? '' : ` RETURNS ${type !== undefined && draw.chance(0.3) ? type : 'integer'}`;
  if (roll < 8 && major >= 14 && !args.includes('OUT ') && !/RETURNS [^i]/.test(returns))
    return `CREATE ${replace}FUNCTION ${name}(${args})${returns} LANGUAGE sql ${body(world)}`;
  return `CREATE ${replace}FUNCTION ${name}(${args})${returns} LANGUAGE plpgsql IMMUTABLE AS 'BEGIN END'`;
}

function someSum(world: World): string {
  const sums = routines(world).filter(({ argTypes }) => argTypes.length === 2);
  return sums.length === 0 || world.draw.chance(0.5) ? 'int4pl' : written(world, world.draw.pick(sums).name);
}

/** What the server keeps as it keeps a view. */
function body(world: World): string {
  const { draw } = world;
  const table = someTable(world, ({ columns }) => columns.length > 0);
  const value = condition(world, undefined);
  if (table === undefined || draw.chance(0.3)) return `RETURN CASE WHEN ${value} THEN 1 END`;
  const column = q(someColumn(world, table));
  const select = `SELECT count(*)::integer FROM ${written(world, table.name)} t WHERE t.${column} IS NULL AND ${value}`;
  return `BEGIN ATOMIC ${draw.maybe(0.2, `DELETE FROM ${written(world, table.name)}; `)}${select}; END`;
}

export function changeRoutine(world: World): string | undefined {
  const { draw } = world;
  const all = routines(world);
  if (all.length === 0) return undefined;
  const [routine = draw.pick(all), second] = draw.some(all, 2);
  const word = routine.aggregate
    ? 'AGGREGATE'
    : routine.procedure
      ? 'PROCEDURE'
      : draw.pick(['FUNCTION', 'FUNCTION', 'FUNCTION', 'ROUTINE', 'PROCEDURE']);
  const name = routine.aggregate || draw.chance(0.8) ? signature(world, routine) : written(world, routine.name);
  const roll = draw.below(10);
  if (roll < 2) return `ALTER ${word} ${name} RENAME TO ${q(draw.pick(NAMES))}`;
  if (roll < 3) return `ALTER ${word} ${name} SET SCHEMA ${q(draw.pick(['public', 'app']))}`;
  if (roll < 4 && !routine.aggregate)
    return `ALTER ${word} ${name} ${routine.procedure ? 'OWNER TO CURRENT_USER' : draw.pick(['STABLE', 'VOLATILE', 'OWNER TO CURRENT_USER', 'COST 5'])}`;
  const more = second === undefined ? '' : draw.maybe(0.2, `, ${signature(world, second)}`);
  return `DROP ${word} ${draw.maybe(0.1, 'IF EXISTS ')}${name}${more}${behaviour(world)}`;
}

function signature(world: World, { name, argTypes }: Routine): string {
  return `${written(world, name)}(${argTypes.map((type) => typeText(world, type)).join(', ')})`;
}

/** Functions, procedures and aggregates. */
export function routines(world: World): readonly Routine[] {
  return objects(world).filter((each) => each.kind === 'routine');
}

/** A call that the schema alone resolves, of a value; nothing where there is none. */
function call(world: World): string | undefined {
  const all = routines(world);
  const callable = all.filter(
    ({ procedure, aggregate, returns, variadic }) =>
      !procedure && aggregate !== true && variadic === undefined && returns.every((type) => type.name !== 'trigger'),
  );
  if (callable.length === 0) return undefined;
  const routine = world.draw.pick(callable);
  return `${written(world, routine.name)}(${routine.argTypes.map((type) => `NULL::${typeText(world, type)}`).join(', ')})`;
}

/** A condition that names functions, types and columns of one table, if there is one. */
export function condition(world: World, columns: readonly string[] | undefined, row = ''): string {
  const { draw } = world;
  const called = draw.chance(0.5) ? call(world) : undefined;
  const own = types(world).filter(({ form }) => form !== 'base');
  const type = draw.chance(0.08)
    ? rowType(world)
    : own.length > 0 && draw.chance(0.4)
      ? written(world, draw.pick(own).name)
      : undefined;
  const column = columns === undefined || columns.length === 0 ? undefined : draw.pick(columns);
  const parts = [
    ...(called === undefined ? [] : [`${called} IS NULL`]),
    ...(type === undefined ? [] : [`NULL::${type} IS NULL`]),
    ...(column === undefined ? [] : [`${row}${q(column)} IS NOT NULL`]),
  ];
  return parts.length === 0 ? 'true' : `(${parts.join(draw.pick([' AND ', ' OR ']))})`;
}

/** Expressions that give an index column a name, and some that do not. */
function labelled({ draw }: World, columns: readonly string[]): string {
  const [column, other] = [q(draw.pick(columns)), q(draw.pick(columns))];
  return draw.pick([
    `num_nulls(${column}, ${other})`,
    `coalesce(${column}, ${column})`,
    `nullif(${column}, ${column})`,
    `greatest(${column}, ${column}) IS NULL`,
    `CASE WHEN ${column} IS NULL THEN 1 ELSE 2 END`,
    `ARRAY[${column} IS NULL]`,
    `(${column} IS NULL)::text`,
    `(${column} IS NULL)::integer::text`,
    `num_nonnulls(${column}) + 1`,
  ]);
}

export function nameInTable(world: World): string | undefined {
  const { draw } = world;
  const table = someTable(world, ({ columns }) => columns.length > 0);
  if (table === undefined) return undefined;
  const name = tableName(world, table);
  const columns = table.columns.map((each) => each.name);
  const roll = draw.below(10);
  if (roll < 3)
    return `ALTER TABLE ${name} ADD ${draw.maybe(0.5, `CONSTRAINT ${q(`k${draw.below(9)}`)} `)}CHECK (${condition(world, columns)})`;
  if (roll < 5) return `ALTER TABLE ${name} ADD ${q(`n${draw.below(9)}`)} integer DEFAULT ${call(world) ?? '1'}`;
  if (roll < 6)
    return `ALTER TABLE ${name} ADD ${q(`n${draw.below(9)}`)} boolean GENERATED ALWAYS AS (${condition(world, columns)}) STORED`;
  if (roll < 8)
    return `CREATE INDEX ON ${name} ((${draw.chance(0.5) ? condition(world, columns) : labelled(world, columns)}))${draw.maybe(0.4, ` WHERE ${condition(world, columns)}`)}`;
  return `CREATE VIEW ${newName(world)} AS SELECT ${q(draw.pick(columns))}, ${condition(world, columns)} AS held FROM ${name}`;
}

const POLICIES = ['pol', 'Pol 2'];

export function policy(world: World): string | undefined {
  const { draw } = world;
  const table = someTable(world, ({ columns }) => columns.length > 0);
  if (table === undefined) return undefined;
  const with_ = someTable(world, ({ policies }) => policies.length > 0);
  const old = with_?.policies[0];
  const using = draw.maybe(0.8, ` USING (${looking(world, table)})`);
  const check = draw.maybe(0.4, ` WITH CHECK (${looking(world, table)})`);
  const roll = draw.below(10);
  if (roll < 5 || with_ === undefined || old === undefined)
    return `CREATE POLICY ${q(draw.pick(POLICIES))} ON ${tableName(world, table)}${using}${check}`;
  const on = `${q(old.name)} ON ${tableName(world, with_)}`;
  if (roll < 6) return `ALTER POLICY ${on} USING (${looking(world, with_)})`;
  if (roll < 7) return `ALTER POLICY ${on} WITH CHECK (${looking(world, with_)})`;
  if (roll < 8) return `ALTER POLICY ${on} RENAME TO ${q(draw.pick(POLICIES))}`;
  return `DROP POLICY ${draw.maybe(0.2, 'IF EXISTS ')}${on}`;
}

/** Of the table's own columns and of another table. */
function looking(world: World, table: Table): string {
  const { draw } = world;
  const own = condition(
    world,
    table.columns.map(({ name }) => name),
  );
  const other = someTable(world, ({ columns }) => columns.length > 0);
  if (other === undefined || draw.chance(0.6)) return own;
  return `${own} AND EXISTS (SELECT 1 FROM ${written(world, other.name)} o WHERE o.${q(someColumn(world, other))} IS NULL)`;
}

export function rule(world: World): string | undefined {
  const { draw } = world;
  const owner = someTable(world, ({ columns }) => columns.length > 0);
  const other = someTable(world, ({ columns }) => columns.length > 0);
  if (owner === undefined || other === undefined) return undefined;
  const ruled = someTable(world, ({ rules }) => rules.length > 0);
  const old = ruled?.rules[0];
  const roll = draw.below(10);
  if (roll < 6 || ruled === undefined || old === undefined) {
    const event = draw.pick(['INSERT', 'UPDATE', 'DELETE']);
    const row = event === 'DELETE' ? 'OLD.' : 'NEW.';
    const where = draw.maybe(
      0.5,
      ` WHERE ${condition(
        world,
        owner.columns.map(({ name }) => name),
        row,
      )}`,
    );
    const column = q(someColumn(world, other));
    const action = draw.pick([
      'INSTEAD NOTHING',
      `ALSO DELETE FROM ${written(world, other.name)} o WHERE o.${column} IS NULL`,
      `ALSO UPDATE ${written(world, other.name)} SET ${column} = DEFAULT`,
      `ALSO DELETE FROM ${written(world, other.name)} o WHERE o.${column} IS NULL AND ${row}${q(someColumn(world, owner))} IS NULL`,
      `ALSO INSERT INTO ${written(world, other.name)} (${column}) SELECT o.${column} FROM ${written(world, other.name)} o WHERE ${row}${q(someColumn(world, owner))} IS NULL`,
      `ALSO INSERT INTO ${written(world, other.name)} VALUES (${draw.pick(['DEFAULT', 'DEFAULT, DEFAULT'])})`,
      `ALSO INSERT INTO ${written(world, other.name)} DEFAULT VALUES`,
      `ALSO SELECT ${draw.pick([`${row}*`, `count(${row}${q(someColumn(world, owner))})`])}`,
    ]);
    return `CREATE ${draw.maybe(0.3, 'OR REPLACE ')}RULE ${q(draw.pick(['ru', 'Ru 2']))} AS ON ${event} TO ${tableName(world, owner)}${where} DO ${action}`;
  }
  if (roll < 7)
    return `ALTER RULE ${q(old.name)} ON ${tableName(world, ruled)} RENAME TO ${q(draw.pick(['ru', 'Ru 3']))}`;
  return `DROP RULE ${draw.maybe(0.2, 'IF EXISTS ')}${q(old.name)} ON ${tableName(world, ruled)}${behaviour(world)}`;
}

export function triggerWhen(world: World): string | undefined {
  const { draw } = world;
  const table = someTable(world, ({ columns }) => columns.length > 0);
  const fns = routines(world).filter(({ returns }) => returns.some(({ name }) => name === 'trigger'));
  if (table === undefined || fns.length === 0) return undefined;
  const columns = table.columns.filter(({ generated }) => generated === undefined).map(({ name }) => name);
  return `CREATE TRIGGER ${q(draw.pick(['tr1', 'tr4']))} AFTER INSERT OR UPDATE ON ${tableName(world, table)} FOR EACH ROW WHEN (${condition(world, columns, 'NEW.')}) ${executes(world, draw.pick(fns))}`;
}

export function typedTable(world: World): string | undefined {
  const own = types(world).filter(({ form }) => form === 'composite');
  if (own.length === 0 || tables(world).length > 8) return undefined;
  const { draw } = world;
  const typed = someTable(world, ({ ofType }) => ofType !== undefined);
  if (typed !== undefined && draw.chance(0.4)) return `ALTER TABLE ${tableName(world, typed)} NOT OF`;
  const type = draw.pick(own);
  const like = someTable(
    world,
    ({ columns, ofType }) =>
      ofType === undefined &&
      columns.length === type.attributes.length &&
      columns.every(({ name }, nth) => name === type.attributes[nth]?.name),
  );
  if (like !== undefined && draw.chance(0.6))
    return `ALTER TABLE ${tableName(world, like)} OF ${written(world, type.name)}`;
  const names = type.attributes.map(({ name }) => q(name));
  const [first] = names;
  const more =
    first === undefined
      ? ''
      : draw.maybe(0.3, ` (${first} ${draw.pick(['NOT NULL', 'UNIQUE', 'WITH OPTIONS DEFAULT NULL'])})`);
  return `CREATE TABLE ${newName(world)} OF ${written(world, type.name)}${more}`;
}

function typeText(world: World, type: DataType): string {
  const brackets = '[]'.repeat(type.array > 0 ? 1 : 0);
  return type.schema === undefined ? type.text : written(world, { schema: type.schema, name: type.name }) + brackets;
}
