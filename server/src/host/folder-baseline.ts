import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { type Baseline, isOutside } from '#core/config/config.ts';
import type { ContractBaseline } from '#core/contracts/baseline.ts';
import type { FileContent, FilePath } from '#core/model/text.ts';
import { type ContractFiles, readTree } from './contract-tree.ts';
import { fromNative, toNative } from './paths.ts';

/** Where old files outside the workspace are; undefined where they are not asked for there. */
export function baselineStart(root: FilePath, baseline: Baseline): FilePath | undefined {
  if (baseline.kind !== 'folder' || !isOutside(baseline.path)) return undefined;
  const { path } = baseline;
  return isAbsolute(path) ? fromNative(path) : fromNative(resolve(toNative(root), path));
}

/** Old files outside the workspace, under the paths of the new ones. Those inside are among the workspace's own files. */
export function readFolderBaseline(
  root: FilePath,
  start: FilePath,
  { path, of }: Extract<Baseline, { kind: 'folder' }>,
  wanted: ContractFiles,
  disk: ReadonlyMap<FilePath, FileContent>,
): ContractBaseline {
  const stats = statSync(toNative(start), { throwIfNoEntry: false });
  const files = new Map<FilePath, FileContent>();
  if (stats !== undefined)
    for (const [name, content] of readTree(start, wanted)) {
      const below = stats.isFile() && of !== '' ? of : [of, name].filter((part) => part !== '').join('/');
      const now = disk.get(`${root}/${below}`);
      const old = stats.isFile() ? start : `${start}/${name}`;
      files.set(`${root}/${below}`, now?.text === content.text ? now : { ...content, path: old });
    }
  return files.size === 0
    ? { root, versions: [], problem: { kind: 'not-found', what: path } }
    : { root, versions: [{ name: path, files }] };
}
