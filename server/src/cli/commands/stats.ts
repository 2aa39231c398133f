import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readStatistics, renderStatistics, type StatisticsByProject, statisticsName } from '#core/config/statistics.ts';
import type { Statistics } from '#core/model/statistics.ts';
import type { ConnectionOption } from '#core/service.ts';
import { toNative } from '#host/paths.ts';
import { measureTarget } from '#host/targets.ts';
import {
  type Command,
  type CommandInput,
  didYouMean,
  type ExitCode,
  type Terminal,
  textOption,
  UsageError,
} from '../command.ts';
import { openWorkspace } from '../workspace.ts';

export const stats: Command = {
  name: 'stats',
  summary: 'Measure how large the tables of a target are, so that findings can say it.',
  usage: [
    'schemaward stats --target NAME [--project NAME]',
    '',
    `Writes ${statisticsName} beside schemaward.yaml, to be committed: rows, bytes and writes of every table. The session is read-only,`,
    'asks catalogs and counters only, and ends after five seconds.',
    '',
    "  --target NAME        the target to ask (schemaward.yaml, or the tool's own configuration)",
    '  --project NAME       only this project; the others keep what the file says of them',
  ],
  options: { target: { type: 'string' }, project: { type: 'string' } },
  takes: 0,
  run,
};

async function run({ terminal, values, service }: CommandInput): Promise<ExitCode> {
  const engine = await service();
  const target = textOption(values, 'target');
  const { workspace } = await openWorkspace(engine, terminal, {}, []);
  const { connections } = engine.workspace(workspace.snapshot);
  const chosen = choose(connections, target, textOption(values, 'project'));
  const measured = new Map<string, Statistics>();
  for (const option of chosen) {
    const statistics = await measure(option, terminal);
    if (statistics !== undefined) measured.set(option.project, statistics);
  }
  const [root] = workspace.snapshot.roots;
  if (root !== undefined && measured.size > 0) write(root, measured, terminal);
  return measured.size < chosen.length ? 2 : 0;
}

function choose(
  connections: readonly ConnectionOption[],
  target: string | undefined,
  project: string | undefined,
): readonly ConnectionOption[] {
  const known = [...new Set(connections.map((each) => each.target))];
  const list = known.length === 0 ? 'None is configured.' : `Known: ${known.join(', ')}.`;
  if (target === undefined) throw new UsageError(`stats asks the target of --target NAME. ${list}`);
  const named = connections.filter((each) => each.target === target);
  if (named.length === 0) throw new UsageError(`There is no target ${target}.${didYouMean(target, known)} ${list}`);
  const chosen = named.filter((each) => project === undefined || each.project === project);
  if (chosen.length > 0) return chosen;
  const projects = named.map((each) => each.project);
  throw new UsageError(`${target} is no target of ${project}, but of ${projects.join(', ')}.`);
}

async function measure(option: ConnectionOption, { env, now, err }: Terminal): Promise<Statistics | undefined> {
  const { project, target } = option;
  const result = await measureTarget(option, env);
  if (result.kind === 'sizes') {
    const { tables, writesSince } = result;
    return { target, measured: now(), ...(writesSince === undefined ? {} : { writesSince }), tables };
  }
  err(`schemaward: ${project}, ${target}: ${result.reason}\n`);
  return undefined;
}

/** Other projects keep what the file says of them; a file that holds an error is written anew. */
function write(root: string, measured: StatisticsByProject, { out }: Terminal): void {
  const file = toNative(`${root}/${statisticsName}`);
  const before = existsSync(file) ? readStatistics(readFileSync(file, 'utf8')).statistics : new Map();
  writeFileSync(file, renderStatistics(new Map([...before, ...measured])));
  for (const [project, { target, tables }] of measured)
    out(`${tables.size} tables of ${project} measured on ${target}: ${statisticsName}\n`);
}
