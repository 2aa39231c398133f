import type { Routine, Statistics, Table, View } from '#core/schema/catalog.ts';
import { check } from './columns.ts';
import { hidingName } from './tables.ts';
import {
  behaviour,
  columnList,
  freshColumn,
  indexes,
  newBareName,
  newName,
  objects,
  q,
  SCHEMAS,
  sequences,
  someColumn,
  someTable,
  tableName,
  tables,
  views,
  type World,
  written,
} from './world.ts';

export function createIndex(world: World): string | undefined {
  const { draw, major } = world;
  const stored: readonly (Table | View)[] = [
    ...tables(world),
    ...views(world).filter(({ materialized }) => materialized),
  ];
  const owner = stored.length === 0 ? undefined : draw.pick(stored);
  if (owner === undefined || owner.columns.length === 0) return undefined;
  const all = owner.columns.map((each) => (typeof each === 'string' ? each : each.name));
  const method = draw.pick(['', '', '', '', ' USING btree', ' USING hash', ' USING brin']);
  const order = () => (method === '' ? draw.pick(['', '', '', ' DESC', ' NULLS FIRST', ' DESC NULLS LAST']) : '');
  const keys = draw
    .some(all, method === ' USING hash' ? 1 : 3)
    .map((name) => (draw.chance(0.15) ? `(${q(name)} IS NULL)` : q(name) + operators(world, owner, name)) + order());
  const include = method === '' ? draw.maybe(0.15, ` INCLUDE ${columnList(draw.some(all, 2))}`) : '';
  const distinct = major >= 15 ? draw.maybe(0.08, ' NULLS NOT DISTINCT') : '';
  const where = draw.maybe(0.2, ` WHERE ${check(world, all)}`);
  const named = draw.chance(0.5);
  const name = named ? ` ${draw.maybe(0.15, 'IF NOT EXISTS ')}${q(`ix_${draw.below(80)}`)}` : '';
  const on = `${draw.maybe(0.1, 'ONLY ')}${owner.kind === 'table' ? tableName(world, owner) : written(world, owner.name)}`;
  return `CREATE ${draw.maybe(0.25, 'UNIQUE ')}INDEX${draw.maybe(0.1, ' CONCURRENTLY')}${name} ON ${on}${method} (${keys.join(', ')})${include}${distinct}${where}`;
}

/** A collation or operators other than the type's own. */
function operators({ draw }: World, owner: Table | View, name: string): string {
  const type = owner.kind === 'table' ? owner.columns.find((each) => each.name === name)?.type : undefined;
  if (type?.array !== 0 || !['text', 'varchar'].includes(type.name)) return '';
  return draw.maybe(0.3, ' COLLATE "C"') + draw.maybe(0.6, ` ${type.name}_pattern_ops`);
}

export function changeIndex(world: World): string | undefined {
  const { draw } = world;
  const all = indexes(world);
  if (all.length === 0) return undefined;
  const index = draw.pick(all);
  const name = written(world, index.name);
  const roll = draw.below(10);
  if (roll < 4) return `ALTER INDEX ${draw.maybe(0.1, 'IF EXISTS ')}${name} RENAME TO ${q(`ix_${draw.below(80)}`)}`;
  if (roll < 5) return `ALTER INDEX ${name} SET (fillfactor = 80)`;
  if (roll < 6) {
    const other = draw.pick(all);
    return `ALTER INDEX ${name} ATTACH PARTITION ${written(world, other.name)}`;
  }
  return `DROP INDEX ${draw.maybe(0.2, 'IF EXISTS ')}${name}${behaviour(world)}`;
}

export function createView(world: World): string | undefined {
  const { draw } = world;
  const readable: readonly (Table | View)[] = [...tables(world), ...views(world)].filter(
    ({ columns }) => columns.length > 0,
  );
  if (readable.length === 0) return undefined;
  const first = draw.pick(readable);
  const old = draw.chance(0.25) ? views(world).find(({ materialized }) => !materialized) : undefined;
  if (old !== undefined) return replaceView(world, old, first);
  const name = newName(world);
  const head = draw.pick([
    'CREATE VIEW',
    'CREATE VIEW',
    'CREATE OR REPLACE VIEW',
    'CREATE MATERIALIZED VIEW',
    'CREATE TEMP VIEW',
  ]);
  const into = head === 'CREATE TEMP VIEW' ? hidingName(world) : name;
  const options = head === 'CREATE MATERIALIZED VIEW' ? '' : draw.maybe(0.15, ' WITH (security_barrier = true)');
  return `${head} ${into}${options} AS ${draw.chance(0.25) ? join(world, first, draw.pick(readable)) : select(world, first)}`;
}

/** With columns of the same names, which may be of other types. */
function replaceView(world: World, old: View, from: Table | View): string {
  const { draw } = world;
  const values = old.columns.map((name) => {
    const column = q(draw.pick(namesOf(from)));
    const value = draw.pick([
      column,
      column,
      `t.${column}`,
      `${column}::text`,
      '1',
      "'x'",
      `${column} IS NULL`,
      'now()',
    ]);
    return `${value} AS ${q(name)}`;
  });
  return `CREATE OR REPLACE VIEW ${written(world, old.name)} AS SELECT ${values.join(', ')} FROM ${written(world, from.name)} t`;
}

function select(world: World, from: Table | View): string {
  const { draw } = world;
  const all = namesOf(from);
  const table = written(world, from.name);
  const where = draw.maybe(0.3, ` WHERE ${check(world, all)}`);
  const roll = draw.below(10);
  if (roll < 2) return `SELECT * FROM ${table}${where}`;
  if (roll < 3) return `SELECT count(*) AS n FROM ${table}${where}`;
  if (roll < 4) return `SELECT t.*, 1 AS one FROM ${table} t`;
  if (roll < 5) return `WITH part AS (SELECT ${draw.some(all, 2).map(q).join(', ')} FROM ${table}) SELECT * FROM part`;
  const some = draw.some(all, 3).map((name) => `${q(name)}${draw.maybe(0.2, ` AS ${q(`out_${name}`)}`)}`);
  return `SELECT ${some.join(', ')} FROM ${table}${where}`;
}

function join(world: World, left: Table | View, right: Table | View): string {
  const { draw } = world;
  const condition = `l.${q(draw.pick(namesOf(left)))} IS NULL OR r.${q(draw.pick(namesOf(right)))} IS NULL`;
  const bare = draw.pick(namesOf(left));
  const own = !namesOf(right).includes(bare) && draw.chance(0.5) ? q(bare) : `l.${q(bare)}`;
  return `SELECT ${own} AS x, r.${q(draw.pick(namesOf(right)))} AS y FROM ${written(world, left.name)} l JOIN ${written(world, right.name)} r ON ${condition}`;
}

function namesOf({ columns }: Table | View): readonly string[] {
  return columns.map((each) => (typeof each === 'string' ? each : each.name));
}

export function changeView(world: World): string | undefined {
  const { draw } = world;
  const all = views(world);
  if (all.length === 0) return undefined;
  const view = draw.pick(all);
  const name = written(world, view.name);
  const word = view.materialized ? 'MATERIALIZED VIEW' : 'VIEW';
  const roll = draw.below(10);
  if (roll < 3) return `ALTER ${word} ${name} RENAME TO ${newBareName(world)}`;
  if (roll < 4) return `ALTER ${word} ${name} SET SCHEMA ${q(draw.pick(SCHEMAS))}`;
  if (roll < 5 && view.columns.length > 0)
    return `ALTER ${word} ${name} RENAME COLUMN ${q(draw.pick(view.columns))} TO ${q(freshColumn(world, view.columns))}`;
  if (roll < 6 && !view.materialized)
    return `ALTER VIEW ${name} ${draw.pick(['SET (security_barrier = false)', 'SET (security_barrier)', 'RESET (security_barrier)'])}`;
  if (roll < 7 && view.materialized) return `REFRESH MATERIALIZED VIEW ${name}`;
  return `DROP ${word} ${draw.maybe(0.2, 'IF EXISTS ')}${name}${behaviour(world)}`;
}

export function createSequence(world: World): string | undefined {
  const { draw } = world;
  const table = someTable(world);
  const owned =
    table === undefined
      ? ''
      : draw.maybe(0.4, ` OWNED BY ${written(world, table.name)}.${q(someColumn(world, table))}`);
  const temporary = draw.chance(0.1);
  return `CREATE ${temporary ? 'TEMP ' : ''}SEQUENCE ${draw.maybe(0.15, 'IF NOT EXISTS ')}${temporary ? hidingName(world) : newName(world)}${owned}`;
}

export function changeSequence(world: World): string | undefined {
  const { draw } = world;
  const all = sequences(world);
  if (all.length === 0) return undefined;
  const sequence = draw.pick(all);
  const name = written(world, sequence.name);
  const table = someTable(world, ({ name: { schema } }) => schema === sequence.name.schema);
  const roll = draw.below(12);
  if (roll < 3) return `ALTER SEQUENCE ${name} RENAME TO ${q(`seq_${draw.below(60)}`)}`;
  if (roll < 4) return `ALTER SEQUENCE ${name} SET SCHEMA ${q(draw.pick(SCHEMAS))}`;
  if (roll < 7 && table !== undefined)
    return `ALTER SEQUENCE ${name} OWNED BY ${draw.chance(0.2) ? 'NONE' : `${written(world, table.name)}.${q(someColumn(world, table))}`}`;
  if (roll < 8) return `ALTER SEQUENCE ${name} RESTART WITH 5`;
  if (roll < 10 && table !== undefined)
    return `ALTER TABLE ${written(world, table.name)} ALTER ${q(someColumn(world, table))} SET DEFAULT nextval('${name.replaceAll("'", "''")}')`;
  return `DROP SEQUENCE ${draw.maybe(0.2, 'IF EXISTS ')}${name}${behaviour(world)}`;
}

export function createTrigger(world: World): string | undefined {
  const { draw } = world;
  const fns = [...world.catalog.objects].flatMap(([, object]) =>
    object.kind === 'routine' && object.returns.some(({ name }) => name === 'trigger') ? [object] : [],
  );
  const triggered = someTable(world, ({ triggers }) => triggers.length > 0);
  const table = draw.chance(0.5) ? (triggered ?? someTable(world)) : someTable(world);
  if (fns.length === 0 || table === undefined) return createFunction(world);
  const trigger = q(draw.pick(['tr1', 'tr2', 'Audit']));
  const seen = views(world).filter(({ materialized }) => !materialized);
  if (seen.length > 0 && draw.chance(0.25)) return viewTrigger(world, draw.pick(seen), trigger, draw.pick(fns));
  const of =
    table.columns.length > 0
      ? draw.maybe(
          0.3,
          ` OF ${draw
            .some(
              table.columns.map(({ name }) => q(name)),
              2,
            )
            .join(', ')}`,
        )
      : '';
  const event = draw.pick(['INSERT', 'DELETE', `UPDATE${of}`, `INSERT OR UPDATE${of}`]);
  const roll = draw.below(10);
  if (roll < 4 || table.triggers.length === 0)
    return `CREATE TRIGGER ${trigger} ${draw.pick(['BEFORE', 'AFTER'])} ${event} ON ${tableName(world, table)} FOR EACH ${draw.pick(['ROW', 'ROW', 'STATEMENT'])} ${executes(world, draw.pick(fns))}`;
  const old = q(draw.pick(table.triggers).name);
  if (roll < 8) return `ALTER TRIGGER ${old} ON ${tableName(world, table)} RENAME TO ${q(`tr${draw.below(9)}`)}`;
  return `DROP TRIGGER ${draw.maybe(0.2, 'IF EXISTS ')}${old} ON ${tableName(world, table)}`;
}

/** The word was another one before 11. */
export function executes(world: World, fn: Routine): string {
  return `EXECUTE ${world.major < 11 ? 'PROCEDURE' : 'FUNCTION'} ${written(world, fn.name)}()`;
}

function viewTrigger(world: World, view: View, trigger: string, fn: Routine): string {
  const { draw } = world;
  const name = written(world, view.name);
  const [old] = view.triggers;
  if (old !== undefined && draw.chance(0.4))
    return draw.pick([
      `DROP TRIGGER ${draw.maybe(0.2, 'IF EXISTS ')}${q(old.name)} ON ${name}`,
      `ALTER TRIGGER ${q(old.name)} ON ${name} RENAME TO ${q(`tr${draw.below(9)}`)}`,
    ]);
  const event = draw.pick(['INSERT', 'UPDATE', 'INSERT OR DELETE']);
  const when = draw.pick([`INSTEAD OF ${event}`, `INSTEAD OF ${event}`, `AFTER ${event}`]);
  const each = when.startsWith('INSTEAD') ? 'ROW' : 'STATEMENT';
  return `CREATE TRIGGER ${trigger} ${when} ON ${name} FOR EACH ${each} ${executes(world, fn)}`;
}

export function createFunction(world: World): string {
  const { draw } = world;
  const name = `${draw.maybe(0.3, `${q(draw.pick(['public', 'app']))}.`)}${q(draw.pick(['touch', 'audit', 'My Fn']))}`;
  if (draw.chance(0.2)) return `DROP FUNCTION ${draw.maybe(0.3, 'IF EXISTS ')}${name}()${behaviour(world)}`;
  return `CREATE ${draw.maybe(0.4, 'OR REPLACE ')}FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`;
}

export function statistics(world: World): string | undefined {
  const { draw, major } = world;
  const known = objects(world).filter((each): each is Statistics => each.kind === 'statistics');
  const roll = draw.below(10);
  if (known.length > 0 && roll < 4) {
    const name = written(world, draw.pick(known).name);
    if (roll < 1) return `ALTER STATISTICS ${name} RENAME TO ${q(draw.pick(['st', 'St 2', 'st3']))}`;
    if (roll < 2) return `ALTER STATISTICS ${name} SET SCHEMA ${q(draw.pick(SCHEMAS))}`;
    if (roll < 3 && major >= 13) return `ALTER STATISTICS ${name} SET STATISTICS ${draw.pick([-1, 0, 100])}`;
    return `DROP STATISTICS ${draw.maybe(0.2, 'IF EXISTS ')}${name}`;
  }
  const table = someTable(world, ({ columns }) => columns.length > 1);
  if (table === undefined) return undefined;
  const all = table.columns.map(({ name }) => name);
  const columns = draw.some(all, 3).map(q);
  const computed = major >= 14 ? draw.some(all, 2).map((name) => `(${q(name)} IS NULL)`) : [];
  const on = computed.length > 0 && draw.chance(0.3) ? draw.some([...columns, ...computed], 4) : columns;
  const free = major >= 16 && draw.chance(0.4);
  const name = free
    ? ''
    : `${draw.maybe(0.2, 'IF NOT EXISTS ')}${draw.maybe(0.2, 'public.')}${q(draw.pick(['st', 'St 2', 'st3', 'st4']))} `;
  const kinds = draw.maybe(
    0.3,
    `(${draw.some(['ndistinct', 'dependencies', ...(major >= 12 ? ['mcv'] : [])], 2).join(', ')}) `,
  );
  return `CREATE STATISTICS ${name}${on.length > 1 ? kinds : ''}ON ${on.join(', ')} FROM ${written(world, table.name)}`;
}

export function schema(world: World): string {
  const { draw } = world;
  const name = q(draw.pick(['app', 'Other One', 'extra']));
  const roll = draw.below(10);
  if (roll < 5) return `CREATE SCHEMA ${draw.maybe(0.4, 'IF NOT EXISTS ')}${name}`;
  if (roll < 6) return `DROP SCHEMA ${draw.maybe(0.3, 'IF EXISTS ')}${name}${draw.pick(['', '', ' CASCADE'])}`;
  const paths = [
    ['public'],
    ['app'],
    ['app', 'public'],
    ['Other One', 'public'],
    ['public', 'app'],
    ['public', 'pg_temp'],
  ];
  // A schema that no migration makes is taken to exist: the server would pass it over.
  const possible = paths.filter((path) =>
    path.every((each) => each === 'public' || each === 'pg_temp' || world.catalog.objects.has(`schema:${each}`)),
  );
  return `SET search_path TO ${draw.pick(possible).map(q).join(', ')}`;
}
