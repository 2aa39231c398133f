import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** A program with everything that it starts, in a process group of its own. */
export interface Group {
  readonly child: ChildProcess;
  /** Why it has ended, while it has. */
  ended(): string | undefined;
  /** Asks all of it to end, insists after three seconds, and is back when nothing is left. */
  stop(): Promise<void>;
}

export function startGroup(command: string, args: readonly string[], options: SpawnOptions = {}): Group {
  const child = spawn(command, args, { stdio: 'ignore', ...options, detached: true });
  let why: string | undefined;
  child.once('exit', (code, signal) => {
    why = `exit ${code ?? signal}`;
  });
  child.once('error', ({ message }) => {
    why = message;
  });
  return { child, ended: () => why, stop: () => end(child) };
}

async function end({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  signal(pid, 'SIGTERM');
  if (await gone(pid, 3000)) return;
  signal(pid, 'SIGKILL');
  if (!(await gone(pid, 5000))) throw new Error(`Processes of group ${pid} could not be ended.`);
}

/** False when nothing of the group is left. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number, limit: number): Promise<boolean> {
  const until = performance.now() + limit;
  while (performance.now() < until) {
    if (!signal(pid, 0)) return true;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return false;
}
