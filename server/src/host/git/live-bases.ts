import type { FileContent, FilePath } from '#core/model/text.ts';
import type { Snapshot } from '#core/service.ts';
import { patched } from '#core/text/patched.ts';

type Bases = Snapshot['bases'];
type Files = ReadonlyMap<FilePath, FileContent>;

/**
 * What differs from the base, while texts change: git was asked once, and what it found in the work tree then is the
 * base's text wherever it found no difference.
 */
export interface LiveBases {
  /** Git was asked. @param disk what was in the work tree at that moment */
  asked(bases: Bases, disk: Files): void;
  /** After the texts of some files changed; the very same value where that makes no difference. */
  after(paths: Iterable<FilePath>, files: Files): Bases;
}

export function createLiveBases(start: Bases): LiveBases {
  let git = start;
  let then: Files = new Map();
  let live = start;
  const follow = (path: FilePath, files: Files) => {
    const index = git.findIndex(({ base }) => base.mergeBase.has(path));
    const text = git[index]?.base.changed.get(path) ?? then.get(path)?.text;
    const now = files.get(path)?.text;
    const differs = text !== undefined && now !== undefined && text !== now;
    if (text === undefined || live[index] === undefined || live[index].base.changed.has(path) === differs) return;
    const changed = patched(live[index].base.changed, new Map([[path, differs ? text : undefined]]));
    live = live.map((each, i) => (i === index ? { ...each, base: { ...each.base, changed } } : each));
  };
  return {
    asked(bases, disk) {
      git = bases;
      live = bases;
      then = new Map(disk);
    },
    after(paths, files) {
      for (const path of paths) follow(path, files);
      return live;
    },
  };
}
