import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startVsCodeServer, type VsCodeServer, type WindowOptions } from '../../../scripts/vscode/server.ts';
import { launchBrowser } from './browser.ts';
import { type Screen, screenOf } from './screen.ts';

/** The extension as it is packaged, installed in a VS Code of its own, with a browser that shows it. */
export interface Packaged {
  /** Empty and its own; removed in the end. */
  readonly folder: string;
  readonly server: VsCodeServer;
  readonly browser: Browser;
  /** A window on a folder. */
  open(workspace: string, options?: WindowOptions): Promise<Screen>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');

export async function installPackaged(options: {
  readonly workspaceTrust: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}): Promise<Packaged> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-ui-')));
  const vsix = join(folder, 'schemaward.vsix');
  const packed = spawnSync(process.execPath, ['scripts/package.ts', vsix], { cwd: root, encoding: 'utf8' });
  assert.equal(packed.status, 0, packed.stderr);
  const server = await startVsCodeServer({ vsix: [vsix], ...options, log: (line) => console.log(line) });
  const browser = await launchBrowser().catch(async (error) => {
    await server.stop();
    throw error;
  });
  return {
    folder,
    server,
    browser,
    async open(workspace, options) {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      await page.goto(server.window(workspace, options));
      await page.waitForSelector('.monaco-workbench');
      return screenOf(page);
    },
    async stop() {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
