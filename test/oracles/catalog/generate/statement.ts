import { alterTable, pickWeighted, renameColumn, renameConstraint, settleConstraint } from './alter.ts';
import { privilege, publication, replicaIdentity, rowSecurity } from './guards.ts';
import {
  changeIndex,
  changeSequence,
  changeView,
  createFunction,
  createIndex,
  createSequence,
  createTrigger,
  createView,
  schema,
  statistics,
} from './others.ts';
import { changeRoutine, createRoutine, nameInTable, policy, rule, triggerWhen, typedTable } from './routines.ts';
import {
  createChild,
  createLike,
  createPartition,
  createPartitioned,
  createTable,
  dropTable,
  partitions,
  renameTable,
  setSchema,
  truncate,
} from './tables.ts';
import { changeType, createType } from './types.ts';
import { type Maker, tables, type World } from './world.ts';

const MAKERS: readonly (readonly [weight: number, maker: Maker])[] = [
  [12, createTable],
  [34, alterTable],
  [6, renameColumn],
  [4, settleConstraint],
  [4, renameConstraint],
  [3, renameTable],
  [3, setSchema],
  [3, dropTable],
  [7, partitions],
  [10, createIndex],
  [4, changeIndex],
  [7, createView],
  [4, changeView],
  [3, createSequence],
  [5, changeSequence],
  [4, createType],
  [5, changeType],
  [6, createTrigger],
  [1, createFunction],
  [3, statistics],
  [3, schema],
  [1, truncate],
  [3, rowSecurity],
  [2, replicaIdentity],
  [3, publication],
  [3, privilege],
];

/** Weights for a history of partitions and inheritance, whose members share what one statement changes. */
const FAMILY: typeof MAKERS = [
  [5, createPartitioned],
  [14, createPartition],
  [6, createChild],
  [30, alterTable],
  [5, settleConstraint],
  [12, partitions],
  [5, renameColumn],
  [4, renameConstraint],
  [10, createTrigger],
  [6, createIndex],
  [3, changeIndex],
  [2, createLike],
  [2, dropTable],
  [2, setSchema],
  [2, renameTable],
];

/** Weights for a history of what names functions and types, and stands in the way of their drops. */
const NAMING: typeof MAKERS = [
  [4, createTable],
  [8, createRoutine],
  [6, changeRoutine],
  [12, nameInTable],
  [6, policy],
  [5, rule],
  [4, triggerWhen],
  [2, createFunction],
  [3, createType],
  [4, changeType],
  [2, typedTable],
  [8, alterTable],
  [3, renameColumn],
  [2, renameTable],
  [2, setSchema],
  [3, dropTable],
  [2, changeView],
  [1, changeIndex],
];

/** The next statement of a history: mostly one that runs, now and then one that the server refuses. */
export function statement(world: World): string {
  for (;;) {
    const maker =
      tables(world).length < 2
        ? createTable
        : pickWeighted(world, FOCUS[world.focus].length > 0 && world.draw.chance(0.85) ? FOCUS[world.focus] : MAKERS);
    const text = maker(world);
    if (text === undefined) continue;
    if (!world.draw.chance(0.04)) return text;
    const more = pickWeighted(world, MAKERS)(world);
    return takenBack(world, more === undefined ? [text] : [text, more]);
  }
}

const FOCUS: Readonly<Record<World['focus'], typeof MAKERS>> = { all: [], family: FAMILY, names: NAMING };

/** Some of the statements between a savepoint and the way back to it. */
function takenBack({ draw, catalog }: World, statements: readonly string[]): string {
  const [first = '', second] = statements;
  const local = draw.maybe(catalog.objects.has('schema:app') ? 0.5 : 0, 'SET LOCAL search_path TO app, public; ');
  const inner = second === undefined ? '' : draw.pick([`; SAVEPOINT inner_one; ${second}`, `; ${second}`]);
  const back = draw.pick([
    'ROLLBACK TO outer_one',
    'ROLLBACK TO outer_one; RELEASE outer_one',
    'RELEASE outer_one',
    inner.includes('SAVEPOINT') ? 'ROLLBACK TO inner_one; RELEASE outer_one' : 'ROLLBACK TO SAVEPOINT outer_one',
  ]);
  return `SAVEPOINT outer_one; ${local}${first}${inner}; ${back}${draw.maybe(0.2, '; DISCARD TEMP')}`;
}
