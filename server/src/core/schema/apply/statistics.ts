import type { ObjectKey, Statistics } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { keyOf, newName } from '../keys.ts';
import type { QualifiedName } from '../names.ts';
import type { Expression } from '../types.ts';
import { type Editor, relationWithIndexes } from './editor.ts';
import { moveObject, renameIn } from './rename.ts';
import { settled } from './settle.ts';

/** CREATE, ALTER, RENAME and DROP STATISTICS. */
export function changeStatistics(editor: Editor, change: ChangeOf<'ChangeObject'>): void {
  if (change.verb === 'create') return create(editor, change);
  const key = editor.resolve('stat', change.object);
  const old = key === undefined ? undefined : editor.get(key);
  if (key === undefined || old?.kind !== 'statistics') return;
  const { newName: to, options, verb } = change;
  if (verb === 'drop') return editor.set(key, undefined);
  if (typeof options?.target === 'number') return editor.set(key, withTarget(old, options.target));
  const schema = typeof options?.schema === 'string' ? options.schema : old.name.schema;
  moveObject(editor, 'stat', key, { schema, name: to?.name ?? old.name.name });
}

/** -1 is none. */
function withTarget({ target: _, ...old }: Statistics, target: number): Statistics {
  return target < 0 ? old : { ...old, target };
}

interface Said {
  /** Undefined: the engine makes one up. */
  readonly named?: true;
  readonly labels: readonly string[];
  readonly columns: readonly string[];
  readonly expressions: readonly Expression[];
  readonly kinds: readonly string[];
}

function create(editor: Editor, { table, object, options }: ChangeOf<'ChangeObject'>): void {
  const said = options?.statistics as Said | undefined;
  const key = table === undefined ? undefined : editor.resolve('rel', table);
  const owner = key === undefined ? undefined : relationWithIndexes(editor, key);
  if (said === undefined || key === undefined || owner === undefined) return;
  const name = said.named === true ? newName(editor.catalog, object) : madeUpName(editor, owner.name, said.labels);
  const all = owner.columns.map((column) => (typeof column === 'string' ? column : column.name));
  addStatistics(editor, key, name, { ...said, columns: all.filter((column) => said.columns.includes(column)) });
}

function madeUpName(editor: Editor, owner: QualifiedName, labels: readonly string[]): QualifiedName {
  return { schema: owner.schema, name: editor.semantics.statisticsName(editor.catalog, owner, labels) };
}

function addStatistics(
  editor: Editor,
  table: ObjectKey,
  name: QualifiedName,
  { columns, expressions, kinds }: Pick<Statistics, 'columns' | 'expressions' | 'kinds'>,
): void {
  const key = keyOf('stat', name);
  if (editor.get(key) !== undefined) return;
  const isOfOneExpression = columns.length === 0 && expressions.length === 1;
  const all = isOfOneExpression ? [] : editor.semantics.statisticsKinds;
  editor.set(key, {
    kind: 'statistics',
    name,
    origin: editor.origin,
    table,
    columns,
    expressions: expressions.map((each) => settled(editor, each)),
    kinds: kinds.length > 0 ? kinds : all,
  });
}

/** LIKE ... INCLUDING STATISTICS: under names that the server makes up. */
export function copyStatistics(editor: Editor, source: ObjectKey, key: ObjectKey): void {
  const owner = relationWithIndexes(editor, key);
  if (owner === undefined) return;
  for (const [, each] of statisticsOf(editor, source)) {
    const labels = [...each.columns, ...each.expressions.map(() => 'expr')];
    addStatistics(editor, key, madeUpName(editor, owner.name, labels), each);
  }
}

/** Those that name the column go with it, whatever else they are about. */
export function dropStatistics(editor: Editor, table: ObjectKey, column?: string): void {
  for (const [key, each] of statisticsOf(editor, table))
    if (column === undefined || namesColumn(each, column)) editor.set(key, undefined);
}

function namesColumn({ columns, expressions }: Statistics, column: string): boolean {
  return columns.includes(column) || expressions.some((each) => each.columns.includes(column));
}

/** The column has another name. */
export function renameInStatistics(
  editor: Editor,
  table: ObjectKey,
  from: string,
  swap: (name: string) => string,
): void {
  for (const [key, each] of statisticsOf(editor, table))
    editor.set(key, {
      ...each,
      columns: each.columns.map(swap),
      expressions: each.expressions.map((one) => renameIn(one, from, swap)),
    });
}

export function statisticsOf(editor: Editor, table: ObjectKey): readonly (readonly [ObjectKey, Statistics])[] {
  return editor.dependents(table).flatMap((key) => {
    const object = editor.get(key);
    return object?.kind === 'statistics' && object.table === table ? [[key, object] as const] : [];
  });
}

/** A column's new type makes them anew, with what CREATE STATISTICS can say. */
export function rebuildStatistics(editor: Editor, table: ObjectKey, column: string): void {
  for (const [key, { target: _, ...rest }] of statisticsOf(editor, table))
    if (rest.columns.includes(column) || rest.expressions.some(({ columns }) => columns.includes(column)))
      editor.set(key, rest);
}
