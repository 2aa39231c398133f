import type { Constraint, Table } from '../../../../schema/catalog.ts';
import { alterImpact, alterLocks, alterTarget, type Handler, onlyTarget, rewriteParts, workOn } from './alter.ts';
import { impactOf, lock } from './build.ts';
import { lockUnreferenced } from './foreign-keys.ts';
import {
  foreignKeysOf,
  indexesOf,
  locksOn,
  ownedSequences,
  type Relation,
  referencingOf,
  relationAt,
  relationOf,
  type Scene,
  viewLocks,
} from './reach.ts';

/**
 * DROP COLUMN: what hangs on the column goes with it, under the same lock: indexes, foreign keys, owned sequences. With ONLY
 * the children are locked as well, to note that the column is theirs now.
 */
export const dropColumn: Handler<'DropColumn'> = (change, scene) => {
  const reached = alterTarget(scene, { ...change, options: {} });
  if (change.ifExists && isMissing(reached.target, change.column.name))
    return alterImpact('drop-column-missing', onlyTarget(reached));
  const tables = [reached.target, ...reached.under];
  const column = change.column.name;
  return alterImpact('drop-column', reached, {
    locks: [
      ...tables.flatMap((one) =>
        droppedIndexes(scene, one, column).map((name) => lock(name, 'index', 'ACCESS EXCLUSIVE')),
      ),
      ...lockUnreferenced(
        tables.flatMap((one) => foreignTables(scene, one, column)),
        scene,
      ),
      ...ownedSequences(scene, reached.target, column).map((name) => lock(name, 'sequence', 'ACCESS EXCLUSIVE')),
      ...(change.cascade ? cascaded(scene, reached.target, column) : []),
    ],
  });
};

function isMissing({ table }: Relation, column: string): boolean {
  return table !== undefined && !table.partial && !table.columns.some(({ name }) => name === column);
}

function droppedIndexes(scene: Scene, relation: Relation, column: string): readonly string[] {
  return indexesOf(scene, relation)
    .filter(
      ({ index }) =>
        index.keys.some((key) => key.column === column || (key.expression?.columns.includes(column) ?? false)) ||
        index.includes.includes(column) ||
        (index.where?.columns.includes(column) ?? false),
    )
    .map(({ display }) => display);
}

function foreignTables(scene: Scene, { table, key }: Relation, column: string): readonly Relation[] {
  return foreignKeysOf(table).flatMap(({ columns, references }) =>
    columns.includes(column) && references !== undefined && references.table !== key
      ? [relationAt(scene, references.table)]
      : [],
  );
}

function cascaded(scene: Scene, target: Relation, column: string) {
  const into = referencingOf(scene, target).filter(({ constraint }) => constraint.references?.columns.includes(column));
  return [
    ...locksOn(
      into.map(({ relation }) => relation),
      'dependent',
      'ACCESS EXCLUSIVE',
    ),
    ...(target.key === undefined ? [] : viewLocks(scene, target.key, column)),
  ];
}

export const renameColumn: Handler<'RenameColumn'> = (change, scene) =>
  alterImpact('rename-column', alterTarget(scene, change));

/** SET NOT NULL reads the whole table unless a validated CHECK proves it (12), or the column is NOT NULL already. */
export const setNotNull: Handler<'SetNotNull'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const inherited = reached.target.table?.constraints ?? [];
  const unproven = reached.stored.filter(({ table }) => !isProven(table, inherited, change.column.name, scene));
  const known = reached.target.table !== undefined && !reached.target.table.partial;
  return alterImpact(unproven.length > 0 ? 'set-not-null-scan' : 'set-not-null-proven', reached, {
    work: workOn(unproven, 'scan'),
    certain: known,
    ...(isNotNull(reached.target.table, change.column.name) ? { compat: 'none', rollback: 'none' } : {}),
  });
};

function isNotNull(table: Table | undefined, column: string): boolean {
  return table?.columns.some(({ name, nullable }) => name === column && !nullable) ?? false;
}

function isProven(
  table: Table | undefined,
  inherited: readonly Constraint[],
  column: string,
  { version }: Scene,
): boolean {
  if (table === undefined) return false;
  const all = [...table.constraints, ...inherited];
  if (all.some((one) => one.kind === 'not-null' && one.columns.includes(column)))
    return all.some((one) => one.kind === 'not-null' && one.validated && one.columns.includes(column));
  return isNotNull(table, column) || (version >= 12 && all.some((one) => provesNotNull(one, column)));
}

function provesNotNull(one: Constraint, column: string): boolean {
  return (
    one.kind === 'check' && one.validated && one.enforced && (one.expression?.provesNotNull.includes(column) ?? false)
  );
}

/** From 18 on a column that is nullable already ends it at the table itself. */
export const dropNotNull: Handler<'DropNotNull'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const nothing = reached.target.table?.columns.some(({ name, nullable }) => name === change.column.name && nullable);
  const parts = nothing === true ? { compat: 'none' as const, rollback: 'none' as const } : {};
  return alterImpact('drop-not-null', nothing === true && scene.version >= 18 ? onlyTarget(reached) : reached, parts);
};

export const setDefault: Handler<'SetDefault'> = (change, scene) =>
  alterImpact('set-default', alterTarget(scene, change));

export const dropDefault: Handler<'DropDefault'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const column = reached.target.table?.columns.find(({ name }) => name === change.column.name);
  const harmless = column !== undefined && (column.nullable || column.identity !== undefined);
  return alterImpact('drop-default', reached, harmless ? { compat: 'none' } : {});
};

export const setIdentity: Handler<'SetIdentity'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  const sequences = ownedSequences(scene, reached.target, change.column.name);
  const mode = change.identity === 'none' ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE';
  return alterImpact('set-identity', reached, {
    locks: sequences.map((name) => lock(name, 'sequence', mode)),
  });
};

/** SET EXPRESSION writes a stored column again; a virtual one has nothing stored. */
export const setGenerated: Handler<'SetGenerated'> = (change, scene) => {
  const reached = alterTarget(scene, change);
  if (change.expression === undefined) return alterImpact('drop-expression', reached);
  const column = relationOf(scene, change.table).table?.columns.find(({ name }) => name === change.column.name);
  if (column?.generated?.stored === false) return alterImpact('set-expression-virtual', reached);
  const rewrite = rewriteParts(scene, reached);
  return impactOf('set-expression', {
    locks: [...alterLocks(reached, 'ACCESS EXCLUSIVE'), ...rewrite.locks],
    work: rewrite.work,
    certain: column !== undefined,
  });
};
