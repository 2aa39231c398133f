import type { Finding, MessageArgs, TableWork } from '../model/finding.ts';
import type { Statistics, TableSize } from '../model/statistics.ts';
import type { ProjectState } from './project-state.ts';

/** What a finding says of tables whose size is known. */
export interface Measure {
  readonly statistics: Statistics;
  readonly smallBytes: number;
}

/** Sizes of a project's tables; undefined where nobody has measured them. */
export function measureOf({ project, settings }: ProjectState): Measure | undefined {
  const statistics = settings.sizes.statistics.get(project.name);
  return statistics && { statistics, smallBytes: settings.config.stats.smallMegabytes * 1e6 };
}

const memo = new WeakMap<Finding, Measure & { readonly sized: Finding }>();

/** With how much there is to read or write, and only a hint where all of it is small. What is not known changes nothing. */
export function sized(finding: Finding, measure: Measure | undefined): Finding {
  if (measure === undefined || finding.work === undefined) return finding;
  const known = memo.get(finding);
  if (known?.statistics === measure.statistics && known.smallBytes === measure.smallBytes) return known.sized;
  const made = withSize(finding, finding.work, measure);
  memo.set(finding, { ...measure, sized: made });
  return made;
}

interface Sized extends TableWork {
  readonly table: string;
  readonly size: TableSize;
}

function withSize(finding: Finding, work: readonly TableWork[], { statistics, smallBytes }: Measure): Finding {
  const all = work.flatMap(({ table, kind }): readonly Sized[] => {
    const size = table === undefined ? undefined : statistics.tables.get(table);
    return table === undefined || size === undefined ? [] : [{ table, kind, size }];
  });
  const [first, ...others] = all;
  if (first === undefined) return finding;
  const largest = others.reduce((a, b) => (bytesOf(b) > bytesOf(a) ? b : a), first);
  const isSmall = all.length === work.length && all.every(({ size }) => size.bytes <= smallBytes);
  return {
    ...finding,
    ...(isSmall ? { severity: 'hint' } : {}),
    notes: [{ messageId: noteOf(largest.kind), args: argsOf(largest, finding, statistics) }],
  };
}

function noteOf(kind: TableWork['kind']): string {
  switch (kind) {
    case 'rewrite':
      return 'size-rewrite';
    case 'scan':
      return 'size-scan';
    case 'index-build':
    case 'index-rebuild':
      return 'size-build';
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** What passes through the disk: a rewrite also writes the copy and every index. */
function bytesOf({ kind, size: { bytes, indexBytes } }: Sized): number {
  return kind === 'rewrite' ? bytes * 2 + indexBytes : bytes;
}

/** Bytes in a second: what a common network disk gives to one reader. */
const pace = 100e6;

function argsOf(work: Sized, { cost }: Finding, { measured, writesSince }: Statistics): MessageArgs {
  const { size, table } = work;
  const date = measured.slice(0, 10);
  const bytes = bytesWords(size.bytes);
  const waits = cost !== undefined && cost.blocks !== 'nothing' && cost.blocks !== 'schema-changes';
  const writes = waits && writesSince !== undefined ? size.writesPerHour : undefined;
  return {
    table: displayName(table),
    size:
      size.rows === undefined
        ? `takes ${bytes} (measured ${date})`
        : `has about ${countWords(size.rows)} rows (${bytes}, measured ${date})`,
    read: bytes,
    indexes: bytesWords(size.indexBytes),
    time: timeWords(bytesOf(work) / pace),
    writes:
      writes === undefined || writes === 0
        ? ''
        : `, and about ${countWords(writes)} rows are written in an hour (average since ${writesSince?.slice(0, 10)})`,
  };
}

/** For a hover: "about 12 million rows, 3.1 GB and 1.4 GB of indexes; production, measured 2026-11-28". */
export function sizeWords({ target, measured, writesSince, tables }: Statistics, table: string): string | undefined {
  const size = tables.get(table);
  if (size === undefined) return undefined;
  const { rows, bytes, indexBytes, writesPerHour } = size;
  const parts = [
    ...(rows === undefined ? [] : [`about ${countWords(rows)} rows`]),
    `${bytesWords(bytes)} and ${bytesWords(indexBytes)} of indexes`,
    ...(writesPerHour === undefined || writesSince === undefined
      ? []
      : [`about ${countWords(writesPerHour)} rows written in an hour since ${writesSince.slice(0, 10)}`]),
  ];
  return `${parts.join(', ')}; ${target}, measured ${measured.slice(0, 10)}`;
}

function displayName(table: string): string {
  return table.startsWith('public.') ? table.slice('public.'.length) : table;
}

function countWords(count: number): string {
  const units = [
    [1e9, ' billion'],
    [1e6, ' million'],
  ] as const;
  const unit = units.find(([size]) => count >= size);
  return unit === undefined ? count.toLocaleString('en-US') : `${round(count / unit[0])}${unit[1]}`;
}

function bytesWords(bytes: number): string {
  const units = [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const;
  const unit = units.find(([size]) => bytes >= size);
  return unit === undefined ? `${bytes} bytes` : `${round(bytes / unit[0])} ${unit[1]}`;
}

function timeWords(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 120) return `${Math.round(seconds)} ${Math.round(seconds) === 1 ? 'second' : 'seconds'}`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(value >= 100 ? 3 : 2)));
}
