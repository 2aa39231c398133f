import { editedTree } from '../../../edited-tree.ts';
import type { Refused } from '../../../language.ts';
import type { Tree } from '../../../tree.ts';
import type { Edit } from '../fixes/write.ts';
import { problemsOf } from '../problems.ts';
import { readTree } from '../read.ts';

/** Places in a text that breaks off mean nothing. */
export const halfWritten: Refused = { refused: 'The file cannot be read to its end: write that first.' };

/** Of several ways to write the same the first that Apache Avro reads: types stand once, and before they are used. */
export function firstReadable(
  tree: Tree,
  path: string,
  attempts: readonly (readonly Edit[] | undefined)[],
): readonly Edit[] | Refused {
  const known = new Set(problemsIn(tree, path));
  let why: string | undefined;
  for (const edits of attempts) {
    if (edits === undefined) continue;
    const after = editedTree(
      tree,
      edits.map((edit) => ({ path, ...edit })),
    );
    const problem = problemsIn(after, path).find((message) => !known.has(message));
    if (problem === undefined) return edits;
    why ??= problem;
  }
  return {
    refused: why === undefined ? 'The declaration is not understood.' : `The schema would not be read any more: ${why}`,
  };
}

function problemsIn(tree: Tree, path: string): readonly string[] {
  const set = readTree(tree);
  const file = set.files.get(path);
  if (file === undefined) return [];
  return problemsOf(set, file).flatMap(({ harmless, message }) => (harmless === true ? [] : [message]));
}
