import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Tree } from '#core/contracts/tree.ts';
import type { FileContent, FilePath } from '#core/model/text.ts';
import { readContent } from './files/read.ts';
import { toNative } from './paths.ts';

export interface ContractFiles {
  readonly endings: readonly string[];
  readonly names: readonly string[];
}

/**
 * The contracts of a folder, or a single file under its own name. Everything below counts, built and ignored folders
 * too: the folder was named. Throws what the file system says.
 */
export function readTree(path: FilePath, wanted: ContractFiles): Tree {
  const tree = new Map<string, FileContent>();
  if (statSync(toNative(path)).isFile()) {
    put(tree, path.slice(path.lastIndexOf('/') + 1), path);
    return tree;
  }
  for (const name of filesBelow(path)) if (isWanted(name, wanted)) put(tree, name, `${path}/${name}`);
  return tree;
}

export function isWanted(path: string, { endings, names }: ContractFiles): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return names.includes(name) || endings.some((ending) => name.endsWith(ending));
}

/** Two states of contracts: what both have alike is the very same content, so that it is read and linked once. */
export function sharing(tree: Tree, other: Tree): Tree {
  return new Map(
    [...tree].map(([path, content]) => {
      const same = other.get(path);
      return [path, same?.text === content.text && same.problem?.kind === content.problem?.kind ? same : content];
    }),
  );
}

/** Contents are called as the tree calls them: they may belong to several trees. */
function put(tree: Map<string, FileContent>, name: string, path: FilePath): void {
  const content = readContent(path);
  if (content !== undefined) tree.set(name, { ...content, path: name });
}

/** Sorted. A folder that symbolic links reach twice is read once. */
function filesBelow(root: FilePath): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const here = folder === '' ? root : `${root}/${folder}`;
    const real = realpathSync(toNative(here));
    if (seen.has(real)) continue;
    seen.add(real);
    for (const entry of readdirSync(toNative(here), { withFileTypes: true })) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isSymbolicLink() ? isFolderBehind(`${root}/${name}`) : entry.isDirectory();
      if (isFolder && entry.name !== '.git') folders.push(name);
      else if (!isFolder) found.push(name);
    }
  }
  return found.sort();
}

function isFolderBehind(path: FilePath): boolean {
  try {
    return statSync(toNative(path)).isDirectory();
  } catch {
    return false;
  }
}
