import type { Span } from '../model/text.ts';
import type { Ident, ObjectName } from './names.ts';
import type { DataType, Expression, Names, Volatility } from './types.ts';

/**
 * What only one dialect or one statement form has. Opaque outside the dialect's folder, which types it.
 * Plain data, so that changes can be cached as JSON.
 */
export type DialectOptions = Readonly<Record<string, unknown>>;

/** Everything that a change has besides its own fields. */
export interface ChangeBase {
  /** The words that cause it, relative to its statement: the subcommand of an ALTER TABLE, not the whole of it. */
  readonly span: Span;
  /** `maybe`: inside a branch of a DO block, or behind a condition that cannot be decided here. */
  readonly certainty: 'certain' | 'maybe';
  /** `ALTER TABLE IF EXISTS t`: nothing happens where the relation that is altered is missing. */
  readonly skipsMissing?: boolean;
  readonly options?: DialectOptions;
}

export interface ColumnSpec {
  readonly column: Ident;
  readonly type: DataType;
  readonly typeSpan: Span;
  readonly notNull: boolean;
  /** The words `NOT NULL`, when they are written. */
  readonly notNullSpan?: Span;
  readonly defaultTo?: Expression;
  readonly defaultSpan?: Span;
  readonly identity?: 'always' | 'by-default';
  readonly generated?: { readonly expression: Expression; readonly stored: boolean };
  readonly collation?: string;
  /** `serial` and its kin: an owned sequence and a default, NOT NULL. */
  readonly serial?: boolean;
}

export type ReferentialAction = 'no-action' | 'restrict' | 'cascade' | 'set-null' | 'set-default';

export interface ConstraintSpec {
  /** Undefined: the engine makes one up (`SchemaSemantics.constraintName`). */
  readonly name?: Ident;
  readonly kind: 'primary-key' | 'unique' | 'foreign-key' | 'check' | 'exclude' | 'not-null';
  readonly columns: readonly Ident[];
  readonly references?: {
    readonly table: ObjectName;
    /** Empty: the primary key. */
    readonly columns: readonly Ident[];
    readonly onDelete: ReferentialAction;
    readonly onUpdate: ReferentialAction;
  };
  readonly expression?: Expression;
  /** `EXCLUDE (...) WHERE (...)` */
  readonly where?: Expression;
  readonly notValid: boolean;
  readonly enforced: boolean;
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  /** `UNIQUE USING INDEX i`, `PRIMARY KEY USING INDEX i`. */
  readonly usingIndex?: Ident;
  readonly span: Span;
  readonly options?: DialectOptions;
}

export interface IndexKey {
  readonly column?: string;
  readonly expression?: Expression;
  /** What names that the engine makes up call the expression; undefined where nothing in it gives one. */
  readonly label?: string;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  readonly opclass?: string;
  readonly collation?: string;
}

export interface IndexSpec {
  /** Undefined: the engine makes one up. */
  readonly name?: Ident;
  readonly unique: boolean;
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly includes: readonly string[];
  readonly where?: Expression;
  readonly nullsNotDistinct: boolean;
}

/** What tells the type of a query's column: the one of these relations that has it (`*`: all that they have), or the words alone. */
export type ColumnSource =
  | { readonly column: string; readonly of: readonly ObjectName[] }
  | { readonly type: DataType }
  | 'unknown';

/** What a partition takes; the default one has none. */
export type PartitionBound =
  | { readonly strategy: 'list'; readonly values: readonly BoundValue[] }
  | { readonly strategy: 'range'; readonly from: readonly BoundValue[]; readonly to: readonly BoundValue[] }
  | { readonly strategy: 'hash'; readonly modulus: number; readonly remainder: number };

/** Text of a literal, as the type of the key's column reads it; or the end of all values. */
export type BoundValue = { readonly literal: string | null } | 'minvalue' | 'maxvalue';

/** Columns and tables that a query or an expression reads. `columns` empty: not known which, `'*'` among them: all. */
export interface Reads {
  readonly relation: ObjectName;
  readonly columns: readonly Ident[];
  /** Named without a qualifier where several relations may have it: whether it is this one's, only a catalog knows. */
  readonly maybe?: readonly Ident[];
  /** In the body of a function or a rule: it is written too. */
  readonly written?: true;
  /** In a body whose names the server looks up when it is made (`check_function_bodies`). */
  readonly lookedUp?: true;
  /** INSERT without a list of columns: it writes so many of the first. */
  readonly first?: number;
  /** In a policy's WITH CHECK, which ALTER POLICY changes apart from USING. */
  readonly inCheck?: true;
}

interface Forms {
  CreateSchema: { schema: Ident; ifNotExists: boolean };
  DropSchema: { schema: Ident; ifExists: boolean; cascade: boolean };
  RenameSchema: { schema: Ident; newName: Ident };

  CreateTable: {
    table: ObjectName;
    columns: readonly ColumnSpec[];
    constraints: readonly ConstraintSpec[];
    /** Columns that it has from its type or its partitioned table, and what it says of them; their type it does not say. */
    refined?: readonly ColumnSpec[];
    ifNotExists: boolean;
    temporary: boolean;
    /** `at`: how many of the columns stand before it. */
    like: readonly { table: ObjectName; including: readonly string[]; at: number }[];
    inherits: readonly ObjectName[];
    /** Without a bound: it is the default one, or its values are no literals. */
    partitionOf?: { parent: ObjectName; isDefault: boolean; bound?: PartitionBound };
    partitionBy?: { strategy: string; keys: readonly IndexKey[] };
    /** CREATE TABLE AS, SELECT INTO: what it reads. The table is then filled, not empty. */
    asQuery?: readonly Reads[];
  };
  /** `together`: what the same statement drops, itself included, so that it need not say CASCADE. */
  DropTable: { table: ObjectName; ifExists: boolean; cascade: boolean; together?: readonly ObjectName[] };
  RenameTable: { table: ObjectName; newName: Ident; ifExists: boolean };
  SetTableSchema: { table: ObjectName; schema: Ident; ifExists: boolean };

  AddColumn: {
    table: ObjectName;
    spec: ColumnSpec;
    /** Inline PRIMARY KEY, UNIQUE, CHECK, REFERENCES. */
    constraints: readonly ConstraintSpec[];
    ifNotExists: boolean;
  };
  DropColumn: { table: ObjectName; column: Ident; ifExists: boolean; cascade: boolean };
  RenameColumn: { table: ObjectName; column: Ident; newName: Ident };
  ChangeColumnType: {
    table: ObjectName;
    column: Ident;
    type: DataType;
    typeSpan: Span;
    using?: Expression;
    collation?: string;
  };
  SetNotNull: { table: ObjectName; column: Ident };
  DropNotNull: { table: ObjectName; column: Ident };
  SetDefault: { table: ObjectName; column: Ident; expression: Expression };
  DropDefault: { table: ObjectName; column: Ident };
  SetIdentity: {
    table: ObjectName;
    column: Ident;
    identity: 'always' | 'by-default' | 'none';
    /** ADD GENERATED, not SET GENERATED. */
    added?: true;
    ifExists: boolean;
  };
  /** SET EXPRESSION / DROP EXPRESSION. */
  SetGenerated: { table: ObjectName; column: Ident; expression?: Expression; ifExists?: true };

  AddConstraint: { table: ObjectName; constraint: ConstraintSpec };
  DropConstraint: { table: ObjectName; constraint: Ident; ifExists: boolean; cascade: boolean };
  RenameConstraint: { table: ObjectName; constraint: Ident; newName: Ident };
  ValidateConstraint: { table: ObjectName; constraint: Ident };
  AlterConstraint: { table: ObjectName; constraint: Ident };

  CreateIndex: { table: ObjectName; index: IndexSpec; concurrently: boolean; ifNotExists: boolean; only: boolean };
  DropIndex: { index: ObjectName; ifExists: boolean; concurrently: boolean; cascade: boolean };
  RenameIndex: { index: ObjectName; newName: Ident; ifExists: boolean };

  AttachPartition: { table: ObjectName; partition: ObjectName; isDefault: boolean; bound?: PartitionBound };
  DetachPartition: { table: ObjectName; partition: ObjectName; concurrently: boolean };
  SetInheritance: { table: ObjectName; parent: ObjectName; inherit: boolean };
  /** SET LOGGED, TABLESPACE, storage parameters, owner, row security, replica identity, STATISTICS, ... */
  SetTableOption: { table: ObjectName; option: string; column?: Ident };
  SetTrigger: { table: ObjectName; trigger: Ident; enabled: boolean };

  CreateView: {
    view: ObjectName;
    materialized: boolean;
    replace: boolean;
    ifNotExists: boolean;
    columns: readonly string[];
    /** Where what the query gives comes from, by place. */
    sources?: readonly ColumnSource[];
    reads: readonly Reads[];
    names?: Names;
    withData: boolean;
  };
  DropView: {
    view: ObjectName;
    materialized: boolean;
    ifExists: boolean;
    cascade: boolean;
    together?: readonly ObjectName[];
  };
  RenameView: { view: ObjectName; newName: Ident; materialized: boolean; ifExists: boolean };
  RenameViewColumn: { view: ObjectName; column: Ident; newName: Ident };
  RefreshView: { view: ObjectName; concurrently: boolean; withData: boolean };

  CreateSequence: { sequence: ObjectName; ifNotExists: boolean; ownedBy?: { table: ObjectName; column: Ident } };
  AlterSequence: { sequence: ObjectName; ifExists: boolean; ownedBy?: { table: ObjectName; column: Ident } | 'none' };
  DropSequence: { sequence: ObjectName; ifExists: boolean; cascade: boolean };
  RenameSequence: { sequence: ObjectName; newName: Ident; ifExists: boolean };

  CreateEnum: { type: ObjectName; values: readonly Ident[] };
  AddEnumValue: { type: ObjectName; value: Ident; ifNotExists: boolean };
  RenameEnumValue: { type: ObjectName; value: Ident; newName: Ident };
  /** Composite, range and base types. */
  CreateType: { type: ObjectName; form: string };
  CreateDomain: {
    type: ObjectName;
    base: DataType;
    notNull: boolean;
    notNullName?: Ident;
    /** Its CHECKs, by name where they have one. */
    checks: readonly { name?: Ident }[];
    defaultTo?: Expression;
  };
  AlterDomain: { type: ObjectName; action: string; notValid: boolean; constraint?: Ident; newName?: Ident };
  DropType: {
    type: ObjectName;
    domain: boolean;
    ifExists: boolean;
    cascade: boolean;
    together?: readonly ObjectName[];
  };
  RenameType: { type: ObjectName; newName: Ident };

  CreateFunction: {
    fn: ObjectName;
    procedure: boolean;
    replace: boolean;
    argTypes: readonly DataType[];
    /** Empty where they have no names. */
    argNames?: readonly string[];
    volatility: Volatility;
    /** What its body reads and writes. */
    reads?: readonly Reads[];
    /** `BEGIN ATOMIC`, `RETURN`: the server keeps what the body names, as it does of a view. Else the body is a string. */
    bound?: boolean;
    /** SECURITY DEFINER. */
    definer?: true;
    /** Names of the settings that hold while it runs (`SET search_path = ...`). */
    sets?: readonly string[];
    /** Of such a body, and of the arguments' defaults. */
    names?: Names;
    /** Types that it gives back: RETURNS, OUT and TABLE. */
    returns?: readonly DataType[];
  };
  DropFunction: {
    fn: ObjectName;
    procedure: boolean;
    /** DROP ROUTINE: of whatever kind. */
    ofAnyKind?: true;
    ifExists: boolean;
    cascade: boolean;
    argTypes?: readonly DataType[];
    together?: readonly { fn: ObjectName; argTypes?: readonly DataType[] }[];
  };
  CreateTrigger: {
    table: ObjectName;
    trigger: Ident;
    fn: ObjectName;
    replace: boolean;
    columns: readonly Ident[];
    /** What WHEN reads: the table's own columns. */
    reads?: readonly Reads[];
    /** Of WHEN. */
    names?: Names;
  };
  DropTrigger: { table: ObjectName; trigger: Ident; ifExists: boolean };
  RenameTrigger: { table: ObjectName; trigger: Ident; newName: Ident };

  /** VACUUM, CLUSTER, REINDEX, ANALYZE. `target` undefined: the whole database or schema. */
  Maintain: {
    operation: 'vacuum' | 'vacuum-full' | 'cluster' | 'reindex' | 'analyze';
    scope: 'table' | 'index' | 'schema' | 'database';
    target?: ObjectName;
    concurrently: boolean;
  };
  Truncate: { tables: readonly ObjectName[]; cascade: boolean };
  /** DML. `rows`: what is known of how many rows it touches. */
  WriteRows: {
    verb: 'insert' | 'update' | 'delete' | 'merge' | 'copy';
    table: ObjectName;
    /** `literal`: a VALUES list; `all`: no WHERE; `some`: a WHERE that may match many; `key`: one key or a bounded batch. */
    rows: 'literal' | 'all' | 'some' | 'key';
    columns: readonly Ident[];
    /** Columns of the table itself that it looks at: in WHERE, SET, ON CONFLICT, RETURNING. One entry at most. */
    reads?: readonly Reads[];
    /** WHERE words, when there are any. */
    whereSpan?: Span;
    /** Columns of the table that WHERE holds to one constant, or to a short list of them. */
    equals?: readonly string[];
    /** `ON CONFLICT (...)`: what must be unique. Columns are empty where a constraint is named; undefined where an expression is. */
    conflict?: { span: Span; columns: readonly Ident[]; constraint?: Ident; where: boolean };
    /** What INSERT writes: how many values the first row has, and which of them are the word DEFAULT; of a query only how many. */
    values?: { from: 'rows' | 'query'; width: number; defaults: readonly number[]; overriding: boolean };
    /** `SET c = ...` columns with the literal NULL are not a fill. */
    fills: readonly string[];
    /** `SET c = DEFAULT` */
    toDefault?: readonly string[];
  };
  LockTable: { tables: readonly ObjectName[]; mode: string };

  SetSession: { name: string; value: string; local: boolean };
  Transaction: {
    verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to';
    savepoint?: Ident;
    /** AND CHAIN: the next one begins at once. */
    chain?: true;
  };
  /** DISCARD TEMP: what would end with the session. */
  DiscardTemporary: Readonly<Record<never, never>>;
  Comment: { object: ObjectName; objectKind: string };
  Grant: { objects: readonly ObjectName[]; revoke: boolean };
  /** Policies, rules, publications, extensions, statistics, ...: known and named, with no effect on what rules look up. */
  ChangeObject: {
    verb: 'create' | 'alter' | 'drop' | 'rename';
    objectKind: string;
    object: ObjectName;
    table?: ObjectName;
    /** RENAME TO. */
    newName?: Ident;
    /** What a policy's or a rule's expressions read, and the columns of statistics. */
    reads?: readonly Reads[];
    names?: Names;
    /** Of a policy's WITH CHECK. */
    checkNames?: Names;
    /** Of a routine. */
    argTypes?: readonly DataType[];
    /** It brings tables and types along that nobody here knows, as some extensions do. */
    bringsMore?: boolean;
  };

  /** Understood by nobody here: taints the catalog as `taint` says. */
  RunSql: { reason: string; taint: 'nothing' | 'data' | 'schema'; mayTouch?: readonly ObjectName[] };
}

export type ChangeKind = keyof Forms;

/** The closed union of schema changes. A new member is a deliberate change of the core. */
export type SchemaChange = {
  readonly [K in ChangeKind]: { readonly kind: K } & Readonly<Forms[K]> & ChangeBase;
}[ChangeKind];

export type ChangeOf<K extends ChangeKind> = Extract<SchemaChange, { kind: K }>;
