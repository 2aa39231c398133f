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

export async function bufBuild(files: ReadonlyMap<string, string>): Promise<BufBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'schemaward-buf-'));
  try {
    await writeFile(join(folder, 'buf.yaml'), 'version: v2\n');
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const complaints = await run(await bufProgram(), ['build', '-o', 'out.json'], {
      cwd: folder,
      maxBuffer: 1 << 26,
    }).then(
      () => [],
      (error: { readonly stderr?: string; readonly stdout?: string }) =>
        `${error.stdout ?? ''}${error.stderr ?? ''}`.split('\n').filter((line) => line !== ''),
    );
    if (complaints.length > 0) return { files: [], complaints };
    const image = JSON.parse(await readFile(join(folder, 'out.json'), 'utf8')) as { readonly file: readonly BufFile[] };
    return { files: image.file, complaints };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
