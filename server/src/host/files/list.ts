import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { FilePath } from '#core/model/text.ts';
import { isIgnored } from '../git/base.ts';
import { git } from '../git/run.ts';
import { fromNative, toNative } from '../paths.ts';
import { isBuildFolder, isRelevant } from './relevant.ts';

/**
 * Relevant files below a folder: what git tracks or would add, else a walk (without git, or in a folder that git ignores
 * and somebody opened all the same). Sorted, so that every run sees one order.
 */
export async function listFiles(
  root: FilePath,
  patterns: readonly RegExp[],
  useGit: boolean,
): Promise<readonly FilePath[]> {
  const tracked = useGit ? await gitFiles(root) : undefined;
  const all = tracked ?? walk(root);
  return all.filter((path) => isRelevant(path, root, patterns)).sort();
}

async function gitFiles(root: FilePath): Promise<readonly FilePath[] | undefined> {
  const { ok, out } = await git(root, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  ]);
  if (!ok || (out === '' && (await isIgnored(root)))) return undefined;
  return out
    .split('\0')
    .filter((name) => name !== '' && !name.endsWith('/'))
    .map((name) => `${root}/${name}`);
}

/** Without git. A folder reached twice (a symbolic link, a loop) is read once. */
function walk(root: FilePath): readonly FilePath[] {
  const found: FilePath[] = [];
  const seen = new Set<string>();
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const real = attempt(() => realpathSync(toNative(folder ?? root)));
    if (real === undefined || seen.has(real)) continue;
    seen.add(real);
    for (const entry of attempt(() => readdirSync(toNative(folder ?? root), { withFileTypes: true })) ?? []) {
      const path = `${folder === '/' ? '' : folder}/${entry.name}`;
      const isFolder = entry.isSymbolicLink()
        ? attempt(() => statSync(toNative(path)).isDirectory())
        : entry.isDirectory();
      if (isFolder === true && !isBuildFolder(entry.name) && !isWorktree(path)) folders.push(path);
      else if (isFolder === false) found.push(fromNative(path));
    }
  }
  return found;
}

/** A linked work tree has a `.git` file: its migrations are another checkout of the same history. */
function isWorktree(folder: FilePath): boolean {
  return attempt(() => statSync(toNative(`${folder}/.git`)).isFile()) === true;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
