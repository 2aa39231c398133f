import type { Baseline } from '#core/config/config.ts';
import type { BaselineProblem, BaselineVersion, ContractBaseline } from '#core/contracts/baseline.ts';
import type { BaseSnapshot } from '#core/model/migration.ts';
import type { FileContent, FilePath } from '#core/model/text.ts';
import { decode } from '../decode.ts';
import { commitOf, type Repository } from './base.ts';
import { git, readBlobs } from './run.ts';
import type { ReadTree } from './trees.ts';

export interface BaselineRequest {
  readonly repository: Repository;
  /** What `schemaward.yaml` asks for; with `--base` always the merge base with that. */
  readonly wanted: Baseline;
  /** Glob of older tags; undefined: the commits of each file that changed. */
  readonly versions: string | undefined;
  readonly base: BaseSnapshot;
  readonly isContract: (path: FilePath) => boolean;
  readonly readTree: ReadTree;
  /** What is in the work tree: where the old text equals it, it is the old content. */
  readonly disk: ReadonlyMap<FilePath, FileContent>;
  /** What is being changed, though not yet on the disk. */
  readonly edited: ReadonlySet<FilePath>;
}

/** Contents of blobs by id and path; they never change. */
export type BlobCache = Map<string, FileContent>;

/** More old versions than this are not looked at. */
const mostVersions = 20;
const mostCommits = 100;

/** Older states of a repository's contracts: texts in one `cat-file --batch`, each blob once. */
export async function readBaseline(request: BaselineRequest, cache: BlobCache): Promise<ContractBaseline> {
  const { repository, wanted, versions } = request;
  const { root } = repository;
  if (wanted.kind === 'folder') return { root, versions: [] };
  const found = await wantedCommit(request, wanted);
  if ('problem' in found) return { root, versions: [], problem: found.problem };
  const { name, commit } = found;
  const whole = await versionAt(request, name, commit, cache);
  const older =
    versions === undefined
      ? await olderStates(request, commit, whole, cache)
      : await taggedStates(request, versions, commit, cache);
  return { root, versions: [whole, ...older] };
}

type Found = { readonly name: string; readonly commit: string } | { readonly problem: BaselineProblem };

async function wantedCommit(
  { repository, base }: BaselineRequest,
  wanted: Exclude<Baseline, { kind: 'folder' }>,
): Promise<Found> {
  switch (wanted.kind) {
    case 'merge-base':
      if (base.commit === undefined) return { problem: { kind: base.problem ?? 'no-base' } };
      return { name: base.ref ?? base.commit.slice(0, 8), commit: base.commit };
    case 'tag': {
      const [tag] = await tagsOf(repository, wanted.glob, 'HEAD');
      return tag ?? { problem: { kind: 'not-found', what: `a tag ${wanted.glob} on this branch` } };
    }
    case 'ref': {
      const commit = await commitOf(repository, wanted.ref);
      if (commit === undefined) return { problem: { kind: 'not-found', what: `the ref ${wanted.ref}` } };
      return { name: wanted.ref, commit };
    }
    default: {
      const never: never = wanted;
      return never;
    }
  }
}

/** Tags that the commit contains, newest first. */
async function tagsOf({ top }: Repository, glob: string, commit: string) {
  const format = '--format=%(refname:short)%00%(objectname)%00%(*objectname)';
  const { ok, out } = await git(top, [
    'for-each-ref',
    // The last key counts first.
    '--sort=-version:refname',
    '--sort=-creatordate',
    format,
    `--merged=${commit}`,
    `refs/tags/${glob}`,
  ]);
  if (!ok) return [];
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', object = '', peeled = ''] = line.split('\0');
      return { name, commit: peeled === '' ? object : peeled };
    });
}

async function versionAt(
  request: BaselineRequest,
  name: string,
  commit: string,
  cache: BlobCache,
): Promise<BaselineVersion> {
  const { repository, isContract, readTree } = request;
  const tree = await readTree(repository, commit);
  const entries = [...tree].flatMap(([file, blob]) => (isContract(file) ? [{ blob, file }] : []));
  return { name, files: await contentsOf(request, entries, cache) };
}

async function taggedStates(
  request: BaselineRequest,
  glob: string,
  baseline: string,
  cache: BlobCache,
): Promise<readonly BaselineVersion[]> {
  const tags = await tagsOf(request.repository, glob, baseline);
  const versions: BaselineVersion[] = [];
  for (const { name, commit } of tags.filter((tag) => tag.commit !== baseline).slice(0, mostVersions))
    versions.push(await versionAt(request, name, commit, cache));
  return versions;
}

/** What each commit on the way to the baseline replaced, of the files that are being changed now. */
async function olderStates(
  request: BaselineRequest,
  commit: string,
  { files }: BaselineVersion,
  cache: BlobCache,
): Promise<readonly BaselineVersion[]> {
  const { repository, disk, edited } = request;
  const { root, top } = repository;
  const isChanged = (path: FilePath, content: FileContent) => edited.has(path) || disk.get(path) !== content;
  const changed = [...files].filter(([path, content]) => isChanged(path, content)).map(([path]) => path);
  if (changed.length === 0 || changed.length > 500) return [];
  const { ok, out } = await git(top, [
    'log',
    `--max-count=${mostCommits}`,
    '--format=%H',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    commit,
    '--',
    ...changed.map((path) => `:(literal)${path.slice(root.length + 1)}`),
  ]);
  if (!ok) return [];
  const versions: BaselineVersion[] = [];
  for (const { id, entries } of replacedIn(out, root)) {
    if (entries.length === 0) continue;
    versions.push({ name: `before ${id.slice(0, 8)}`, files: await contentsOf(request, entries, cache) });
  }
  return versions;
}

interface Entry {
  readonly blob: string;
  readonly file: FilePath;
}

/** Commits of `git log --raw -z`, each with the blobs that it replaced or deleted. */
function replacedIn(
  out: string,
  root: FilePath,
): readonly { readonly id: string; readonly entries: readonly Entry[] }[] {
  const commits: { id: string; entries: Entry[] }[] = [];
  const tokens = out.split('\0');
  for (let at = 0; at < tokens.length; at += 1) {
    const token = (tokens[at] ?? '').trim();
    const change = /^:\d+ \d+ ([0-9a-f]+) [0-9a-f]+ [A-Z]/.exec(token);
    if (change !== null) {
      const [, blob = ''] = change;
      at += 1;
      if (!/^0+$/.test(blob)) commits.at(-1)?.entries.push({ blob, file: `${root}/${tokens[at] ?? ''}` });
    } else if (token !== '') commits.push({ id: token, entries: [] });
  }
  return commits;
}

async function contentsOf(
  { repository, disk }: BaselineRequest,
  entries: readonly Entry[],
  cache: BlobCache,
): Promise<ReadonlyMap<FilePath, FileContent>> {
  const keyOf = ({ blob, file }: Entry) => `${blob} ${file}`;
  const unknown = entries.filter((entry) => !cache.has(keyOf(entry)));
  const blobs = await readBlobs(
    repository.top,
    unknown.map(({ blob }) => blob),
  );
  for (const [index, entry] of unknown.entries()) {
    const bytes = blobs[index];
    if (bytes !== undefined) cache.set(keyOf(entry), decode(entry.file, bytes));
  }
  const contents = new Map<FilePath, FileContent>();
  for (const entry of entries) {
    const old = cache.get(keyOf(entry));
    if (old === undefined) continue;
    const now = disk.get(entry.file);
    const content = now?.text === old.text ? now : old;
    // One text is kept, not two.
    if (content !== old) cache.set(keyOf(entry), content);
    contents.set(entry.file, content);
  }
  return contents;
}

/** What contracts could be compared with, as `contracts.baseline` takes it: newest first. */
export async function baselineChoices(
  repository: Repository,
): Promise<readonly { readonly words: string; readonly description: string }[]> {
  const { out } = await git(repository.top, [
    'for-each-ref',
    '--count=200',
    '--sort=-creatordate',
    '--format=%(refname:short)%00%(refname)%00%(creatordate:short)',
    'refs/tags',
    'refs/heads',
    'refs/remotes',
  ]);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ref = '', date = ''] = line.split('\0');
      const kind = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
      return { words: `ref:${name}`, description: `${kind}, ${date}` };
    });
}
