import { parseArgs } from 'node:util';
import type { Service } from '#core/service.ts';
import { type Command, type ExitCode, type Terminal, UsageError } from './command.ts';
import { commands } from './commands/index.ts';

/** The whole command line: everything it does goes through `terminal`, so that tests run it in process. */
export async function runCli(
  args: readonly string[],
  terminal: Terminal,
  makeService: () => Promise<Service>,
  version: string,
): Promise<ExitCode> {
  const [first, ...rest] = args;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') return help(terminal, version);
  if (first === '--version' || first === '-v') return say(terminal, version);
  const command = commands.find(({ name }) => name === first);
  if (command === undefined)
    return fail(
      terminal,
      `There is no command ${JSON.stringify(first)}. Commands: ${commands.map(({ name }) => name).join(', ')}.`,
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
    const parsed = parseArgs({ args: [...args], options: command.options, allowPositionals: true, strict: true });
    return {
      values: parsed.values as Readonly<Record<string, string | boolean | undefined>>,
      positionals: parsed.positionals,
    };
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UsageError(
      `${line.replace(/\. To specify a positional.*$/, '.')} See schemaward ${command.name} --help.`,
    );
  }
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
