import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { spdlog, watchdog } from './stand-ins.ts';

/** The VS Code server inside npm's `code-server`: no dependency, unpacked once into the ignored cache folder. */
const release = '4.139.1';
const sha512 = 'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';
const cache = join(import.meta.dirname, '../../.cache/vscode');

/** Parts that need a compiler or 200 MB, and that nothing here uses. */
const unwanted = [
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
  '@vscode/sandbox-runtime',
  'ssh2',
  'kerberos',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
];

/** Path of `server-main.js`. A folder without its `ready` file is a broken install and made anew. */
export function ensureVsCodeServer(log: (line: string) => void): string {
  const target = join(cache, release);
  const main = join(target, 'out', 'server-main.js');
  if (existsSync(join(target, 'ready'))) return main;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'work-'));
  log(`Fetching the VS Code server (npm code-server ${release}, 47 MB)...`);
  npm(['pack', `code-server@${release}`, '--silent'], work);
  const archive = join(work, readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '');
  if (createHash('sha512').update(readFileSync(archive)).digest('base64') !== sha512)
    throw new Error('The VS Code server that npm delivered has another checksum than the one that was tried.');
  const server = join(work, 'server');
  mkdirSync(server);
  log('Unpacking it...');
  execFileSync('tar', ['xzf', archive, '-C', server, '--strip-components=3', 'package/lib/vscode']);
  const manifest = JSON.parse(readFileSync(join(server, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of unwanted) delete manifest.dependencies[name];
  writeFileSync(join(server, 'package.json'), JSON.stringify(manifest, null, 2));
  log('Installing its dependencies, without scripts...');
  rmSync(join(server, 'npm-shrinkwrap.json'), { force: true });
  npm(
    ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    server,
  );
  replace(server, '@vscode/spdlog', spdlog);
  replace(server, '@vscode/native-watchdog', watchdog);
  for (const name of readdirSync(join(server, 'extensions'))) {
    if (/^(copilot|mermaid-markdown-features|microsoft-authentication|ms-vscode\..*|tunnel-forwarding)$/.test(name))
      rmSync(join(server, 'extensions', name), { recursive: true, force: true });
  }
  writeFileSync(join(server, 'ready'), release);
  renameSync(server, target);
  rmSync(work, { recursive: true, force: true });
  return main;
}

function npm(args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Error(
      `npm ${args[0]} failed: ${stderr.split('\n').find((line) => /error/i.test(line)) ?? 'no reason given'}`,
    );
}

/** Two native modules by small JavaScript ones, because no script ran that would build them. */
function replace(server: string, name: string, source: string): void {
  const folder = join(server, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: string };
  writeFileSync(join(folder, (manifest.main ?? 'index.js').replace(/^\.\//, '')), source);
  if (manifest.main === undefined || !manifest.main.endsWith('index.js'))
    writeFileSync(join(folder, 'index.js'), source);
}

/** Debian's Chromium, installed when we may. */
export function ensureChromium(log: (line: string) => void): string {
  const found = () =>
    ['chromium', 'chromium-browser', 'google-chrome']
      .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim())
      .find((path) => path !== '');
  const known = found();
  if (known !== undefined) return known;
  const command = 'apt-get install -y chromium fonts-dejavu-core';
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0)
    throw new Error(`Chromium is needed: ${command}`);
  log('Installing Chromium (apt-get)...');
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-dejavu-core'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const installed = found();
  if (installed === undefined) throw new Error(`Chromium could not be installed: ${command}`);
  return installed;
}
