import { alterTable, pickWeighted, renameColumn, renameConstraint, settleConstraint } from './alter.ts';
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
} from './others.ts';
import { createTable, dropTable, partitions, renameTable, setSchema, truncate } from './tables.ts';
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
  [3, schema],
  [1, truncate],
];

/** The next statement of a history: mostly one that runs, now and then one that the server refuses. */
export function statement(world: World): string {
  for (;;) {
    const maker = tables(world).length < 2 ? createTable : pickWeighted(world, MAKERS);
    const text = maker(world);
    if (text !== undefined) return text;
  }
}
