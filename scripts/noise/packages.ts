import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, fingerprint } from '../oracles/cache.ts';
import { run } from '../oracles/tools.ts';

/** Packages of PyPI that a history's own tool needs. */
export interface Environment {
  readonly packages: readonly string[];
  /** Without what they depend on: a product whose migrations need little of it. */
  readonly bare?: readonly string[];
}

const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check'];
const limits = { timeout: 900_000, maxBuffer: 1 << 26 };

/** Packages of PyPI in an environment of their own. Answers the Python that sees them. */
export async function pythonWith({ packages, bare = [] }: Environment): Promise<string> {
  const place = join('python', fingerprint([...packages, ...bare.map((each) => `${each} alone`)].join(' ')));
  const folder = await cachedFolder(place, async (draft) => {
    await run('python3', ['-m', 'venv', '--without-pip', draft]);
    const site = (
      await run(join(draft, 'bin', 'python'), ['-c', 'import site; print(site.getsitepackages()[0])'])
    ).stdout.trim();
    const install = [...pip, 'install', '--target', site];
    if (bare.length > 0) await run('python3', [...install, '--no-deps', ...bare], limits);
    await run('python3', [...install, ...packages], limits);
  });
  return join(folder, 'bin', 'python');
}

/** One package of PyPI as it was published. Answers the path of the archive. */
export async function wheelOf(distribution: string, version: string): Promise<string> {
  const folder = await cachedFolder(join('wheel', `${distribution}-${version}`), async (draft) => {
    await run('python3', [...pip, 'download', '--no-deps', '--dest', draft, `${distribution}==${version}`], limits);
  });
  const [name = ''] = await readdir(folder);
  return join(folder, name);
}

/** A package of npm with what it depends on, nothing of it run. Answers the folder that `node_modules` stands in. */
export function nodeModules(name: string): Promise<string> {
  return cachedFolder(join('npm', name.replaceAll('/', '_')), async (draft) => {
    await writeFile(join(draft, 'package.json'), '{ "private": true, "type": "module" }\n');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...quiet, name], { cwd: draft, timeout: 900_000, maxBuffer: 1 << 26 });
  });
}
