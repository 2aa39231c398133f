import { type Config, type ConfigProblem, configName, defaultConfig } from '../config/config.ts';
import { readConfig } from '../config/read.ts';
import { type ReadStatistics, readStatistics, statisticsName } from '../config/statistics.ts';
import type { FileContent, FilePath } from '../model/text.ts';
import type { Snapshot } from '../service.ts';
import { todayOf } from './today.ts';

/** The `schemaward.yaml` of one workspace folder. */
export interface Settings {
  readonly root: FilePath;
  readonly path: FilePath;
  readonly content: FileContent | undefined;
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
  readonly sizes: Sizes;
}

/** The `schemaward.stats.json` beside it. */
export interface Sizes extends ReadStatistics {
  readonly path: FilePath;
  readonly content: FileContent | undefined;
}

/** Settings of every root. A file that is broken mid-keystroke keeps what it said when it was last whole. */
export function settingsOf(snapshot: Snapshot, last: readonly Settings[]): readonly Settings[] {
  return snapshot.roots.map((root) => {
    const path = `${root}/${configName}`;
    const content = snapshot.files.get(path);
    const before = last.find((each) => each.root === root);
    const sizes = sizesOf(snapshot, root, before?.sizes);
    if (before !== undefined && before.content === content)
      return before.sizes === sizes ? before : { ...before, sizes };
    if (content === undefined) return { root, path, content, config: defaultConfig, problems: [], sizes };
    const { config, problems } = readConfig(content.text, todayOf(snapshot), before?.config);
    return { root, path, content, config: config ?? before?.config ?? defaultConfig, problems, sizes };
  });
}

function sizesOf(snapshot: Snapshot, root: FilePath, before: Sizes | undefined): Sizes {
  const path = `${root}/${statisticsName}`;
  const content = snapshot.files.get(path);
  if (before !== undefined && before.content === content) return before;
  return content === undefined ? noSizes(path) : { path, content, ...readStatistics(content.text) };
}

function noSizes(path: FilePath): Sizes {
  return { path, content: undefined, statistics: new Map(), problems: [] };
}

/** The settings that hold for a file: those of the deepest root around it. */
export function settingsFor(all: readonly Settings[], path: FilePath): Settings {
  let best: Settings | undefined;
  for (const each of all) {
    if (path.startsWith(`${each.root}/`) && each.root.length >= (best?.root.length ?? 0)) best = each;
  }
  return best ?? all[0] ?? nowhere;
}

const nowhere: Settings = {
  root: '',
  path: '',
  content: undefined,
  config: defaultConfig,
  problems: [],
  sizes: noSizes(''),
};

export function relativeTo(root: FilePath, path: FilePath): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
