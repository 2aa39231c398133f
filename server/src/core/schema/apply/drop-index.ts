import type { Index, ObjectKey } from '../catalog.ts';
import { dropConstraint, type ForeignKey, foreignKeysTo } from './constraints.ts';
import { type Editor, indexAt, relationWithIndexes } from './editor.ts';

/** Drops an index that no constraint owns, with its parts on partitions. Foreign keys that lean on it go with CASCADE only. */
export function dropIndex(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const index = indexAt(editor, key);
  if (index === undefined || isPart(editor, index)) return;
  const owner = relationWithIndexes(editor, index.table);
  if (owner?.kind === 'table' && owner.constraints.some((each) => each.index === key)) return;
  const leaning = foreignKeysOn(editor, key);
  if (leaning.length > 0 && !cascade) return;
  for (const each of leaning) dropConstraint(editor, each.table, each.constraint.name, true);
  removeIndex(editor, key);
}

/** Those that lean on an index, or on a part of it. */
export function foreignKeysOn(editor: Editor, key: ObjectKey): readonly ForeignKey[] {
  const index = indexAt(editor, key);
  if (index === undefined) return [];
  return [...leaningOn(editor, key, index), ...partsOf(editor, key).flatMap((part) => foreignKeysOn(editor, part))];
}

function leaningOn(editor: Editor, key: ObjectKey, { table }: Index): readonly ForeignKey[] {
  return foreignKeysTo(editor, table).filter(({ constraint }) => constraint.references?.index === key);
}

/** A part goes with the partitioned table's index only. */
function isPart(editor: Editor, { parent }: Index): boolean {
  return parent !== undefined && indexAt(editor, parent) !== undefined;
}

/** The index is gone with the constraint that has it, the foreign keys that lean on it, and its parts. */
export function removeIndex(editor: Editor, key: ObjectKey): void {
  const index = indexAt(editor, key);
  if (index === undefined) return;
  for (const part of partsOf(editor, key)) removeIndex(editor, part);
  for (const each of leaningOn(editor, key, index)) dropConstraint(editor, each.table, each.constraint.name, true);
  const owner = relationWithIndexes(editor, index.table);
  const indexes = owner?.indexes.filter((each) => each !== key) ?? [];
  if (owner?.kind === 'view') editor.set(index.table, { ...owner, indexes });
  if (owner?.kind === 'table') {
    const constraints = owner.constraints.filter((each) => each.index !== key);
    editor.set(index.table, { ...owner, indexes, constraints });
  }
  editor.set(key, undefined);
}

/** Indexes of partitions that are parts of this one. */
export function partsOf(editor: Editor, key: ObjectKey): readonly ObjectKey[] {
  return editor.dependents(key).filter((each) => indexAt(editor, each)?.parent === key);
}
