import type { Index, ObjectKey, Table } from '../catalog.ts';
import { keyOf } from '../keys.ts';
import type { Editor } from './editor.ts';

/** An index like one of another table, under a name that the server would make up; it stands by itself. */
export function copiedIndex(editor: Editor, key: ObjectKey, table: Table, index: Index): ObjectKey {
  const { name: _, parent: __, ...rest } = index;
  const name = {
    schema: table.name.schema,
    name: editor.semantics.indexName(editor.catalog, table.name, index.labels),
  };
  const made = keyOf('rel', name);
  editor.set(made, { ...rest, name, table: key, valid: true, origin: editor.origin });
  editor.set(key, { ...table, indexes: [...table.indexes, made] });
  return made;
}
