import type { ObjectKey } from '../../../../schema/catalog.ts';
import { nowhere } from '../../../../text/nowhere.ts';
import type { DomainAction } from '../options.ts';
import { type Handler, workOn } from './alter.ts';
import { impactOf } from './build.ts';
import { findType, locksOn, type Relation, relationAt, type Scene, withRows } from './reach.ts';

export const createEnum: Handler<'CreateEnum'> = () => impactOf('create-enum');
export const createType: Handler<'CreateType'> = () => impactOf('create-type');
export const createDomain: Handler<'CreateDomain'> = () => impactOf('create-domain');
export const renameType: Handler<'RenameType'> = () => impactOf('rename-type');
export const renameEnumValue: Handler<'RenameEnumValue'> = () => impactOf('rename-enum-value');

/**
 * ADD VALUE locks no table; the new value cannot be used before it is committed, and before 12 the
 * statement refuses a transaction that has not made the type itself.
 */
export const addEnumValue: Handler<'AddEnumValue'> = (_change, { version }) =>
  impactOf('add-enum-value', version < 12 ? { transaction: 'forbidden' } : {});

/** A constraint on a domain is checked in every table that has a column of it. */
export const alterDomain: Handler<'AlterDomain'> = (change, scene) => {
  const action = change.action as DomainAction;
  if (action === 'add-constraint' && change.notValid) return impactOf('alter-domain-not-valid');
  if (action !== 'add-constraint' && action !== 'set-not-null' && action !== 'validate-constraint')
    return impactOf('alter-domain');
  const found = findType(scene, change.type);
  const users = found.kind === 'known' ? withRows(usersOf(scene, found.key)) : [];
  return impactOf('alter-domain-scan', {
    locks: locksOn(users, 'dependent', 'SHARE'),
    work: workOn(users, 'scan'),
    certain: found.kind === 'known',
  });
};

export const dropType: Handler<'DropType'> = (change, scene) => {
  const found = findType(scene, change.type);
  if (change.ifExists && found.kind === 'absent') return impactOf('if-exists-missing');
  if (!change.cascade) return impactOf('drop-type', { compat: 'breaking', rollback: 'trivial' });
  const users = found.kind === 'known' ? usersOf(scene, found.key) : [];
  return impactOf('drop-type', {
    locks: locksOn(users, 'dependent', 'ACCESS EXCLUSIVE'),
    certain: found.kind === 'known',
  });
};

/** Tables with a column of the type, or of a domain over it. */
function usersOf(scene: Scene, type: ObjectKey): readonly Relation[] {
  const seen = new Set<ObjectKey>();
  const users: Relation[] = [];
  const visit = (key: ObjectKey): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const dependent of scene.before.dependents.get(key) ?? []) {
      const user = relationAt(scene, dependent);
      if (user.table !== undefined) users.push(user);
    }
    domainsOver(scene, key).forEach(visit);
  };
  visit(type);
  return users;
}

function domainsOver(scene: Scene, type: ObjectKey): readonly ObjectKey[] {
  return [...scene.before.objects].flatMap(([key, one]) => {
    if (one.kind !== 'type' || one.base === undefined) return [];
    const { schema, name } = one.base;
    const base = findType(scene, { name, span: nowhere, ...(schema === undefined ? {} : { schema }) });
    return base.kind === 'known' && base.key === type ? [key] : [];
  });
}
