import { editedTree } from '../../../edited-tree.ts';
import type { TreeEdit } from '../../../language.ts';
import { isWithin, relativeTo } from '../buf-config/paths.ts';
import type { LinkedSide } from '../compare/compare-workspaces.ts';
import { linkProtos } from '../link/link.ts';
import { readProto } from '../syntax/read.ts';

/** The side as it would be after the edits. */
export function edited(linked: LinkedSide, edits: readonly TreeEdit[]): LinkedSide {
  const tree = editedTree(linked.tree, edits);
  const made = edits.filter(({ path }) => !linked.tree.has(path)).map(({ path }) => [importPathOf(linked, path), path]);
  const places = new Map([...linked.places, ...(made as [string, string][])]);
  const trees = [...places].flatMap(([importPath, path]) => {
    const content = tree.get(path);
    return content === undefined ? [] : [[importPath, readProto(content)] as const];
  });
  return { ...linked, tree, places, set: linkProtos(new Map(trees), linked.set) };
}

/** By the innermost module that the file would be in. */
function importPathOf({ workspace: { modules } }: LinkedSide, path: string): string {
  const roots = modules.map(({ root }) => root).filter((root) => isWithin(root, path));
  return relativeTo(
    roots.reduce((best, root) => (root.length > best.length ? root : best), ''),
    path,
  );
}
