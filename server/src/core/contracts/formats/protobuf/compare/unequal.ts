import { differing } from '../../../../text/patched.ts';
import type { FileDescriptor, ProtoSet } from '../descriptor.ts';
import type { Pair } from './pair.ts';

/** Paths of an image; undefined: all of the set. */
type Image = ReadonlySet<string> | undefined;

/**
 * Files of both images that are not one and the same, by path. Where text and meaning are the same the linker has made one descriptor
 * of both sides, and nothing has to be asked of it.
 */
export function unequalFiles(sets: Pair<ProtoSet>, images: Pair<Image>): Pair<ReadonlyMap<string, FileDescriptor>> {
  const before = new Map<string, FileDescriptor>();
  const after = new Map<string, FileDescriptor>();
  const paths = new Set([...differing(sets.before.files, sets.after.files).keys(), ...inOne(images, sets)]);
  for (const path of [...paths].sort()) {
    const old = fileIn(sets.before, images.before, path);
    const now = fileIn(sets.after, images.after, path);
    if (old === now) continue;
    if (old !== undefined) before.set(path, old);
    if (now !== undefined) after.set(path, now);
  }
  return { before, after };
}

function fileIn({ files }: ProtoSet, image: Image, path: string): FileDescriptor | undefined {
  return image === undefined || image.has(path) ? files.get(path) : undefined;
}

const memo = new WeakMap<
  ReadonlySet<string>,
  { readonly other: ReadonlySet<string>; readonly paths: readonly string[] }
>();

/** Paths of one image that the other has not. */
function inOne({ before, after }: Pair<Image>, sets: Pair<ProtoSet>): readonly string[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [...sets.before.files.keys()].filter((path) => after?.has(path) !== true);
  if (after === undefined) return [...sets.after.files.keys()].filter((path) => !before.has(path));
  const known = memo.get(before);
  if (known?.other === after) return known.paths;
  const paths = [...before].filter((path) => !after.has(path)).concat([...after].filter((path) => !before.has(path)));
  memo.set(before, { other: after, paths });
  return paths;
}
