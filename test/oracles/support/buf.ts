import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bufProgram } from '../../../scripts/oracles/buf.ts';
import { run } from '../../../scripts/oracles/tools.ts';

/** What buf makes of the files of one module: its descriptors as JSON, or its complaints. */
export interface BufBuild {
  readonly files: readonly BufFile[];
  /** `a.proto:3:5:message`. */
  readonly complaints: readonly string[];
}

export interface BufFile {
  readonly name: string;
  readonly sourceCodeInfo: {
    readonly location: readonly { readonly path?: readonly number[]; readonly span: readonly number[] }[];
  };
  readonly [key: string]: unknown;
}

export function bufBuild(files: ReadonlyMap<string, string>): Promise<BufBuild> {
  return inModule(files, async (folder) => {
    const complaints = await build(folder, ['out.json']).then(
      () => [],
      (error: { readonly stderr?: string; readonly stdout?: string }) =>
        `${error.stdout ?? ''}${error.stderr ?? ''}`.split('\n').filter((line) => line !== ''),
    );
    if (complaints.length > 0) return { files: [], complaints };
    const image = JSON.parse(await readFile(join(folder, 'out.json'), 'utf8')) as { readonly file: readonly BufFile[] };
    return { files: image.file, complaints };
  });
}

/** The files as a binary `FileDescriptorSet`. */
export function bufDescriptors(files: ReadonlyMap<string, string>): Promise<Buffer> {
  return inModule(files, async (folder) => {
    await build(folder, ['out.binpb', '--as-file-descriptor-set']);
    return readFile(join(folder, 'out.binpb'));
  });
}

async function build(folder: string, output: readonly string[]): Promise<void> {
  await run(await bufProgram(), ['build', '-o', ...output], { cwd: folder, maxBuffer: 1 << 26 });
}

async function inModule<T>(files: ReadonlyMap<string, string>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'schemaward-buf-'));
  try {
    await writeFile(join(folder, 'buf.yaml'), 'version: v2\n');
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
