import type { Migration } from '../../../model/migration.ts';
import type { Project } from '../../../model/project.ts';
import type { FilePath } from '../../../model/text.ts';
import type { Files, TransactionRule } from '../../tool.ts';
import { readProperties } from './config/properties.ts';
import { optionsOf } from './options.ts';

/** Flyway's own list of statements that it takes out of the transaction (PostgreSQLParser.java, 9 to 13). */
const outside: readonly RegExp[] = [
  /^(CREATE|DROP)\s+(DATABASE|TABLESPACE|SUBSCRIPTION)\b/i,
  /^ALTER\s+SYSTEM\b/i,
  /^(CREATE|DROP)(\s+UNIQUE)?\s+INDEX\s+CONCURRENTLY\b/i,
  /^REINDEX(\s+VERBOSE)?\s+(SCHEMA|DATABASE|SYSTEM)\b/i,
  /^VACUUM\b/i,
  /^DISCARD\s+ALL\b/i,
];

/** How Flyway wraps the statements of one migration. */
export function transactionRule(
  project: Project,
  migration: Migration,
  files: Files,
  statements: readonly string[],
): TransactionRule {
  const options = optionsOf(project);
  const detected = detectedIn(project, statements);
  const lockHangsConcurrently = project.dialect.id === 'postgresql' && options.transactionalLock !== false;
  const common = { lockHangsConcurrently, detected: detected > 0 };
  const configured = scriptSetting(migration, files) ?? (options.executeInTransaction ? undefined : false);
  if (configured === false) return { ...common, mode: 'none', why: 'outside a transaction, as configured' };
  if (configured === true && detected === 0) return { ...common, mode: 'one-transaction', why: 'in one transaction' };
  if (detected === 0) return { ...common, mode: 'one-transaction', why: 'in one transaction' };
  if (detected < statements.length && !options.mixed) {
    return {
      ...common,
      mode: 'refused',
      why: 'it mixes statements that need a transaction with others that cannot run in one, and mixed is not set',
    };
  }
  return { ...common, mode: 'none', why: 'outside a transaction, because Flyway sees that it must' };
}

function scriptSetting({ configFile }: Migration, files: Files): boolean | undefined {
  const text = configFile === undefined ? undefined : files.get(configFile)?.text;
  const value =
    text === undefined ? undefined : readProperties(text).find(({ key }) => key === 'executeInTransaction')?.value;
  return value === undefined ? undefined : value.trim().toLowerCase() !== 'false';
}

export function outsideTransaction(
  project: Project,
  migrationFile: FilePath,
  statements: readonly string[],
): { readonly path: FilePath; readonly text: string } | undefined {
  const isSeen = statements.length > 0 && detectedIn(project, statements) === statements.length;
  return isSeen ? undefined : { path: `${migrationFile}.conf`, text: 'executeInTransaction=false\n' };
}

/** How many of the statements Flyway takes out of the transaction. */
function detectedIn({ dialect }: Project, statements: readonly string[]): number {
  const isPostgres = dialect.id === 'postgresql' || dialect.id === 'cockroachdb' || dialect.id === 'redshift';
  return isPostgres ? statements.filter((statement) => outside.some((pattern) => pattern.test(statement))).length : 0;
}
