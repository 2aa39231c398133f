import type { Migration } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { Difference, Files } from '../../tool.ts';
import { isClass, matchesChecksum } from './checksums.ts';

/** What the history says of a migration that has run: a row, or the line of `info` made from it. */
interface Recorded {
  readonly description: string;
  readonly checksum?: number | string;
}

/**
 * The first thing in which a file differs from what ran, in the order of MigrationInfoImpl.validate. Rows find files of
 * their own type only, so that SQL turned into a script is missing and pending, and never a type mismatch.
 */
export function differenceOf(
  project: Project,
  migration: Migration,
  files: Files,
  recorded: Recorded,
): Difference | undefined {
  if (!matchesChecksum(project, migration, files, recorded.checksum)) return 'text';
  return isSameDescription(migration.description, recorded.description) ? undefined : 'description';
}

/** The word in the history's column `type`. */
export function typeOf(migration: Migration): string {
  const { kind, language } = migration;
  const base = language === 'sql' ? 'SQL' : isClass(migration) ? 'JDBC' : 'SCRIPT';
  if (kind === 'baseline') return base === 'JDBC' ? 'JDBC_BASELINE' : 'SQL_BASELINE';
  return kind === 'undo' ? `UNDO_${base}` : base;
}

/** Databases that take an empty text for null hold a marker instead. */
function isSameDescription(local: string, recorded: string): boolean {
  return recorded === '<< no description >>' ? local === '' : abbreviated(local) === recorded;
}

/** The history's column holds 200 characters. */
function abbreviated(description: string): string {
  return description.length <= 200 ? description : `${description.slice(0, 197)}...`;
}
