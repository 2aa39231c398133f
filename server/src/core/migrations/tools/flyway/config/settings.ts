import { defaultOptions, type FlywayOptions } from '../options.ts';

/** Flyway settings by their own names (`sqlMigrationPrefix`, `placeholders.app`), whatever file they came from. */
export type Settings = ReadonlyMap<string, string>;

/** Lists are joined by commas, as in a `.conf` file. */
export function optionsFrom(settings: Settings, extra: Pick<FlywayOptions, 'writableConfig'> = {}): FlywayOptions {
  const text = (key: string) => settings.get(key.toLowerCase());
  const flag = (key: string, fallback: boolean) =>
    text(key) === undefined ? fallback : text(key)?.trim().toLowerCase() === 'true';
  const list = (key: string) => listOf(text(key));
  const d = defaultOptions;
  const placeholders = Object.fromEntries(
    [...settings]
      .filter(([key]) => key.startsWith('placeholders.'))
      .map(([key, value]) => [key.slice('placeholders.'.length), value]),
  );
  const schemas = list('schemas') ?? [];
  const defaultSchema = text('defaultSchema') ?? schemas[0];
  const initSql = text('initSql') ?? text('initSqls')?.replaceAll(/,\s*(?=SET\b)/gi, ';\n');
  const suffixes = list('sqlMigrationSuffixes');
  const transactionalLock = text('postgresql.transactional.lock') ?? text('postgresql.transactionallock');
  return {
    prefix: text('sqlMigrationPrefix') ?? d.prefix,
    repeatablePrefix: text('repeatableSqlMigrationPrefix') ?? d.repeatablePrefix,
    undoPrefix: text('undoSqlMigrationPrefix') ?? d.undoPrefix,
    baselinePrefix: text('baselineMigrationPrefix') ?? d.baselinePrefix,
    separator: text('sqlMigrationSeparator') ?? d.separator,
    suffixes: suffixes === undefined || suffixes.length === 0 ? d.suffixes : suffixes,
    table: text('table') ?? d.table,
    schemas,
    baselineVersion: text('baselineVersion') ?? d.baselineVersion,
    baselineOnMigrate: flag('baselineOnMigrate', d.baselineOnMigrate),
    outOfOrder: flag('outOfOrder', d.outOfOrder),
    target: text('target') ?? d.target,
    ignoreMigrationPatterns: list('ignoreMigrationPatterns') ?? d.ignoreMigrationPatterns,
    placeholderReplacement: flag('placeholderReplacement', d.placeholderReplacement),
    placeholderPrefix: text('placeholderPrefix') ?? d.placeholderPrefix,
    placeholderSuffix: text('placeholderSuffix') ?? d.placeholderSuffix,
    placeholders,
    mixed: flag('mixed', d.mixed),
    executeInTransaction: flag('executeInTransaction', d.executeInTransaction),
    encoding: text('encoding') ?? d.encoding,
    ...(initSql === undefined ? {} : { initSql }),
    ...(defaultSchema === undefined ? {} : { defaultSchema }),
    ...(transactionalLock === undefined
      ? {}
      : { transactionalLock: transactionalLock.trim().toLowerCase() !== 'false' }),
    ...(text('environment') === undefined ? {} : { environment: text('environment') ?? '' }),
    ...(text('url') === undefined ? {} : { url: withoutPassword(text('url') ?? '') }),
    ...(text('user') === undefined ? {} : { user: text('user') ?? '' }),
    ...passwordFrom(text('password')),
    ...extra,
  };
}

export function listOf(value: string | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** A project is handed around and shown: a password in its URL must not be. */
function withoutPassword(url: string): string {
  return url
    .replace(/(:\/\/[^/@:]*):[^/@]*@/, '$1@')
    .replace(/([?&;])password=[^&;]*/gi, '$1')
    .replace(/[?&;]$/, '');
}

/** Only references are kept: `${env.DB_PASSWORD}`, `${DB_PASSWORD}`. */
function passwordFrom(value: string | undefined): Pick<FlywayOptions, 'passwordFrom'> {
  const name = /^\$\{(?:env[.:])?([A-Za-z_][A-Za-z0-9_]*)(?::[^}]*)?\}$/.exec(value?.trim() ?? '')?.[1];
  return name === undefined ? {} : { passwordFrom: `env:${name}` };
}
