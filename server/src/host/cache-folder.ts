import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this program keeps what makes its next run faster: outside of repositories, the user's own. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.SCHEMAWARD_CACHE !== undefined && env.SCHEMAWARD_CACHE !== '') return env.SCHEMAWARD_CACHE;
  const home = homedir();
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'schemaward');
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'schemaward');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'schemaward');
}
