import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, fingerprint } from '../oracles/cache.ts';
import { run } from '../oracles/tools.ts';

/** Packages of PyPI in an environment of their own. Answers the Python that sees them. */
export async function pythonWith(packages: readonly string[]): Promise<string> {
  const folder = await cachedFolder(join('python', fingerprint(packages.join(' '))), async (draft) => {
    await run('python3', ['-m', 'venv', '--without-pip', draft]);
    const site = (
      await run(join(draft, 'bin', 'python'), ['-c', 'import site; print(site.getsitepackages()[0])'])
    ).stdout.trim();
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', site];
    await run('python3', [...pip, ...packages], { timeout: 900_000, maxBuffer: 1 << 26 });
  });
  return join(folder, 'bin', 'python');
}

/** A package of npm with what it depends on, nothing of it run. Answers the folder that `node_modules` stands in. */
export function nodeModules(name: string): Promise<string> {
  return cachedFolder(join('npm', name.replaceAll('/', '_')), async (draft) => {
    await writeFile(join(draft, 'package.json'), '{ "private": true, "type": "module" }\n');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...quiet, name], { cwd: draft, timeout: 900_000, maxBuffer: 1 << 26 });
  });
}
