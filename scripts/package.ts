import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** `npm run package`: one universal .vsix. */
const root = join(import.meta.dirname, '..');
const out = process.argv[2] ?? 'schemaward.vsix';
run(process.execPath, ['scripts/build.ts']);
run(process.execPath, ['scripts/docs.ts']);
mkdirSync(join(root, '.cache'), { recursive: true });
run('vsce', ['package', '--no-dependencies', '--out', out]);
console.log(`${out}: ${Math.round(statSync(resolve(root, out)).size / 1000)} KB`);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
