import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureVsCodeServer } from './install.ts';
import { freePort } from './port.ts';
import { startGroup } from './process.ts';

export interface VsCodeServer {
  readonly port: number;
  /** `--server-data-dir`: profile, settings, logs. */
  readonly data: string;
  /** Address of a window on a folder or a `.code-workspace` file. */
  window(path: string, options?: WindowOptions): string;
  stop(): Promise<void>;
}

/** An extension that is not installed, with the module that tests it. */
export interface Development {
  readonly path: string;
  readonly tests: string;
}

export interface WindowOptions {
  readonly extension?: Development;
  readonly logLevel?: 'trace';
}

export interface ServerOptions {
  /** Installed before the window opens. */
  readonly vsix?: readonly string[];
  readonly workspaceTrust: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Needed for the extension tests' payload; hides notifications. */
  readonly smokeTestDriver?: boolean;
  /** For the extension host, beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}

/** What every window of ours has: nothing that moves, asks or goes to the network by itself. */
export const usualSettings = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off',
  'workbench.editor.useModal': 'off',
  'editor.minimap.enabled': false,
  'workbench.reduceMotion': 'on',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'git.openRepositoryInParentFolders': 'never',
  'editor.hover.delay': 100,
};

/** A VS Code server with a profile of its own; ready when it answers. */
export async function startVsCodeServer(options: ServerOptions): Promise<VsCodeServer> {
  const main = ensureVsCodeServer(options.log);
  const data = mkdtempSync(join(tmpdir(), 'schemaward-vscode-'));
  mkdirSync(join(data, 'data', 'User'), { recursive: true });
  writeFileSync(join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...usualSettings, ...options.settings }));
  const { vsix = [] } = options;
  if (vsix.length > 0) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        main,
        ...vsix.flatMap((file) => ['--install-extension', file]),
        '--force',
        '--server-data-dir',
        data,
        '--accept-server-license-terms',
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`The extension could not be installed: ${stdout}${stderr}`);
  }
  const port = await freePort();
  const args = [
    main,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--without-connection-token',
    '--accept-server-license-terms',
    '--server-data-dir',
    data,
    '--telemetry-level',
    'off',
    '--reconnection-grace-time',
    '2',
    ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
  ];
  const group = startGroup(process.execPath, args, { env: { ...process.env, ...options.env } });
  const stop = async () => {
    await group.stop();
    rmSync(data, { recursive: true, force: true });
  };
  await ready(port).catch(async (error) => {
    await stop();
    throw error;
  });
  return { port, data, stop, window: (path, window) => address(port, path, window) };
}

function address(port: number, path: string, { extension, logLevel }: WindowOptions = {}): string {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${file}`;
  const query = new URLSearchParams({ [path.endsWith('.code-workspace') ? 'workspace' : 'folder']: path });
  const payload = [
    ...(extension === undefined
      ? []
      : [
          ['extensionDevelopmentPath', remote(extension.path)],
          ['extensionTestsPath', remote(extension.tests)],
        ]),
    ...(logLevel === undefined ? [] : [['logLevel', logLevel]]),
  ];
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

async function ready(port: number): Promise<void> {
  const until = performance.now() + 30_000;
  while (performance.now() < until) {
    const answer = await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error('The VS Code server did not start within 30 seconds.');
}
