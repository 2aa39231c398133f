import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { desktopCommand, findDesktop } from '../../../scripts/vscode/electron.ts';
import { startGroup } from '../../../scripts/vscode/process.ts';
import { startVsCodeServer, usualSettings } from '../../../scripts/vscode/server.ts';
import { launchBrowser } from './browser.ts';
import { connectEvaluator, type Evaluator } from './evaluate.ts';

/** A window whose extension host runs our functions. The same suite runs in the desktop editor and in the server's. */
export interface ApiWindow extends Evaluator {
  readonly host: 'desktop' | 'server';
  /** Only where a browser shows the window. */
  readonly page?: Page;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');
const extension = { path: root, tests: join(import.meta.dirname, 'evaluator.cjs') };
const log = (line: string) => console.log(line);

export async function openApiWindow(
  workspace: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ApiWindow> {
  const executable = await findDesktop(log);
  return executable === undefined ? openInBrowser(workspace, settings) : openDesktop(executable, workspace, settings);
}

/** @param vsix extensions beside ours */
export async function openInBrowser(
  workspace: string,
  settings: Readonly<Record<string, unknown>>,
  vsix: readonly string[] = [],
): Promise<ApiWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'schemaward-evaluator-'));
  const port = join(folder, 'port');
  const server = await startVsCodeServer({
    workspaceTrust: false,
    smokeTestDriver: true,
    settings,
    vsix,
    env: { SCHEMAWARD_EVALUATOR: port },
    log,
  });
  const browser = await launchBrowser();
  const stop = async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const page = await browser.newPage({
      viewport: { width: 1400, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    let ended: string | undefined;
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.exposeFunction('codeAutomationExit', (code: number) => {
      ended = `exit ${code}`;
    });
    await page.goto(server.window(workspace, { extension }));
    const evaluator = await connectEvaluator(port, () => ended);
    return { ...evaluator, host: 'server', page, stop: () => evaluator.end().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDesktop(
  executable: string,
  workspace: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<ApiWindow> {
  const folder = mkdtempSync(join(tmpdir(), 'schemaward-desktop-'));
  mkdirSync(join(folder, 'user', 'User'), { recursive: true });
  writeFileSync(join(folder, 'user', 'User', 'settings.json'), JSON.stringify({ ...usualSettings, ...settings }));
  const port = join(folder, 'port');
  const [command, args] = desktopCommand(executable, [
    workspace,
    `--extensionDevelopmentPath=${extension.path}`,
    `--extensionTestsPath=${extension.tests}`,
    `--user-data-dir=${join(folder, 'user')}`,
    `--extensions-dir=${join(folder, 'extensions')}`,
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--disable-gpu',
    '--disable-updates',
    '--disable-telemetry',
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
  ]);
  const group = startGroup(command, args, { env: { ...process.env, SCHEMAWARD_EVALUATOR: port } });
  const stop = async () => {
    await group.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const evaluator = await connectEvaluator(port, group.ended);
    return { ...evaluator, host: 'desktop', stop: () => evaluator.end().then(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}
