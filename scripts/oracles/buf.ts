import { join } from 'node:path';
import { cachedFolder } from './cache.ts';
import { run } from './tools.ts';

const version = '1.75.0';

/** buf's own program, as npm has it for this platform; answers its path. */
export async function bufProgram(): Promise<string> {
  const name = `@bufbuild/buf-${process.platform}-${process.arch}`;
  const folder = await cachedFolder(join('npm', `buf@${version}`), async (draft) => {
    await run('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: draft });
    await run('tar', ['xzf', `bufbuild-buf-${process.platform}-${process.arch}-${version}.tgz`], { cwd: draft });
  });
  return join(folder, 'package', 'bin', 'buf');
}
