import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';

const cache = join(import.meta.dirname, '../../.cache/vscode-electron');

/**
 * The desktop VS Code: `VSCODE_EXECUTABLE`, else the stable one that `@vscode/test-electron` fetches. `undefined` where
 * it cannot be reached or has no display to open a window on; the VS Code server in a browser then takes its place.
 */
export async function findDesktop(log: (line: string) => void): Promise<string | undefined> {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named !== undefined && named !== '') return named;
  if (process.platform === 'linux' && !hasDisplay()) return undefined;
  try {
    return await downloadAndUnzipVSCode({ cachePath: cache, reporter: new SilentReporter() });
  } catch (error) {
    log(`No desktop VS Code (${error instanceof Error ? error.message : String(error)}).`);
    return undefined;
  }
}

function hasDisplay(): boolean {
  return (
    (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '' || spawnSync('which', ['xvfb-run']).status === 0
  );
}

/** How to start it: under a virtual display where there is none. */
export function desktopCommand(executable: string, args: readonly string[]): readonly [string, readonly string[]] {
  const bare = process.platform !== 'linux' || (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '';
  return bare ? [executable, args] : ['xvfb-run', ['-a', executable, ...args]];
}
