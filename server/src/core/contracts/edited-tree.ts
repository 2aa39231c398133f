import type { FileContent } from '../model/text.ts';
import type { TreeEdit } from './language.ts';
import type { Tree } from './tree.ts';

/** The tree as it would be after the edits; what they leave alone is the same content. An edit of a file that is not there makes it. */
export function editedTree(tree: Tree, edits: readonly TreeEdit[]): Tree {
  const after = new Map(tree);
  for (const [path, own] of Map.groupBy(edits, (edit) => edit.path)) {
    if (own.some(({ deletes }) => deletes)) after.delete(path);
    else after.set(path, withEdits(tree.get(path) ?? { path, text: '' }, own));
  }
  return after;
}

function withEdits(content: FileContent, edits: readonly TreeEdit[]): FileContent {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start);
  let text = '';
  let behind = 0;
  for (const { span, newText } of ordered) {
    text += content.text.slice(behind, span.start) + newText;
    behind = span.end;
  }
  return { ...content, text: text + content.text.slice(behind) };
}
