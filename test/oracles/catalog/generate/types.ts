import { q, RELATIONS, TYPES, tables, types, views, type World, written } from './world.ts';

/** A type to write, and literals or calls that fit it as a default. */
export interface WrittenType {
  readonly text: string;
  readonly defaults: readonly string[];
}

const BUILT_IN: readonly WrittenType[] = [
  { text: 'integer', defaults: ['0', '-1', '1 + 2', 'NULL'] },
  { text: 'integer', defaults: ['7'] },
  { text: 'bigint', defaults: ['42'] },
  { text: 'smallint', defaults: ['1'] },
  { text: 'text', defaults: ["'x'", "'a' || 'b'", 'current_user'] },
  { text: 'text', defaults: ["''"] },
  { text: 'varchar(20)', defaults: ["'y'::varchar", 'NULL'] },
  { text: 'varchar', defaults: ["'y'"] },
  { text: 'character varying(7)[]', defaults: ["'{}'"] },
  { text: 'char', defaults: ["'c'"] },
  { text: 'char(3)', defaults: ["'abc'"] },
  { text: '"char"', defaults: ["'c'"] },
  { text: 'numeric(10, 2)', defaults: ['1.5'] },
  { text: 'decimal(5)', defaults: ['3'] },
  { text: 'numeric', defaults: ['0'] },
  { text: 'boolean', defaults: ['true', '(NOT true)'] },
  { text: 'timestamptz', defaults: ['now()', 'CURRENT_TIMESTAMP'] },
  { text: 'timestamp(3)', defaults: ['now()'] },
  { text: 'timestamp(0) with time zone', defaults: ['clock_timestamp()'] },
  { text: 'time with time zone', defaults: [] },
  { text: 'date', defaults: ['CURRENT_DATE', "'2020-01-01'"] },
  { text: 'interval', defaults: ["'1 day'"] },
  { text: 'interval(3)', defaults: [] },
  { text: 'interval day to second(2)', defaults: [] },
  { text: 'uuid', defaults: ["'00000000-0000-0000-0000-000000000000'"] },
  { text: 'jsonb', defaults: ["'{}'"] },
  { text: 'json', defaults: ["'[]'"] },
  { text: 'bytea', defaults: [] },
  { text: 'int[]', defaults: ["'{}'", 'ARRAY[1, 2]'] },
  { text: 'text[][]', defaults: [] },
  { text: 'int[3]', defaults: [] },
  { text: 'int ARRAY', defaults: [] },
  { text: 'double precision', defaults: ['0'] },
  { text: 'float(10)', defaults: ['random()'] },
  { text: 'real', defaults: [] },
  { text: 'bit(4)', defaults: [] },
  { text: 'bit varying(8)', defaults: [] },
  { text: 'inet', defaults: [] },
  { text: 'int4range', defaults: [] },
  { text: 'tsvector', defaults: [] },
  { text: 'pg_catalog.int8', defaults: [] },
  { text: 'money', defaults: [] },
];

export function someType(world: World): WrittenType {
  const { draw } = world;
  const own = types(world).filter(({ form }) => form !== 'base');
  if (draw.chance(0.03)) return { text: rowType(world) ?? 'integer', defaults: [] };
  if (own.length === 0 || draw.chance(0.8)) return draw.pick(BUILT_IN);
  const type = draw.pick(own);
  const label = type.form === 'enum' ? type.values.map(({ name }) => `'${name.replaceAll("'", "''")}'`) : [];
  return {
    text: written(world, type.name) + draw.maybe(0.15, '[]'),
    defaults: [],
    ...(label.length > 0 && draw.chance(0.1) ? { defaults: label } : {}),
  };
}

/** Of a table or a view. */
export function rowType(world: World): string | undefined {
  const rows = [...tables(world), ...views(world)];
  return rows.length === 0 ? undefined : written(world, world.draw.pick(rows).name) + world.draw.maybe(0.2, '[]');
}

const LABELS = ['new', 'open', 'done', 'Very Done', "it''s", 'x'];

export function createType(world: World): string {
  const { draw } = world;
  const name = typeName(world);
  const roll = draw.below(10);
  if (roll < 4)
    return `CREATE TYPE ${name} AS ENUM (${draw
      .some(LABELS, 4)
      .map((each) => `'${each}'`)
      .join(', ')})`;
  if (roll < 6) return `CREATE TYPE ${name} AS (x integer, y ${someType(world).text})`;
  if (roll < 7) return `CREATE TYPE ${name} AS RANGE (subtype = float8)`;
  const base = draw.pick(['integer', 'text', 'varchar(30)', 'numeric(8, 2)', 'text[]']);
  const forbids = draw.maybe(0.3, `${draw.maybe(0.4, ' CONSTRAINT dn')} NOT NULL`);
  return `CREATE DOMAIN ${name} AS ${base}${forbids}${draw.maybe(0.4, ' CHECK (VALUE IS NOT NULL)')}`;
}

function typeName(world: World): string {
  const { draw } = world;
  return `${draw.maybe(0.3, `${q(draw.pick(['public', 'app', 'pg_temp']))}.`)}${q(draw.chance(0.1) ? draw.pick(RELATIONS) : draw.pick(TYPES) + draw.maybe(0.5, String(draw.below(5))))}`;
}

export function changeType(world: World): string | undefined {
  const { draw } = world;
  const own = types(world);
  if (own.length === 0) return undefined;
  const type = draw.pick(own);
  const name = written(world, type.name);
  const word = type.form === 'domain' ? 'DOMAIN' : 'TYPE';
  const roll = draw.below(12);
  if (roll < 2)
    return `ALTER ${word} ${name} RENAME TO ${q(draw.chance(0.15) ? draw.pick([...RELATIONS, ...TYPES]) : `kind${draw.below(30)}`)}`;
  if (roll < 3) return `ALTER ${word} ${name} SET SCHEMA ${q(draw.pick(['public', 'app']))}`;
  if (roll < 4) return `DROP ${word} ${draw.maybe(0.3, 'IF EXISTS ')}${name}${draw.pick(['', '', ' CASCADE'])}`;
  switch (type.form) {
    case 'enum': {
      const labels = type.values.map((value) => value.name.replaceAll("'", "''"));
      const at =
        labels.length > 0 ? draw.pick(['', ` BEFORE '${draw.pick(labels)}'`, ` AFTER '${draw.pick(labels)}'`]) : '';
      if (labels.length > 0 && draw.chance(0.25))
        return `ALTER TYPE ${name} RENAME VALUE '${draw.pick(labels)}' TO 'l${draw.below(50)}'`;
      return `ALTER TYPE ${name} ADD VALUE ${draw.maybe(0.3, 'IF NOT EXISTS ')}'${draw.chance(0.2) ? draw.pick(LABELS) : `l${draw.below(50)}`}'${at}`;
    }
    case 'domain':
      return `ALTER DOMAIN ${name} ${draw.pick(['SET NOT NULL', 'DROP NOT NULL', 'ADD CONSTRAINT dc CHECK (VALUE IS NOT NULL)', 'DROP CONSTRAINT dc', 'DROP CONSTRAINT IF EXISTS dc', 'SET DEFAULT NULL', 'ADD CHECK (true) NOT VALID', 'RENAME CONSTRAINT dc TO dd', ...(world.major >= 17 ? ['ADD CONSTRAINT dn NOT NULL', 'ADD NOT NULL', 'DROP CONSTRAINT dn', 'RENAME CONSTRAINT dn TO dm'] : [])])}`;
    case 'composite':
      return `ALTER TYPE ${name} ${draw.pick(['ADD ATTRIBUTE z integer', 'DROP ATTRIBUTE y', 'ALTER ATTRIBUTE x TYPE bigint', 'RENAME ATTRIBUTE x TO w', `ADD ATTRIBUTE a${draw.below(3)} ${someType(world).text}, DROP ATTRIBUTE IF EXISTS x`])}${draw.maybe(0.4, ' CASCADE')}`;
    case 'range':
    case 'base':
      return undefined;
    default: {
      const never: never = type.form;
      return never;
    }
  }
}
