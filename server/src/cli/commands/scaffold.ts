import { resolve } from 'node:path';
import { evolveField } from '#core/plans/evolve-field.ts';
import { recipes } from '#core/plans/index.ts';
import type { PlanRequest } from '#core/plans/recipe.ts';
import { fromNative } from '#host/paths.ts';
import { type Command, type CommandInput, choice, type ExitCode, oneOf, textOption, UsageError } from '../command.ts';
import { answer } from '../proposal.ts';
import { openWorkspace, workspaceOptions, workspaceUsage } from '../workspace.ts';

const operations = [...recipes.map(({ operation }) => operation), evolveField];

export const scaffold: Command = {
  name: 'scaffold',
  summary: 'Write an unsafe change as an expand/contract pair.',
  usage: [
    'schemaward scaffold <operation> --table T [--column C] [--new-name N] [--type T] [--using EXPR] [--default EXPR]',
    'schemaward scaffold --from <path>:<line>      the statement that stands there; other options complete it',
    `schemaward scaffold ${evolveField} --from <path>:<line>   the field of a contract that stands there`,
    '                    [--project NAME] [--format text|json] [--write]',
    '',
    `Operations: ${operations.join(', ')}.`,
    ...workspaceUsage,
    '',
    'Prints what it would write; --write writes it. Exit code 1: refused, with the reason.',
  ],
  options: {
    ...workspaceOptions,
    table: { type: 'string' },
    column: { type: 'string' },
    'new-name': { type: 'string' },
    type: { type: 'string' },
    using: { type: 'string' },
    default: { type: 'string' },
    from: { type: 'string' },
    project: { type: 'string' },
    format: { type: 'string' },
    write: { type: 'boolean' },
  },
  takes: 1,
  run,
};

async function run({ terminal, values, positionals, service }: CommandInput): Promise<ExitCode> {
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const [operation] = positionals;
  const from = fromOption(terminal.cwd, textOption(values, 'from'));
  if (operation === undefined && from === undefined)
    throw new UsageError('scaffold needs an operation, or --from <path>:<line>.');
  if (operation !== undefined) oneOf('The operation', operation, operations);
  const engine = await service();
  const { workspace, cwd } = await openWorkspace(engine, terminal, values, []);
  const text = (name: string, key: string) => {
    const value = textOption(values, name);
    return value === undefined ? {} : { [key]: value };
  };
  const request: Omit<PlanRequest, 'from'> = {
    operation: operation ?? '',
    table: textOption(values, 'table') ?? '',
    ...text('column', 'column'),
    ...text('new-name', 'newName'),
    ...text('type', 'type'),
    ...text('using', 'using'),
    ...text('default', 'defaultTo'),
  };
  const proposal = engine.scaffold(workspace.snapshot, textOption(values, 'project'), request, from);
  return answer(proposal, { terminal, cwd, format, write: values.write === true, files: workspace.snapshot.files });
}

function fromOption(
  cwd: string,
  value: string | undefined,
): { readonly path: string; readonly line: number } | undefined {
  if (value === undefined) return undefined;
  const match = /^(.+):(\d+)$/.exec(value);
  if (match === null) throw new UsageError('--from is <path>:<line>.');
  return { path: fromNative(resolve(cwd, match[1] ?? '')), line: Number(match[2]) };
}
