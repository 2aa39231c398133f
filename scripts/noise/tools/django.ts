import { join } from 'node:path';
import { run } from '../../oracles/tools.ts';
import { type Environment, pythonWith } from '../packages.ts';
import type { RecordedHistory } from '../recorded.ts';
import { shippedInPython } from '../shipped.ts';
import { drivers, limits } from './limits.ts';

export interface DjangoProduct {
  /** The module with the product's own settings, or settings over the usual ones. */
  readonly settings: string | Readonly<Record<string, unknown>>;
  /** Of settings that are ours. */
  readonly apps?: readonly string[];
  /** What the product needs done before, as Python: it knows `port` and `database`. */
  readonly before?: string;
}

/** A history of Django's own tool. */
export function django(
  name: string,
  from: string,
  { settings, apps = [], before = '' }: DjangoProduct,
  environment: Environment = { packages: [from.replace(' ', '==')] },
): RecordedHistory {
  const [distribution = ''] = from.split(' ');
  return {
    name,
    tool: 'Django',
    from,
    historyTable: /\bdjango_migrations\b/,
    done: /^INSERT INTO "django_migrations" [^']*'([^']*', '[^']*)'/,
    shippedIn: (version) => shippedInPython(distribution, version, 'django', ''),
    async run({ port, database }) {
      const python = await pythonWith({ ...environment, packages: [...environment.packages, 'psycopg2-binary'] });
      const over = typeof settings === 'string' ? settings : JSON.stringify(settings);
      const args = [join(drivers, 'run_django.py'), String(port), database, over, before, ...apps];
      await run(python, ['-W', 'ignore', ...args], limits);
    },
  };
}

export const djangoItself = ['admin', 'auth', 'contenttypes', 'sessions', 'messages', 'sites'].map(
  (app) => `django.contrib.${app}`,
);
