import { join } from 'node:path';
import { run } from '../../oracles/tools.ts';
import { pythonWith, wheelOf } from '../packages.ts';
import type { RecordedHistory } from '../recorded.ts';
import { shippedInPython } from '../shipped.ts';
import { drivers, limits } from './limits.ts';

/** A history of Prisma in a package of PyPI. Its files are SQL: each is sent as Prisma sends it, in one message. */
export function prisma(name: string, from: string, folder: string): RecordedHistory {
  const [distribution = '', version = ''] = from.split(' ');
  return {
    name,
    tool: 'Prisma',
    from,
    historyTable: /\b_prisma_migrations\b/,
    done: /^INSERT INTO _prisma_migrations [^']*'([^']*)'/,
    shippedIn: (wanted) => shippedInPython(distribution, wanted, 'prisma', folder),
    async run({ port, database }) {
      const python = await pythonWith({ packages: ['psycopg2-binary'] });
      const args = [await wheelOf(distribution, version), folder, String(port), database];
      await run(python, [join(drivers, 'run_prisma.py'), ...args], limits);
    },
  };
}
