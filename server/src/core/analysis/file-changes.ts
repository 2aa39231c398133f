import { formatOfFile } from '../contracts/formats/index.ts';
import type { Files } from '../migrations/tool.ts';
import type { FilePath } from '../model/text.ts';
import { differing } from '../text/patched.ts';

export interface FileChanges {
  /** A file appeared or vanished, or one changed that is neither SQL nor a contract: projects and timelines must be found again. */
  readonly layout: boolean;
  /** SQL files and contracts whose text changed and nothing else. */
  readonly edited: readonly FilePath[];
}

/** What differs between two file maps, by identity of their contents. */
export function fileChanges(before: Files, after: Files): FileChanges {
  if (before === after) return { layout: false, edited: [] };
  if (before.size !== after.size) return { layout: true, edited: [] };
  const edited: FilePath[] = [];
  for (const [path, content] of differing(before, after)) {
    if (content === undefined || !before.has(path) || !isText(path)) return { layout: true, edited: [] };
    edited.push(path);
  }
  return { layout: false, edited };
}

/** Nothing but its own text hangs on it. */
function isText(path: FilePath): boolean {
  return path.toLowerCase().endsWith('.sql') || formatOfFile(path) !== undefined;
}
