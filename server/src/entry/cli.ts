#!/usr/bin/env node
import { runCli } from '#cli/run.ts';
import { version } from '#host/version.ts';
import { makeService } from './service.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

function write(text: string): void | Promise<void> {
  if (!process.stdout.write(text)) return new Promise((resume) => process.stdout.once('drain', () => resume()));
}

const args = process.argv.slice(2);
runCli(
  args,
  {
    cwd: process.cwd(),
    env: process.env,
    out: write,
    err: (text) => process.stderr.write(text),
    now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    color: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  },
  () => makeService({ cache: !args.includes('--no-cache') }),
  version,
).then((code) => {
  if (args[0] !== 'lsp') process.exitCode = code;
});
