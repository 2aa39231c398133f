import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What buf says of one place; without a path where it names no file. */
export interface BufFinding {
  readonly path?: string;
  readonly start_line: number;
  readonly start_column: number;
  readonly end_line: number;
  readonly end_column: number;
  readonly type: string;
  readonly message: string;
}

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

export interface Sides {
  readonly before: Files;
  readonly after: Files;
}

/** Both sides in folders of their own, as long as `use` runs. */
export function inFolders<T>({ before, after }: Sides, use: (folders: Folders) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'schemaward-buf-'));
  try {
    const folders = { before: join(root, 'before'), after: join(root, 'after') };
    write(folders.before, before);
    write(folders.after, after);
    return use(folders);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export interface Folders {
  readonly before: string;
  readonly after: string;
}

function write(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

/** `buf breaking`, called in the newer folder so that paths are relative to it. */
export function bufBreaking(
  program: string,
  { before, after }: Folders,
  more: readonly string[] = [],
): readonly BufFinding[] {
  return run(program, after, ['breaking', '.', '--against', before, ...more]);
}

/** What keeps a folder from compiling. */
export function bufProblems(program: string, folder: string): readonly BufFinding[] {
  return run(program, folder, ['build', '.']);
}

export interface BufRule {
  readonly id: string;
  readonly categories: readonly string[];
  readonly default: boolean;
  readonly deprecated: boolean;
  readonly replacements: readonly string[] | null;
}

/** The rules that a version of `buf.yaml` knows. */
export function bufRules(program: string, version: string): readonly BufRule[] {
  const more = ['--version', version, '--include-deprecated', '--format', 'json'];
  const { stdout } = spawnSync(program, ['config', 'ls-breaking-rules', ...more], { encoding: 'utf8', cwd: tmpdir() });
  return jsonLines(stdout);
}

function run(program: string, cwd: string, args: readonly string[]): readonly BufFinding[] {
  const { stdout, stderr, status } = spawnSync(program, [...args, '--error-format', 'json'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0 && status !== 100) throw new Error(`buf ${args.join(' ')}: ${stderr}`);
  return jsonLines(`${stdout}${stderr}`);
}

function jsonLines<T>(text: string): readonly T[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}
