import type { Tree } from '../../../tree.ts';
import { readProto } from '../syntax/read.ts';
import type { ProtoSyntax } from '../syntax/tree.ts';

/**
 * Folders that import paths start from, for files that no configuration of buf is about: whatever makes the imports of the trees
 * lead to files, and where folders are named as packages are. Longest first, so that a file belongs to the nearest.
 */
export function guessedRoots(trees: readonly Tree[]): readonly string[] {
  const roots = new Set<string>();
  for (const tree of trees) {
    const byName = filesByName(tree);
    for (const [path, content] of tree) {
      if (!path.endsWith('.proto')) continue;
      const syntax = readProto(content);
      for (const target of importsIn(syntax)) {
        for (const other of byName.get(nameOf(target)) ?? [])
          if (other.endsWith(`/${target}`)) roots.add(other.slice(0, -target.length - 1));
      }
      const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
      const named = packageIn(syntax)?.replaceAll('.', '/');
      if (named === undefined) continue;
      if (folder.endsWith(`/${named}`)) roots.add(folder.slice(0, -named.length - 1));
    }
  }
  return [...roots].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

function filesByName(tree: Tree): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const path of tree.keys()) {
    if (!path.endsWith('.proto')) continue;
    const known = byName.get(nameOf(path));
    if (known === undefined) byName.set(nameOf(path), [path]);
    else known.push(path);
  }
  return byName;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function importsIn({ body }: ProtoSyntax): readonly string[] {
  return body.flatMap((element) =>
    element.kind === 'import' && element.path !== undefined ? [element.path.text] : [],
  );
}

function packageIn({ body }: ProtoSyntax): string | undefined {
  return body.find((element) => element.kind === 'package')?.name?.text;
}
