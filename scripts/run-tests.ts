import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Runs test files, and every `*.test.ts` below folders, with Node's own runner.
 * @param options.quiet keeps what is printed for the answer instead of showing it as it comes
 */
export function runTests(
  places: readonly string[],
  options: { readonly limit?: number; readonly quiet?: boolean } = {},
): { readonly status: number; readonly output: string } {
  const files = places.flatMap((place) => (place.endsWith('.test.ts') ? [place] : testsIn(place)));
  if (files.length === 0) {
    console.error(`No tests in ${places.join(', ')}.`);
    return { status: 1, output: '' };
  }
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--test', `--test-timeout=${options.limit ?? 120_000}`, '--test-reporter=spec', ...files],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', options.quiet === true ? 'pipe' : 'inherit', 'inherit'],
    },
  );
  return { status: status ?? 1, output: stdout ?? '' };
}

export function testsIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .sort();
}
