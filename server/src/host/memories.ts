import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Service } from '#core/service.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Workspace } from './workspace.ts';

/** In bytes, of all projects together; the least recently used goes first. */
const largest = 200 * 1024 * 1024;

const isBundled = !import.meta.filename.endsWith('.ts');

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Gives the workspace what earlier processes remember of its projects. Outside the repository, readable by its owner
 * only. A file that is missing, cut off or from another build is no memory. Sources that run as they are have no build
 * to be told apart by, and remember nothing.
 */
export function readMemories(service: Service, workspace: Workspace, env: Env): void {
  const found = new Map<string, readonly string[]>();
  if (!isBundled) return;
  for (const key of service.memoryKeys(workspace.snapshot)) {
    const lines = attempt(() => readMemory(join(cacheFolder(env), `${key}.jsonl`)));
    if (lines !== undefined) found.set(key, lines);
  }
  if (found.size > 0) workspace.setMemories(found);
}

/** Keeps what is worth keeping. A full disk or a folder that cannot be written means that nothing is kept. */
export function writeMemories(service: Service, workspace: Workspace, env: Env): void {
  if (!isBundled) return;
  for (const [key, lines] of service.memories(workspace.snapshot))
    attempt(() => writeMemory(join(cacheFolder(env), `${key}.jsonl`), lines));
}

/** The last line seals the others. */
function readMemory(file: string): readonly string[] | undefined {
  if (!existsSync(file)) return undefined;
  const data = readFileSync(file);
  const end = data.lastIndexOf('\n') + 1;
  if (data.toString('latin1', end) !== sealed().update(data.subarray(0, end)).digest('hex')) return undefined;
  const now = new Date();
  utimesSync(file, now, now);
  return data.toString('utf8', 0, end - 1).split('\n');
}

function writeMemory(file: string, lines: readonly string[]): void {
  const parent = join(file, '..');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}`;
  const seal = sealed();
  try {
    const out = openSync(temporary, 'w', 0o600);
    try {
      for (const line of lines) {
        const data = Buffer.from(`${line}\n`);
        seal.update(data);
        writeSync(out, data);
      }
      writeSync(out, seal.digest('hex'));
    } finally {
      closeSync(out);
    }
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  makeRoom(parent);
}

/** Begins with the build: another one may judge otherwise, whatever its version says. */
function sealed(): Hash {
  return createHash('sha256').update(readFileSync(import.meta.filename));
}

function makeRoom(parent: string): void {
  const files = readdirSync(parent)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => ({ path: join(parent, name), stats: statSync(join(parent, name)) }))
    .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  let total = 0;
  for (const { path, stats } of files) {
    total += stats.size;
    if (total > largest) rmSync(path, { force: true });
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
