import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureVsCodeServer } from './install.ts';

export interface VsCodeServer {
  readonly port: number;
  /** Address of a window on a folder. */
  window(folder: string): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly vsix?: string;
  readonly workspaceTrust: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Needed for the extension tests' payload; hides notifications. */
  readonly smokeTestDriver?: boolean;
  readonly log: (line: string) => void;
}

const usual = {
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
  writeFileSync(join(data, 'data', 'User', 'settings.json'), JSON.stringify({ ...usual, ...options.settings }));
  if (options.vsix !== undefined) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        main,
        '--install-extension',
        options.vsix,
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
  const child = spawn(process.execPath, args, { detached: true, stdio: 'ignore' });
  await ready(port);
  return {
    port,
    window: (folder) => `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`,
    async stop() {
      await end(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
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

async function end(child: ChildProcess): Promise<void> {
  const kill = (signal: NodeJS.Signals) => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // It is gone already.
    }
  };
  const gone = new Promise<void>((resume) => child.once('exit', () => resume()));
  kill('SIGTERM');
  await Promise.race([gone, new Promise((resume) => setTimeout(resume, 3000))]);
  kill('SIGKILL');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
