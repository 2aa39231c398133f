import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startSampleDatabase } from './sample/database.ts';
import { makeSample } from './sample/workspace.ts';
import { freePort } from './vscode/port.ts';

/**
 * `npm start`: the sample shop in real VS Code with a database beside it, or on the command line with `-- --cli` (or
 * where no editor can be had). Says plainly what it could not get.
 */
const root = join(import.meta.dirname, '..');
const onlyCli = process.argv.includes('--cli');

run('node', ['scripts/build.ts']);
// A database of somebody else may listen where the sample's own would.
const sample = makeSample(undefined, await freePort());
const database = await startSampleDatabase(sample).catch((error: Error) => {
  console.log(`No database beside the sample: ${error.message}`);
  return undefined;
});
if (database !== undefined) console.log(`Database with the applied part of the history: ${database.url}`);

const window = onlyCli
  ? undefined
  : await openEditor().catch((error: Error) => {
      console.log(`No editor: ${error.message}`);
      return undefined;
    });
if (window === undefined) {
  await showOnCommandLine();
  await database?.stop();
  process.exit(0);
}
console.log(`\nVS Code with the sample: ${window.url}\nStop with Ctrl+C.`);
const end = async () => {
  await window.stop();
  await database?.stop();
  process.exit(0);
};
process.on('SIGINT', end);
process.on('SIGTERM', end);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function openEditor(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { openSample } = await import('./sample/editor.ts');
  return openSample(root, sample);
}

async function showOnCommandLine(): Promise<void> {
  const cli = join(root, 'dist/cli.js');
  if (!existsSync(cli)) throw new Error('dist/cli.js was not built');
  await show('check');
  if (database === undefined) return show('status');
  await show('status', '--target', 'flyway');
  console.log('\nThat is what the database of orders has run; billing calls its own "local": --target local.');

  async function show(...args: readonly string[]): Promise<void> {
    console.log(`\n$ schemaward ${args.join(' ')}\n`);
    const child = spawn(process.execPath, [cli, ...args], { cwd: sample.path, stdio: 'inherit' });
    await once(child, 'exit');
  }
}
