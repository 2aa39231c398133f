import type { FileContent } from '../../../../model/text.ts';
import type { TreeEdit } from '../../../language.ts';
import type { LinkedSide } from '../compare/compare-workspaces.ts';
import { linkProtos } from '../link/link.ts';
import { readProto } from '../syntax/read.ts';

/** The side as it would be after the edits. */
export function edited(linked: LinkedSide, edits: readonly TreeEdit[]): LinkedSide {
  const tree = new Map(linked.tree);
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const content = linked.tree.get(path);
    const own = edits.filter((edit) => edit.path === path);
    if (content !== undefined) tree.set(path, withEdits(content, own));
  }
  const trees = [...linked.places].flatMap(([importPath, path]) => {
    const content = tree.get(path);
    return content === undefined ? [] : [[importPath, readProto(content)] as const];
  });
  return { ...linked, tree, set: linkProtos(new Map(trees), linked.set) };
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
