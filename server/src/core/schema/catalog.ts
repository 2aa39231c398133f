import type { Span, StatementId } from '../model/text.ts';
import type { IndexKey, ReferentialAction } from './change.ts';
import type { QualifiedName } from './names.ts';
import type { DataType, Expression } from './types.ts';
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
  readonly defaultTo?: Expression;
  readonly identity?: 'always' | 'by-default';
  readonly generated?: { readonly expression: Expression; readonly stored: boolean };
  readonly collation?: string;
  /** Came through a parent: cannot be dropped here. */
  readonly inherited: boolean;
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
  };
  readonly expression?: Expression;
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
}

export interface Table extends ObjectBase {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  /** Keys of its indexes. */
  readonly indexes: readonly string[];
  readonly triggers: readonly {
    readonly name: string;
    readonly fn: string;
    readonly enabled: boolean;
    readonly origin: Origin;
  }[];
  readonly temporary: boolean;
  readonly partitionBy?: { readonly strategy: string; readonly keys: readonly IndexKey[] };
  readonly partitionOf?: { readonly parent: string; readonly isDefault: boolean };
  readonly inherits: readonly string[];
  /** `empty`: made in this history and nothing wrote rows; `filled`: this history wrote rows; else not known. */
  readonly rows: 'empty' | 'filled' | 'unknown';
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
  readonly where?: Expression;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
}

export interface View extends ObjectBase {
  readonly kind: 'view';
  readonly materialized: boolean;
  readonly columns: readonly string[];
  /** Relation key -> columns read (`*`: all). */
  readonly reads: readonly { readonly relation: string; readonly columns: readonly string[] }[];
  readonly indexes: readonly string[];
}

export interface Sequence extends ObjectBase {
  readonly kind: 'sequence';
  readonly ownedBy?: { readonly table: string; readonly column: string };
}

export interface UserType extends ObjectBase {
  readonly kind: 'type';
  readonly form: 'enum' | 'domain' | 'composite' | 'range' | 'base';
  readonly values: readonly { readonly name: string; readonly origin: Origin }[];
  readonly base?: DataType;
  readonly notNull: boolean;
  readonly constrained: boolean;
}

export interface Routine extends ObjectBase {
  readonly kind: 'routine';
  readonly procedure: boolean;
  readonly argTypes: readonly DataType[];
}

export interface SchemaObject {
  readonly kind: 'schema';
  readonly name: QualifiedName;
  readonly origin: Origin;
}

export type CatalogObject = Table | Index | View | Sequence | UserType | Routine | SchemaObject;

/**
 * Key of an object: `rel:public.users` (tables, indexes, views and sequences share one namespace), `type:public.mood`,
 * `fn:public.touch(int4)`, `schema:app`. A name that cannot be one word is still joined by one dot: keys are opaque.
 */
export type ObjectKey = string;

/** The schema at one point of a history, as an immutable value. */
export interface Catalog {
  readonly objects: Versions<CatalogObject>;
  /** Key of an object -> keys of those that depend on it (views that read it, foreign keys that point to it, ...). */
  readonly dependents: Versions<readonly ObjectKey[]>;
  /** Schemas whose whole content is known: only there a lookup may answer `absent`. `*`: every schema not named. */
  readonly complete: boolean;
  /** Names that something opaque may have made, changed or dropped since; `*`: anything. */
  readonly tainted: Versions<true>;
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
