import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { runCli } from '#cli/run.ts';
import { makeService } from '../../server/src/entry/service.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in this process. A fresh engine each time, because it keeps the last world. */
export async function runInProcess(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input: readonly string[] = [],
): Promise<CliResult> {
  let out = '';
  let err = '';
  const terminal = {
    cwd,
    env: { HOME: '/nowhere', ...env },
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    lines: async function* () {
      yield* input;
    },
    now: () => '2026-11-24T12:00:00Z',
    color: false,
  };
  const code = await runCli(args, terminal, makeService, '0.0.0-test');
  return { code, out, err };
}

export const bundle = resolve(import.meta.dirname, '../../dist/cli.js');

/** The bundle that users get, in a process of its own. */
export async function runBundle(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  child.stderr.on('data', (part) => {
    err += String(part);
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}
