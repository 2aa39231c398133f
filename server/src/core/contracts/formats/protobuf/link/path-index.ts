import { patched } from '../../../../text/patched.ts';

/** What files have in common -> paths of those files. */
export type PathIndex = ReadonlyMap<string, ReadonlySet<string>>;

/** After some files changed: mostly the former one, for few edits touch an import or a package. */
export function nextIndex<F>(
  former: PathIndex,
  files: ReadonlyMap<string, F>,
  changed: ReadonlyMap<string, F | undefined>,
  keysOf: (file: F) => ReadonlySet<string>,
): PathIndex {
  const changes = new Map<string, Set<string>>();
  const of = (key: string): Set<string> => {
    const own = changes.get(key) ?? new Set(former.get(key));
    changes.set(key, own);
    return own;
  };
  for (const [path, file] of changed) {
    const old = files.get(path);
    const before = old === undefined ? nothing : keysOf(old);
    const after = file === undefined ? nothing : keysOf(file);
    for (const key of before) if (!after.has(key)) of(key).delete(path);
    for (const key of after) if (!before.has(key)) of(key).add(path);
  }
  return patched(former, changes);
}

const nothing: ReadonlySet<string> = new Set();
