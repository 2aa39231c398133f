import { type Config, type ConfigProblem, configName, defaultConfig } from '../config/config.ts';
import { readConfig } from '../config/read.ts';
import type { FileContent, FilePath } from '../model/text.ts';
import type { Snapshot } from '../service.ts';

/** The `schemaward.yaml` of one workspace folder. */
export interface Settings {
  readonly root: FilePath;
  readonly path: FilePath;
  readonly content: FileContent | undefined;
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** Settings of every root. A file that is broken mid-keystroke keeps what it said when it was last whole. */
export function settingsOf(snapshot: Snapshot, last: readonly Settings[]): readonly Settings[] {
  return snapshot.roots.map((root) => {
    const path = `${root}/${configName}`;
    const content = snapshot.files.get(path);
    const before = last.find((each) => each.root === root);
    if (before !== undefined && before.content === content) return before;
    if (content === undefined) return { root, path, content, config: defaultConfig, problems: [] };
    const { config, problems } = readConfig(content.text, snapshot.now.slice(0, 10), before?.config);
    return { root, path, content, config: config ?? before?.config ?? defaultConfig, problems };
  });
}

/** The settings that hold for a file: those of the deepest root around it. */
export function settingsFor(all: readonly Settings[], path: FilePath): Settings {
  let best: Settings | undefined;
  for (const each of all) {
    if (path.startsWith(`${each.root}/`) && each.root.length >= (best?.root.length ?? 0)) best = each;
  }
  return best ?? all[0] ?? { root: '', path: '', content: undefined, config: defaultConfig, problems: [] };
}

export function relativeTo(root: FilePath, path: FilePath): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
