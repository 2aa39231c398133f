import { type Command, type CommandInput, choice, type ExitCode, UsageError } from '../command.ts';
import { answer } from '../proposal.ts';
import { openWorkspace, workspaceOptions, workspaceUsage } from '../workspace.ts';

export const promote: Command = {
  name: 'promote',
  summary: 'Move the contract draft of an evolution to its version, when it is due.',
  usage: [
    'schemaward promote <id> [--target NAME] [--format text|json] [--write]',
    '',
    ...workspaceUsage,
    '',
    "Of a contract's field: takes it away, and reserves what it was.",
    'Exit code 1: not due, with what is missing.',
  ],
  options: { ...workspaceOptions, format: { type: 'string' }, write: { type: 'boolean' } },
  takes: 1,
  run,
};

async function run({ terminal, values, positionals, service }: CommandInput): Promise<ExitCode> {
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const [id] = positionals;
  if (id === undefined) throw new UsageError('promote needs the id of an evolution.');
  const engine = await service();
  const { workspace, cwd } = await openWorkspace(engine, terminal, values, []);
  return answer(engine.promote(workspace.snapshot, id), {
    terminal,
    cwd,
    format,
    write: values.write === true,
    files: workspace.snapshot.files,
  });
}
