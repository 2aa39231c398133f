import type { DialectChoice, DialectId, Location } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { Files } from '../../tool.ts';
import { parentOf } from './locations.ts';

/**
 * What says which database it is, the strongest first: the URL, a folder named after it, a dependency, the SQL itself.
 * @param hint a URL that one of several profiles has
 */
export function guessDialect(
  url: string | undefined,
  locations: readonly Location[],
  module: FilePath,
  files: Files,
  hint?: string,
): DialectChoice {
  const byUrl = url === undefined ? undefined : dialectOfUrl(url);
  if (byUrl !== undefined) return { id: byUrl, guessed: false, because: 'the JDBC URL' };
  const folder = locations.map((each) => dialectOfFolder(each.folder)).find((each) => each !== undefined);
  if (folder !== undefined) return { id: folder, guessed: true, because: "the folder's name" };
  const byProfile = hint === undefined ? undefined : dialectOfUrl(hint);
  if (byProfile !== undefined) return { id: byProfile, guessed: true, because: 'the JDBC URL of a profile' };
  const dependency = dialectOfBuild(module, files);
  if (dependency !== undefined) return { id: dependency, guessed: true, because: 'a dependency of the build' };
  return { id: dialectOfSql(locations, files), guessed: true, because: 'the SQL itself' };
}

function dialectOfUrl(url: string): DialectId | undefined {
  const name = /^(?:jdbc:)?(?:p6spy:|tc:|aws-wrapper:|log4jdbc:|otel:)*([a-z0-9]+):/i.exec(url)?.[1]?.toLowerCase();
  const known: Readonly<Record<string, DialectId>> = {
    postgresql: 'postgresql',
    postgres: 'postgresql',
    pgsql: 'postgresql',
    postgis: 'postgresql',
    mysql: 'mysql',
    mariadb: 'mariadb',
    sqlite: 'sqlite',
    sqlserver: 'sqlserver',
    jtds: 'sqlserver',
    oracle: 'oracle',
    h2: 'h2',
    hsqldb: 'hsqldb',
    db2: 'db2',
    cockroachdb: 'cockroachdb',
    redshift: 'redshift',
    snowflake: 'snowflake',
    derby: 'derby',
  };
  return name === undefined ? undefined : known[name];
}

const words: readonly (readonly [RegExp, DialectId])[] = [
  [/(^|[/_.-])(postgres(ql)?|pg|psql)([/_.-]|$)/i, 'postgresql'],
  [/(^|[/_.-])mysql([/_.-]|$)/i, 'mysql'],
  [/(^|[/_.-])mariadb([/_.-]|$)/i, 'mariadb'],
  [/(^|[/_.-])(sql[_-]?server|mssql)([/_.-]|$)/i, 'sqlserver'],
  [/(^|[/_.-])(hsqldb|hsql)([/_.-]|$)/i, 'hsqldb'],
  [/(^|[/_.-])db2([/_.-]|$)/i, 'db2'],
  [/(^|[/_.-])derby([/_.-]|$)/i, 'derby'],
  [/(^|[/_.-])redshift([/_.-]|$)/i, 'redshift'],
  [/(^|[/_.-])snowflake([/_.-]|$)/i, 'snowflake'],
  [/(^|[/_.-])oracle([/_.-]|$)/i, 'oracle'],
  [/(^|[/_.-])sqlite([/_.-]|$)/i, 'sqlite'],
  [/(^|[/_.-])h2([/_.-]|$)/i, 'h2'],
  [/(^|[/_.-])(cockroach(db)?)([/_.-]|$)/i, 'cockroachdb'],
];

/** Only the last folders are named after a database; further up stand people's and projects' names. */
export function dialectOfFolder(folder: FilePath): DialectId | undefined {
  const near = folder.split('/').slice(-2).join('/');
  return words.find(([pattern]) => pattern.test(near))?.[1];
}

const dependencies: readonly (readonly [RegExp, DialectId])[] = [
  [/org\.postgresql|flyway-database-postgresql|["']pg["']\s*:|spring-boot-starter.*postgresql/, 'postgresql'],
  [/mysql-connector|com\.mysql/, 'mysql'],
  [/mariadb-java-client/, 'mariadb'],
  [/mssql-jdbc/, 'sqlserver'],
  [/ojdbc|oracle\.database\.jdbc/, 'oracle'],
  [/sqlite-jdbc/, 'sqlite'],
];

/** The nearest build file that names exactly one database; H2 beside it is for tests. */
function dialectOfBuild(module: FilePath, files: Files): DialectId | undefined {
  for (let folder = module; folder.length > 0; folder = parentOf(folder)) {
    for (const name of ['pom.xml', 'build.gradle', 'build.gradle.kts', 'package.json']) {
      const text = files.get(`${folder}/${name}`)?.text;
      if (text === undefined) continue;
      const found = new Set(dependencies.filter(([pattern]) => pattern.test(text)).map(([, id]) => id));
      const [only] = found;
      if (found.size === 1 && only !== undefined) return only;
    }
    if (!folder.includes('/')) break;
  }
  return undefined;
}

const signs: readonly (readonly [DialectId, RegExp])[] = [
  [
    'postgresql',
    /\b(bigserial|serial|jsonb|timestamptz|bytea|plpgsql|uuid_generate_v4|gen_random_uuid|tsvector|CREATE EXTENSION|ON CONFLICT|GENERATED (ALWAYS|BY DEFAULT) AS IDENTITY)\b|::\w|\$\$/gi,
  ],
  ['mysql', /\bAUTO_INCREMENT\b|\bENGINE\s*=|`\w+`|\bUNSIGNED\b|\b(tiny|medium|long)(int|text|blob)\b|\bCHARSET\b/gi],
  ['sqlserver', /\bNVARCHAR\b|^\s*GO\s*$|\bIDENTITY\s*\(\d|\[dbo\]|\bsp_rename\b|\bGETDATE\(\)/gim],
  ['oracle', /\bVARCHAR2\b|\bNUMBER\s*\(|\bSYSDATE\b|^\s*\/\s*$/gim],
  ['sqlite', /\bAUTOINCREMENT\b|\bPRAGMA\b|\bWITHOUT ROWID\b/gi],
];

/** Standard SQL counts as PostgreSQL. A few files of each location are enough. */
function dialectOfSql(locations: readonly Location[], files: Files): DialectId {
  const scores = new Map<DialectId, number>();
  let looked = 0;
  for (const [path, { text }] of files) {
    if (!path.endsWith('.sql') || !locations.some(({ folder }) => path.startsWith(`${folder}/`))) continue;
    if (++looked > 25) break;
    const sample = text.slice(0, 20_000);
    for (const [id, pattern] of signs) scores.set(id, (scores.get(id) ?? 0) + (sample.match(pattern)?.length ?? 0));
  }
  const [best] = [...scores].sort(([, a], [, b]) => b - a);
  return best === undefined || best[1] === 0 ? 'postgresql' : best[0];
}
