import type { Span, StatementId } from '../model/text.ts';
import type { IndexKey, PartitionBound, ReferentialAction } from './change.ts';
import type { QualifiedName } from './names.ts';
import type { DataType, Expression, Volatility } from './types.ts';
import type { Versions } from './versions.ts';

/** Which statement made or last shaped an object. Never an offset. */
export interface Origin {
  readonly migration: string;
  readonly statement: StatementId;
  /** Place among the statement's changes. */
  readonly nth: number;
  /** Of the change, from the statement's start. */
  readonly span: Span;
}

export interface Column {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  /** NOT NULL was said here, whatever the parents have. */
  readonly notNullHere: boolean;
  readonly defaultTo?: Expression;
  /** Key of the sequence that the default counts up. */
  readonly sequence?: ObjectKey;
  readonly identity?: 'always' | 'by-default';
  readonly generated?: { readonly expression: Expression; readonly stored: boolean };
  readonly collation?: string;
  /** Came through a parent: cannot be dropped here. */
  readonly inherited: boolean;
  /** Declared here, whatever the parents have: stays when they drop it. */
  readonly local: boolean;
  readonly origin: Origin;
}

export interface Constraint {
  readonly name: string;
  readonly kind: 'primary-key' | 'unique' | 'foreign-key' | 'check' | 'exclude' | 'not-null';
  readonly columns: readonly string[];
  readonly references?: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly onDelete: ReferentialAction;
    readonly onUpdate: ReferentialAction;
    /** Key of the unique index that it leans on. */
    readonly index?: ObjectKey;
  };
  readonly expression?: Expression;
  /** Children have it too. */
  readonly inheritable: boolean;
  /** Name of the parent's constraint that it came with. */
  readonly inherited?: string;
  /** Declared here, whatever the parents have. */
  readonly local: boolean;
  readonly validated: boolean;
  readonly enforced: boolean;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  /** Key of the index that carries it. */
  readonly index?: string;
  readonly origin: Origin;
}

interface ObjectBase {
  readonly name: QualifiedName;
  readonly origin: Origin;
  /** What GRANT gave, and REVOKE took from everybody; they go with the object. */
  readonly privileges?: readonly Privilege[];
}

/** One privilege of one role, as it was written: `select`, `all`, `update(a, b)`. */
export interface Privilege {
  readonly role: string;
  readonly name: string;
  /** False: taken from PUBLIC, who has it of a new object. */
  readonly granted: boolean;
  readonly grantable: boolean;
  readonly origin: Origin;
}

/** By what a row is known to subscribers: the primary key, all its columns, the columns of an index. */
export type ReplicaIdentity =
  | { readonly kind: 'default' | 'nothing' | 'full' }
  | { readonly kind: 'index'; readonly index: ObjectKey };

export interface Trigger {
  readonly name: string;
  readonly fn: ObjectKey;
  readonly enabled: boolean;
  /** FOR EACH ROW: the partitions have it too. */
  readonly perRow: boolean;
  /** `UPDATE OF` */
  readonly columns: readonly string[];
  /** What WHEN reads, and keys of functions and types that it names; a copy depends on nothing of it. */
  readonly when?: { readonly columns: readonly string[]; readonly uses: readonly ObjectKey[] };
  /** Name of the partitioned table's trigger that it is a copy of. */
  readonly inherited?: string;
  readonly origin: Origin;
}

/** Relation key -> columns read, none for a mere count; `*` where it is not known which. */
export interface RelationReads {
  readonly relation: ObjectKey;
  readonly columns: readonly string[];
  /** In a policy's WITH CHECK. */
  readonly inCheck?: true;
}

/** What the expressions and statements of a policy or a rule look at. */
export interface Looking {
  readonly name: string;
  readonly reads: readonly RelationReads[];
  /** Keys of functions and types. */
  readonly uses: readonly ObjectKey[];
  readonly origin: Origin;
}

export interface Policy extends Looking {
  /** It only takes away from what others let through. */
  readonly restrictive: boolean;
  /** Of WITH CHECK. */
  readonly checkUses: readonly ObjectKey[];
}

export interface Table extends ObjectBase {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  /** Keys of its indexes. */
  readonly indexes: readonly string[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly rules: readonly Looking[];
  readonly rowSecurity: { readonly enabled: boolean; readonly forced: boolean };
  readonly replicaIdentity: ReplicaIdentity;
  readonly temporary: boolean;
  readonly partitionBy?: { readonly strategy: string; readonly keys: readonly IndexKey[] };
  readonly partitionOf?: { readonly parent: string; readonly isDefault: boolean; readonly bound?: PartitionBound };
  readonly inherits: readonly string[];
  /** Key of the composite type that a typed table has its columns from. */
  readonly ofType?: ObjectKey;
  /** `empty`: made in this history and nothing wrote rows; `filled`: this history wrote rows; else not known. */
  readonly rows: 'empty' | 'filled' | 'unknown';
  /** Columns that were dropped; they keep their places. */
  readonly dropped?: number;
  /** Not every column is known: it was made by something opaque. */
  readonly partial: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Index extends ObjectBase {
  readonly kind: 'index';
  readonly table: string;
  readonly unique: boolean;
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly includes: readonly string[];
  /** Names that keys and included columns had when it was made: a renamed column does not change them, and copies are called by them. */
  readonly labels: readonly string[];
  readonly where?: Expression;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
  /** Key of the partitioned table's index that it is a part of. */
  readonly parent?: ObjectKey;
}

export interface View extends ObjectBase {
  readonly kind: 'view';
  readonly materialized: boolean;
  readonly columns: readonly string[];
  /** Of its columns, by place; null where only the server can work it out. */
  readonly types: readonly (DataType | null)[];
  readonly reads: readonly RelationReads[];
  /** Keys of functions and types. */
  readonly uses: readonly ObjectKey[];
  readonly rules: readonly Looking[];
  readonly triggers: readonly Trigger[];
  /** Its query says `*`: made again, it would have the columns of that day. */
  readonly starred: boolean;
  readonly indexes: readonly string[];
  /** `security_invoker`, `security_barrier`, `check_option`. */
  readonly options: Readonly<Record<string, string>>;
  /** What left a materialized view WITH NO DATA: nobody can read it. */
  readonly unpopulatedSince?: Origin;
}

export interface Sequence extends ObjectBase {
  readonly kind: 'sequence';
  /** The integer type whose end it ends at, where it was made with one. */
  readonly type?: string;
  /** The role that it was given to by name. */
  readonly owner?: string;
  readonly ownedBy?: { readonly table: string; readonly column: string };
}

export interface UserType extends ObjectBase {
  readonly kind: 'type';
  readonly form: 'enum' | 'domain' | 'composite' | 'range' | 'base';
  readonly values: readonly { readonly name: string; readonly origin: Origin }[];
  readonly base?: DataType;
  /** Of a composite type. */
  readonly attributes: readonly { readonly name: string; readonly type: DataType }[];
  readonly notNull: boolean;
  /** Of a domain's NOT NULL, where it is a constraint. */
  readonly notNullName?: string;
  /** Names of a domain's CHECKs. */
  readonly checks: readonly string[];
  /** A domain that refuses some values of its base type. */
  readonly constrained: boolean;
}

export interface Routine extends ObjectBase {
  readonly kind: 'routine';
  readonly procedure: boolean;
  readonly aggregate?: true;
  readonly argTypes: readonly DataType[];
  /** As they were called when it was made; empty where they have no names. */
  readonly argNames?: readonly string[];
  /** How many arguments a call may leave out. */
  readonly defaults?: number;
  /** The last one takes any number. */
  readonly variadic?: true;
  /** Types that it gives back. */
  readonly returns: readonly DataType[];
  readonly volatility: Volatility;
  /** LANGUAGE sql: a call may become the body itself, whatever its volatility says. */
  readonly inlined?: true;
  /** Of a body that the server keeps as it keeps a view's. */
  readonly reads: readonly RelationReads[];
  /** Keys of functions and types that such a body names, and the defaults of arguments. */
  readonly uses: readonly ObjectKey[];
}

export interface SchemaObject extends ObjectBase {
  readonly kind: 'schema';
}

/** What subscribers of other databases are sent. Its name stands in no schema. */
export interface Publication extends ObjectBase {
  readonly kind: 'publication';
  readonly allTables: boolean;
  /** All of whose tables are published. */
  readonly schemas: readonly string[];
  readonly tables: readonly PublishedTable[];
  /** `insert`, `update`, `delete`, `truncate` */
  readonly operations: readonly string[];
}

export interface PublishedTable {
  readonly table: ObjectKey;
  /** Undefined: all. */
  readonly columns?: readonly string[];
  /** Columns that decide which rows are published. */
  readonly filter?: readonly string[];
}

/** Extended statistics: what ANALYZE learns of several columns together. */
export interface Statistics extends ObjectBase {
  readonly kind: 'statistics';
  /** Key of the table or the materialized view. */
  readonly table: ObjectKey;
  readonly columns: readonly string[];
  readonly expressions: readonly Expression[];
  /** `ndistinct`, `dependencies`, `mcv`; empty where it is about one expression. */
  readonly kinds: readonly string[];
  readonly target?: number;
}

export type CatalogObject =
  | Table
  | Index
  | View
  | Sequence
  | UserType
  | Routine
  | SchemaObject
  | Publication
  | Statistics;

/**
 * Key of an object: `rel:public.users` (tables, indexes, views and sequences share one namespace), `type:public.mood`,
 * `fn:public.touch(int4)`, `stat:public.s`, `schema:app`. A name that cannot be one word is still joined by one dot: keys are opaque.
 */
export type ObjectKey = string;

/** What had privileges, or guarded rows, when it lost its name. */
export interface Departed {
  readonly object: CatalogObject;
  /** Of the statement that dropped or renamed it. */
  readonly origin: Origin;
}

/** The schema at one point of a history, as an immutable value. */
export interface Catalog {
  readonly objects: Versions<CatalogObject>;
  /** Key of an object -> keys of those that depend on it (views that read it, foreign keys that point to it, ...). */
  readonly dependents: Versions<readonly ObjectKey[]>;
  /** Names that something opaque may have made, changed or dropped since; `*`: anything. */
  readonly tainted: Versions<true>;
  /** What stood under a name that nothing has since. */
  readonly departed: Versions<Departed>;
  /** Session state: `search_path`, in order. */
  readonly searchPath: readonly string[];
  /** What a new session starts with. */
  readonly initialSearchPath: readonly string[];
  /** Some object is temporary: the end of the migration drops it. */
  readonly hasTemporary: boolean;
}

export type Lookup<T> =
  | { readonly kind: 'known'; readonly key: ObjectKey; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };
