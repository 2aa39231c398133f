import { cpus, totalmem } from 'node:os';
import type { MeasuredContracts } from './contracts.ts';
import { type Figure, inWords } from './figures.ts';
import type { Peer } from './peers.ts';
import type { Run } from './process.ts';

export interface Measured {
  readonly migrations: number;
  readonly statements: number;
  readonly bytes: number;
  readonly cold: Run;
  readonly warm: Run;
  readonly peers: readonly Peer[];
  readonly commandLine: readonly Figure[];
  readonly history: readonly Figure[];
  readonly workspace: readonly Figure[];
  readonly editing: readonly Figure[];
  readonly contracts: MeasuredContracts;
  readonly size: readonly Figure[];
  readonly dense: { readonly statements: number; readonly figures: readonly Figure[] };
}

/** docs/performance.md. */
export function pageOf(measured: Measured): string {
  const { migrations, statements, bytes } = measured;
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    '# Performance',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.version}.`,
    `A generated history of ${migrations} migrations with ${statements} statements (${(bytes / 1e6).toFixed(1)} MB), the mix of public PostgreSQL histories. Medians of five fresh processes.`,
    '',
    '## Command line',
    '',
    ...table(measured.commandLine),
    '',
    ...peerTable(measured),
    '',
    `squawk and pgfence judge each statement by itself; \`check\` replays the history.`,
    '',
    `## Server, ${migrations} migrations`,
    '',
    ...table(measured.history),
    '',
    `## 100 tables, 1,000 migrations, views and partitions (${measured.dense.statements} statements)`,
    '',
    'Every fifth table is partitioned, up to 80 views stand over tables and views, and the migrations go on changing all of them.',
    '',
    ...table(measured.dense.figures),
    '',
    '## Server, 1,000 migrations',
    '',
    'The whole workspace is judged without git, so that nothing is released; what is edited is new over the 1,000 on the main branch.',
    '',
    ...table([...measured.workspace, ...measured.editing]),
    '',
    ...contractsOf(measured.contracts),
    '',
    '## Size',
    '',
    ...table(measured.size),
    '',
  ].join('\n');
}

function contractsOf({ files, bytes, ours, buf: { run }, figures }: MeasuredContracts): readonly string[] {
  const beside = (peer: Run) =>
    `buf, same folders, same run: ${inWords({ value: peer.seconds, unit: 's' })} and ${inWords({ value: peer.megabytes, unit: 'MB' })}, so ours : its is ${(ours.seconds / peer.seconds).toFixed(2)} in time and ${(ours.megabytes / peer.megabytes).toFixed(2)} in memory.`;
  return [
    `## Contracts, ${files} \`.proto\` files that import each other (${(bytes / 1e6).toFixed(1)} MB)`,
    '',
    ...table(figures),
    '',
    run === undefined ? 'buf could not be had.' : beside(run),
  ];
}

function table(figures: readonly Figure[]): readonly string[] {
  const row = ({ what, value, unit, target }: Figure) => {
    const words = inWords({ value, unit });
    if (target === undefined) return `| ${what} | ${words} | | |`;
    return `| ${what} | ${words} | ${target}${unit === '' ? '' : ` ${unit}`} | ${value <= target ? 'met' : 'missed'} |`;
  };
  return ['| what | measured | target | |', '|---|---|---|---|', ...figures.map(row)];
}

function peerTable({ peers, cold, warm }: Measured): readonly string[] {
  const row = ({ name, run }: Peer) => {
    if (run === undefined) return `| ${name} | could not be had | | | |`;
    const wall = inWords({ value: run.seconds, unit: 's' });
    const ratio = (ours: Run) => (ours.seconds / run.seconds).toFixed(2);
    return `| ${name} | ${wall} | ${inWords({ value: run.megabytes, unit: 'MB' })} | ${ratio(cold)} | ${ratio(warm)} |`;
  };
  return [
    '| peer, same files, same run | wall | memory | ours cold : its | ours warm : its |',
    '|---|---|---|---|---|',
    ...peers.map(row),
  ];
}
