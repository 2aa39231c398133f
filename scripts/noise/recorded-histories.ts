import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from '../oracles/cache.ts';
import { type Coordinates, mavenClasspath, mavenJar } from '../oracles/maven.ts';
import { ensureTools, run } from '../oracles/tools.ts';
import { nodeModules, pythonWith } from './packages.ts';
import type { RecordedHistory } from './recorded.ts';

const drivers = join(import.meta.dirname, 'drivers');
const limits = { timeout: 900_000, maxBuffer: 1 << 26 };

/** A history of Alembic. */
function alembic(
  name: string,
  from: string,
  place: { readonly package: string; readonly folder: string; readonly versions?: string; readonly driver?: string },
  packages: readonly string[] = [],
): RecordedHistory {
  return {
    name,
    tool: 'Alembic',
    from,
    historyTable: /\balembic_version\b/,
    done: /^(?:INSERT INTO|UPDATE) alembic_version\b[^']*'([^']*)'/,
    async run({ port, database }) {
      const python = await pythonWith([from.replace(' ', '=='), 'psycopg2-binary', 'alembic', ...packages]);
      const url = `postgresql+${place.driver ?? 'psycopg2'}://postgres@127.0.0.1:${port}/${database}`;
      await run(
        python,
        [join(drivers, 'run_alembic.py'), place.package, place.folder, place.versions ?? '', url],
        limits,
      );
    },
  };
}

/** A history of Django's own tool. */
function django(
  name: string,
  from: string,
  apps: readonly string[],
  packages: readonly string[] = [],
): RecordedHistory {
  return {
    name,
    tool: 'Django',
    from,
    historyTable: /\bdjango_migrations\b/,
    done: /^INSERT INTO "django_migrations" [^']*'([^']*', '[^']*)'/,
    async run({ port, database }) {
      const python = await pythonWith([from.replace(' ', '=='), 'psycopg2-binary', ...packages]);
      await run(python, [join(drivers, 'run_django.py'), String(port), database, ...apps], limits);
    },
  };
}

const djangoItself = ['admin', 'auth', 'contenttypes', 'sessions', 'messages', 'sites'].map(
  (app) => `django.contrib.${app}`,
);

const unleash: RecordedHistory = {
  name: 'unleash',
  tool: 'db-migrate',
  from: 'unleash-server 7.5.1',
  historyTable: /"?migrations"?/,
  done: /^INSERT INTO "migrations" [^']*'([^']*)'/,
  async run({ port, database }) {
    const folder = await nodeModules('unleash-server@7.5.1');
    const db = { driver: 'pg', host: '127.0.0.1', port, user: 'postgres', database, ssl: false };
    const code = `const { migrateDb } = await import('./node_modules/unleash-server/dist/migrator.js');
await migrateDb({ db: ${JSON.stringify(db)} });
process.exit(0);`;
    await run('node', ['--input-type=module', '-e', code], { ...limits, cwd: folder });
  },
};

/** Keycloak's own changes in Java move rows, of which an empty database has none. */
const customChange = /<customChange\b[^>]*?(?:\/>|>[\s\S]*?<\/customChange>)/g;

/** A history of Liquibase in a jar. */
function liquibase(name: string, jar: Coordinates, changelog: string): RecordedHistory {
  return {
    name,
    tool: 'Liquibase',
    from: jar.split(':').slice(1).join(' '),
    historyTable: /\bdatabasechangelog(lock)?\b/i,
    done: /^INSERT INTO (?:public\.)?databasechangelog [^']*'([^']*)'/i,
    async run({ port, database }) {
      const classes = await mavenClasspath('liquibase', [
        'org.liquibase:liquibase-core:4.29.2',
        'info.picocli:picocli:4.7.7',
        'org.postgresql:postgresql:42.7.4',
      ]);
      const search = await changelogsOf(jar);
      const url = `jdbc:postgresql://127.0.0.1:${port}/${database}`;
      const options = [`--url=${url}`, '--username=postgres', '--password=none', `--changelog-file=${changelog}`];
      const main = ['-cp', `${classes}/*`, 'liquibase.integration.commandline.LiquibaseCommandLine'];
      await run('java', [...main, `--search-path=${search}`, 'update', ...options], limits);
    },
  };
}

async function changelogsOf(jar: Coordinates): Promise<string> {
  return cachedFolder(join('changelogs', jar.replaceAll(':', '_')), async (draft) => {
    await ensureTools(['unzip']);
    await run('unzip', ['-q', await mavenJar(jar), '*.xml', '-x', 'META-INF/maven/*', '-d', draft]);
    for (const name of await readdir(draft, { recursive: true })) {
      if (!name.endsWith('.xml')) continue;
      const file = join(draft, name);
      await writeFile(file, (await readFile(file, 'utf8')).replace(customChange, ''));
    }
  });
}

export const recordedHistories: readonly RecordedHistory[] = [
  unleash,
  alembic('prefect', 'prefect 3.9.1', {
    package: 'prefect',
    folder: 'server/database/_migrations',
    versions: 'versions/postgresql',
    driver: 'asyncpg',
  }),
  alembic('airflow', 'apache-airflow-core 3.3.2', { package: 'airflow', folder: 'migrations' }),
  django('wagtail', 'wagtail 8.0.1', [
    ...djangoItself,
    'taggit',
    ...[
      'admin',
      'documents',
      'embeds',
      'images',
      'contrib.redirects',
      'search',
      'sites',
      'snippets',
      'users',
      'contrib.forms',
    ].map((app) => `wagtail.${app}`),
    'wagtail',
  ]),
  liquibase('keycloak', 'org.keycloak:keycloak-model-jpa:26.0.5', 'META-INF/jpa-changelog-master.xml'),
  liquibase(
    'flowable',
    'org.flowable:flowable-cmmn-engine:7.0.1',
    'org/flowable/cmmn/db/liquibase/flowable-cmmn-db-changelog.xml',
  ),
  alembic('ckan', 'ckan 2.12.0', { package: 'ckan', folder: 'migration' }),
];
