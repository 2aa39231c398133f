import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BenchContract, benchAvro, benchContracts, writeBenchContracts } from '../bench-contracts.ts';
import { bufProgram } from '../oracles/buf.ts';
import { type Figure, inWords, percentile } from './figures.ts';
import type { Peer } from './peers.ts';
import { type Run, timed } from './process.ts';
import { commit } from './repository.ts';
import { type BenchServer, startServer } from './server.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');

/** Every twentieth file is changed. */
const changed = 20;

export interface MeasuredContracts {
  readonly files: number;
  readonly bytes: number;
  readonly ours: Run;
  readonly buf: Peer;
  readonly figures: readonly Figure[];
}

/** Thousands of `.proto` files compared by the command line, with buf beside it, then edited in a server; a wide Avro schema. */
export async function measureContracts(work: string, files: number, times: number): Promise<MeasuredContracts> {
  const bytes = writeBenchContracts(join(work, 'before'), files);
  writeBenchContracts(join(work, 'after'), files, changed);
  const ours = timed(times, process.execPath, [cli, 'compat', 'before', 'after', '--format', 'json'], work);
  const buf = await measureBuf(work);
  return {
    files,
    bytes,
    ours,
    buf,
    figures: [
      {
        what: `\`compat\` of ${files} files, ${Math.floor(files / changed)} changed`,
        value: ours.seconds,
        unit: 's',
        target: 6,
      },
      { what: 'its peak memory', value: ours.megabytes, unit: 'MB', target: 600 },
      ...(await measureProtoEdits(join(work, 'repository'), files)),
      ...(await measureAvroEdits(join(work, 'avro'))),
    ],
  };
}

/** Once: on such a tree it takes long, and gigabytes. */
async function measureBuf(work: string): Promise<Peer> {
  const program = await bufProgram().catch(() => undefined);
  if (program === undefined) console.log('buf could not be had (npm: @bufbuild/buf); its figures are missing.');
  const run = program === undefined ? undefined : timed(1, program, ['breaking', 'after', '--against', 'before'], work);
  return { name: 'buf', run };
}

async function measureProtoEdits(folder: string, files: number): Promise<readonly Figure[]> {
  writeBenchContracts(folder, files);
  commit(folder);
  writeBenchContracts(folder, files, changed);
  const all = [...benchContracts(files, changed)];
  const [shared, user, alone] = [all[4], all.findLast(({ text }) => text.includes('.Status4 ')), all.at(-1)];
  if (shared === undefined || user === undefined || alone === undefined) throw new Error('there are too few files');
  const server = await startServer(folder);
  await openedIn(server, folder, shared);
  const first = server.sinceStart();
  const open = { alone: await openedIn(server, folder, alone), user: await openedIn(server, folder, user) };
  await server.request('workspace/diagnostic', { previousResultIds: [] });
  const uri = uriOf(folder, shared);
  const importers = all.filter(({ text }) => text.includes(`"${shared.path}"`)).length;
  const figure = (what: string, times: readonly number[]): Figure => ({
    what: `keystroke to problems, ${what}, p95`,
    value: percentile(times, 0.95),
    unit: 'ms',
    target: 60,
  });
  const figures = [
    figure('a file that nobody imports', await typed(server, open.alone, alone.text, '  // ')),
    figure(`a field's name in one that ${importers} import`, await typed(server, uri, shared.text, 'created_at')),
    figure('its enum, with a file that uses it', await typed(server, uri, shared.text, '_ACTIVE', [open.user])),
    figure('its message, with a file that uses it', await typed(server, uri, shared.text, 'Record4', [open.user])),
  ];
  const peak = server.megabytes('peak');
  await server.stop();
  return [
    { what: `server, ${files} files in git: start to first problems`, value: first, unit: 'ms' },
    ...figures,
    { what: 'its peak memory', value: peak, unit: 'MB' },
  ];
}

async function measureAvroEdits(folder: string): Promise<readonly Figure[]> {
  const wide = { path: 'wide.avsc', text: benchAvro(3000) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, wide.path), wide.text);
  commit(folder);
  const server = await startServer(folder);
  const uri = await openedIn(server, folder, wide);
  const names = await typed(server, uri, wide.text, 'field_1500');
  await server.stop();
  const value = percentile(names, 0.95);
  return [{ what: 'keystroke to problems, Avro record of 3,000 fields, p95', value, unit: 'ms', target: 20 }];
}

async function openedIn(server: BenchServer, folder: string, contract: BenchContract): Promise<string> {
  const uri = uriOf(folder, contract);
  server.open(uri, contract.text, 'plaintext');
  await server.request('textDocument/diagnostic', { textDocument: { uri } });
  return uri;
}

function uriOf(folder: string, { path }: BenchContract): string {
  return pathToFileURL(join(folder, path)).href;
}

/** A letter typed behind the words and taken away again, as often as it takes, until all the files have their problems. */
async function typed(
  server: BenchServer,
  uri: string,
  text: string,
  words: string,
  others: readonly string[] = [],
): Promise<readonly number[]> {
  const before = text.slice(0, text.indexOf(words) + words.length).split('\n');
  const [line, character] = [before.length - 1, before.at(-1)?.length ?? 0];
  const times: number[] = [];
  for (let nth = 0; nth < 60; nth += 1) {
    const start = { line, character };
    const isTyped = nth % 2 === 0;
    const range = { start, end: isTyped ? start : { line, character: character + 1 } };
    const began = performance.now();
    await server.edit(uri, { range, text: isTyped ? 'x' : '' });
    for (const other of others) await server.request('textDocument/diagnostic', { textDocument: { uri: other } });
    times.push(performance.now() - began);
  }
  return times;
}

if (import.meta.main) {
  const work = mkdtempSync(join(tmpdir(), 'schemaward-bench-'));
  const { ours, buf, figures } = await measureContracts(work, Number(process.env.BENCH_CONTRACTS ?? 7000), 1);
  rmSync(work, { recursive: true, force: true });
  console.table([ours, buf.run]);
  for (const each of figures) console.log(`${each.what}: ${inWords(each)}`);
}
