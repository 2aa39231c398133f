import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, timed } from './process.ts';

/** A peer that reads the same files in the same run. */
export interface Peer {
  readonly name: string;
  /** Undefined: it could not be had on this machine. */
  readonly run: Run | undefined;
}

export function measurePeers(cache: string, project: string, times: number): readonly Peer[] {
  const files = 'db/migration/*.sql';
  const shell = (command: string) => timed(times, 'sh', ['-c', `${command} > /dev/null`], project);
  const squawk = findSquawk(cache);
  const pgfence = findPgfence(cache);
  return [
    { name: 'squawk', run: squawk === undefined ? undefined : shell(`${squawk} --reporter json ${files}`) },
    { name: 'pgfence', run: pgfence === undefined ? undefined : shell(`${pgfence} analyze --output json ${files}`) },
  ];
}

/** The binary in the Python wheel `squawk-cli`. */
export function findSquawk(cache: string): string | undefined {
  const venv = join(cache, 'venv');
  const binary = join(venv, 'bin', 'squawk');
  if (!existsSync(binary)) {
    spawnSync('python3', ['-m', 'venv', venv], { stdio: 'ignore' });
    spawnSync(join(venv, 'bin', 'pip'), ['install', '--quiet', 'squawk-cli'], { stdio: 'ignore' });
  }
  return found(binary, 'squawk', 'PyPI: squawk-cli');
}

function findPgfence(cache: string): string | undefined {
  const folder = join(cache, 'pgfence');
  const binary = join(folder, 'node_modules', '.bin', 'pgfence');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    spawnSync('npm', ['install', '--prefix', folder, '--silent', '@flvmnt/pgfence@0.1.5'], { stdio: 'ignore' });
  }
  return found(binary, 'pgfence', 'npm: @flvmnt/pgfence');
}

function found(binary: string, name: string, where: string): string | undefined {
  if (existsSync(binary)) return binary;
  console.log(`${name} could not be had (${where}); its figures are missing.`);
  return undefined;
}
