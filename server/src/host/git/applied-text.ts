import type { FilePath } from '#core/model/text.ts';
import { decode } from '../decode.ts';
import type { Repository } from './base.ts';
import { git, readBlobs } from './run.ts';

/** How far back a file's own history is searched. */
const mostCommits = 500;

/** The newest version of a file in git for which `matches` holds: the text that a database was migrated with. */
export async function findVersion(
  repository: Repository,
  path: FilePath,
  matches: (text: string) => boolean,
): Promise<{ readonly text: string; readonly commit: string } | undefined> {
  const name = path.slice(repository.root.length + 1);
  const log = await git(repository.top, [
    'log',
    '--all',
    '--follow',
    `--max-count=${mostCommits}`,
    '--format=%x00%H',
    '--name-only',
    '-z',
    '--',
    name,
  ]);
  const versions = parseLog(log.out, name);
  const blobs = await readBlobs(
    repository.top,
    versions.map(({ commit, file }) => `${commit}:${file}`),
  );
  for (const [index, blob] of blobs.entries()) {
    const version = versions[index];
    const text = blob === undefined ? undefined : decode(path, blob).text;
    if (text !== undefined && version !== undefined && matches(text)) return { text, commit: version.commit };
  }
  return undefined;
}

/** Commit and the file's name then (it may have been renamed since), newest first. */
function parseLog(out: string, name: string): readonly { readonly commit: string; readonly file: string }[] {
  const versions: { commit: string; file: string }[] = [];
  for (const part of out.split('\0')) {
    const word = part.trim();
    const last = versions.at(-1);
    if (/^[0-9a-f]{40,64}$/.test(word)) versions.push({ commit: word, file: name });
    else if (word !== '' && last !== undefined) last.file = word;
  }
  return versions;
}
