import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder, fingerprint } from '../../oracles/cache.ts';
import { type Coordinates, mavenClasspath, mavenJar } from '../../oracles/maven.ts';
import { run, unzip } from '../../oracles/tools.ts';
import type { RecordedHistory } from '../recorded.ts';
import { limits } from './limits.ts';

/** Keycloak's own changes in Java move rows, of which an empty database has none. */
const customChange = /<customChange\b[^>]*?(?:\/>|>[\s\S]*?<\/customChange>)/g;

/** A history of Liquibase in a jar. */
export function liquibase(name: string, jar: Coordinates, changelog: string): RecordedHistory {
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
  return cachedFolder(join('changelogs', `${jar.replaceAll(':', '_')}-${fingerprint('layout 2')}`), async (draft) => {
    await unzip(await mavenJar(jar), ['*.xml', '*.sql', '-x', 'META-INF/maven/*'], draft);
    for (const name of await readdir(draft, { recursive: true })) {
      if (!name.endsWith('.xml')) continue;
      const file = join(draft, name);
      await writeFile(file, (await readFile(file, 'utf8')).replace(customChange, ''));
    }
  });
}
