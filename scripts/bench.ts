import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeBenchProject } from './bench-project.ts';

/**
 * `npm run bench`: measures the bundled command line and server on a generated history, with squawk and pgfence beside
 * us where they can be had, and writes docs/performance.md. Medians of five fresh processes; memory is the peak.
 */
const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const cli = join(root, 'dist', 'cli.js');
const migrations = Number(process.env.BENCH_MIGRATIONS ?? 10_000);

spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' });
mkdirSync(cache, { recursive: true });
// Outside the repository: what git ignores is not indexed.
const project = mkdtempSync(join(tmpdir(), 'schemaward-bench-'));
const made = writeBenchProject(project, migrations);
console.log(`${migrations} migrations, ${made.statements} statements, ${(made.bytes / 1e6).toFixed(1)} MB`);

interface Run {
  readonly wall: number;
  readonly megabytes: number;
}

/** Wall time and peak memory of one process, as /usr/bin/time sees it. */
function timed(command: string, args: readonly string[], cwd: string): Run {
  const started = performance.now();
  const { stderr } = spawnSync('/usr/bin/time', ['-f', 'peak %M', command, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const wall = performance.now() - started;
  return { wall, megabytes: Number(/peak (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 };
}

function median(runs: readonly Run[]): Run {
  const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { wall: middle(runs.map(({ wall }) => wall)), megabytes: middle(runs.map(({ megabytes }) => megabytes)) };
}

function repeated(times: number, run: () => Run): Run {
  return median(Array.from({ length: times }, run));
}

const check = [cli, 'check', '--all', '--format', 'json'];
const cold = repeated(5, () => timed(process.execPath, [...check, '--no-cache'], project));
timed(process.execPath, check, project);
const warm = repeated(5, () => timed(process.execPath, check, project));
const squawk = findSquawk();
const beside =
  squawk === undefined
    ? undefined
    : repeated(5, () => timed('sh', ['-c', `${squawk} --reporter json db/migration/*.sql > /dev/null`], project));
const server = await measureServer();
writePage();
rmSync(project, { recursive: true, force: true });

function findSquawk(): string | undefined {
  const venv = join(cache, 'venv');
  const binary = join(venv, 'bin', 'squawk');
  if (!existsSync(binary)) {
    spawnSync('python3', ['-m', 'venv', venv], { stdio: 'ignore' });
    spawnSync(join(venv, 'bin', 'pip'), ['install', '--quiet', 'squawk-cli'], { stdio: 'ignore' });
  }
  if (existsSync(binary)) return binary;
  console.log('squawk could not be had (PyPI: squawk-cli); its column stays empty.');
  return undefined;
}

interface ServerFigures {
  readonly initialize: number;
  readonly firstProblems: number;
  readonly last: readonly number[];
  readonly middle: readonly number[];
  readonly consequences: readonly number[];
  readonly megabytes: number;
}

async function measureServer(): Promise<ServerFigures> {
  const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = await import(
    'vscode-languageserver-protocol/node'
  );
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const uri = (version: number) =>
    pathToFileURL(join(project, 'db', 'migration', `V${version}__step_${version}.sql`)).href;
  const started = performance.now();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(project).href, name: 'bench' }],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } },
  });
  const initialize = performance.now() - started;
  await connection.sendNotification('initialized', {});
  const open = (version: number) => {
    const text = readFileSync(new URL(uri(version)), 'utf8');
    void connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: uri(version), languageId: 'sql', version: 1, text },
    });
    return text;
  };
  const problems = (version: number) =>
    connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: uri(version) } });
  const first = open(1);
  await problems(1);
  const firstProblems = performance.now() - started;
  await connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
  const edits = async (version: number, count: number) => {
    const text = open(version);
    const times: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const changed = `${text}\nALTER TABLE t1 ADD COLUMN bench_${i % 3} int;`;
      const before = performance.now();
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(version), version: i + 2 },
        contentChanges: [{ text: changed }],
      });
      await problems(version);
      times.push(performance.now() - before);
    }
    return times;
  };
  const last = await edits(migrations, 100);
  const middle = await edits(Math.floor(migrations / 2), 40);
  const consequences: number[] = [];
  const text = open(Math.floor(migrations / 2) + 1);
  for (let i = 0; i < 10; i += 1) {
    const before = performance.now();
    void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(Math.floor(migrations / 2) + 1), version: i + 2 },
      contentChanges: [{ text: `${text}\nALTER TABLE t1 ADD COLUMN more_${i} int;` }],
    });
    await problems(migrations);
    consequences.push(performance.now() - before);
  }
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const megabytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  if (first === '') throw new Error('the first migration is empty');
  return { initialize, firstProblems, last, middle, consequences, megabytes };
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function writePage(): void {
  const ms = (value: number) => `${value < 100 ? value.toFixed(1) : Math.round(value)} ms`;
  const seconds = (value: number) => `${(value / 1000).toFixed(2)} s`;
  const mark = (ok: boolean) => (ok ? 'met' : 'missed');
  const p95 = (values: readonly number[]) => percentile(values, 0.95);
  const rows: readonly (readonly [string, string, string, boolean])[] = [
    [`cold \`check --all\`, ${migrations} migrations`, seconds(cold.wall), '3 s', cold.wall <= 3000],
    ['its peak memory', `${Math.round(cold.megabytes)} MB`, '350 MB', cold.megabytes <= 350],
    ['warm `check --all`', seconds(warm.wall), '1 s', warm.wall <= 1000],
    ['server: initialize answered', ms(server.initialize), '220 ms', server.initialize <= 220],
    ['server: first problems after start', ms(server.firstProblems), '500 ms', server.firstProblems <= 500],
    ['server: keystroke to problems, last migration, p95', ms(p95(server.last)), '30 ms', p95(server.last) <= 30],
    ['server: edit in the middle, own file, p95', ms(p95(server.middle)), '30 ms', p95(server.middle) <= 30],
    ['server: consequences at the end, p95', ms(p95(server.consequences)), '500 ms', p95(server.consequences) <= 500],
    ['server: peak memory', `${Math.round(server.megabytes)} MB`, '300 MB', server.megabytes <= 300],
  ];
  const peer =
    beside === undefined
      ? 'squawk could not be had on this machine.'
      : `squawk on the same files (JSON reporter): ${seconds(beside.wall)}, ${Math.round(beside.megabytes)} MB. Ours takes ${(cold.wall / beside.wall).toFixed(2)} times its wall time cold and ${(warm.wall / beside.wall).toFixed(2)} times warm; squawk does not replay the history.`;
  const lines = [
    '# Performance',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}.`,
    `A generated history of ${migrations} migrations with ${made.statements} statements (${(made.bytes / 1e6).toFixed(1)} MB), the mix of public PostgreSQL histories. Medians of five fresh processes.`,
    '',
    '| what | measured | target | |',
    '|---|---|---|---|',
    ...rows.map(([what, measured, target, ok]) => `| ${what} | ${measured} | ${target} | ${mark(ok)} |`),
    '',
    peer,
    '',
  ];
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs', 'performance.md'), lines.join('\n'));
  console.log(lines.join('\n'));
}
