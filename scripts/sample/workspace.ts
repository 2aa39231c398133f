import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(import.meta.dirname, '../../examples/shop');
/** What files said that the branch changes or deletes: over the released ones. */
const earlier = join(import.meta.dirname, '../../examples/shop-released');

const usualPort = 5433;
const configuration = ['services/orders/src/main/resources/application.yml', 'services/billing/flyway.toml'];

export interface Manifest {
  /** Files that stand on the base branch as they are; those of `shop-released` stand there with other words. */
  readonly released: readonly string[];
  /** Files of the base branch that the branch does without. */
  readonly deleted: readonly string[];
  /** Service -> last version that the sample database has run. */
  readonly applied: Readonly<Record<string, string>>;
  /** Every planted defect: `line` from 1. */
  readonly defects: readonly { readonly file: string; readonly line: number; readonly rule: string }[];
}

export interface Sample {
  readonly path: string;
  /** Where its configuration expects PostgreSQL. */
  readonly port: number;
  readonly manifest: Manifest;
}

export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8')) as Manifest;
}

/** A git repository of the sample: the released files on `main`, the rest on a branch that is not committed yet. */
export function makeSample(path = join(import.meta.dirname, '../../.cache/sample/shop'), port = usualPort): Sample {
  const manifest = readManifest();
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  for (const name of manifest.released) copy(name, path);
  cpSync(earlier, path, { recursive: true });
  movePort(path, port);
  git(path, 'init', '--quiet', '--initial-branch=main');
  git(path, 'add', '--all');
  git(path, 'commit', '--quiet', '-m', 'Released');
  git(path, 'tag', 'v1.4.0');
  git(path, 'checkout', '--quiet', '-b', 'feature');
  for (const name of manifest.deleted) rmSync(join(path, name));
  cpSync(source, path, { recursive: true });
  movePort(path, port);
  return { path, port, manifest };
}

function movePort(path: string, port: number): void {
  for (const name of configuration) {
    const file = join(path, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(String(usualPort), String(port)));
  }
}

function copy(name: string, path: string): void {
  mkdirSync(dirname(join(path, name)), { recursive: true });
  cpSync(join(source, name), join(path, name));
}

function git(cwd: string, ...args: readonly string[]): void {
  const identity = [
    '-c',
    'user.name=Sample',
    '-c',
    'user.email=sample@localhost',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'core.autocrlf=false',
  ];
  execFileSync('git', [...identity, ...args], { cwd, stdio: 'ignore' });
}
