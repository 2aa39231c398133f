import type { Column, Constraint, Table } from '#core/schema/catalog.ts';
import { check, columnDefinition, tableConstraint } from './columns.ts';
import { someType } from './types.ts';
import { behaviour, freshColumn, q, someColumn, someTable, tableName, type World, written } from './world.ts';

/** ALTER TABLE with one subcommand or several, in any order: the server has its own. */
export function alterTable(world: World): string | undefined {
  const { draw } = world;
  const table = someTable(world);
  if (table === undefined) return undefined;
  const count = draw.chance(0.3) ? 2 + draw.below(3) : 1;
  const drawn = Array.from({ length: count }, () => command(world, table));
  // Version 12 makes one of two equal keys of one ALTER TABLE; later ones make both.
  const commands = world.major < 13 ? drawn.filter((each, i) => !isKey(each) || drawn.findIndex(isKey) === i) : drawn;
  const only = draw.maybe(0.06, 'ONLY ');
  return `ALTER TABLE ${draw.maybe(0.06, 'IF EXISTS ')}${only}${tableName(world, table)} ${commands.join(', ')}`;
}

function isKey(command: string): boolean {
  return /^ADD .*(UNIQUE|PRIMARY KEY|EXCLUDE)/.test(command);
}

function command(world: World, table: Table): string {
  return pickWeighted(world, COMMANDS)(world, table);
}

type Command = (world: World, table: Table) => string;

const COMMANDS: readonly (readonly [weight: number, command: Command])[] = [
  [14, addColumn],
  [
    10,
    (world, table) =>
      `DROP ${world.draw.maybe(0.7, 'COLUMN ')}${world.draw.maybe(0.15, 'IF EXISTS ')}${q(someColumn(world, table))}${behaviour(world)}`,
  ],
  [5, changeType],
  [5, (world, table) => `ALTER ${q(someColumn(world, table))} SET NOT NULL`],
  [5, (world, table) => `ALTER COLUMN ${q(someColumn(world, table, ({ nullable }) => !nullable))} DROP NOT NULL`],
  [4, setDefault],
  [
    3,
    (world, table) => `ALTER ${q(someColumn(world, table, ({ defaultTo }) => defaultTo !== undefined))} DROP DEFAULT`,
  ],
  [3, identity],
  [2, generated],
  [10, (world, table) => `ADD ${tableConstraint(world, names(table), table)}`],
  [3, usingIndex],
  [
    6,
    (world, table) =>
      `DROP CONSTRAINT ${world.draw.maybe(0.2, 'IF EXISTS ')}${q(someConstraint(world, table))}${behaviour(world)}`,
  ],
  [3, (world, table) => `VALIDATE CONSTRAINT ${q(someConstraint(world, table, ({ validated }) => !validated))}`],
  [
    2,
    (world, table) =>
      `ALTER CONSTRAINT ${q(someConstraint(world, table, ({ kind }) => kind === 'foreign-key'))} ${world.draw.pick(['DEFERRABLE', 'NOT DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED', 'INITIALLY DEFERRED'])}`,
  ],
  [3, inheritance],
  [3, notNullConstraint],
  [
    3,
    (world, table) =>
      `${world.draw.pick(['ENABLE', 'DISABLE'])} TRIGGER ${world.draw.pick([...table.triggers.map(({ name }) => q(name)), 'ALL', 'USER'])}`,
  ],
  [
    3,
    (world) =>
      world.draw.pick([
        'SET (fillfactor = 70)',
        'ENABLE ROW LEVEL SECURITY',
        'REPLICA IDENTITY FULL',
        'SET UNLOGGED',
        'SET LOGGED',
        'OWNER TO CURRENT_USER',
      ]),
  ],
  [
    2,
    (world, table) =>
      `ALTER ${q(someColumn(world, table))} ${world.draw.pick(['SET STATISTICS 100', 'SET STORAGE PLAIN', 'SET (n_distinct = 5)'])}`,
  ],
];

function names(table: Table): readonly string[] {
  return table.columns.length === 0 ? ['a'] : table.columns.map(({ name }) => name);
}

function addColumn(world: World, table: Table): string {
  const { draw } = world;
  const name = freshColumn(world, names(table));
  return `ADD ${draw.maybe(0.7, 'COLUMN ')}${draw.maybe(0.12, 'IF NOT EXISTS ')}${columnDefinition(
    world,
    name,
    table.columns.map((each) => each.name),
  )}`;
}

function changeType(world: World, table: Table): string {
  const { draw } = world;
  const column = someColumn(world, table, ({ name }) => !isInPartitionedIndex(world, table, name));
  const type = someType(world).text;
  return `ALTER ${q(column)} ${draw.maybe(0.5, 'SET DATA ')}TYPE ${type}${/^(text|varchar)/.test(type) ? draw.maybe(0.2, ' COLLATE "C"') : ''}${draw.maybe(0.6, ` USING NULL`)}`;
}

/** Not replayed: the index is built anew, and its parts on renamed partitions get names anew. */
function isInPartitionedIndex({ catalog }: World, { partitionBy, indexes }: Table, name: string): boolean {
  return (
    partitionBy !== undefined &&
    indexes.some((key) => {
      const index = catalog.objects.get(key);
      return (
        index?.kind === 'index' && (index.keys.some(({ column }) => column === name) || index.includes.includes(name))
      );
    })
  );
}

function setDefault(world: World, table: Table): string {
  const { draw } = world;
  return `ALTER ${q(someColumn(world, table, ({ generated: made, identity: made2 }) => made === undefined && made2 === undefined))} SET DEFAULT ${draw.pick(['NULL', '0', "'5'", 'now()'])}`;
}

function identity(world: World, table: Table): string {
  const { draw } = world;
  const has = (column: Column) => column.identity !== undefined;
  if (draw.chance(0.5))
    return `ALTER ${q(someColumn(world, table, (column) => !column.nullable && !has(column)))} ADD GENERATED ${draw.pick(['ALWAYS', 'BY DEFAULT'])} AS IDENTITY`;
  return `ALTER ${q(someColumn(world, table, has))} ${draw.pick(['DROP IDENTITY', 'DROP IDENTITY IF EXISTS', 'SET GENERATED BY DEFAULT', 'SET GENERATED ALWAYS RESTART', 'SET INCREMENT 2'])}`;
}

function generated(world: World, table: Table): string {
  const { draw, major } = world;
  const column = q(someColumn(world, table, (each) => each.generated !== undefined));
  if (major >= 17 && draw.chance(0.4)) return `ALTER ${column} SET EXPRESSION AS (${check(world, names(table))})`;
  return `ALTER ${column} DROP EXPRESSION${draw.maybe(0.3, ' IF EXISTS')}`;
}

function usingIndex(world: World, table: Table): string {
  const { draw, catalog } = world;
  const found = table.indexes.flatMap((key) => {
    const index = catalog.objects.get(key);
    return index?.kind === 'index' && index.unique && !table.constraints.some((each) => each.index === key)
      ? [index.name.name]
      : [];
  });
  if (found.length === 0) return `ADD ${tableConstraint(world, names(table), table)}`;
  return `ADD ${draw.maybe(0.6, `CONSTRAINT ${q(`u${draw.below(60)}`)} `)}${draw.pick(['UNIQUE', 'PRIMARY KEY'])} USING INDEX ${q(draw.pick(found))}`;
}

function someConstraint(
  { draw }: World,
  table: Table,
  wanted: (constraint: Constraint) => boolean = () => true,
): string {
  const found = table.constraints.filter(({ kind }) => kind !== 'not-null').filter(wanted);
  return found.length === 0 || draw.chance(0.04) ? draw.pick(['c1', 'nothing']) : draw.pick(found).name;
}

function inheritance(world: World, table: Table): string {
  const { draw } = world;
  const parents = table.inherits.flatMap((key) => world.catalog.objects.get(key)?.name ?? []);
  if (parents.length > 0 && draw.chance(0.6)) return `NO INHERIT ${written(world, draw.pick(parents))}`;
  const other = someTable(
    world,
    (each) =>
      each !== table &&
      each.columns.every((column) =>
        table.columns.some(({ name, type }) => name === column.name && type.text === column.type.text),
      ),
  );
  return other === undefined ? 'SET (autovacuum_enabled = true)' : `INHERIT ${written(world, other.name)}`;
}

/** From PostgreSQL 18 on NOT NULL is a constraint with a name; before, a CHECK stands for it. */
function notNullConstraint(world: World, table: Table): string {
  const { draw, major } = world;
  const column = someColumn(world, table);
  const made = `${table.name.name}_${column}_not_null`;
  if (major < 18) return `ADD CONSTRAINT ${q(made)} CHECK (${q(column)} IS NOT NULL)${draw.maybe(0.5, ' NOT VALID')}`;
  const named = draw.maybe(0.5, `CONSTRAINT ${q(`nn${draw.below(30)}`)} `);
  return draw.chance(0.5)
    ? `ADD ${named}NOT NULL ${q(column)}${draw.maybe(0.4, ' NOT VALID')}`
    : `DROP CONSTRAINT ${q(draw.pick([made, ...table.constraints.flatMap(({ kind, name }) => (kind === 'not-null' ? [name] : []))]))}`;
}

/** Constraints that were left for later, and those that can be put off. */
export function settleConstraint(world: World): string | undefined {
  const { draw } = world;
  const waiting = ({ validated }: Constraint) => !validated;
  const isKey = ({ kind }: Constraint) => kind === 'foreign-key';
  const wanted = draw.chance(0.5) ? waiting : isKey;
  const table = someTable(world, ({ constraints }) => constraints.some(wanted));
  if (table === undefined) return undefined;
  const constraint = q(someConstraint(world, table, wanted));
  const change =
    wanted === waiting
      ? `VALIDATE CONSTRAINT ${constraint}`
      : `ALTER CONSTRAINT ${constraint} DEFERRABLE${draw.maybe(0.5, ' INITIALLY DEFERRED')}`;
  return `ALTER TABLE ${tableName(world, table)} ${change}`;
}

export function renameColumn(world: World): string | undefined {
  const table = someTable(world, ({ columns }) => columns.length > 0);
  return (
    table &&
    `ALTER TABLE ${tableName(world, table)} RENAME ${world.draw.maybe(0.7, 'COLUMN ')}${q(someColumn(world, table))} TO ${q(freshColumn(world, names(table)))}`
  );
}

export function renameConstraint(world: World): string | undefined {
  const table = someTable(world, ({ constraints }) => constraints.length > 0);
  return (
    table &&
    `ALTER TABLE ${tableName(world, table)} RENAME CONSTRAINT ${q(someConstraint(world, table))} TO ${q(`k${world.draw.below(60)}`)}`
  );
}

export function pickWeighted<T>({ draw }: World, choices: readonly (readonly [weight: number, choice: T])[]): T {
  let roll = draw.below(choices.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, choice] of choices) {
    if (roll < weight) return choice;
    roll -= weight;
  }
  throw new Error('no choice');
}
