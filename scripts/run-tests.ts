import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Runs every `*.test.ts` below some folders with Node's own runner.
 * @param atOnce files at the same time; by default what the machine can do
 */
export function runTests(folders: readonly string[], limit = 120_000, atOnce?: number): number {
  const files = folders.flatMap((folder) => (existsSync(join(root, folder)) ? testsIn(folder) : []));
  if (files.length === 0) {
    console.error(`No tests in ${folders.join(', ')}.`);
    return 1;
  }
  const args = ['--test', `--test-timeout=${limit}`, '--test-reporter=spec', ...files];
  if (atOnce !== undefined) args.splice(1, 0, `--test-concurrency=${atOnce}`);
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

function testsIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort();
}
