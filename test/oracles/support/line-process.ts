import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

/** A program that answers every line with one line. It does not keep this process alive; only a question does. */
export interface LineProcess {
  /** One question at a time. Rejects with the end of its standard error when it ends or says nothing in `limit` ms. */
  ask(line: string, limit: number): Promise<string>;
  readonly ended: boolean;
  kill(): Promise<void>;
}

export function startLineProcess(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): LineProcess {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let complaint = '';
  let settle: ((result: string | Error) => void) | undefined;
  const fail = (reason: string): void => settle?.(new Error(`${reason}${complaint === '' ? '' : `\n${complaint}`}`));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    if (!out.endsWith('\n')) return;
    settle?.(out.slice(0, -1));
    out = '';
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-4000);
  });
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => fail(`${program} did not start: ${error.message}`));
  child.on('close', () => fail(`${program} ended.`));
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as Socket).unref();
  return {
    get ended() {
      return hasEnded(child);
    },
    ask: (line, limit) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => fail(`No answer in ${limit} ms.`), limit);
        settle = (result) => {
          settle = undefined;
          clearTimeout(timer);
          if (typeof result === 'string') resolve(result);
          else reject(result);
        };
        child.stdin.write(`${line}\n`);
      }),
    kill: async () => {
      if (hasEnded(child)) return;
      child.ref();
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
