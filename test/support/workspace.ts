import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';

/** A folder of files, made for one test and removed after it. */
export interface Folder {
  readonly path: string;
  readonly uri: string;
  write(name: string, text: string | Uint8Array): void;
  remove(name: string): void;
  uriOf(name: string): string;
  /** A git command in the folder; identity and line endings are fixed. */
  git(...args: readonly string[]): string;
  /** Makes it a repository, with all files so far committed on `main`. */
  commitAll(message?: string): void;
}

export function folder(
  context: Pick<TestContext, 'after'>,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'schemaward-')));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  return open(path, files);
}

/** Path of a clone with one commit of each branch: the commit where the branches parted is missing. */
export function shallowClone(context: Pick<TestContext, 'after'>, origin: Folder, branch: string): string {
  const parent = folder(context);
  const depth = ['--depth', '1', '--branch', branch, '--no-single-branch'];
  parent.git('clone', '--quiet', ...depth, `file://${origin.path}`, 'c');
  return join(parent.path, 'c');
}

export function open(path: string, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const made: Folder = {
    path,
    uri: pathToFileURL(path).href,
    write(name, text) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    },
    remove: (name) => rmSync(join(path, name), { recursive: true, force: true }),
    uriOf: (name) => pathToFileURL(join(path, name)).href,
    git: (...args) =>
      execFileSync(
        'git',
        [
          '-c',
          'user.name=Test',
          '-c',
          'user.email=test@localhost',
          '-c',
          'core.autocrlf=false',
          '-c',
          'init.defaultBranch=main',
          '-c',
          'commit.gpgsign=false',
          ...args,
        ],
        { cwd: path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      ),
    commitAll(message = 'released') {
      made.git('init', '--quiet');
      made.git('add', '--all');
      made.git('commit', '--quiet', '--allow-empty', '-m', message);
    },
  };
  for (const [name, text] of Object.entries(files)) made.write(name, text);
  return made;
}
