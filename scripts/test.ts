import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runTests } from './run-tests.ts';

/** `npm test`: static checks, build, every fast suite. Each step says what it is; the first failing one ends it. */
const root = join(import.meta.dirname, '..');

step('Format and lint (biome)', 'biome', ['check', '.', '--error-on-warnings']);
step('Types (tsc)', 'tsc', ['-b']);
step('Dead code (knip)', 'knip', ['--no-progress', '--no-config-hints']);
step('Bundles (esbuild)', process.execPath, ['scripts/build.ts']);
step('Generated pages are current', process.execPath, ['scripts/docs.ts', '--check']);
process.exit(
  runTests(['test/core', 'test/seams', 'test/host', 'test/cli', 'test/protocol', 'test/examples', 'test/package'])
    .status,
);

function step(name: string, command: string, args: readonly string[]): void {
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`${name}: failed`);
    process.exit(status ?? 1);
  }
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
