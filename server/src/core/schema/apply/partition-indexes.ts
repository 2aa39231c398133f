import type { Index, ObjectKey } from '../catalog.ts';
import { copiedIndex } from './copied-index.ts';
import { partsOf } from './drop-index.ts';
import { type Editor, indexAt, tableAt } from './editor.ts';

/** Does a partition's own index do for it what the partitioned table's does? */
export function matchingPart(editor: Editor, own: ObjectKey, parents: ObjectKey): boolean {
  const a = indexAt(editor, own);
  const b = indexAt(editor, parents);
  if (a === undefined || b === undefined || a.parent !== undefined) return false;
  if (isOfExclusion(editor, own, a) || isOfExclusion(editor, parents, b)) return false;
  return (
    a.unique === b.unique &&
    a.method === b.method &&
    a.nullsNotDistinct === b.nullsNotDistinct &&
    keysOf(editor, a) === keysOf(editor, b) &&
    a.where?.text === b.where?.text
  );
}

/** `CompareIndexInfo` has no support for those. */
function isOfExclusion(editor: Editor, key: ObjectKey, { table }: Index): boolean {
  return tableAt(editor, table)?.constraints.some(({ kind, index }) => kind === 'exclude' && index === key) === true;
}

function keysOf(editor: Editor, { table, keys, includes }: Index): string {
  const columns = tableAt(editor, table)?.columns ?? [];
  const parts = keys.map(({ column, expression, opclass, collation }) => {
    const own = columns.find(({ name }) => name === column)?.collation;
    return [column ?? expression?.text, opclass, collation ?? own ?? 'default'];
  });
  return JSON.stringify([parts, includes]);
}

/** The partition's part of a partitioned table's index: one of its own that fits, else a new one, with parts below. */
export function inheritIndex(editor: Editor, key: ObjectKey, parent: ObjectKey): void {
  const table = tableAt(editor, key);
  const index = indexAt(editor, parent);
  if (table === undefined || index === undefined) return;
  const own = table.indexes.find((each) => matchingPart(editor, each, parent));
  const part = own ?? copiedIndex(editor, key, table, index);
  const made = indexAt(editor, part);
  if (made === undefined) return;
  editor.set(part, { ...made, parent });
  if (own !== undefined) return;
  for (const below of editor.dependents(key))
    if (tableAt(editor, below)?.partitionOf?.parent === key) inheritIndex(editor, below, part);
}

/** An index made with ON ONLY becomes valid with its last part. */
export function completeParent(editor: Editor, key: ObjectKey): void {
  const index = indexAt(editor, key);
  if (index === undefined || index.valid) return;
  const partitions = editor
    .dependents(index.table)
    .filter((each) => tableAt(editor, each)?.partitionOf?.parent === index.table);
  const parts = partsOf(editor, key).filter((each) => indexAt(editor, each)?.valid === true);
  if (parts.length < partitions.length) return;
  editor.set(key, { ...index, valid: true });
  if (index.parent !== undefined) completeParent(editor, index.parent);
}
