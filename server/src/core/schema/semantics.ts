import type { ConstraintSpec, IndexSpec } from './change.ts';
import type { QualifiedName } from './names.ts';
import type { DataType } from './types.ts';
import type { CatalogView } from './view.ts';

/** What `apply` must know of an engine of one version: names that it makes up, what exists without being made, habits. */
export interface SchemaSemantics {
  /** The schema that unqualified names go to when the search path says nothing else. */
  readonly defaultSearchPath: readonly string[];
  /** Schemas and objects that every database has (`pg_catalog.*`): never reported as unknown. */
  isBuiltIn(name: { readonly schema?: string; readonly name: string }): boolean;
  /** A function that is there without being made. */
  readonly isBuiltInRoutine?: (name: { readonly schema?: string; readonly name: string }) => boolean;
  /**
   * @param labels of the index that it copies
   * @param taken names beside those in the catalog
   */
  constraintName(
    catalog: CatalogView,
    table: QualifiedName,
    constraint: ConstraintSpec,
    labels?: readonly string[],
    taken?: ReadonlySet<string>,
  ): string;
  /** @param labels see `indexLabels` */
  indexName(catalog: CatalogView, table: QualifiedName, labels: readonly string[]): string;
  /** What the columns of an index are called in it. */
  indexLabels(index: Pick<IndexSpec, 'keys' | 'includes'>): readonly string[];
  /** @param labels of its columns and expressions */
  statisticsName(catalog: CatalogView, table: QualifiedName, labels: readonly string[]): string;
  /** What extended statistics are about where the statement does not say it. */
  readonly statisticsKinds: readonly string[];
  sequenceName(catalog: CatalogView, table: QualifiedName, column: string): string;
  sameType(a: DataType, b: DataType): boolean;
  readonly habits: Habits;
  /** An index of this method cannot hold the type unless an operator class is named. */
  lacksOperatorClass?(type: DataType, method: string): boolean;
  /** Below zero where the first is the smaller value of the type; undefined where that is not known. */
  compareLiterals?(type: DataType, a: string, b: string): number | undefined;
  /** Undefined where nothing is known of the dialect's casts. */
  readonly casts?: Casts;
}

/** Where versions of an engine make different schemas of the same statement; what is not said is not so. */
export interface Habits {
  /** Partitions have the identity columns of their partitioned table. */
  readonly partitionsShareIdentity?: boolean;
  /** Each NOT NULL is a constraint with a name. */
  readonly notNullsAreConstraints?: boolean;
  /** So is a domain's. */
  readonly domainNotNullsAreConstraints?: boolean;
  /** DROP NOT NULL on a parent takes the NOT NULL that a child declared too. */
  readonly dropNotNullTakesDeclared?: boolean;
  /** A column that others are computed from is dropped with CASCADE only. */
  readonly generatedColumnsHoldOthers?: boolean;
  /** A partition's copy of a row trigger follows a new name of the partitioned table's. */
  readonly triggerCopiesFollowRename?: boolean;
  /** A copy of a NO INHERIT check is inherited. */
  readonly copiedChecksAreInherited?: boolean;
  /** A key may have the name of another constraint of its table. */
  readonly keysShareNames?: boolean;
  /** A publication sends TRUNCATE as well. */
  readonly publishesTruncate?: boolean;
  /** A sequence has a row type of its name, as a table has. */
  readonly sequencesHaveTypes?: boolean;
  /** A table that is attached keeps its primary key beside the part of a unique one that it gets, and the reverse. */
  readonly attachedKeysAreOfOneKind?: boolean;
}

/** Which types become which, for the types that every database has; of others nothing is said. */
export interface Casts {
  knows(type: DataType): boolean;
  /** By itself, where a value is stored. */
  isAssignable(from: DataType, to: DataType): boolean;
  /** Can a foreign key of the one type point to a key of the other? */
  canReference(from: DataType, to: DataType): boolean;
  /** @param using what stands behind USING in a change of the column's type */
  conversionOf(using: string | undefined, column: string, to: DataType): Conversion;
  /** What becomes of stored values that the other type cannot hold. Undefined: nothing, or not known. */
  lossOf(from: DataType, to: DataType, how: Conversion): Loss | undefined;
}

/** How a change of type makes the new value: as one is stored, by a cast of the column or of its text, or otherwise. */
export type Conversion = 'assignment' | 'cast' | 'text' | 'other';

/** Silently: `rounds`, `cut`, ... `keys`; by the session: `zone`; the change fails on it: `length`, `range`, `form`. */
export type Loss =
  | 'rounds'
  | 'cut'
  | 'time'
  | 'date'
  | 'days'
  | 'offset'
  | 'keys'
  | 'host'
  | 'truth'
  | 'zone'
  | 'length'
  | 'range'
  | 'form';
