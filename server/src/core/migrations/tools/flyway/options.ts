import type { Project } from '../../../model/project.ts';

/** Flyway's own configuration as far as it matters here, every default filled in (Flyway 13, FlywayModel). Plain data. */
export interface FlywayOptions {
  readonly prefix: string;
  readonly repeatablePrefix: string;
  readonly undoPrefix: string;
  readonly baselinePrefix: string;
  readonly separator: string;
  readonly suffixes: readonly string[];
  readonly table: string;
  readonly defaultSchema?: string;
  readonly schemas: readonly string[];
  readonly baselineVersion: string;
  readonly baselineOnMigrate: boolean;
  readonly outOfOrder: boolean;
  readonly target: string;
  readonly ignoreMigrationPatterns: readonly string[];
  readonly placeholderReplacement: boolean;
  readonly placeholderPrefix: string;
  readonly placeholderSuffix: string;
  /** Keys in lower case: Flyway does not tell upper from lower. */
  readonly placeholders: Readonly<Record<string, string>>;
  readonly mixed: boolean;
  readonly executeInTransaction: boolean;
  /** `flyway.postgresql.transactional.lock`; undefined: not set, so true. */
  readonly transactionalLock?: boolean;
  readonly encoding: string;
  /** Runs on every connection of Flyway's. */
  readonly initSql?: string;
  /** Of `flyway.toml`, where the connection comes from one. */
  readonly environment?: string;
  readonly url?: string;
  readonly user?: string;
  /** Where a password stands, never the password. */
  readonly passwordFrom?: string;
  /** The file and form into which `transactional.lock` would be written. */
  readonly writableConfig?: {
    readonly path: string;
    readonly form: 'properties' | 'toml' | 'spring-yaml' | 'spring-properties';
  };
}

export const defaultOptions: FlywayOptions = {
  prefix: 'V',
  repeatablePrefix: 'R',
  undoPrefix: 'U',
  baselinePrefix: 'B',
  separator: '__',
  suffixes: ['.sql'],
  table: 'flyway_schema_history',
  schemas: [],
  baselineVersion: '1',
  baselineOnMigrate: false,
  outOfOrder: false,
  target: 'latest',
  ignoreMigrationPatterns: ['*:future'],
  placeholderReplacement: true,
  placeholderPrefix: '${',
  placeholderSuffix: '}',
  placeholders: {},
  mixed: false,
  executeInTransaction: true,
  encoding: 'UTF-8',
};

/** The one place where `Project.options` gets its type back. */
export function optionsOf(project: Project): FlywayOptions {
  return project.options as FlywayOptions;
}
