import type { Files } from '#core/migrations/tool.ts';
import type { Proposal, Refusal } from '#core/model/proposal.ts';
import type { FilePath } from '#core/model/text.ts';
import { proposalJson } from '#host/proposal-json.ts';
import { posix } from '#host/status-json.ts';
import { writeProposal } from '#host/write-proposal.ts';
import type { ExitCode, Terminal } from './command.ts';

export interface AnswerOptions {
  readonly terminal: Terminal;
  /** Paths are printed relative to it. */
  readonly cwd: FilePath;
  readonly format: 'text' | 'json';
  readonly write: boolean;
  readonly files: Files;
}

/** Prints a proposal, and writes it when asked. */
export function answer(result: Proposal | Refusal, options: AnswerOptions): ExitCode {
  const { terminal, cwd, format } = options;
  if (format === 'json') terminal.out(`${JSON.stringify(proposalJson(result, cwd, options.files), null, 2)}\n`);
  if (result.kind === 'refusal') {
    const nearest = result.nearest === undefined ? '' : ` (${result.nearest})`;
    if (format === 'text') terminal.err(`schemaward: ${result.reason}${nearest}\n`);
    return 1;
  }
  if (format === 'text') terminal.out(proposalText(result, cwd));
  if (options.write) {
    const written = writeProposal(result, options.files);
    if (format === 'text') terminal.out(`${written.map((path) => `wrote ${posix(cwd, path)}`).join('\n')}\n`);
  }
  return 0;
}

function proposalText(proposal: Proposal, cwd: string): string {
  const name = (path: FilePath) => posix(cwd, path);
  const blocks = [
    ...proposal.creates.map(({ path, text, label }) => `--- ${name(path)}  (${label})\n${text.trimEnd()}\n`),
    ...proposal.edits.map(({ path, newText, label }) => `--- edit ${name(path)}  (${label})\n${newText.trimEnd()}\n`),
    ...proposal.configEdits.map(
      ({ path, newText, label }) => `--- edit ${name(path)}  (${label})\n${newText.trimEnd()}\n`,
    ),
    ...proposal.renames.map(({ from, to }) => `--- rename ${name(from)} to ${name(to)}\n`),
    ...proposal.deletes.map((path) => `--- delete ${name(path)}\n`),
    ...proposal.notes.map((note) => `note: ${note}\n`),
  ];
  return `${blocks.join('\n')}`;
}
