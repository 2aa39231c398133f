import type { FilePath } from '#core/model/text.ts';
import type { History } from './histories.ts';
import { wordsOf } from './recorded.ts';
import { versionOf, wordsIn } from './releases.ts';

/** The migrations that came when the product's policy of rolling releases was in force. */
export async function underPolicy(history: History, files: readonly FilePath[]): Promise<ReadonlySet<FilePath>> {
  const { name, rolling, shippedIn } = history;
  if (rolling === undefined) return new Set();
  const { after, from } = rolling;
  if (after !== undefined) {
    const wordsOfVersion = async (version: string) => new Set((await shippedIn?.(version))?.map(wordsOf));
    const earlier = await wordsOfVersion(after);
    if (earlier.size === 0) throw new Error(`${name} ships no migrations in ${after}`);
    // A framework's own migrations run along, and are not the product's.
    const own = await wordsOfVersion(versionOf(history));
    return new Set(files.filter((path) => own.has(wordsIn(path)) && !earlier.has(wordsIn(path))));
  }
  if (from === undefined) return new Set(files);
  const ordered = [...files].sort((a, b) => placeOf(a) - placeOf(b));
  const first = ordered.findIndex((path) => wordsIn(path).startsWith(from));
  if (first === -1) throw new Error(`${name} has no migration ${from}`);
  return new Set(ordered.slice(first));
}

function placeOf(path: FilePath): number {
  return Number(/\/V(\d+)__/.exec(path)?.[1] ?? 0);
}
