import type { HistoryRow, Migration } from '../../../model/migration.ts';
import type { MigrationTool, Timeline } from '../../tool.ts';
import { checksumOf } from './checksums.ts';
import { configure, discover } from './discover.ts';
import { concurrentlySetting } from './lock-setting.ts';
import { newFile, renamed, schemeOf } from './naming.ts';
import { optionsOf } from './options.ts';
import { orderFacts } from './order-facts.ts';
import { replacePlaceholders } from './placeholders.ts';
import { sessionSql } from './session.ts';
import { states } from './states.ts';
import { timeline, versionOf } from './timeline.ts';
import { outsideTransaction, transactionRule } from './transactions.ts';
import { compareVersions, parseVersion } from './version.ts';

/** Flyway, community edition 9 to 13. */
export const flyway: MigrationTool = {
  id: 'flyway',
  displayName: 'Flyway',
  configPatterns: [
    'flyway.toml',
    'flyway.user.toml',
    'flyway.conf',
    'application*.yml',
    'application*.yaml',
    'application*.properties',
    'bootstrap*.yml',
    'bootstrap*.yaml',
    'bootstrap*.properties',
  ],
  discover,
  configure,
  timeline,
  text: (project, migration, file) => replacePlaceholders(file.text, optionsOf(project), migration),
  checksum: checksumOf,
  orderFacts,
  states,
  appliedOrder: (_project, all, rows) => appliedOrder(all, rows),
  transactionRule,
  sessionSql,
  historyTable: (project) => {
    const { table, defaultSchema, environment, url, user, passwordFrom } = optionsOf(project);
    return {
      table,
      ...(defaultSchema === undefined ? {} : { schema: defaultSchema }),
      ...(environment === undefined ? {} : { environment }),
      ...(url === undefined ? {} : { url }),
      ...(user === undefined ? {} : { user }),
      ...(passwordFrom === undefined ? {} : { passwordFrom }),
    };
  },
  historyRows,
  precedes: (_project, migration, text) => precedes(migration, text),
  naming: schemeOf,
  newFile,
  renamed,
  outsideTransaction,
  afterFailure:
    'Where the backfill is interrupted, migrate again and it goes on; where the history says that it failed, run flyway repair first.',
  concurrentlySetting,
};

function precedes(migration: Migration, text: string): boolean | undefined {
  // As in a file name, V5, or by itself.
  const limit = parseVersion(text.replace(/^v(?=\d)/i, ''));
  if (limit === undefined) return undefined;
  const own = versionOf(migration.version);
  return own !== undefined && compareVersions(own, limit) < 0;
}

/** Versions that ran and were neither deleted nor undone, by rank; a baseline stands for everything up to it. */
function appliedOrder(all: Timeline, rows: readonly HistoryRow[]): readonly Migration[] {
  const byVersion = new Map<string, Migration>();
  const byDescription = new Map<string, Migration>();
  for (const migration of all.migrations) {
    const version = versionOf(migration.version);
    if (version === undefined) byDescription.set(migration.description, migration);
    else if (migration.kind === 'versioned' || !byVersion.has(version.parts.join('.')))
      byVersion.set(version.parts.join('.'), migration);
  }
  const found = new Set<Migration>();
  for (const row of [...rows].sort((a, b) => a.rank - b.rank)) {
    const version = versionOf(row.version);
    if (!row.success) continue;
    if (row.type === 'BASELINE' || row.type.endsWith('_BASELINE'))
      for (const each of upTo(all, version)) found.add(each);
    const migration =
      version === undefined ? byDescription.get(row.description) : byVersion.get(version.parts.join('.'));
    if (migration === undefined) continue;
    if (row.type === 'DELETE' || row.type.startsWith('UNDO')) found.delete(migration);
    else found.add(migration);
  }
  return [...found];
}

function upTo(all: Timeline, version: ReturnType<typeof versionOf>): readonly Migration[] {
  if (version === undefined) return [];
  return all.migrations.filter((migration) => {
    const own = versionOf(migration.version);
    return own !== undefined && migration.kind === 'versioned' && compareVersions(own, version) <= 0;
  });
}

function historyRows(raw: readonly Readonly<Record<string, unknown>>[]): readonly HistoryRow[] {
  return raw.map((row) => {
    const text = (key: string) => (row[key] === null || row[key] === undefined ? '' : String(row[key]));
    const version = text('version');
    const checksum = row.checksum;
    return {
      rank: Number(row.installed_rank ?? 0),
      description: text('description'),
      type: normalType(text('type')),
      script: text('script'),
      installedBy: text('installed_by'),
      installedOn: text('installed_on'),
      executionTime: Number(row.execution_time ?? 0),
      success:
        row.success === true ||
        row.success === 1 ||
        row.success === 't' ||
        row.success === 'true' ||
        row.success === '1',
      ...(version === '' ? {} : { version }),
      ...(checksum === null || checksum === undefined ? {} : { checksum: Number(checksum) }),
    };
  });
}

/** Names of earlier versions. */
function normalType(type: string): string {
  return type === 'SPRING_JDBC' ? 'JDBC' : type === 'SQL_STATE_SCRIPT' ? 'SQL_BASELINE' : type;
}
