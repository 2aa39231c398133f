import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachedFolder, fingerprint } from './cache.ts';
import { type Coordinates, mavenJar } from './maven.ts';
import { unzip } from './tools.ts';

/** A Flyway history on PostgreSQL that a published package ships. Fetched when it is needed, never committed. */
export interface PublishedHistory {
  readonly name: string;
  readonly jar: Coordinates;
  /** The location, as a folder of the class path. */
  readonly location: string;
  /** What the application gives Flyway by code, where the history needs it. */
  readonly settings: Readonly<Record<string, string>>;
  /** What stands in the database before the first migration. */
  readonly before: readonly string[];
  /** Notices about statements of it that are not examined. */
  readonly notExamined: readonly string[];
}

export const publishedHistories: readonly PublishedHistory[] = [
  {
    name: 'conductor',
    jar: 'com.netflix.conductor:conductor-postgres-persistence:3.15.0',
    location: 'db/migration_postgres',
    settings: {},
    before: [],
    notExamined: [],
  },
  {
    name: 'uaa',
    jar: 'org.cloudfoundry.identity:cloudfoundry-identity-server:4.10.0',
    location: 'org/cloudfoundry/identity/uaa/db/postgresql',
    settings: {},
    before: [],
    notExamined: [],
  },
  {
    name: 'ehrbase-ext',
    jar: 'org.ehrbase.openehr:jooq-pg:2.16.0',
    location: 'db/migration/ext',
    settings: { schemas: 'ext' },
    before: ['CREATE SCHEMA ext', 'CREATE EXTENSION "uuid-ossp" SCHEMA ext'],
    notExamined: [],
  },
  {
    name: 'ehrbase-ehr',
    jar: 'org.ehrbase.openehr:jooq-pg:2.16.0',
    location: 'db/migration/ehr',
    settings: { schemas: 'ehr', 'placeholders.ehrSchema': 'ehr', initSql: 'SET search_path TO ehr, ext' },
    before: [
      'CREATE SCHEMA ehr',
      'CREATE SCHEMA ext',
      'CREATE EXTENSION "uuid-ossp" SCHEMA ext',
      'CREATE COLLATION ext."en_US" FROM "C"',
    ],
    notExamined: [
      'jooq-pg-ehr: 6 parts of V15__data_tables_add_parent_num.sql not examined: calls pg_temp.mig_num_columns, which may do anything.',
    ],
  },
  {
    name: 'kogito-data-index',
    jar: 'org.kie.kogito:data-index-storage-postgresql:10.1.0',
    location: 'kie-flyway/db/data-index/postgresql',
    settings: {},
    before: [],
    notExamined: [],
  },
  {
    name: 'hawkbit',
    jar: 'org.eclipse.hawkbit:hawkbit-repository-jpa:0.3.0M7',
    location: 'db/migration/POSTGRESQL',
    settings: {},
    before: [],
    notExamined: [],
  },
  {
    name: 'nifi-registry',
    jar: 'org.apache.nifi.registry:nifi-registry-framework:1.18.0',
    location: 'db/migration/postgres',
    settings: {},
    before: [],
    notExamined: [],
  },
];

/**
 * The history laid out as its repository has it: all SQL of the jar below `src/main/resources`, and an empty source
 * file for each migration in Java. Answers the folder.
 */
export async function fetchHistory({ jar }: PublishedHistory): Promise<string> {
  const [, artifact = ''] = jar.split(':');
  const place = join('history', `${jar.replaceAll(':', '_')}-${fingerprint('layout 2')}`);
  const folder = await cachedFolder(place, async (whole) => {
    const draft = join(whole, artifact);
    const resources = join(draft, 'src', 'main', 'resources');
    await mkdir(resources, { recursive: true });
    await unzip(await mavenJar(jar), ['*.sql', '*V*__*.class', '*.sql.conf'], resources);
    await layJava(draft, resources);
  });
  return join(folder, artifact);
}

async function layJava(draft: string, resources: string): Promise<void> {
  for (const name of await readdir(resources, { recursive: true })) {
    if (!name.endsWith('.class')) continue;
    await rm(join(resources, name));
    if (!/\/[VRB][^/$]*__[^/$]*\.class$/.test(name)) continue;
    const source = join(draft, 'src', 'main', 'java', name.replace(/\.class$/, '.java'));
    await mkdir(dirname(source), { recursive: true });
    await writeFile(source, '// Not published as source.\n');
  }
}
