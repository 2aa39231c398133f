import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, fingerprint, oracleCache } from './cache.ts';
import { ensureTools, run } from './tools.ts';

/** Maven coordinates of a jar: `group:artifact:version`. */
export type Coordinates = `${string}:${string}:${string}`;

const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1';

/** Jars with all that they depend on, in one folder: a class path is `<folder>/*`. Answers the folder. */
export async function mavenClasspath(name: string, coordinates: readonly Coordinates[]): Promise<string> {
  const place = join('classpath', `${name}-${fingerprint(coordinates.join('\n'))}`);
  return cachedFolder(place, async (draft) => {
    const options = [`-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
    await mvn(draft, `${plugin}:copy-dependencies`, pom(coordinates), options);
    await writeChecksums(draft);
  });
}

/** One jar without what it depends on. Answers its path. */
export async function mavenJar(coordinates: Coordinates): Promise<string> {
  const folder = await cachedFolder(join('jar', coordinates.replaceAll(':', '_')), async (draft) => {
    await mvn(draft, `${plugin}:copy`, pom([]), [`-Dartifact=${coordinates}`, `-DoutputDirectory=${draft}`]);
    await writeChecksums(draft);
  });
  const [, artifact, version] = coordinates.split(':');
  return join(folder, `${artifact}-${version}.jar`);
}

/** One Maven at a time on this machine: version 3 does not lock its local repository. */
async function mvn(folder: string, goal: string, project: string, options: readonly string[]): Promise<void> {
  await ensureTools(['mvn', 'java']);
  await mkdir(oracleCache, { recursive: true });
  const file = join(folder, 'pom.xml');
  await writeFile(file, project);
  const lock = join(oracleCache, 'maven.lock');
  await run('flock', [lock, 'mvn', '-q', '-B', '-f', file, goal, ...options], { timeout: 600_000 });
  await rm(file);
}

/** The least project that Maven runs a plugin in. */
function pom(coordinates: readonly Coordinates[]): string {
  const dependencies = coordinates.map((one) => {
    const [group, artifact, version] = one.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project><modelVersion>4.0.0</modelVersion>
<groupId>oracles</groupId><artifactId>oracles</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependencies.join('\n')}</dependencies></project>
`;
}

/** Records what was downloaded, in the format of `sha256sum --check`. */
async function writeChecksums(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jar')).sort();
  if (names.length === 0) throw new Error('Maven downloaded no jar.');
  const lines: string[] = [];
  for (const name of names) {
    const sum = createHash('sha256').update(await readFile(join(folder, name)));
    lines.push(`${sum.digest('hex')}  ${name}\n`);
  }
  await writeFile(join(folder, 'SHA256SUMS'), lines.join(''));
}
