import { execFile, spawn } from 'node:child_process';

/**
 * One git command. Never asks, never writes, never fetches: no optional locks, no lazy fetching of partial clones, no
 * file system monitor (a hook that a repository may set is a program of its own).
 */
export function git(folder: string, args: readonly string[]): Promise<{ readonly ok: boolean; readonly out: string }> {
  return new Promise((done) => {
    const options = { cwd: folder, env, maxBuffer: 1 << 29, encoding: 'utf8' as const, windowsHide: true };
    execFile('git', [...settings, ...args], options, (error, out) => done({ ok: error === null, out }));
  });
}

/** Reads many objects through one process. `undefined` for what does not exist here. */
export async function readBlobs(folder: string, names: readonly string[]): Promise<readonly (Buffer | undefined)[]> {
  if (names.length === 0) return [];
  const output = await batch(folder, names);
  const blobs: (Buffer | undefined)[] = [];
  let at = 0;
  for (const _ of names) {
    const end = output.indexOf(10, at);
    const header = output.toString('utf8', at, end === -1 ? output.length : end);
    const size = /^\S+ blob (\d+)$/.exec(header)?.[1];
    at = end === -1 ? output.length : end + 1;
    if (size === undefined) {
      blobs.push(undefined);
      continue;
    }
    blobs.push(output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return blobs;
}

function batch(folder: string, names: readonly string[]): Promise<Buffer> {
  return new Promise((done) => {
    const child = spawn('git', [...settings, 'cat-file', '--batch'], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => done(Buffer.alloc(0)));
    child.on('close', () => done(Buffer.concat(parts)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${names.join('\n')}\n`);
  });
}

const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'core.untrackedCache=keep'];

const env = {
  ...process.env,
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};
