import type { ChangeKind } from '../../../schema/change.ts';
import type { ObjectName } from '../../../schema/names.ts';
import type { DataType, Expression } from '../../../schema/types.ts';

type Settings = Readonly<Record<string, string>>;

/** A table of a publication. */
export interface PublicationMember {
  readonly table: ObjectName;
  readonly only: boolean;
  readonly columns?: readonly string[];
  /** Columns that WHERE names. */
  readonly filter?: readonly string[];
}

/** Of extended statistics; without `named` they have no name of their own. */
export interface StatisticsSaid {
  readonly named?: true;
  /** What its columns and expressions are called in a name that is made up, in the order in which they are written. */
  readonly labels: readonly string[];
  readonly columns: readonly string[];
  readonly expressions: readonly Expression[];
  readonly kinds: readonly string[];
}

/** Of a composite type. */
export interface Attribute {
  readonly name: string;
  readonly type: DataType;
}

/**
 * What the PostgreSQL reader puts into `options` of a change, per kind. Every field is optional: a missing one means that
 * the statement did not say it. Shared by the reader (which writes them) and by impact and rendering (which read them).
 */
export interface PostgresqlOptions {
  readonly CreateTable: { readonly unlogged?: boolean; readonly onCommit?: 'drop' };
  readonly AlterConstraint: {
    readonly enforced?: boolean;
    readonly deferrable?: boolean;
    readonly initiallyDeferred?: boolean;
    readonly inherit?: boolean;
  };
  readonly SetTableOption: {
    /** What the statement calls the relation (`ALTER INDEX`): a table when missing. */
    readonly relation?: 'table' | 'index' | 'view' | 'materialized-view' | 'sequence' | 'foreign-table';
    /** New access method or tablespace; the index of CLUSTER ON, REPLICA IDENTITY USING INDEX and ATTACH PARTITION. */
    readonly value?: string;
    /** Names of storage parameters or attribute options. */
    readonly parameters?: readonly string[];
    /** What it is set to: `force`, `full`, a role, a number. */
    readonly setting?: string;
    /** What each parameter is set to; `true` where it is reset or stands alone. */
    readonly settings?: Settings;
    /** `OF c`; without it: NOT OF. */
    readonly type?: { readonly name: string; readonly schema?: string };
  };
  readonly CreateSequence: { readonly temporary?: boolean; readonly settings?: Settings };
  readonly CreateFunction: {
    /** Language, security (`true`: of its definer), strict, parallel, ... */
    readonly settings?: Settings;
    /** How many of the last arguments a call may leave out. */
    readonly defaults?: number;
    /** The last argument takes any number. */
    readonly variadic?: true;
    /** It sets a `search_path` for itself. */
    readonly ownPath?: true;
  };
  /** `WITH (...)` and WITH CHECK OPTION of a view. */
  readonly CreateView: { readonly temporary?: boolean; readonly settings?: Settings };
  readonly CreateTrigger: { readonly forEachRow?: boolean; readonly insteadOf?: true };
  readonly AlterSequence: {
    readonly restart?: boolean;
    readonly owner?: boolean;
    readonly type?: boolean;
    readonly settings?: Settings;
  };
  /** The type below a range. */
  readonly CreateType: { readonly settings?: Settings; readonly attributes?: readonly Attribute[] };
  readonly Truncate: { readonly restartIdentity?: boolean };
  readonly DetachPartition: { readonly finalize?: boolean };
  readonly ChangeObject: {
    /** Tables of a publication or of statistics, where there may be several. */
    readonly tables?: readonly ObjectName[];
    readonly schema?: string;
    /** ALTER ... ALL IN TABLESPACE: the kind of what moves. */
    readonly moves?: string;
    /** The attribute of a composite type that is added, dropped, renamed or given a type. */
    readonly attribute?: string;
    readonly type?: DataType;
    /** What CREATE STATISTICS says. */
    readonly statistics?: StatisticsSaid;
    /** ALTER STATISTICS ... SET STATISTICS */
    readonly target?: number;
    readonly settings?: Settings;
    /** A publication's, of all their tables. */
    readonly schemas?: readonly string[];
    readonly allTables?: boolean;
    /** What ALTER PUBLICATION does with its members, and ALTER TYPE with the attribute. */
    readonly action?: 'add' | 'drop' | 'set' | 'type';
    readonly members?: readonly PublicationMember[];
    /** A policy's. */
    /** DROP ... CASCADE */
    readonly cascade?: boolean;
    readonly command?: string;
    readonly using?: boolean;
    readonly check?: boolean;
    readonly restrictive?: boolean;
    readonly roles?: readonly string[];
  };
  readonly Comment: { readonly column?: string /** Its provider: SECURITY LABEL. */; readonly securityLabel?: string };
  readonly Grant: {
    /** Kind of what the privileges are on; `all in schema`, `default`, `role`. */
    readonly on?: string;
    /** ALL ... IN SCHEMA: the kind. */
    readonly of?: string;
    readonly grantOption?: boolean;
    /** What is no relation. */
    readonly others?: readonly string[];
    /** Empty: all. */
    readonly privileges?: readonly string[];
    readonly roles?: readonly string[];
  };
  readonly Maintain: { readonly using?: string; readonly analyze?: boolean };
}

/** On every form of ALTER TABLE, on LOCK TABLE and TRUNCATE: `ONLY` was written, children and partitions are left alone. */
export interface AlterTableOptions {
  readonly only?: boolean;
}

/** The options of one kind, typed. Only for changes that the PostgreSQL reader made. */
export function postgresqlOptions<K extends ChangeKind>(change: {
  readonly kind: K;
  readonly options?: Readonly<Record<string, unknown>>;
}): (K extends keyof PostgresqlOptions ? PostgresqlOptions[K] : object) & AlterTableOptions {
  return (change.options ?? {}) as (K extends keyof PostgresqlOptions ? PostgresqlOptions[K] : object) &
    AlterTableOptions;
}

/** `option` of a SetTableOption. */
export type TableOption =
  | 'logged'
  | 'unlogged'
  | 'tablespace'
  | 'access-method'
  | 'storage-parameters'
  | 'column-parameters'
  | 'statistics'
  | 'storage'
  | 'compression'
  | 'cluster-on'
  | 'without-cluster'
  | 'without-oids'
  | 'owner'
  | 'row-security'
  | 'replica-identity'
  | 'rule'
  | 'of-type'
  | 'attach-index'
  | 'other';

/** `action` of an AlterDomain. */
export type DomainAction =
  | 'set-default'
  | 'drop-default'
  | 'set-not-null'
  | 'drop-not-null'
  | 'add-constraint'
  | 'drop-constraint'
  | 'validate-constraint'
  | 'rename-constraint'
  | 'owner'
  | 'schema';
