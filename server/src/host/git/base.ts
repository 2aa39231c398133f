import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BaseSnapshot } from '#core/model/migration.ts';
import type { FilePath } from '#core/model/text.ts';
import { decode } from '../decode.ts';
import { fromNative, toNative } from '../paths.ts';
import { git, readBlobs } from './run.ts';
import type { ReadTree } from './trees.ts';

export interface Repository {
  /** Top of the work tree, symbolic links resolved by git. */
  readonly top: FilePath;
  /** The folder as the caller names it; paths are given below it. */
  readonly root: FilePath;
  /** Where git keeps its own files of this work tree. */
  readonly gitFolder: FilePath;
  /** Where it keeps what all work trees share: branches and tags. */
  readonly commonFolder: FilePath;
}

export async function findRepository(root: FilePath): Promise<Repository | undefined> {
  const asked = ['--show-prefix', '--show-toplevel', '--absolute-git-dir', '--git-common-dir'];
  const { ok, out } = await git(root, ['rev-parse', ...asked]);
  if (!ok) return undefined;
  const [prefix = '', top = '', gitFolder = '', common = ''] = out.split('\n');
  const depth = prefix.split('/').filter((part) => part !== '').length;
  // The caller may come through a symbolic link: its own spelling of the top keeps paths comparable.
  const own = root
    .split('/')
    .slice(0, root.split('/').length - depth)
    .join('/');
  return {
    root: own === '' ? '/' : own,
    top: fromNative(top),
    gitFolder: fromNative(gitFolder),
    commonFolder: fromNative(resolve(toNative(root), common)),
  };
}

/** Git is writing the work tree (a checkout, a rebase): what is read now is neither the old state nor the new one. */
export function isBusy({ gitFolder }: Repository): boolean {
  return existsSync(toNative(`${gitFolder}/index.lock`));
}

/** Git keeps out of this folder, so that it cannot say what is new in it. */
export async function isIgnored(folder: FilePath): Promise<boolean> {
  return (await git(folder, ['check-ignore', '--quiet', '.'])).ok;
}

/** @param wanted the ref that configuration or command line name; a bad one is a problem, never replaced by a guess */
export async function readBase(
  repository: Repository,
  wanted: string | undefined,
  ciEnv: Readonly<Record<string, string | undefined>>,
  readTree: ReadTree,
): Promise<BaseSnapshot> {
  const empty = { mergeBase: new Set<FilePath>(), tip: new Set<FilePath>(), changed: new Map<FilePath, string>() };
  const head = await git(repository.top, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (!head.ok && wanted === undefined) return { ...empty, problem: 'unborn' };
  const found = await resolveRef(repository, wanted, ciEnv);
  if (found === undefined) return { ...empty, problem: 'no-base' };
  const merge = await git(repository.top, ['merge-base', found.commit, 'HEAD']);
  if (!merge.ok) return { ...empty, problem: (await isShallow(repository)) ? 'shallow' : 'no-base' };
  const commit = merge.out.trim();
  const [mergeBase, tip] = await Promise.all([readTree(repository, commit), readTree(repository, found.commit)]);
  return {
    ref: found.ref,
    commit,
    mergeBase: new Set(mergeBase.keys()),
    tip: new Set(tip.keys()),
    changed: await changedSince(repository, commit),
  };
}

/** Configuration, else what CI says, else origin/HEAD, else the local main branch. */
async function resolveRef(
  repository: Repository,
  wanted: string | undefined,
  ciEnv: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly ref: string; readonly commit: string } | undefined> {
  if (wanted !== undefined) return named(repository, wanted);
  const ci =
    ciEnv.GITHUB_BASE_REF ||
    ciEnv.CI_MERGE_REQUEST_TARGET_BRANCH_NAME ||
    ciEnv.BITBUCKET_PR_DESTINATION_BRANCH ||
    ciEnv.CHANGE_TARGET ||
    ciEnv.SYSTEM_PULLREQUEST_TARGETBRANCH?.replace(/^refs\/heads\//, '');
  const origin = await git(repository.top, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  const candidates = [
    ...(ci === undefined || ci === '' ? [] : [`origin/${ci}`, ci]),
    ...(origin.ok ? [origin.out.trim()] : []),
    'origin/main',
    'origin/master',
    'main',
    'master',
  ];
  for (const candidate of candidates) {
    const found = await named(repository, candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function named(repository: Repository, ref: string) {
  const commit = await commitOf(repository, ref);
  return commit === undefined ? undefined : { ref, commit };
}

/** Undefined: there is no such branch, tag or commit here. */
export async function commitOf({ top }: Repository, ref: string): Promise<string | undefined> {
  if (ref.startsWith('-')) return undefined;
  const { ok, out } = await git(top, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  return ok ? out.trim() : undefined;
}

async function isShallow(repository: Repository): Promise<boolean> {
  return (await git(repository.top, ['rev-parse', '--is-shallow-repository'])).out.trim() === 'true';
}

/** Files that were there at the merge base and differ in the work tree (or are gone from it), with their text of then. */
async function changedSince(repository: Repository, commit: string): Promise<ReadonlyMap<FilePath, string>> {
  const { out } = await git(repository.top, [
    'diff',
    '--name-only',
    '-z',
    '--no-ext-diff',
    '--no-textconv',
    '--diff-filter=MTD',
    commit,
  ]);
  const names = out.split('\0').filter((name) => name !== '' && !name.includes('\n'));
  const blobs = await readBlobs(
    repository.top,
    names.map((name) => `${commit}:${name}`),
  );
  const changed = new Map<FilePath, string>();
  for (const [index, name] of names.entries()) {
    const blob = blobs[index];
    if (blob !== undefined && blob.length < 16e6) changed.set(`${repository.root}/${name}`, decode(name, blob).text);
  }
  return changed;
}
