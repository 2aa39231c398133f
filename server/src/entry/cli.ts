#!/usr/bin/env node
import { runCli } from '#cli/run.ts';
import { version } from '#host/version.ts';
import { makeService } from './service.ts';

/** The reader has gone (`| head`): nothing more is written, and the exit code still says what was found. */
let isClosed = false;
let resume: () => void = () => undefined;
process.stdout.on('error', () => {
  isClosed = true;
  resume();
});
process.stdout.on('drain', () => resume());

function write(text: string): void | Promise<void> {
  if (isClosed || process.stdout.write(text)) return;
  return new Promise((done) => {
    resume = done;
  });
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
    color: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  },
  () => makeService({ cache: !args.includes('--no-cache') }),
  version,
).then((code) => {
  if (args[0] !== 'lsp') process.exitCode = code;
});
