import type { FilePath } from '#core/model/text.ts';
import type { History } from './histories.ts';
import { wordsOf } from './recorded.ts';

/** What one published version brought. */
export interface Release {
  readonly version: string;
  /** Its new migrations. */
  readonly files: readonly FilePath[];
  /** Those that the version before it ships already. */
  readonly before: readonly FilePath[];
  readonly later: readonly FilePath[];
}

/** The releases that the packages of consecutive versions tell apart. A version that ships nothing new is none. */
export async function releasesOf(history: History, files: readonly FilePath[]): Promise<readonly Release[]> {
  const { releases: versions = [], shippedIn } = history;
  if (shippedIn === undefined || versions.length === 0) return [];
  const own = new Set((await shippedIn(versionOf(history))).map(wordsOf));
  const made: Release[] = [];
  let before: readonly FilePath[] | undefined;
  for (const version of versions) {
    const shipped = new Set((await shippedIn(version)).map(wordsOf));
    const known = new Set(before);
    // A framework's own migrations run along with any version.
    const isThere = (words: string) => shipped.has(words) || !own.has(words);
    const there = files.filter((path) => known.has(path) || isThere(wordsIn(path)));
    const brought = there.filter((path) => !known.has(path));
    const ships = new Set(there);
    if (before !== undefined && brought.length > 0)
      made.push({ version, files: brought, before, later: files.filter((path) => !ships.has(path)) });
    before = there;
  }
  return made;
}

/** The version that was recorded. */
export function versionOf({ from }: History): string {
  return from.replace(/^.* /, '');
}

/** The words of the tool's own name, in the name of a recorded file. */
export function wordsIn(path: FilePath): string {
  return path.replace(/^.*\/V\d+__/, '').replace(/\.sql$/, '');
}
