import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Runs one program to its end; rejects with what it printed when it fails. */
export const run = promisify(execFile);

/** The programs that the oracles need, and the Debian package of each. */
const packages = {
  mvn: 'maven',
  java: 'openjdk-17-jdk-headless',
  javac: 'openjdk-17-jdk-headless',
  unzip: 'unzip',
  xz: 'xz-utils',
} as const;

export type Tool = keyof typeof packages;

/** Makes sure that the programs exist: root on Debian installs them, anyone else gets an error with the command. */
export async function ensureTools(tools: readonly Tool[]): Promise<void> {
  const missing = tools.filter((tool) => !onPath(tool));
  if (missing.length === 0) return;
  const names = [...new Set(missing.map((tool) => packages[tool]))];
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    const command = `apt-get update && apt-get install -y ${names.join(' ')}`;
    throw new Error(`The oracles need ${missing.join(', ')}. As root on Debian: ${command}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['-qq', 'update'], { env });
  const wait = ['-o', 'DPkg::Lock::Timeout=600'];
  await run('apt-get', ['-qq', ...wait, 'install', '-y', '--no-install-recommends', ...names], { env });
}

/** Lays the files of an archive that match any of the patterns into a folder. */
export async function unzip(archive: string, patterns: readonly string[], folder: string): Promise<void> {
  await ensureTools(['unzip']);
  // It says 11 when one of the patterns matched nothing.
  await run('unzip', ['-q', archive, ...patterns, '-d', folder]).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== 11) throw error;
  });
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
