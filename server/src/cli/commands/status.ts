import { statusJson } from '#host/status-json.ts';
import { type Command, type CommandInput, choice, type ExitCode } from '../command.ts';
import { placesOf } from '../reporters/places.ts';
import { statusText } from '../reporters/status-text.ts';
import { openWorkspace, workspaceOptions, workspaceUsage } from '../workspace.ts';

export const status: Command = {
  name: 'status',
  summary: 'Show which migrations are applied, which are pending, and how far evolutions have come.',
  usage: [
    'schemaward status [--target NAME] [--base REF] [--format text|json]',
    '',
    ...workspaceUsage,
    '  --format json        may be kept in a file that another machine reads as `from:` of a target',
  ],
  options: { ...workspaceOptions, format: { type: 'string' } },
  takes: 0,
  run,
};

async function run({ terminal, values, service }: CommandInput): Promise<ExitCode> {
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const engine = await service();
  const { workspace, cwd } = await openWorkspace(engine, terminal, values, []);
  const report = engine.status(workspace.snapshot);
  const places = placesOf(workspace.snapshot.files);
  terminal.out(
    format === 'json'
      ? `${JSON.stringify(statusJson(report, cwd, places), null, 2)}\n`
      : statusText(report, cwd, places, terminal.color),
  );
  const asked = values.target;
  const failed = report.projects
    .flatMap(({ targets }) => targets)
    .some(({ name, reachable }) => name === asked && !reachable);
  return failed ? 2 : 0;
}
