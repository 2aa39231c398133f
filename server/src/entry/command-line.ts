import { createInterface } from 'node:readline';
import { runCli } from '#cli/run.ts';
import { version } from '#host/version.ts';
import { makeCommandService } from './service.ts';

/** The reader has gone (`| head`): nothing more is written, and the exit code still says what was found. */
let isClosed = false;
let resume: () => void = () => undefined;

function write(text: string): void | Promise<void> {
  if (isClosed || process.stdout.write(text)) return;
  return new Promise((done) => {
    resume = done;
  });
}

/** Empty where it was deleted: commands that need no folder work all the same. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '';
  }
}

export function runCommandLine(): void {
  process.stdout.on('error', () => {
    isClosed = true;
    resume();
  });
  process.stdout.on('drain', () => resume());
  const args = process.argv.slice(2);
  runCli(
    args,
    {
      cwd: workingDirectory(),
      env: process.env,
      out: write,
      err: (text) => process.stderr.write(text),
      lines: () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }),
      now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      color: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    },
    makeCommandService,
    version,
  ).then((code) => {
    if (args[0] !== 'lsp') process.exitCode = code;
  });
}
