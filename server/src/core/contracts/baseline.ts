import type { FileContent, FilePath } from '../model/text.ts';

/** Older states of the contracts below one root, as a host found them. */
export interface ContractBaseline {
  readonly root: FilePath;
  /** The first is the baseline and whole; those behind it, newest first, may hold only files that changed. */
  readonly versions: readonly BaselineVersion[];
  readonly problem?: BaselineProblem;
}

export interface BaselineVersion {
  /** As users call it: `origin/main`, `v1.2.0`, `before 1a2b3c4`. */
  readonly name: string;
  /** By the path that the file has in the work tree. Of a file that did not change since the very content of now. */
  readonly files: ReadonlyMap<FilePath, FileContent>;
}

export type BaselineProblem =
  | { readonly kind: 'no-git' | 'untrusted' | 'ignored' | 'unborn' | 'no-base' | 'shallow' }
  | { readonly kind: 'not-found'; readonly what: string };
