import type { ObjectName } from '../../schema/names.ts';
import { columnsHolding } from '../../schema/row-types.ts';
import { attributeChange } from '../attributes.ts';
import { cascadeOf, lossWords } from '../losses.ts';
import { replacedColumn } from '../replaced.ts';
import { at, type ChangeContext, type Draft, defineRule } from '../rule.ts';
import { isLiveColumn, knownColumn, knownType, listed, madeBy, severity, written } from '../support.ts';

export const dropColumn = defineRule({
  id: 'schema/drop-column',
  scope: 'change',
  on: ['DropColumn', 'DropType', 'ChangeObject'],
  severity: 'error',
  consequence: { replaced: 'loses' },
  alone: {
    drops: { messageId: 'deletes', severity: 'info' },
    takes: { messageId: 'deletes-with', severity: 'warning' },
  },
  summary: 'Dropping a column deletes its data and breaks the version that still names it.',
  messages: {
    drops:
      'Deletes {table}.{column} and its data for good, and the version that is still running fails wherever it names it. Stop using it in one release, and drop it in a later one.',
    takes:
      'Deletes {table}.{column} and its data for good, and with it {dependents}; the version that is still running fails wherever it uses them. Stop using it in one release, and drop it in a later one, with what depends on it dropped by name.',
    deletes:
      'Deletes {table}.{column} and its data for good: whoever has to go back to the version before goes without them. Keep it until nobody goes back, and drop it in a later release.',
    'deletes-with':
      'Deletes {table}.{column} and its data for good, and with it {dependents}. Drop what depends on it by name first, so that the migration says what it does.',
    replaced:
      'Deletes the values of {table}.{column} for good: the column that this migration adds under its name begins without them. Copy them first, or fill it again.',
    type: 'CASCADE deletes every column of type {type} with its data for good, and what depends on it: {columns}. Drop those columns by name first, each in a release after the last use of it.',
    attribute:
      'Deletes {type}.{column} for good with all that is made of it: {dependents}. The version that is still running fails wherever it names it. Stop using it in one release, and drop it in a later one.',
  },
  explanation: `As soon as the column is gone, every statement that names it fails, and so does \`SELECT *\` into a fixed shape and every
ORM entity that still maps it. The data cannot be brought back without a backup.

The lock itself is brief (ACCESS EXCLUSIVE, no rewrite); the damage is to the running code.

**Do instead**: make the column nullable or give it a default, so that new code may stop writing it; release that code; drop
the column in a later release. The quick fix scaffolds the pair.

Indexes, keys and checks over several columns go with any of their columns, without CASCADE and without a word; CASCADE takes views,
foreign keys, triggers and generated columns as well. The finding names each of them.

\`DROP TYPE ... CASCADE\` and \`DROP DOMAIN ... CASCADE\` drop the columns of that type, and are reported like it. So is
\`ALTER TYPE ... DROP ATTRIBUTE\` where tables are made of the type, or columns hold its values.

A column that this migration adds again under the same name, with a type that takes its values, breaks nobody: only the values are
gone, a warning, and nothing is said where a later statement fills it.

Columns of one table that one migration drops are one finding, which names them all.

Where the project says that no version runs during a migration (\`deployment: single-version\` or \`downtime\`), what is left is that
the data is gone: information, and a warning where more goes than the statement says.

Silent for columns and tables that this migration or another unreleased one has made.`,
  peers: [
    'squawk:ban-drop-column',
    'strong_migrations:remove_column',
    'atlas:DS103',
    'pgls:banDropColumn',
    'pgfence:drop-column',
    'migrationpilot:MP017',
    'pgsafe:drop-column',
    'safemigrate:drop-column-restricted',
    'diesel-guard:drop-column',
    'bytebase:migration_compatibility',
  ],
  examples: [
    {
      title: 'The column is in use',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, phone text);',
      sql: 'ALTER TABLE users DROP COLUMN phone;',
      fires: true,
    },
    {
      title: 'An index over two columns goes with it',
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, phone text, land text);\nCREATE INDEX users_phone ON users (land, phone);',
      sql: 'ALTER TABLE users DROP COLUMN phone;',
      fires: true,
    },
    {
      title: 'Begins anew under its name',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, phone text);',
      sql: 'ALTER TABLE users DROP COLUMN phone;\nALTER TABLE users ADD COLUMN phone text;',
      fires: true,
    },
    {
      title: 'Is made and filled again',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, hash varchar(40));',
      sql: 'ALTER TABLE users DROP COLUMN hash;\nALTER TABLE users ADD COLUMN hash text;\nUPDATE users SET hash = md5(email) WHERE id = 1;',
      fires: false,
    },
    {
      title: 'Comes back as another type',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, phone text);',
      sql: 'ALTER TABLE users DROP COLUMN phone;\nALTER TABLE users ADD COLUMN phone bigint;',
      fires: true,
    },
    {
      title: 'An attribute of tables that are made of a type',
      given: 'CREATE TYPE place AS (street text, city text);\nCREATE TABLE homes OF place;',
      sql: 'ALTER TYPE place DROP ATTRIBUTE city CASCADE;',
      fires: true,
    },
    {
      title: 'An attribute that no row has',
      given: 'CREATE TYPE place AS (street text, city text);',
      sql: 'ALTER TYPE place DROP ATTRIBUTE city;',
      fires: false,
    },
    {
      title: 'Made in the same release',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      sql: 'ALTER TABLE users ADD COLUMN draft text;\nALTER TABLE users DROP COLUMN draft;',
      fires: false,
    },
  ],
  *check(context) {
    const { change } = context.step;
    if (change.kind === 'DropType' && change.cascade) yield* droppedWith(context, change.type);
    if (change.kind === 'ChangeObject') yield* attribute(context);
    if (change.kind !== 'DropColumn' || !isLiveColumn(context, change.table, change.column.name)) return;
    const table = written(change.table);
    const cascade = cascadeOf(context);
    const known = knownColumn(context, change.table, change.column.name);
    const isReplaceable = cascade === undefined && known !== undefined;
    const replaced = isReplaceable ? replacedColumn(context, change.table, known) : undefined;
    if (replaced?.filled === true) return;
    yield {
      messageId: replaced !== undefined ? 'replaced' : cascade === undefined ? 'drops' : 'takes',
      args: { table, column: change.column.name, dependents: cascade?.dependents ?? '' },
      anchor: at(context.step, change.span),
      object: `${table}.${change.column.name}`,
      severity: severity(context, replaced !== undefined ? 'warning' : 'error'),
      related: [...madeBy(context, change.table, change.column.name), ...(cascade?.related ?? [])],
      fixes: change.cascade ? (cascade?.fixes ?? []) : [],
      plan: { operation: 'drop-column', args: { table, column: change.column.name } },
    };
  },
});

function* droppedWith(context: ChangeContext, type: ObjectName): Generator<Draft> {
  const found = knownType(context, type);
  if (found === undefined) return;
  const cascade = cascadeOf(context);
  if (cascade?.losses.some((loss) => loss.kind === 'part' && loss.part === 'column') !== true) return;
  yield {
    messageId: 'type',
    args: { type: written(type), columns: cascade.dependents },
    anchor: at(context.step, context.step.change.span),
    object: written(type),
    severity: severity(context, 'error'),
    related: [context.madeAt(found.value.origin, 'made-here', { object: written(type) }), ...cascade.related],
    fixes: cascade.fixes,
  };
}

/** Columns of tables that are made of the type, and what rows elsewhere hold of it. */
function* attribute(context: ChangeContext): Generator<Draft> {
  const altered = attributeChange(context);
  if (altered?.action !== 'drop' || (altered.tables.length > 0 && !altered.cascade)) return;
  const { type, key, attribute: column } = altered;
  if (context.isUnreleased(type.origin) || !type.attributes.some(({ name }) => name === column)) return;
  const cascade = cascadeOf(context);
  const held = columnsHolding(context.before, key).flatMap(({ owner, column: name }) =>
    context.isUnreleased(owner.origin) ? [] : [`values of ${owner.name.name}.${name}`],
  );
  const dependents = listed([...(cascade?.losses.map(lossWords) ?? []), ...held], 12);
  if (dependents === '') return;
  const name = type.name.name;
  yield {
    messageId: 'attribute',
    args: { type: name, column, dependents },
    anchor: at(context.step, context.step.change.span),
    object: `${name}.${column}`,
    severity: severity(context, 'error'),
    related: [context.madeAt(type.origin, 'made-here', { object: name }), ...(cascade?.related ?? [])],
  };
}
