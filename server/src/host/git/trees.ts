import type { FilePath } from '#core/model/text.ts';
import { git } from './run.ts';

/** Files of a commit, with the ids of their contents. */
export type GitTree = ReadonlyMap<FilePath, string>;

/** Lists a commit's files below the folder that a repository is called by. */
export type ReadTree = (
  repository: { readonly top: FilePath; readonly root: FilePath },
  commit: string,
) => Promise<GitTree>;

/** For one reading of a workspace: whoever wants to know a commit's files, git lists them once. */
export function createReadTree(): ReadTree {
  const listed = new Map<string, Promise<GitTree>>();
  return ({ top, root }, commit) => {
    const key = `${commit} ${root}`;
    const known = listed.get(key) ?? list(top, root, commit);
    listed.set(key, known);
    return known;
  };
}

async function list(top: FilePath, root: FilePath, commit: string): Promise<GitTree> {
  const { out } = await git(top, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const files = new Map<FilePath, string>();
  for (const line of out.split('\0')) {
    // `100644 blob <id>`, a tab, the name.
    const tab = line.indexOf('\t');
    if (tab > 0) files.set(`${root}/${line.slice(tab + 1)}`, line.slice(line.lastIndexOf(' ', tab) + 1, tab));
  }
  return files;
}
