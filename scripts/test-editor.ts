import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runTests, testsIn } from './run-tests.ts';

/**
 * `npm run test:editor`: what is built now, in real VS Code. One suite after the other: each has a window and a browser.
 * A suite that fails gets a second try, which decides: a browser on a busy machine now and then loses a click. The first
 * try is printed without its totals, so that nothing counts it.
 */
const root = join(import.meta.dirname, '..');
const { status } = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' });
process.exit(status === 0 ? Math.max(...testsIn('test/editor').map(tried)) : 1);

function tried(file: string): number {
  console.log(`${file}...`);
  const first = runTests([file], { limit: 900_000, quiet: true });
  if (first.status === 0) {
    console.log(first.output);
    return 0;
  }
  console.log(first.output.replace(/^ℹ .*\n/gm, ''));
  console.log(`${file} failed; its second try decides...`);
  return runTests([file], { limit: 900_000 }).status;
}
