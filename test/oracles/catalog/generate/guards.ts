import type { Publication } from '#core/schema/catalog.ts';
import { columnList, indexes, objects, q, SCHEMAS, someTable, tables, type World, written } from './world.ts';

/** Row security, replica identities, publications and privileges. */

export const ROLES = ['reader', 'My Role'];

export function rowSecurity(world: World): string | undefined {
  const { draw } = world;
  const guarded = someTable(world, ({ policies }) => policies.length > 0);
  const table = draw.chance(0.6) ? (guarded ?? someTable(world)) : someTable(world);
  if (table === undefined) return undefined;
  const name = written(world, table.name);
  const policy = q(draw.pick(['mine', 'theirs', 'All Of It']));
  const roll = draw.below(10);
  if (roll < 4) {
    const columns = table.columns.map((each) => each.name);
    const using = columns.length > 0 && draw.chance(0.5) ? `${q(draw.pick(columns))} IS NOT NULL` : 'true';
    const rest = draw.pick(['', '', ' FOR SELECT', ' AS RESTRICTIVE', ' TO public']);
    return `CREATE POLICY ${policy} ON ${name}${rest} USING (${using})`;
  }
  if (roll < 5) return `ALTER POLICY ${policy} ON ${name} RENAME TO ${q(draw.pick(['mine', 'ours']))}`;
  if (roll < 6) return `DROP POLICY ${draw.maybe(0.5, 'IF EXISTS ')}${policy} ON ${name}`;
  return `ALTER TABLE ${name} ${draw.pick(['ENABLE', 'ENABLE', 'DISABLE', 'FORCE', 'NO FORCE'])} ROW LEVEL SECURITY`;
}

export function replicaIdentity(world: World): string | undefined {
  const { draw } = world;
  const table = someTable(world);
  if (table === undefined) return undefined;
  const own = indexes(world).filter(({ unique, name }) => unique && name.schema === table.name.schema);
  const index = own.length > 0 && draw.chance(0.6) ? draw.pick(own) : undefined;
  const to = index === undefined ? draw.pick(['FULL', 'NOTHING', 'DEFAULT']) : `USING INDEX ${q(index.name.name)}`;
  return `ALTER TABLE ${written(world, table.name)} REPLICA IDENTITY ${to}`;
}

export function publication(world: World): string | undefined {
  const { draw, major } = world;
  const some = tables(world).filter(({ name }) => name.schema !== 'pg_temp');
  if (some.length === 0) return undefined;
  const member = () => {
    const table = draw.pick(some);
    const columns = table.columns.map(({ name }) => name);
    const list = major >= 15 && columns.length > 0 ? draw.maybe(0.1, ` ${columnList(draw.some(columns, 2))}`) : '';
    const where = major >= 15 && columns.length > 0 ? draw.maybe(0.1, ` WHERE (${q(draw.pick(columns))} IS NULL)`) : '';
    return `${draw.maybe(0.2, 'ONLY ')}${written(world, table.name)}${list}${where}`;
  };
  const known = objects(world).filter((each): each is Publication => each.kind === 'publication');
  const fresh = q(draw.pick(['feed', 'audit', 'All Of It']));
  const roll = draw.below(12);
  if (known.length === 0 || roll < 3) {
    const publish = draw.maybe(
      0.3,
      ` WITH (publish = '${draw.pick(['insert', 'insert, update', 'delete,truncate'])}')`,
    );
    const schema = q(draw.pick(SCHEMAS));
    const all = draw.chance(0.2)
      ? ' FOR ALL TABLES'
      : major >= 15 && draw.chance(0.3)
        ? ` FOR TABLES IN SCHEMA ${schema}`
        : '';
    return `CREATE PUBLICATION ${fresh}${all === '' ? ` FOR TABLE ${member()}` : all}${publish}`;
  }
  const { name, tables: members } = draw.pick(known);
  const feed = q(name.name);
  if (roll < 5) return `ALTER PUBLICATION ${feed} ADD TABLE ${member()}`;
  if (roll < 6) return `ALTER PUBLICATION ${feed} SET TABLE ${member()}`;
  if (roll < 8 && members.length > 0) {
    const table = world.catalog.objects.get(draw.pick(members).table);
    return table === undefined ? undefined : `ALTER PUBLICATION ${feed} DROP TABLE ONLY ${written(world, table.name)}`;
  }
  if (roll < 9) return `ALTER PUBLICATION ${feed} SET (publish = '${draw.pick(['insert', 'update, delete'])}')`;
  if (roll < 10) return `ALTER PUBLICATION ${feed} RENAME TO ${fresh}`;
  return `DROP PUBLICATION ${draw.maybe(0.2, 'IF EXISTS ')}${feed}`;
}

/** A part of ALL is not taken back: what is left then, our catalog does not say. */
export function privilege(world: World): string | undefined {
  const { draw } = world;
  const all = objects(world).filter(({ kind }) => kind === 'table' || kind === 'view' || kind === 'sequence');
  if (all.length === 0) return undefined;
  const object = draw.pick(all);
  const role = draw.pick(ROLES);
  const names = object.kind === 'sequence' ? ['USAGE', 'SELECT'] : ['SELECT', 'INSERT, UPDATE', 'DELETE'];
  const on = `${object.kind === 'sequence' ? 'SEQUENCE ' : ''}${written(world, object.name)}`;
  const roll = draw.below(10);
  if (roll < 1)
    return `GRANT SELECT ON ALL TABLES IN SCHEMA ${q(object.name.schema === 'pg_temp' ? 'public' : object.name.schema)} TO ${q(role)}`;
  if (roll < 6)
    return `GRANT ${draw.pick([...names, 'ALL'])} ON ${on} TO ${q(role)}${draw.maybe(0.2, ' WITH GRANT OPTION')}`;
  const hasAll = object.privileges?.some((each) => each.role === role && each.name === 'all') === true;
  const option = draw.maybe(0.2, 'GRANT OPTION FOR ');
  return `REVOKE ${option}${hasAll ? 'ALL' : draw.pick([...names, 'ALL'])} ON ${on} FROM ${q(role)}`;
}
