import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Folder of everything that the oracles download or compile; deleting it is always safe. */
export const oracleCache = join(import.meta.dirname, '..', '..', '.cache', 'oracles');

/**
 * A folder of the cache, filled once. It is filled beside its place and renamed, so a folder that exists is complete;
 * of two processes that fill the same one, the first to finish wins.
 */
export async function cachedFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(oracleCache, name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.tmp-`);
  try {
    await fill(draft);
    await rename(draft, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Short name of a content: a changed content gets another place in the cache. */
export function fingerprint(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
