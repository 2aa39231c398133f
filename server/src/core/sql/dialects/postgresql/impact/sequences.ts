import type { Impact } from '../../../../model/impact.ts';
import type { Column } from '../../../../schema/catalog.ts';
import type { ObjectName } from '../../../../schema/names.ts';
import { postgresqlOptions } from '../options.ts';
import { type Handler, lockOf, missing } from './alter.ts';
import { impactOf, lock } from './build.ts';
import { locksOn, type Relation, relationAt, relationOf, type Scene } from './reach.ts';
import type { RowKey } from './rows.ts';

export const createSequence: Handler<'CreateSequence'> = (change, scene) => {
  const owner = change.ownedBy === undefined ? [] : [relationOf(scene, change.ownedBy.table)];
  return impactOf('create-sequence', { locks: locksOn(owner, 'referenced', 'ACCESS SHARE') });
};

export const alterSequence: Handler<'AlterSequence'> = (change, scene) => {
  const owner =
    change.ownedBy === undefined || change.ownedBy === 'none' ? [] : [relationOf(scene, change.ownedBy.table)];
  const row = postgresqlOptions(change).owner === true ? 'alter-sequence-owner' : 'alter-sequence';
  const impact = onSequence(row, change.sequence, change.ifExists, scene);
  return owner.length === 0 || impact.locks.length === 0
    ? impact
    : { ...impact, locks: [...impact.locks, ...locksOn(owner, 'referenced', 'ACCESS SHARE')] };
};

/** DROP SEQUENCE CASCADE takes the default from the columns that count with it. */
export const dropSequence: Handler<'DropSequence'> = (change, scene) => {
  const impact = onSequence('drop-sequence', change.sequence, change.ifExists, scene);
  if (!change.cascade || impact.locks.length === 0) return impact;
  return {
    ...impact,
    locks: [...impact.locks, ...locksOn(usersOf(change.sequence.name, scene), 'dependent', 'ACCESS EXCLUSIVE')],
  };
};

function usersOf(sequence: string, scene: Scene): readonly Relation[] {
  const counts = ({ defaultTo }: Column): boolean =>
    defaultTo?.functions.includes('nextval') === true &&
    new RegExp(`['."]${escaped(sequence)}['"]`).test(defaultTo.text);
  return [...scene.before.objects].flatMap(([key, one]) =>
    one.kind === 'table' && one.columns.some(counts) ? [relationAt(scene, key)] : [],
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const renameSequence: Handler<'RenameSequence'> = (change, scene) =>
  onSequence('rename-sequence', change.sequence, change.ifExists, scene);

function onSequence(row: RowKey, name: ObjectName, ifExists: boolean, scene: Scene): Impact {
  const sequence = relationOf(scene, name);
  return missing(sequence, ifExists) ?? impactOf(row, { locks: [lock(sequence.display, 'target', lockOf(row))] });
}
