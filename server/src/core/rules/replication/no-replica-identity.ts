import type { ObjectKey } from '../../schema/catalog.ts';
import type { SchemaChange } from '../../schema/change.ts';
import { unidentified } from '../publications.ts';
import { at, type ChangeContext, defineRule, type MigrationContext } from '../rule.ts';
import { severity } from '../support.ts';

export const noReplicaIdentity = defineRule({
  id: 'replication/no-replica-identity',
  scope: 'migration',
  severity: 'error',
  consequence: 'breaks',
  summary: 'UPDATE and DELETE fail on a published table whose rows nothing identifies.',
  messages: {
    fails:
      'Every UPDATE and DELETE of {table} fails as soon as this commits: publication {publication} sends them, and without a replica identity it cannot say which row is meant. Give the table a primary key, or REPLICA IDENTITY USING INDEX (or FULL), in this migration.',
    new: 'Every UPDATE and DELETE of {table} will fail: publication {publication} sends them, and the table has no replica identity. Give it a primary key, or REPLICA IDENTITY FULL.',
  },
  explanation: `Logical replication (also under Debezium, AWS DMS and the like) tells subscribers of a changed row by its replica identity: the primary key, the columns of
a unique index, or all of them (FULL). Where a publication sends updates or deletes of a table that has none, PostgreSQL refuses them **on the
publisher**: "cannot update table because it does not have a replica identity and publishes updates". Inserts go on, so it shows late.

It happens where the primary key or the index of the identity is dropped, with \`REPLICA IDENTITY NOTHING\`, where a table without a key is added
to a publication, and with any new table without a key under \`FOR ALL TABLES\` and \`FOR TABLES IN SCHEMA\`.

**Do instead**: build the new key or index first, set the identity to it, and drop the old one behind it. There is no quick fix: which
columns identify a row only people know.

Looked at is the end of the migration. Known are publications that the history makes; silent for those that send inserts only, for
temporary, unlogged and foreign tables, and for tables that are known in part.`,
  peers: ['migrationpilot:MP055'],
  examples: [
    {
      title: 'The primary key goes',
      given:
        'CREATE TABLE orders (id bigint CONSTRAINT orders_pk PRIMARY KEY);\nCREATE PUBLICATION feed FOR TABLE orders;',
      sql: 'ALTER TABLE orders DROP CONSTRAINT orders_pk;',
      fires: true,
    },
    {
      title: 'Another identity first',
      given:
        'CREATE TABLE orders (id bigint CONSTRAINT orders_pk PRIMARY KEY);\nCREATE PUBLICATION feed FOR TABLE orders;',
      sql: 'ALTER TABLE orders REPLICA IDENTITY FULL;\nALTER TABLE orders DROP CONSTRAINT orders_pk;',
      fires: false,
    },
  ],
  *check(context) {
    const told = new Set<ObjectKey>();
    for (const each of context.contexts) {
      if (!LOSING.has(each.step.change.kind)) continue;
      for (const key of each.once('replication/no-replica-identity', () => losing(each))) {
        if (told.has(key)) continue;
        const publication = atEnd(context, key);
        const table = each.after.objects.get(key);
        if (publication === undefined || table?.kind !== 'table') continue;
        told.add(key);
        const isNew = each.isUnreleased(table.origin);
        yield {
          messageId: isNew ? 'new' : 'fails',
          args: { table: table.name.name, publication },
          anchor: at(each.step, each.step.change.span),
          object: table.name.name,
          severity: severity(each, isNew ? 'warning' : 'error'),
          compat: 'breaking',
          related:
            table.origin.migration === each.migration.id
              ? []
              : [each.madeAt(table.origin, 'made-here', { object: table.name.name })],
        };
      }
    }
  },
});

/** Kinds of change that may take an identity, or ask for one. */
const LOSING: ReadonlySet<SchemaChange['kind']> = new Set([
  'CreateTable',
  'DropConstraint',
  'DropColumn',
  'SetTableOption',
  'DropIndex',
  'ChangeObject',
]);

/** Tables that are published without an identity behind the change, and were not before it. */
function losing(context: ChangeContext): readonly ObjectKey[] {
  return touched(context).filter(
    (key) => unidentified(context.after, key) !== undefined && unidentified(context.before, key) === undefined,
  );
}

function touched(context: ChangeContext): readonly ObjectKey[] {
  const { change } = context.step;
  switch (change.kind) {
    case 'CreateTable':
    case 'DropConstraint':
    case 'DropColumn':
    case 'SetTableOption': {
      if (change.kind === 'SetTableOption' && change.option !== 'replica-identity') return [];
      return keysOf(context, change.table.name, change.table.schema);
    }
    case 'DropIndex': {
      const found = context.relation(change.index);
      return found.kind === 'known' && found.value.kind === 'index' ? [found.value.table] : [];
    }
    case 'ChangeObject': {
      if (change.objectKind !== 'publication' || change.verb === 'drop' || change.verb === 'rename') return [];
      const publication = context.after.objects.get(`pub:${change.object.name}`);
      return publication?.kind === 'publication' ? published(context, publication) : [];
    }
    default:
      return [];
  }
}

function keysOf({ after }: ChangeContext, name: string, schema: string | undefined): readonly ObjectKey[] {
  const schemas = schema === undefined ? after.searchPath : [schema];
  return schemas
    .map((each) => `rel:${each}.${name}`)
    .filter((key) => after.objects.has(key))
    .slice(0, 1);
}

interface Published {
  readonly allTables: boolean;
  readonly schemas: readonly string[];
  readonly tables: readonly { readonly table: ObjectKey }[];
}

function published({ after }: ChangeContext, { allTables, schemas, tables }: Published): readonly ObjectKey[] {
  if (!allTables && schemas.length === 0) return tables.map(({ table }) => table);
  return [...after.objects].flatMap(([key, { kind, name }]) =>
    kind === 'table' && (allTables || schemas.includes(name.schema)) ? [key] : [],
  );
}

/** Name of the publication for which it still has none when the migration ends. */
function atEnd({ contexts }: MigrationContext, key: ObjectKey): string | undefined {
  const last = contexts.at(-1);
  return last === undefined ? undefined : unidentified(last.after, key)?.name.name;
}
