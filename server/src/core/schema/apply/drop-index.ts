import type { Index, ObjectKey } from '../catalog.ts';
import { dropConstraint, foreignKeysTo } from './constraints.ts';
import { type Editor, indexAt, relationWithIndexes } from './editor.ts';

/** Drops an index that no constraint owns, with its parts on partitions. Foreign keys that lean on it go with CASCADE only. */
export function dropIndex(editor: Editor, key: ObjectKey, cascade: boolean): void {
  const index = indexAt(editor, key);
  if (index === undefined || isPart(editor, index)) return;
  const owner = relationWithIndexes(editor, index.table);
  if (owner?.kind === 'table' && owner.constraints.some((each) => each.index === key)) return;
  const leaning = foreignKeysTo(editor, index.table).filter(({ constraint }) => constraint.references?.index === key);
  if (leaning.length > 0 && !cascade) return;
  for (const each of leaning) dropConstraint(editor, each.table, each.constraint.name, true);
  removeIndex(editor, key);
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
  for (const each of foreignKeysTo(editor, index.table))
    if (each.constraint.references?.index === key) dropConstraint(editor, each.table, each.constraint.name, true);
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
