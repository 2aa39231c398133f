import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureContracts } from './bench/contracts.ts';
import { measureEditing } from './bench/editing.ts';
import type { Figure } from './bench/figures.ts';
import { measureHistory, measureWorkspace } from './bench/history.ts';
import { pageOf } from './bench/page.ts';
import { measurePeers } from './bench/peers.ts';
import { type Run, timed } from './bench/process.ts';
import { commit } from './bench/repository.ts';
import { denseMigrations } from './bench-dense.ts';
import { writeBenchProject } from './bench-project.ts';

/**
 * `npm run bench`: measures the bundled command line and server on generated histories and contracts, with squawk, pgfence and buf
 * beside us where they can be had, and writes docs/performance.md. Medians of five fresh processes.
 */
const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const cli = join(root, 'dist', 'cli.js');
const migrations = Number(process.env.BENCH_MIGRATIONS ?? 10_000);
const contractFiles = Number(process.env.BENCH_CONTRACTS ?? 7000);
const times = Number(process.env.BENCH_TIMES ?? 5);

must(process.execPath, ['scripts/package.ts', '.cache/bench.vsix']);
mkdirSync(cache, { recursive: true });
// Outside the repository: what git ignores is not indexed.
const work = mkdtempSync(join(tmpdir(), 'schemaward-bench-'));
const long = join(work, 'long');
const thousand = join(work, 'thousand');
const made = writeBenchProject(long, migrations);
writeBenchProject(thousand, 1000);
const dense = join(work, 'dense');
const denseMade = writeBenchProject(dense, 1000, denseMigrations);

say('command line, cold');
const env = { ...process.env, SCHEMAWARD_CACHE: join(work, 'cache') };
const check = [cli, 'check', '--all', '--format', 'json'];
const cold = timed(times, process.execPath, [...check, '--no-cache'], long, env);
say('command line, warm');
timed(1, process.execPath, check, long, env);
const warm = timed(times, process.execPath, check, long, env);
say('squawk and pgfence');
const peers = measurePeers(cache, long, times);
say('server, long history');
const history = await measureHistory(long, migrations);
say('command line, one new migration');
commit(long);
writeFileSync(join(long, 'db/migration/V900001__new.sql'), 'ALTER TABLE t1 ADD COLUMN added int;\n');
const change = timed(times, process.execPath, [cli, 'check', '--no-cache', '--format', 'json'], long, env);
say('100 tables, 1,000 migrations, views and partitions');
const denseCold = timed(times, process.execPath, [...check, '--no-cache'], dense, env);
timed(1, process.execPath, check, dense, env);
const denseWarm = timed(times, process.execPath, check, dense, env);
const denseHistory = await measureHistory(dense, 1000);
say('server, 1,000 versions');
const workspace = await measureWorkspace(thousand);
say('server, one document');
const editing = await measureEditing(thousand);
say('contracts, with buf');
const contracts = await measureContracts(join(work, 'contracts'), contractFiles, times);

const commandLine: readonly Figure[] = [
  ...commandLineFigures(cold, warm),
  { what: 'cold `check` of one new migration, the others on the base branch', value: change.seconds, unit: 's' },
];
const size: readonly Figure[] = [
  {
    what: 'the packaged extension',
    value: statSync(join(root, '.cache/bench.vsix')).size / 1000,
    unit: 'KB',
    target: 900,
  },
  { what: 'bundle files', value: readdirSync(join(root, 'dist')).length, unit: '', target: 25 },
];
const page = pageOf({
  migrations,
  ...made,
  cold,
  warm,
  peers,
  commandLine,
  history,
  workspace,
  editing,
  contracts,
  size,
  dense: { statements: denseMade.statements, figures: [...commandLineFigures(denseCold, denseWarm), ...denseHistory] },
});
writeFileSync(join(root, 'docs', 'performance.md'), page);
console.log(page);
rmSync(work, { recursive: true, force: true });

function commandLineFigures(first: Run, again: Run): readonly Figure[] {
  return [
    { what: 'cold `check --all`', value: first.seconds, unit: 's', target: 3 },
    { what: 'its peak memory', value: first.megabytes, unit: 'MB', target: 350 },
    { what: 'warm `check --all`', value: again.seconds, unit: 's', target: 1 },
  ];
}

function say(what: string): void {
  console.log(`Measuring: ${what}...`);
}

function must(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
