import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, fingerprint } from '../../../../scripts/oracles/cache.ts';
import { type Coordinates, mavenClasspath } from '../../../../scripts/oracles/maven.ts';
import { ensureTools, run } from '../../../../scripts/oracles/tools.ts';

/** Last release of each major whose library is complete on Maven Central; the first is the one to compare with. */
export const flywayVersions = ['13.12.0', '11.20.3', '9.22.3'] as const;

export type FlywayVersion = (typeof flywayVersions)[number];

const drivers: readonly Coordinates[] = [
  'org.postgresql:postgresql:42.7.14',
  'org.xerial:sqlite-jdbc:3.53.2.0',
  'com.h2database:h2:2.3.232',
  'org.slf4j:slf4j-nop:2.0.17',
];

/** PostgreSQL left the core in 10; 13 needs Jackson to read `postgresql.transactional.lock`. */
const libraries: Readonly<Record<FlywayVersion, readonly Coordinates[]>> = {
  '13.12.0': [
    'org.flywaydb:flyway-core:13.12.0',
    'org.flywaydb:flyway-database-postgresql:13.12.0',
    'tools.jackson.core:jackson-databind:3.1.4',
  ],
  '11.20.3': ['org.flywaydb:flyway-core:11.20.3', 'org.flywaydb:flyway-database-postgresql:11.20.3'],
  '9.22.3': ['org.flywaydb:flyway-core:9.22.3'],
};

/** Class path of one Flyway with the compiled driver, fetched and compiled on first use. */
export async function installFlyway(version: FlywayVersion): Promise<string> {
  await ensureTools(['java', 'javac']);
  const jars = join(await mavenClasspath(`flyway-${version}`, [...libraries[version], ...drivers]), '*');
  const source = join(import.meta.dirname, 'Driver.java');
  const place = `driver-${fingerprint(`${await readFile(source, 'utf8')}\n${jars}`)}`;
  const classes = await cachedFolder(join('flyway', version, place), async (folder) => {
    await run('javac', ['-encoding', 'UTF-8', '-nowarn', '-d', folder, '-cp', jars, source]);
  });
  return `${classes}:${jars}`;
}
