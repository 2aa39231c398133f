import { join } from 'node:path';
import { run } from '../oracles/tools.ts';
import { wheelOf } from './packages.ts';

/** How a tool names its migrations, as the driver beside this file reads them from an archive. */
export type Naming = 'alembic' | 'django' | 'prisma';

const driver = join(import.meta.dirname, 'drivers', 'shipped.py');

/**
 * Names of the migrations that a version of a package of PyPI ships, as their tool notes them.
 * @param under folder in the package that they stand below
 */
export async function shippedInPython(
  distribution: string,
  version: string,
  naming: Naming,
  under: string,
): Promise<readonly string[]> {
  const archive = await wheelOf(distribution, version);
  const { stdout } = await run('python3', [driver, archive, naming, under], { maxBuffer: 1 << 24 });
  return stdout.split('\n').filter((line) => line !== '');
}
