import type { ContractBaseline } from '#core/contracts/baseline.ts';
import type { FileContent, FilePath } from '#core/model/text.ts';
import type { Service, Snapshot } from '#core/service.ts';
import { isWanted } from './contract-tree.ts';
import { isRelevant } from './files/relevant.ts';
import { sameFiles } from './files/same.ts';
import { baselineStart, readFolderBaseline } from './folder-baseline.ts';
import type { Repository } from './git/base.ts';
import { type BlobCache, readBaseline } from './git/contract-baselines.ts';
import type { ReadTree } from './git/trees.ts';
import type { WorkspaceOptions } from './workspace.ts';

/** What a reading of the workspace has found by then. */
interface Reading {
  readonly bases: Snapshot['bases'];
  readonly found: ReadonlyMap<FilePath, Repository>;
  readonly at: Snapshot;
  readonly files: ReadonlyMap<FilePath, FileContent>;
  readonly readTree: ReadTree;
}

export interface Baselines {
  /** Older states of the contracts; the very same where nothing differs. Without contracts git is not asked. */
  read(reading: Reading): Promise<readonly ContractBaseline[]>;
  /** It differs from what it is compared with, for the first time; from now on its older states are read, too. */
  isNewlyEdited(path: FilePath, at: Snapshot): boolean;
}

export function createBaselines(
  service: Service,
  optionsOf: () => WorkspaceOptions,
  patterns: readonly RegExp[],
): Baselines {
  const blobs: BlobCache = new Map();
  const edited = new Set<FilePath>();
  return {
    async read({ bases, found, at, files, readTree }) {
      const options = optionsOf();
      const wanted = service.workspace(at).baselines;
      const known = service.contractFiles();
      const read: ContractBaseline[] = [];
      for (const { root, baseline, versions } of wanted) {
        if (baseline.kind === 'folder' && options.base === undefined) {
          const start = baselineStart(root, baseline);
          if (start === undefined) read.push({ root, versions: [] });
          else if (options.trusted) read.push(readFolderBaseline(root, start, baseline, known, files));
          else read.push({ root, versions: [], problem: { kind: 'untrusted' } });
          continue;
        }
        const repository = found.get(root);
        const base = bases.find((each) => each.root === (repository?.root ?? root))?.base;
        if (repository === undefined || base === undefined) {
          read.push({ root, versions: [], problem: { kind: options.trusted ? 'no-git' : 'untrusted' } });
          continue;
        }
        const isContract = (path: FilePath) =>
          path.startsWith(`${root}/`) && isWanted(path, known) && isRelevant(path, root, patterns);
        const asked = options.base === undefined ? baseline : { kind: 'merge-base' as const };
        if (![...files.keys(), ...base.mergeBase].some(isContract)) {
          read.push({ root, versions: [] });
          continue;
        }
        const request = { repository, wanted: asked, versions, base, isContract, readTree, disk: files, edited };
        read.push({ ...(await readBaseline(request, blobs)), root });
      }
      return sameBaselines(at.baselines, read) ? (at.baselines ?? read) : read;
    },
    isNewlyEdited(path, { baselines = [], files }) {
      if (edited.has(path)) return false;
      const old = baselines.map(({ versions }) => versions[0]?.files.get(path)).find((each) => each !== undefined);
      if (old === undefined || old.text === files.get(path)?.text) return false;
      edited.add(path);
      return true;
    },
  };
}

function sameBaselines(a: Snapshot['baselines'], b: readonly ContractBaseline[]): boolean {
  return (
    a?.length === b.length &&
    a.every(({ root, problem, versions }, i) => {
      const other = b[i];
      return (
        root === other?.root &&
        problem?.kind === other.problem?.kind &&
        versions.length === other.versions.length &&
        versions.every(
          (each, k) => each.name === other.versions[k]?.name && sameFiles(each.files, other.versions[k].files),
        )
      );
    })
  );
}
