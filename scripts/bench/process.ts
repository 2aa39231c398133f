import { spawnSync } from 'node:child_process';
import { median } from './figures.ts';

/** One process from start to end. Wall time in seconds, peak memory in megabytes (`/usr/bin/time`). */
export interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Medians of several fresh processes. What they print is thrown away, but printed. */
export function timed(times: number, command: string, args: readonly string[], cwd: string, env = process.env): Run {
  const runs = Array.from({ length: times }, () => once(command, args, cwd, env));
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  };
}

function once(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Run {
  const started = performance.now();
  const { stderr } = spawnSync('/usr/bin/time', ['-f', 'peak %M', command, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 };
}
