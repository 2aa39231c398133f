import type { ObjectKey } from '../catalog.ts';
import type { ChangeOf, IndexSpec } from '../change.ts';
import { keyOf } from '../keys.ts';
import { attachIndex } from './constraints.ts';
import { type Editor, indexAt, isTaken, partitionsOf, relationWithIndexes } from './editor.ts';
import { completeParent, inheritIndex } from './partition-indexes.ts';
import { settled, settledKey } from './settle.ts';

/** An index, and its parts on the partitions: theirs if one fits, else new ones. ON ONLY it waits for them to be attached. */
export function createIndex(editor: Editor, change: ChangeOf<'CreateIndex'>): void {
  const owner = editor.resolve('rel', change.table);
  if (owner === undefined || relationWithIndexes(editor, owner) === undefined) return;
  const partitions = partitionsOf(editor, owner);
  const made = makeIndex(editor, owner, change.index, !change.only || partitions.length === 0);
  if (made === undefined || change.only) return;
  for (const partition of partitions) inheritIndex(editor, partition, made);
}

function makeIndex(editor: Editor, owner: ObjectKey, index: IndexSpec, valid: boolean): ObjectKey | undefined {
  const relation = relationWithIndexes(editor, owner);
  if (relation === undefined) return undefined;
  const labels = editor.semantics.indexLabels(index);
  const name = index.name?.name ?? editor.semantics.indexName(editor.catalog, relation.name, labels);
  const qualified = { schema: relation.name.schema, name };
  const key = keyOf('rel', qualified);
  editor.untaint(key);
  if (isTaken(editor, qualified, { kind: 'index' })) return undefined;
  const { name: _, ...written } = index;
  const spec = {
    ...written,
    keys: index.keys.map((each) => settledKey(editor, each)),
    ...(index.where === undefined ? {} : { where: settled(editor, index.where) }),
  };
  editor.set(key, { kind: 'index', origin: editor.origin, table: owner, valid, labels, ...spec, name: qualified });
  editor.set(owner, { ...relation, indexes: [...relation.indexes, key] });
  return key;
}

/** `ALTER INDEX i ATTACH PARTITION j` */
export function attachPart(editor: Editor, change: ChangeOf<'SetTableOption'>): void {
  const parent = editor.resolve('rel', change.table);
  const index = parent === undefined ? undefined : indexAt(editor, parent);
  const { value, schema } = change.options ?? {};
  if (parent === undefined || index === undefined || typeof value !== 'string') return;
  const part = editor.resolve('rel', {
    name: value,
    span: change.span,
    ...(typeof schema === 'string' ? { schema } : {}),
  });
  if (part === undefined || indexAt(editor, part)?.parent !== undefined) return;
  attachIndex(editor, part, parent);
  completeParent(editor, parent);
}
