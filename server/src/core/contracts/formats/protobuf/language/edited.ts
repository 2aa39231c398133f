import { editedTree } from '../../../edited-tree.ts';
import type { TreeEdit } from '../../../language.ts';
import type { LinkedSide } from '../compare/compare-workspaces.ts';
import { linkProtos } from '../link/link.ts';
import { readProto } from '../syntax/read.ts';

/** The side as it would be after the edits. */
export function edited(linked: LinkedSide, edits: readonly TreeEdit[]): LinkedSide {
  const tree = editedTree(linked.tree, edits);
  const trees = [...linked.places].flatMap(([importPath, path]) => {
    const content = tree.get(path);
    return content === undefined ? [] : [[importPath, readProto(content)] as const];
  });
  return { ...linked, tree, set: linkProtos(new Map(trees), linked.set) };
}
