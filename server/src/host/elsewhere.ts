import { statSync } from 'node:fs';
import type { FilePath } from '#core/model/text.ts';
import type { WorkspaceInfo } from '#core/service.ts';
import { baselineStart } from './folder-baseline.ts';
import type { Repository } from './git/base.ts';
import { toNative } from './paths.ts';

/** Files that findings depend on and that are none of the workspace's own. */
export interface Elsewhere {
  readonly kind: 'git' | 'baseline';
  readonly folder: FilePath;
  /** Below the folder: one file, or `**` for all. */
  readonly pattern: string;
}

/** Old files in a folder of their own, and what git writes when a branch moves. */
export function elsewhere(
  baselines: WorkspaceInfo['baselines'],
  repositories: Iterable<Repository>,
): readonly Elsewhere[] {
  const all = [...baselines.flatMap(ofBaseline), ...[...repositories].flatMap(ofGit)];
  return [...new Map(all.map((each) => [`${each.folder} ${each.pattern}`, each])).values()];
}

export function concerns({ folder, pattern }: Elsewhere, path: FilePath): boolean {
  return pattern === '**' ? path === folder || path.startsWith(`${folder}/`) : path === `${folder}/${pattern}`;
}

function ofBaseline({ root, baseline }: WorkspaceInfo['baselines'][number]): readonly Elsewhere[] {
  const start = baselineStart(root, baseline);
  if (start === undefined) return [];
  const isFile = statSync(toNative(start), { throwIfNoEntry: false })?.isFile() === true;
  const slash = start.lastIndexOf('/');
  return isFile
    ? [{ kind: 'baseline', folder: start.slice(0, slash), pattern: start.slice(slash + 1) }]
    : [{ kind: 'baseline', folder: start, pattern: '**' }];
}

function ofGit({ gitFolder, commonFolder }: Repository): readonly Elsewhere[] {
  return [
    { kind: 'git', folder: gitFolder, pattern: 'HEAD' },
    { kind: 'git', folder: commonFolder, pattern: 'packed-refs' },
    { kind: 'git', folder: `${commonFolder}/refs`, pattern: '**' },
  ];
}
