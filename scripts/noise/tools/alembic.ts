import { join } from 'node:path';
import { run } from '../../oracles/tools.ts';
import { type Environment, pythonWith } from '../packages.ts';
import type { RecordedHistory } from '../recorded.ts';
import { shippedInPython } from '../shipped.ts';
import { drivers, limits } from './limits.ts';

export interface AlembicPlace {
  readonly package: string;
  /** Of the scripts, in the package. */
  readonly folder: string;
  readonly versions?: string;
  readonly driver?: string;
  /** What the application has done before its migrations run, as Python: it knows `url`. */
  readonly before?: string;
}

/** A history of Alembic. */
export function alembic(
  name: string,
  from: string,
  place: AlembicPlace,
  environment: Environment = { packages: [from.replace(' ', '=='), 'alembic'] },
): RecordedHistory {
  const [distribution = ''] = from.split(' ');
  return {
    name,
    tool: 'Alembic',
    from,
    historyTable: /\balembic_version/,
    done: /^(?:INSERT INTO|UPDATE) alembic_version\b[^']*'([^']*)'/,
    shippedIn: (version) =>
      shippedInPython(distribution, version, 'alembic', `${place.package}/${place.folder}/`.replaceAll('//', '/')),
    async run({ port, database }) {
      const python = await pythonWith({ ...environment, packages: [...environment.packages, 'psycopg2-binary'] });
      const url = `postgresql+${place.driver ?? 'psycopg2'}://postgres@127.0.0.1:${port}/${database}`;
      const args = [place.package, place.folder, place.versions ?? '', url, place.before ?? ''];
      await run(python, ['-W', 'ignore', join(drivers, 'run_alembic.py'), ...args], limits);
    },
  };
}
