import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startVsCodeServer } from '../vscode/server.ts';
import type { Sample } from './workspace.ts';

/** Real VS Code on the sample, with the extension as it is packaged. */
export async function openSample(
  root: string,
  sample: Sample,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const vsix = join(root, '.cache', 'schemaward.vsix');
  const { status } = spawnSync(process.execPath, ['scripts/package.ts', '.cache/schemaward.vsix'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the extension could not be packaged');
  const server = await startVsCodeServer({ vsix: [vsix], workspaceTrust: false, log: (line) => console.log(line) });
  return { url: server.window(sample.path), stop: server.stop };
}
