import type { Cursor } from '../../../language.ts';
import type { Side, Tree } from '../../../tree.ts';
import { guessedRoots } from '../buf-config/guessed-roots.ts';
import { workspacesOf } from '../buf-config/workspace.ts';
import { type LinkedSide, linkSide } from '../compare/compare-workspaces.ts';
import type { FileDescriptor } from '../descriptor.ts';
import { type Lookup, lookupIn } from '../link/link.ts';
import { readProto } from '../syntax/read.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';

/** A file of a tree among all that it can see. */
export interface Opened {
  readonly linked: LinkedSide;
  readonly lookup: Lookup;
  /** Import path. */
  readonly path: string;
  readonly file: FileDescriptor;
  readonly syntax: ProtoSyntax;
}

const sides: Readonly<Record<Side, WeakMap<Tree, readonly LinkedSide[]>>> = {
  before: new WeakMap(),
  after: new WeakMap(),
};

export function linkedSides(side: Side, tree: Tree): readonly LinkedSide[] {
  const known = sides[side].get(tree);
  if (known !== undefined) return known;
  const { workspaces } = workspacesOf(tree, side, undefined, guessedRoots([tree]));
  const linked = workspaces.map((workspace) => linkSide(side, tree, workspace));
  sides[side].set(tree, linked);
  return linked;
}

/** Where a file belongs; undefined where the tree has no such file. */
export function homeSide(side: Side, tree: Tree, path: string): LinkedSide | undefined {
  return linkedSides(side, tree).find((linked) => importPathOf(linked, path) !== undefined);
}

/** Where a file belongs comes first: of copies that copy is meant. */
export function linkedSidesAround(side: Side, tree: Tree, path: string): readonly LinkedSide[] {
  const all = linkedSides(side, tree);
  const home = homeSide(side, tree, path);
  return home === undefined || home === all[0] ? all : [home, ...all.filter((each) => each !== home)];
}

/** Undefined where the tree has no such file, or none of its modules does. */
export function open({ tree, path }: Omit<Cursor, 'offset'>, side: Side = 'after'): Opened | undefined {
  for (const linked of linkedSides(side, tree)) {
    const importPath = importPathOf(linked, path);
    if (importPath !== undefined) return openedIn(linked, importPath);
  }
  return undefined;
}

export function openedIn(linked: LinkedSide, path: string): Opened | undefined {
  const lookup = lookupIn(linked.set);
  const file = lookup.file(path);
  return file && { linked, lookup, path, file, syntax: readProto(file.content) };
}

export function importPathOf({ places }: LinkedSide, place: string): string | undefined {
  if (places.get(place) === place) return place;
  for (const [path, each] of places) if (each === place) return path;
  return undefined;
}
