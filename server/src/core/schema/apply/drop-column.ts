import { hasStandIn } from '../../text/stand-in.ts';
import type { Column, Constraint, ObjectKey, Table } from '../catalog.ts';
import { losersOf, parentsOf } from '../family.ts';
import { partsReading } from '../parts.ts';
import { publishersOf } from '../publishers.ts';
import { ownedSequences } from './columns.ts';
import { dropConstraint, type ForeignKey, foreignKeysTo } from './constraints.ts';
import { countingElsewhere, dropObject, dropPart, type User } from './drop.ts';
import { dropIndex } from './drop-index.ts';
import { childrenAt, type Editor, indexAt, tableAt } from './editor.ts';
import { unpublishColumn } from './publications.ts';
import { dropStatistics } from './statistics.ts';

/**
 * Drops a column with its constraints, indexes, owned sequences and the columns that are computed from it. Views, foreign
 * keys of other columns and triggers that name it go with CASCADE only. Children lose it where they have it from here alone.
 */
export function dropColumn(editor: Editor, key: ObjectKey, name: string, cascade: boolean, only = false): void {
  const table = tableAt(editor, key);
  if (table !== undefined && hasStandIn(name)) return editor.taint(key);
  if (table === undefined || !(table.partial || table.columns.some((column) => column.name === name))) return;
  const losing = only ? [key] : losersOf(editor.catalog, key, name);
  if (!cascade && losing.some((each) => isHeld(editor, each, name, losing))) return;
  for (const { user, part } of holdersOf(editor, key, name, losing)) dropPart(editor, user, part);
  for (const each of outsideKeys(editor, key, name)) dropConstraint(editor, each.table, each.constraint.name, true);
  for (const column of computedFrom(table, name)) dropColumn(editor, key, column.name, true, only);
  dropParts(editor, key, name);
  unpublishColumn(editor, key, name);
  dropStatistics(editor, key, name);
  const children = childrenAt(editor, key);
  const now = tableAt(editor, key);
  if (now !== undefined)
    editor.set(key, {
      ...now,
      columns: now.columns.filter((each) => each.name !== name),
      dropped: (now.dropped ?? 0) + 1,
    });
  for (const child of children) disinherit(editor, child, name, only);
}

/** Something needs the column that does not go with it by itself. */
function isHeld(editor: Editor, key: ObjectKey, name: string, losing: readonly ObjectKey[]): boolean {
  const table = tableAt(editor, key);
  if (table === undefined) return false;
  const { generatedColumnsHoldOthers } = editor.semantics.habits;
  // A condition is none of the columns that the constraint is made of.
  const isConditional = ({ index, columns }: Constraint) =>
    index !== undefined && !columns.includes(name) && indexAt(editor, index)?.where?.columns.includes(name) === true;
  return (
    outsideKeys(editor, key, name).length > 0 ||
    holdersOf(editor, key, name, losing).length > 0 ||
    publishersOf(editor.catalog, key, name).length > 0 ||
    table.constraints.some(isConditional) ||
    computedFrom(table, name).some(
      (each) => generatedColumnsHoldOthers === true || isHeld(editor, key, each.name, losing),
    )
  );
}

/** Foreign keys of other columns. */
function outsideKeys(editor: Editor, key: ObjectKey, name: string): readonly ForeignKey[] {
  return foreignKeysTo(editor, key).filter(
    ({ table, constraint }) =>
      !(table === key && constraint.columns.includes(name)) && constraint.references?.columns.includes(name) === true,
  );
}

/** What reads the column, and defaults elsewhere that count up its sequence. */
function holdersOf(editor: Editor, key: ObjectKey, name: string, losing: readonly ObjectKey[]): readonly User[] {
  const isMeant = (columns: readonly string[]) => columns.includes(name) || columns.includes('*');
  const readers = [key, ...editor.dependents(key)].flatMap((user) => {
    const object = editor.get(user);
    return object === undefined ? [] : partsReading(object, key, isMeant).map((part) => ({ user, part }));
  });
  return [
    ...readers,
    ...countingElsewhere(editor, key, name).filter(({ user }) => user === key || !losing.includes(user)),
  ];
}

function computedFrom({ columns }: Table, name: string): readonly Column[] {
  return columns.filter(({ generated }) => generated?.expression.columns.includes(name) === true);
}

/** A parent has dropped the column. */
function disinherit(editor: Editor, key: ObjectKey, name: string, only: boolean): void {
  const table = tableAt(editor, key);
  const column = table?.columns.find((each) => each.name === name);
  if (table === undefined || column === undefined) return;
  const inherited = parentsOf(table).some((parent) =>
    tableAt(editor, parent)?.columns.some((each) => each.name === name),
  );
  if (!inherited && !column.local && !only) return dropColumn(editor, key, name, true);
  const left = { ...column, inherited, local: column.local || only };
  editor.set(key, { ...table, columns: table.columns.map((each) => (each === column ? left : each)) });
}

function dropParts(editor: Editor, key: ObjectKey, name: string): void {
  for (const constraint of tableAt(editor, key)?.constraints ?? []) {
    const own =
      (constraint.kind === 'check' ? constraint.expression?.columns : constraint.columns)?.includes(name) === true;
    const toItself = constraint.references?.table === key && constraint.references.columns.includes(name);
    if (own || toItself || indexUses(editor, constraint.index, name))
      if (constraint.kind === 'not-null' || constraint.kind === 'check') forgetConstraint(editor, key, constraint);
      else dropConstraint(editor, key, constraint.name, true, true);
  }
  for (const index of tableAt(editor, key)?.indexes ?? [])
    if (indexUses(editor, index, name)) dropIndex(editor, index, true);
  for (const sequence of ownedSequences(editor, key, name)) dropObject(editor, sequence, true);
}

/** Those below keep theirs, and as if it were still there. */
function forgetConstraint(editor: Editor, key: ObjectKey, constraint: Constraint): void {
  const table = tableAt(editor, key);
  if (table !== undefined)
    editor.set(key, { ...table, constraints: table.constraints.filter((each) => each !== constraint) });
}

export function indexUses(editor: Editor, key: ObjectKey | undefined, name: string): boolean {
  const index = key === undefined ? undefined : indexAt(editor, key);
  if (index === undefined) return false;
  const inKeys = index.keys.some(
    ({ column, expression }) => column === name || expression?.columns.includes(name) === true,
  );
  return inKeys || index.includes.includes(name) || index.where?.columns.includes(name) === true;
}
