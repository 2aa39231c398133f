import { parseArgs } from 'node:util';
import type { Service } from '#core/service.ts';
import { type Command, didYouMean, type ExitCode, type Terminal, UsageError } from './command.ts';
import { commands } from './commands/index.ts';

/** The whole command line: everything it does goes through `terminal`, so that tests run it in process. */
export async function runCli(
  args: readonly string[],
  terminal: Terminal,
  makeService: () => Promise<Service>,
  version: string,
): Promise<ExitCode> {
  const [first, ...rest] = args;
  if (first === undefined || (first === 'help' && rest.length === 0) || first === '--help' || first === '-h')
    return help(terminal, version);
  if (first === '--version' || first === '-v') return say(terminal, version);
  if (first === 'help') return runCli([...rest.slice(0, 1), '--help'], terminal, makeService, version);
  const names = commands.map(({ name }) => name);
  const command = commands.find(({ name }) => name === first);
  if (command === undefined)
    return fail(
      terminal,
      `There is no command ${JSON.stringify(first)}.${didYouMean(first, names)} Commands: ${names.join(', ')}.`,
    );
  if (rest.includes('--help') || rest.includes('-h')) return say(terminal, command.usage.join('\n'));
  let service: Promise<Service> | undefined;
  try {
    const { values, positionals } = parse(command, rest);
    return await command.run({
      terminal,
      values,
      positionals,
      service: () => {
        service ??= makeService();
        return service;
      },
    });
  } catch (error) {
    if (error instanceof UsageError) return fail(terminal, error.message);
    return fail(
      terminal,
      `Something went wrong in schemaward itself: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function parse(command: Command, args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: command.options,
      allowPositionals: true,
      strict: true,
    });
    const most = command.takes === 'paths' ? Number.POSITIVE_INFINITY : command.takes;
    const extra = positionals[most];
    if (extra !== undefined)
      throw new UsageError(`${command.name} does not know what to do with ${JSON.stringify(extra)}.`);
    return { values: values as Readonly<Record<string, string | boolean | undefined>>, positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(`${optionProblem(line, Object.keys(command.options))} See schemaward ${command.name} --help.`);
  }
}

/** Node's words for a bad option, with the one that was probably meant. */
function optionProblem(line: string, known: readonly string[]): string {
  const unknown = /^Unknown option '--?([^']*)'/.exec(line)?.[1];
  if (unknown !== undefined) return `There is no option --${unknown}.${didYouMean(unknown, known, '--')}`;
  const lacking = /^Option '(?:-\w, )?--([\w-]+)[^']*' argument (?:missing|is ambiguous)/.exec(line)?.[1];
  if (lacking !== undefined) return `--${lacking} needs a value.`;
  const extra = /^Option '(?:-\w, )?--([\w-]+)' does not take an argument/.exec(line)?.[1];
  return extra === undefined ? line : `--${extra} takes no value.`;
}

function help(terminal: Terminal, version: string): ExitCode {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return say(
    terminal,
    [
      `schemaward ${version}: keeps schema changes safe and compatible.`,
      '',
      'Commands:',
      ...lines,
      '',
      'schemaward <command> --help says more.',
    ].join('\n'),
  );
}

function say(terminal: Terminal, text: string): ExitCode {
  terminal.out(`${text}\n`);
  return 0;
}

function fail(terminal: Terminal, message: string): ExitCode {
  terminal.err(`schemaward: ${message.replace(/\s*\n\s*/g, ' ')}\n`);
  return 2;
}
